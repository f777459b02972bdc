#define _GNU_SOURCE

/* Whoever comes to see something else has at once what they may see, and nothing of what they may
 * not: their desk is then as one that was just begun. */

#include "mtb-test-desk.h"

#include "mtb-id.h"
#include "mtb-pbx.h"
#include "mtb-setting.h"
#include "mtb-subscriber.h"
#include "mtb-time.h"

#include <glib/gstdio.h>
#include <string.h>

#define CALLS "SELECT COUNT(*) FROM call"
#define SUBSCRIBERS "SELECT COUNT(*) FROM subscriber"

static MtbPersonPut *
new_person (const MtbCommand *command, const char *name, gint64 roles, const char *team)
{
  MtbPersonPut *put = mtb_record_new (&command->shape);

  put->id = g_strdup (mtb_test_id (name));
  put->username = g_strdup (name);
  put->display_name = g_strdup (name);
  put->roles = roles;
  put->team_id = g_strdup (team != NULL ? mtb_test_id (team) : NULL);
  put->active = 1;
  return put;
}

static void
set_person (MtbTestServer *server, const char *name, gint64 roles, const char *team)
{
  mtb_test_server_command (server, "majd", new_person (&mtb_person_set, name, roles, team));
}

static void
set_active (MtbTestServer *server, const char *name, gint64 active)
{
  MtbPersonPut *put = new_person (&mtb_person_set, name, MTB_ROLE_AGENT, "north");

  put->active = active;
  mtb_test_server_command (server, "majd", put);
}

static GPtrArray *
read_table (MtbTestDesk *desk, const MtbTable *table)
{
  guint generation;
  g_autofree char *uri = mtb_client_dup_cache_uri (desk->client, &generation);
  g_autoptr (MtbStore) store = mtb_store_open (uri, MTB_STORE_READ_ONLY, NULL);
  g_autofree char *sql = g_strdup_printf ("SELECT $columns(t) FROM %s t ORDER BY t.%s",
                                          table->shape.name, table->shape.fields[0].name);
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = mtb_store_select (store, &table->shape, sql, NULL, &error);

  g_assert_no_error (error);
  return rows;
}

/* Row by row what a computer has that this person has never used. */
static void
assert_as_if_new (MtbTestServer *server, MtbTestDesk *desk)
{
  g_autofree char *computer = mtb_id_new (mtb_time_now ());
  g_autoptr (MtbTestDesk) fresh = mtb_test_desk_new_at (server, desk->username, computer);
  g_autoptr (MtbPerson) person = mtb_client_dup_person (desk->client);
  g_autoptr (MtbPerson) same = mtb_client_dup_person (fresh->client);

  for (guint i = 0; mtb_tables[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) rows = read_table (desk, mtb_tables[i]);
      g_autoptr (GPtrArray) expected = read_table (fresh, mtb_tables[i]);

      g_assert_cmpuint (rows->len, ==, expected->len);
      for (guint j = 0; j < rows->len; j++)
        g_assert_true (
          mtb_record_equal (g_ptr_array_index (rows, j), g_ptr_array_index (expected, j)));
    }
  g_assert_true (mtb_record_equal (person, same));
}

static gboolean
file_has (const char *path, const char *words)
{
  g_autofree char *bytes = NULL;
  gsize length;

  return g_file_get_contents (path, &bytes, &length, NULL)
         && memmem (bytes, length, words, strlen (words)) != NULL;
}

/* In any of this person's files here but the outbox, which has what they gave themselves. */
static gboolean
desk_has (MtbTestDesk *desk, const char *words)
{
  g_autofree char *folder = mtb_test_desk_dup_path (desk, "");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gboolean has = FALSE;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      has = has || (!g_str_has_prefix (name, "outbox") && file_has (path, words));
    }
  return has;
}

static void
log_calls (MtbTestDesk *desk, const char *notes, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (mtb_test_desk_log (desk, notes));
  mtb_test_desk_sync (desk);
}

