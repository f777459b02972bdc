#define _GNU_SOURCE

/* A password that has to be changed, and a desk that is emptied of its person. Whatever happens,
 * what was not sent is still there. */

#include "mtb-administration-query.h"
#include "mtb-engine.h"
#include "mtb-setting.h"
#include "mtb-test-desk.h"
#include "mtb-time.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define NEW_PASSWORD "quite another password"
#define CALLS "SELECT COUNT(*) FROM call"
#define PATIENCE_MS 20000
#define N_GIVEN 50

static void
set_setting (MtbTestServer *server, const char *name, const char *value)
{
  MtbSettingSet *set = mtb_record_new (&mtb_setting_set.shape);

  set->name = g_strdup (name);
  set->value = g_strdup (value);
  mtb_test_server_command (server, "majd", set);
}

static char *
reset_password (MtbTestServer *server, const char *who)
{
  g_autoptr (MtbTestDesk) majd = mtb_test_desk_new (server, "majd");
  g_autoptr (GError) error = NULL;
  char *password = mtb_client_reset_password (majd->client, mtb_test_id (who), NULL, &error);

  g_assert_no_error (error);
  return password;
}

static void
end_sign_ins (MtbTestServer *server, const char *who, gboolean wipe)
{
  g_autoptr (MtbStore) store = mtb_store_open (server->database, MTB_STORE_READ_ONLY, NULL);
  g_autoptr (GPtrArray) sessions = mtb_sessions_list (store, mtb_test_id (who), 0, NULL);

  g_assert_cmpuint (sessions->len, >, 0);
  for (guint i = 0; i < sessions->len; i++)
    {
      MtbSessionRevoke *arguments = mtb_record_new (&mtb_session_revoke.shape);

      arguments->session_id = g_strdup (mtb_record_get_id (g_ptr_array_index (sessions, i)));
      arguments->wipe = wipe;
      mtb_test_server_command (server, "majd", arguments);
    }
}

/* What a folder has in it but the outbox, besides the rows of a cache that was begun again. */
static gboolean
has_kept (const char *folder, const char *words)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gboolean has = FALSE;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      has =
        has
        || (!g_str_has_prefix (name, "outbox") && g_file_get_contents (path, &bytes, &length, NULL)
            && memmem (bytes, length, words, strlen (words)) != NULL);
    }
  return has;
}

static guint
count_files (const char *folder, gboolean outbox)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, "outbox") == outbox;
  return n;
}

static void
sign_in_with (MtbTestDesk *desk, const char *password)
{
  g_autoptr (GError) error = NULL;

  mtb_client_sign_in (desk->client, desk->username, password, NULL, &error);
  g_assert_no_error (error);
}

static void
change_password (MtbTestDesk *desk, const char *old)
{
  g_autoptr (GError) error = NULL;

  mtb_client_change_password (desk->client, old, NEW_PASSWORD, NULL, &error);
  g_assert_no_error (error);
}

static void
test_nothing_is_sent_before_the_change (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *password = NULL;
  guint n_sent;

  g_free (mtb_test_desk_log (rima, "sent before"));
  mtb_test_desk_sync (rima);
  g_free (mtb_test_desk_log (rima, "not sent in time"));
  password = reset_password (server, "rima");
  mtb_test_desk_sync_fails (rima, MTB_ERROR_UNAUTHORIZED);
  sign_in_with (rima, password);
  g_assert_true (mtb_client_must_change (rima->client));
  n_sent = mtb_test_transport_get_n_sent (rima->line, "POST");
  mtb_test_desk_sync_fails (rima, MTB_ERROR_PASSWORD_CHANGE);
  g_free (mtb_test_desk_log (rima, "written meanwhile"));
  mtb_test_desk_sync_fails (rima, MTB_ERROR_PASSWORD_CHANGE);
  g_assert_cmpuint (mtb_test_transport_get_n_sent (rima->line, "POST"), ==, n_sent);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 2);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 3);

  change_password (rima, password);
  g_assert_false (mtb_client_must_change (rima->client));
  mtb_test_desk_sync (rima);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 0);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 3);
}

