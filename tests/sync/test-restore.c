/* A sign-in that outlives the program, where something keeps secrets. */

#include "mtb-test-desk.h"

#define NEW_PASSWORD "quite another password"

/* Keeps one, in memory. */
#define TEST_TYPE_SECRETS (test_secrets_get_type ())
G_DECLARE_FINAL_TYPE (TestSecrets, test_secrets, TEST, SECRETS, GObject)

struct _TestSecrets
{
  GObject parent_instance;

  char *username;
  char *secret;
};

static void test_secrets_be_secrets (MtbSecretsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestSecrets,
                               test_secrets,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MTB_TYPE_SECRETS, test_secrets_be_secrets))

static void
test_secrets_keep (MtbSecrets *secrets,
                   const char *server,
                   const char *username,
                   const char *secret)
{
  TestSecrets *self = TEST_SECRETS (secrets);

  g_free (self->username);
  g_free (self->secret);
  self->username = g_strdup (username);
  self->secret = g_strdup (secret);
}

static void
test_secrets_forget (MtbSecrets *secrets, const char *server)
{
  test_secrets_keep (secrets, server, NULL, NULL);
}

static char *
test_secrets_recall (MtbSecrets *secrets, const char *server, char **username)
{
  *username = g_strdup (TEST_SECRETS (secrets)->username);
  return g_strdup (TEST_SECRETS (secrets)->secret);
}

static void
test_secrets_be_secrets (MtbSecretsInterface *iface)
{
  iface->keep = test_secrets_keep;
  iface->forget = test_secrets_forget;
  iface->recall = test_secrets_recall;
}

static void
test_secrets_finalize (GObject *object)
{
  test_secrets_forget (MTB_SECRETS (object), NULL);

  G_OBJECT_CLASS (test_secrets_parent_class)->finalize (object);
}

static void
test_secrets_class_init (TestSecretsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_secrets_finalize;
}

static void
test_secrets_init (TestSecrets *self)
{
}

static void
begin_anew (MtbTestDesk *desk, TestSecrets *secrets)
{
  mtb_client_free (desk->client);
  desk->client = mtb_client_new (MTB_TRANSPORT (desk->line), desk->folder);
  mtb_client_set_secrets (desk->client, MTB_SECRETS (secrets));
}

static MtbTestDesk *
sign_in (MtbTestServer *server, TestSecrets *secrets)
{
  MtbTestDesk *desk = mtb_test_desk_new (server, "rima");

  begin_anew (desk, secrets);
  mtb_test_desk_sign_in (desk);
  g_assert_cmpstr (secrets->username, ==, "rima");
  g_assert_nonnull (secrets->secret);
  return desk;
}

static void
assert_restored (MtbTestDesk *desk, gboolean expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbPerson) person = NULL;

  g_assert_cmpint (mtb_client_restore (desk->client, NULL, &error), ==, expected);
  person = mtb_client_dup_person (desk->client);
  if (expected)
    g_assert_cmpstr (person->username, ==, "rima");
  else
    g_assert_error (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED);
  g_assert_cmpint (person != NULL, ==, expected);
}

static void
test_restored (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (TestSecrets) secrets = g_object_new (TEST_TYPE_SECRETS, NULL);
  g_autoptr (MtbTestDesk) rima = sign_in (server, secrets);
  g_autofree char *id = NULL;

  begin_anew (rima, secrets);
  assert_restored (rima, TRUE);
  id = mtb_test_desk_log (rima, "again");
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_server_count (server, "SELECT COUNT(*) FROM call"), ==, 1);
}

static void
test_signed_out (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (TestSecrets) secrets = g_object_new (TEST_TYPE_SECRETS, NULL);
  g_autoptr (MtbTestDesk) rima = sign_in (server, secrets);

  mtb_client_sign_out (rima->client, NULL);
  g_assert_null (secrets->secret);
  begin_anew (rima, secrets);
  assert_restored (rima, FALSE);
}

static void
test_ended_by_the_server (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (TestSecrets) secrets = g_object_new (TEST_TYPE_SECRETS, NULL);
  g_autoptr (MtbTestDesk) rima = sign_in (server, secrets);
  g_autoptr (MtbStore) store = mtb_store_open (server->database, MTB_STORE_AUTHORITY, NULL);

  g_assert_true (mtb_store_execute (store, "DELETE FROM session", NULL));
  begin_anew (rima, secrets);
  assert_restored (rima, FALSE);
  g_assert_null (secrets->secret);
}

static void
change_password (MtbTestDesk *desk, const char *old)
{
  g_autoptr (GError) error = NULL;

  mtb_client_change_password (desk->client, old, NEW_PASSWORD, NULL, &error);
  g_assert_no_error (error);
}

/* The sign-in goes on, also beyond a restart without the server. */
static void
test_after_another_password (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (TestSecrets) secrets = g_object_new (TEST_TYPE_SECRETS, NULL);
  g_autoptr (MtbTestDesk) rima = sign_in (server, secrets);

  change_password (rima, MTB_TEST_PASSWORD);
  begin_anew (rima, secrets);
  assert_restored (rima, TRUE);
  mtb_test_desk_sync (rima);
  mtb_test_transport_set_cut (rima->line, TRUE);
  begin_anew (rima, secrets);
  assert_restored (rima, TRUE);
}

/* A sign-in by a password that somebody else knows is kept only when that is changed. */
static void
test_after_a_temporary_password (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (TestSecrets) secrets = g_object_new (TEST_TYPE_SECRETS, NULL);
  g_autoptr (MtbTestDesk) rima = sign_in (server, secrets);
  g_autoptr (MtbTestDesk) majd = mtb_test_desk_new (server, "majd");
  g_autofree char *password =
    mtb_client_reset_password (majd->client, mtb_test_id ("rima"), NULL, NULL);

  begin_anew (rima, secrets);
  assert_restored (rima, FALSE);
  g_assert_true (mtb_client_sign_in (rima->client, "rima", password, NULL, NULL));
  g_assert_null (secrets->secret);
  change_password (rima, password);
  begin_anew (rima, secrets);
  assert_restored (rima, TRUE);
}

/* What was kept is not of this program, or has run out. */
static void
test_of_no_use (void)
{
  static const char *const useless[] = {
    "", "{", "{\"token\":\"x\"}", "{\"token\":\"x\",\"expires_at\":\"2020-01-01T00:00:00Z\"}"
  };
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (TestSecrets) secrets = g_object_new (TEST_TYPE_SECRETS, NULL);
  g_autoptr (MtbTestDesk) rima = sign_in (server, secrets);

  for (guint i = 0; i < G_N_ELEMENTS (useless); i++)
    {
      mtb_secrets_keep (MTB_SECRETS (secrets), "server", "rima", useless[i]);
      begin_anew (rima, secrets);
      assert_restored (rima, FALSE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/restore/restored", test_restored);
  g_test_add_func ("/restore/signed-out", test_signed_out);
  g_test_add_func ("/restore/ended-by-the-server", test_ended_by_the_server);
  g_test_add_func ("/restore/after-another-password", test_after_another_password);
  g_test_add_func ("/restore/after-a-temporary-password", test_after_a_temporary_password);
  g_test_add_func ("/restore/of-no-use", test_of_no_use);
  return g_test_run ();
}