static void
test_team_move (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbTestDesk) lina = mtb_test_desk_new (server, "lina");
  g_autoptr (MtbTestDesk) hadi = mtb_test_desk_new (server, "hadi");

  log_calls (rima, "marker-of-the-north", 40);
  log_calls (lina, "marker-of-the-south", 40);
  mtb_test_desk_sync (hadi);
  g_assert_true (desk_has (hadi, "marker-of-the-north"));
  g_assert_false (desk_has (hadi, "marker-of-the-south"));

  set_person (server, "rima", MTB_ROLE_AGENT, "south");
  mtb_test_desk_sync (hadi);
  g_assert_cmpint (mtb_test_desk_count (hadi, CALLS), ==, 0);
  g_assert_false (desk_has (hadi, "marker-of-the-north"));
  assert_as_if_new (server, hadi);

  set_person (server, "lina", MTB_ROLE_AGENT, "north");
  mtb_test_desk_sync (hadi);
  g_assert_true (desk_has (hadi, "marker-of-the-south"));
  assert_as_if_new (server, hadi);

  set_person (server, "rima", MTB_ROLE_AGENT, "north");
  mtb_test_desk_sync (hadi);
  g_assert_cmpint (mtb_test_desk_count (hadi, CALLS), ==, 80);
  assert_as_if_new (server, hadi);
  /* Her own calls stay hers, and her sign-in goes on. */
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 40);
  assert_as_if_new (server, rima);
}

/* What a lost role could do and has not reached the server is refused there, and kept to be read. */
static void
test_role_removed (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbPerson) person = NULL;

  log_calls (rima, "her own", 1);
  g_assert_true (mtb_client_fetch_card (rima->client, mtb_test_id ("omar"), NULL, NULL));
  g_assert_true (desk_has (rima, "omar100200"));
  set_person (server, "rima", MTB_ROLE_FINANCE, "north");
  g_free (mtb_test_desk_log (rima, "not sent in time"));
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, SUBSCRIBERS), ==, 0);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 1);
  g_assert_cmpuint (mtb_test_desk_get_n_refused (rima), ==, 1);
  g_assert_false (desk_has (rima, "omar100200"));
  person = mtb_client_dup_person (rima->client);
  g_assert_cmpint (person->roles, ==, MTB_ROLE_FINANCE);
  assert_as_if_new (server, rima);
}

/* Without the server too, they sign in as who they are now. */
static void
test_role_granted (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbTestDesk) samer = mtb_test_desk_new (server, "samer");
  g_autoptr (MtbPerson) person = NULL;

  log_calls (samer, "what her team does", 3);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 0);
  set_person (server, "rima", MTB_ROLE_AGENT | MTB_ROLE_SUPERVISOR, "north");
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 3);
  assert_as_if_new (server, rima);
  mtb_test_transport_set_cut (rima->line, TRUE);
  mtb_test_desk_restart (rima);
  person = mtb_client_dup_person (rima->client);
  g_assert_cmpint (person->roles, ==, MTB_ROLE_AGENT | MTB_ROLE_SUPERVISOR);
}

static void
test_another_name (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  MtbPersonPut *put = new_person (&mtb_person_set, "rima", MTB_ROLE_AGENT, "north");
  g_autoptr (MtbPerson) person = NULL;

  g_free (put->display_name);
  put->display_name = g_strdup ("ريما الحلبي");
  mtb_test_server_command (server, "majd", put);
  mtb_test_desk_sync (rima);
  person = mtb_client_dup_person (rima->client);
  g_assert_cmpstr (person->display_name, ==, "ريما الحلبي");
}

static void
test_newcomer (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) hadi = mtb_test_desk_new (server, "hadi");
  g_autoptr (MtbTestDesk) lina = mtb_test_desk_new (server, "lina");

  mtb_test_server_command (server, "majd",
                           new_person (&mtb_person_add, "new", MTB_ROLE_AGENT, "north"));
  mtb_test_desk_sync (hadi);
  mtb_test_desk_sync (lina);
  assert_as_if_new (server, hadi);
  assert_as_if_new (server, lina);
}