/* The temporary password is known to somebody else, so it opens no desk without the server. */
static void
test_the_new_password_is_good_without_the_server (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *password = reset_password (server, "rima");
  g_autoptr (GError) error = NULL;

  sign_in_with (rima, password);
  mtb_test_transport_set_cut (rima->line, TRUE);
  g_assert_false (mtb_client_sign_in (rima->client, "rima", password, NULL, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED);
  g_clear_error (&error);
  mtb_test_transport_set_cut (rima->line, FALSE);
  sign_in_with (rima, password);
  change_password (rima, password);
  mtb_test_transport_set_cut (rima->line, TRUE);
  sign_in_with (rima, NEW_PASSWORD);
  g_assert_false (mtb_client_sign_in (rima->client, "rima", MTB_TEST_PASSWORD, NULL, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED);
}

/* What a person typed once without the server is shown to it once: a wrong password is not tried again
 * by itself, and a right one waits until it may be. */
static void
test_a_desk_does_not_guess (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbTestDesk) samer = mtb_test_desk_new (server, "samer");
  g_autofree char *password = NULL;
  guint n_sent;

  mtb_test_transport_set_cut (rima->line, TRUE);
  mtb_test_desk_restart (rima);
  mtb_test_transport_set_cut (rima->line, FALSE);
  for (guint i = 0; i < 4; i++)
    g_assert_false (mtb_client_sign_in (samer->client, "rima", "not it", NULL, NULL));
  /* The second until the next attempt is over when the test says so. */
  server->ahead_ms -= MTB_MINUTE;
  for (guint i = 0; i < 3; i++)
    mtb_test_desk_sync_fails (rima, MTB_ERROR_TOO_MANY);
  server->ahead_ms += 2 * MTB_MINUTE;
  mtb_test_desk_sync (rima);

  mtb_test_transport_set_cut (rima->line, TRUE);
  mtb_test_desk_restart (rima);
  password = reset_password (server, "rima");
  mtb_test_transport_set_cut (rima->line, FALSE);
  n_sent = mtb_test_transport_get_n_sent (rima->line, "POST");
  for (guint i = 0; i < 3; i++)
    mtb_test_desk_sync_fails (rima, MTB_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (mtb_test_transport_get_n_sent (rima->line, "POST"), ==, n_sent + 1);
}

static void
test_what_is_wrong_with_a_change_is_told (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (GError) error = NULL;

  g_assert_false (mtb_client_change_password (rima->client, "not it", NEW_PASSWORD, NULL, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_INVALID);
  g_assert_cmpstr (mtb_error_get_field (error), ==, "old");
  g_clear_error (&error);
  g_assert_false (
    mtb_client_change_password (rima->client, MTB_TEST_PASSWORD, "short", NULL, &error));
  g_assert_cmpstr (mtb_error_get_field (error), ==, "new");
  g_clear_error (&error);
  mtb_test_transport_set_cut (rima->line, TRUE);
  g_assert_false (
    mtb_client_change_password (rima->client, MTB_TEST_PASSWORD, NEW_PASSWORD, NULL, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_UNREACHABLE);
  mtb_test_transport_set_cut (rima->line, FALSE);
  mtb_test_desk_sync (rima);
}

static void
test_a_desk_is_emptied (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *folder = mtb_client_dup_folder (rima->client);
  g_autofree char *draft = g_build_filename (folder, "drafts.ini", NULL);

  g_free (mtb_test_desk_log (rima, "marker-of-her-own"));
  mtb_test_desk_sync (rima);
  g_assert_true (mtb_client_fetch_card (rima->client, mtb_test_id ("omar"), NULL, NULL));
  g_assert_true (g_file_set_contents (draft, "half-written", -1, NULL));
  g_free (mtb_test_desk_log (rima, "not sent in time"));
  end_sign_ins (server, "rima", TRUE);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_DISMISSED);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_DISMISSED);
  g_assert_false (has_kept (folder, "marker-of-her-own"));
  g_assert_false (has_kept (folder, "omar100200"));
  g_assert_false (has_kept (folder, "half-written"));
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 1);

  mtb_test_desk_restart (rima);
  mtb_test_desk_sync (rima);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 0);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 2);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 2);
}

static void
deactivate (MtbTestServer *server, const char *who)
{
  g_autoptr (MtbStore) store = mtb_store_open (server->database, MTB_STORE_READ_ONLY, NULL);
  g_autoptr (MtbPerson) person =
    mtb_store_get (store, &mtb_person_table.shape, mtb_test_id (who), NULL);
  MtbPersonPut *put = mtb_record_new (&mtb_person_set.shape);

  mtb_record_assign (put, person);
  put->active = 0;
  mtb_test_server_command (server, "majd", put);
}

/* Nothing shows the token any more when somebody has signed out; another comes to their desk. */
static void
test_a_desk_is_emptied_of_who_has_left (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new_at (server, "rima", "shared");
  g_autoptr (MtbTestDesk) samer = NULL;
  g_autofree char *folder = mtb_client_dup_folder (rima->client);

  g_free (mtb_test_desk_log (rima, "marker-of-her-own"));
  mtb_test_desk_sync (rima);
  mtb_client_sign_out (rima->client, NULL);
  samer = mtb_test_desk_new_at (server, "samer", "shared");
  g_assert_true (has_kept (folder, "marker-of-her-own"));
  deactivate (server, "rima");
  mtb_test_desk_sync (samer);
  g_assert_cmpuint (count_files (folder, FALSE), ==, 0);
  g_assert_cmpuint (count_files (folder, TRUE), >, 0);
  mtb_test_desk_sync (samer);
  g_assert_cmpint (mtb_test_desk_count (samer, "SELECT COUNT(*) FROM person WHERE active = 0"), ==,
                   1);
}

/* By the person, at a desk that goes on being theirs: what cannot be fetched again stays. */
static void
test_fetching_all_again_loses_nothing (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *folder = mtb_client_dup_folder (rima->client);
  g_autofree char *draft = g_build_filename (folder, "drafts.ini", NULL);
  g_autofree char *verifier = g_build_filename (folder, "verifier", NULL);
  g_autoptr (GError) error = NULL;

  g_free (mtb_test_desk_log (rima, "sent"));
  mtb_test_desk_sync (rima);
  g_free (mtb_test_desk_log (rima, "not sent yet"));
  g_assert_true (g_file_set_contents (draft, "half-written", -1, NULL));
  g_assert_true (mtb_client_empty (rima->client, &error));
  g_assert_no_error (error);
  g_assert_true (has_kept (folder, "half-written"));
  g_assert_true (g_file_test (verifier, G_FILE_TEST_EXISTS));
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 2);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 2);
}

static void
test_a_desk_that_waits_for_a_password_is_emptied (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *folder = mtb_client_dup_folder (rima->client);
  g_autofree char *password = NULL;

  g_free (mtb_test_desk_log (rima, "marker-of-her-own"));
  mtb_test_desk_sync (rima);
  password = reset_password (server, "rima");
  mtb_test_desk_sync_fails (rima, MTB_ERROR_UNAUTHORIZED);
  sign_in_with (rima, password);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_PASSWORD_CHANGE);
  g_assert_true (has_kept (folder, "marker-of-her-own"));
  end_sign_ins (server, "rima", TRUE);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_DISMISSED);
  g_assert_false (has_kept (folder, "marker-of-her-own"));
}

static void
test_a_sign_in_that_is_only_ended_leaves_the_desk (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");

  g_free (mtb_test_desk_log (rima, "her own"));
  mtb_test_desk_sync (rima);
  end_sign_ins (server, "rima", FALSE);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_UNAUTHORIZED);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 1);
}