/* A call that waits is nobody's: every supervisor sees it. Whoever takes it takes it out of the sight
 * of those who follow other teams. */
static void
test_row_of_another_team (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) hadi = mtb_test_desk_new (server, "hadi");
  g_autoptr (MtbPbxCall) call = mtb_record_new (&mtb_pbx_call_table.shape);

  call->id = g_strdup (mtb_test_id ("pbx"));
  call->reference = g_strdup ("a-reference-to-look-for");
  call->queue = g_strdup ("support");
  call->entered_at = mtb_time_now ();
  call->outcome = MTB_OUTCOME_WAITING;
  mtb_test_server_put (server, call);
  mtb_test_desk_sync (hadi);
  g_assert_true (desk_has (hadi, call->reference));
  call->person_id = g_strdup (mtb_test_id ("lina"));
  call->outcome = MTB_OUTCOME_TALKING;
  mtb_test_server_put (server, call);
  mtb_test_desk_sync (hadi);
  g_assert_false (desk_has (hadi, call->reference));
  assert_as_if_new (server, hadi);
}

static void
test_who_has_left (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *verifier = mtb_test_desk_dup_path (rima, "verifier");
  g_autoptr (GError) error = NULL;

  log_calls (rima, "marker-of-her-own", 40);
  g_assert_true (mtb_client_fetch_card (rima->client, mtb_test_id ("omar"), NULL, NULL));
  g_free (mtb_test_desk_log (rima, "not sent in time"));
  set_active (server, "rima", 0);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_DISMISSED);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_DISMISSED);
  g_assert_false (desk_has (rima, "marker-of-her-own"));
  g_assert_false (desk_has (rima, "omar100200"));
  g_assert_false (g_file_test (verifier, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 1);

  g_assert_false (mtb_client_sign_in (rima->client, "rima", MTB_TEST_PASSWORD, NULL, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED);
  g_clear_error (&error);
  mtb_test_transport_set_cut (rima->line, TRUE);
  g_assert_false (mtb_client_sign_in (rima->client, "rima", MTB_TEST_PASSWORD, NULL, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED);
}

/* The old sign-in has ended for good. */
static void
test_who_comes_back (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");

  log_calls (rima, "before", 1);
  g_free (mtb_test_desk_log (rima, "not sent in time"));
  set_active (server, "rima", 0);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_DISMISSED);
  set_active (server, "rima", 1);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_DISMISSED);
  mtb_test_desk_sign_in (rima);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 2);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 0);
  assert_as_if_new (server, rima);
}

/* One sync is enough, however often the sight changes in it. */
static void
test_own_change_on_empty_desk (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) majd = mtb_test_desk_new (server, "majd");
  MtbSettingSet *set = mtb_record_new (&mtb_setting_set.shape);
  g_autoptr (GError) error = NULL;

  mtb_client_empty (majd->client, &error);
  g_assert_no_error (error);
  set->name = g_strdup (MTB_SETTING_DIRECTORY_KEEP);
  set->value = g_strdup ("dealt_with");
  mtb_test_desk_give (majd, set);
  mtb_test_desk_sync (majd);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (majd), ==, 0);
  g_assert_cmpint (mtb_test_desk_count (majd, "SELECT COUNT(*) FROM setting"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sight/team-move", test_team_move);
  g_test_add_func ("/sight/role-removed", test_role_removed);
  g_test_add_func ("/sight/role-granted", test_role_granted);
  g_test_add_func ("/sight/another-name", test_another_name);
  g_test_add_func ("/sight/newcomer", test_newcomer);
  g_test_add_func ("/sight/row-of-another-team", test_row_of_another_team);
  g_test_add_func ("/sight/who-has-left", test_who_has_left);
  g_test_add_func ("/sight/who-comes-back", test_who_comes_back);
  g_test_add_func ("/sight/own-change", test_own_change_on_empty_desk);
  return g_test_run ();
}