static void
test_wipe_at_sign_out (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *folder = mtb_client_dup_folder (rima->client);
  g_autoptr (GError) error = NULL;

  g_free (mtb_test_desk_log (rima, "her own"));
  mtb_test_desk_sync (rima);
  mtb_client_sign_out (rima->client, NULL);
  g_assert_true (has_kept (folder, "her own"));

  set_setting (server, MTB_SETTING_WIPE_AT_SIGN_OUT, "1");
  mtb_test_desk_sign_in (rima);
  mtb_test_desk_sync (rima);
  mtb_test_transport_set_cut (rima->line, TRUE);
  g_free (mtb_test_desk_log (rima, "not sent in time"));
  mtb_client_sign_out (rima->client, NULL);
  g_assert_cmpuint (count_files (folder, FALSE), ==, 0);
  g_assert_cmpuint (count_files (folder, TRUE), >, 0);
  g_assert_false (mtb_client_sign_in (rima->client, "rima", MTB_TEST_PASSWORD, NULL, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED);

  mtb_test_transport_set_cut (rima->line, FALSE);
  mtb_test_desk_sign_in (rima);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 1);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 2);
}

static void
check_modes (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  struct stat there;
  const char *name;

  g_assert_cmpint (g_stat (folder, &there), ==, 0);
  g_assert_cmpint (there.st_mode & 0777, ==, 0700);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_stat (path, &there), ==, 0);
      g_assert_cmpint (there.st_mode & 0777, ==, 0600);
    }
}

/* Those of an earlier program, which were not so careful, too. */
static void
test_nobody_else_reads_what_a_desk_keeps (void)
{
  static const char *const names[] = { "outbox.db", "outbox.db-wal", "cache.db" };
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *folder = mtb_client_dup_folder (rima->client);

  g_free (mtb_test_desk_log (rima, "her own"));
  g_assert_cmpuint (count_files (folder, TRUE), ==, 3);
  check_modes (folder);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_assert_cmpint (g_chmod (path, 0644), ==, 0);
    }
  mtb_test_desk_restart (rima);
  check_modes (folder);
  mtb_test_desk_sync (rima);
  check_modes (folder);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static gboolean
on_impatient (gpointer data)
{
  g_error ("nothing has come");
  return G_SOURCE_REMOVE;
}

static void
wait_for_state (MtbEngine *engine, MtbEngineState state)
{
  guint source = g_timeout_add (PATIENCE_MS, on_impatient, NULL);

  while (mtb_engine_get_state (engine) != state)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

static void
sign_in_engine (MtbEngine *engine, const char *username, const char *password)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mtb_engine_sign_in_async (engine, username, password, NULL, on_done, &result);
  mtb_engine_sign_in_finish (engine, wait_for (&result), &error);
  g_assert_no_error (error);
}

static void
sign_out_engine (MtbEngine *engine)
{
  g_autoptr (GAsyncResult) result = NULL;

  mtb_engine_sign_out_async (engine, NULL, on_done, &result);
  g_assert_true (mtb_engine_sign_out_finish (engine, wait_for (&result), NULL));
  wait_for_state (engine, MTB_ENGINE_SIGNED_OUT);
}

static MtbEngine *
new_engine_at (MtbTestServer *server, const char *computer, MtbTestTransport *line)
{
  g_autofree char *folder = g_build_filename (server->folder, computer, NULL);

  return mtb_engine_new (MTB_TRANSPORT (line), folder);
}

static MtbEngine *
new_engine (MtbTestServer *server, const char *computer)
{
  g_autoptr (MtbTestTransport) line = mtb_test_transport_new (server);

  return new_engine_at (server, computer, line);
}

static GPtrArray *
ask (MtbEngine *engine, const MtbQuery *query, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gpointer arguments = mtb_record_new (query->arguments);

  mtb_engine_ask_async (engine, query, arguments, NULL, on_done, &result);
  mtb_record_unref (arguments);
  return mtb_engine_ask_finish (engine, wait_for (&result), error);
}

static void
change_engine_password (MtbEngine *engine, const char *old)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mtb_engine_change_password_async (engine, old, NEW_PASSWORD, NULL, on_done, &result);
  mtb_engine_change_password_finish (engine, wait_for (&result), &error);
  g_assert_no_error (error);
}

static void
test_the_engine_says_that_the_password_is_to_be_changed (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  MtbEngine *admin = new_engine (server, "admin");
  MtbEngine *rima = new_engine (server, "rima");
  g_autoptr (GAsyncResult) reset = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *password = NULL;

  sign_in_engine (admin, "majd", MTB_TEST_PASSWORD);
  mtb_engine_reset_password_async (admin, mtb_test_id ("rima"), NULL, on_done, &reset);
  password = mtb_engine_reset_password_finish (admin, wait_for (&reset), &error);
  g_assert_no_error (error);
  sign_in_engine (rima, "rima", password);
  wait_for_state (rima, MTB_ENGINE_PASSWORD_CHANGE);
  g_assert_true (mtb_engine_get_must_change (rima));
  g_assert_nonnull (mtb_engine_get_person (rima));
  change_engine_password (rima, password);
  wait_for_state (rima, MTB_ENGINE_ONLINE);
  g_assert_false (mtb_engine_get_must_change (rima));
  g_clear_object (&reset);
  mtb_test_end_engine (&admin);
  mtb_test_end_engine (&rima);
}

/* Nobody comes past it by pulling the cable; whoever signs in after it has nothing to do with it. */
static void
test_the_engine_says_so_without_the_server (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestTransport) line = mtb_test_transport_new (server);
  MtbEngine *engine = new_engine_at (server, "shared", line);
  g_autofree char *password = reset_password (server, "rima");

  sign_in_engine (engine, "samer", MTB_TEST_PASSWORD);
  wait_for_state (engine, MTB_ENGINE_ONLINE);
  sign_out_engine (engine);
  sign_in_engine (engine, "rima", password);
  wait_for_state (engine, MTB_ENGINE_PASSWORD_CHANGE);
  mtb_test_transport_set_cut (line, TRUE);
  mtb_engine_sync_now (engine);
  wait_for_state (engine, MTB_ENGINE_OFFLINE);
  g_assert_true (mtb_engine_get_must_change (engine));
  sign_out_engine (engine);
  g_assert_false (mtb_engine_get_must_change (engine));
  sign_in_engine (engine, "samer", MTB_TEST_PASSWORD);
  wait_for_state (engine, MTB_ENGINE_OFFLINE);
  g_assert_false (mtb_engine_get_must_change (engine));
  sign_out_engine (engine);

  mtb_test_transport_set_cut (line, FALSE);
  sign_in_engine (engine, "rima", password);
  wait_for_state (engine, MTB_ENGINE_PASSWORD_CHANGE);
  change_engine_password (engine, password);
  wait_for_state (engine, MTB_ENGINE_ONLINE);
  g_assert_false (mtb_engine_get_must_change (engine));
  mtb_test_end_engine (&engine);
}

/* Whoever saves and leaves at once has saved. */
static void
test_all_that_was_given_is_kept_before_the_sign_out (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestTransport) line = mtb_test_transport_new (server);
  MtbEngine *engine = new_engine_at (server, "shared", line);
  GAsyncResult *given[N_GIVEN] = { NULL };

  sign_in_engine (engine, "samer", MTB_TEST_PASSWORD);
  wait_for_state (engine, MTB_ENGINE_ONLINE);
  mtb_test_transport_set_cut (line, TRUE);
  mtb_engine_sync_now (engine);
  wait_for_state (engine, MTB_ENGINE_OFFLINE);
  for (guint i = 0; i < N_GIVEN; i++)
    {
      MtbCallLog *call = mtb_test_new_call ("the last of the day");

      mtb_engine_give_async (engine, call, NULL, on_done, &given[i]);
      mtb_record_unref (call);
    }
  sign_out_engine (engine);
  for (guint i = 0; i < N_GIVEN; i++)
    {
      g_autoptr (GError) error = NULL;

      mtb_engine_give_finish (engine, wait_for (&given[i]), &error);
      g_assert_no_error (error);
      g_object_unref (given[i]);
    }
  mtb_test_transport_set_cut (line, FALSE);
  sign_in_engine (engine, "samer", MTB_TEST_PASSWORD);
  wait_for_state (engine, MTB_ENGINE_ONLINE);
  g_assert_cmpint (mtb_test_server_count (server, "SELECT COUNT(*) FROM call"), ==, N_GIVEN);
  mtb_test_end_engine (&engine);
}

static void
test_sign_ins_are_asked_of_the_server (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  MtbEngine *admin = new_engine (server, "admin");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  sign_in_engine (admin, "majd", MTB_TEST_PASSWORD);
  wait_for_state (admin, MTB_ENGINE_ONLINE);
  rows = ask (admin, &mtb_session_query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  g_clear_pointer (&rows, g_ptr_array_unref);
  mtb_test_server_stop (server);
  g_assert_null (ask (admin, &mtb_session_query, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_UNREACHABLE);
  mtb_test_end_engine (&admin);
}

/* What was read before the desk was emptied is not read any more. */
static void
test_an_emptied_desk_is_read_anew (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  MtbEngine *rima = new_engine (server, "rima");
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  set_setting (server, MTB_SETTING_WIPE_AT_SIGN_OUT, "1");
  sign_in_engine (rima, "rima", MTB_TEST_PASSWORD);
  before = ask (rima, &mtb_settings_query, NULL);
  g_assert_cmpuint (before->len, ==, 1);
  sign_out_engine (rima);
  set_setting (server, MTB_SETTING_OFFLINE_DAYS, "3");
  sign_in_engine (rima, "rima", MTB_TEST_PASSWORD);
  after = ask (rima, &mtb_settings_query, NULL);
  g_assert_cmpuint (after->len, ==, 2);
  mtb_test_end_engine (&rima);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account/nothing-is-sent-before-the-change",
                   test_nothing_is_sent_before_the_change);
  g_test_add_func ("/account/the-new-password-is-good-without-the-server",
                   test_the_new_password_is_good_without_the_server);
  g_test_add_func ("/account/a-desk-does-not-guess", test_a_desk_does_not_guess);
  g_test_add_func ("/account/what-is-wrong-with-a-change-is-told",
                   test_what_is_wrong_with_a_change_is_told);
  g_test_add_func ("/account/a-desk-is-emptied", test_a_desk_is_emptied);
  g_test_add_func ("/account/a-desk-that-waits-for-a-password-is-emptied",
                   test_a_desk_that_waits_for_a_password_is_emptied);
  g_test_add_func ("/account/fetching-all-again-loses-nothing",
                   test_fetching_all_again_loses_nothing);
  g_test_add_func ("/account/a-desk-is-emptied-of-who-has-left",
                   test_a_desk_is_emptied_of_who_has_left);
  g_test_add_func ("/account/a-sign-in-that-is-only-ended-leaves-the-desk",
                   test_a_sign_in_that_is_only_ended_leaves_the_desk);
  g_test_add_func ("/account/wipe-at-sign-out", test_wipe_at_sign_out);
  g_test_add_func ("/account/nobody-else-reads-what-a-desk-keeps",
                   test_nobody_else_reads_what_a_desk_keeps);
  g_test_add_func ("/account/the-engine-says-that-the-password-is-to-be-changed",
                   test_the_engine_says_that_the_password_is_to_be_changed);
  g_test_add_func ("/account/the-engine-says-so-without-the-server",
                   test_the_engine_says_so_without_the_server);
  g_test_add_func ("/account/all-that-was-given-is-kept-before-the-sign-out",
                   test_all_that_was_given_is_kept_before_the_sign_out);
  g_test_add_func ("/account/sign-ins-are-asked-of-the-server",
                   test_sign_ins_are_asked_of_the_server);
  g_test_add_func ("/account/an-emptied-desk-is-read-anew", test_an_emptied_desk_is_read_anew);
  return g_test_run ();
}
