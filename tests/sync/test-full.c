/* A disk is full for a while, a desk's or the server's: nothing is lost by it, nothing is given twice, and
 * it goes on where it stood. */

#include "mtb-test-desk.h"

#include "mtb-test-database.h"

#include "mtb-id.h"
#include "mtb-time.h"

#include <gio/gio.h>

#define CALLS "SELECT COUNT(*) FROM call"

/* From now on what @event says of a table of this database fails. */
static void
fail_at (const char *uri, const char *event)
{
  g_autofree char *sql = g_strdup_printf ("CREATE TRIGGER fail BEFORE %s"
                                          " BEGIN SELECT RAISE (FAIL, 'the disk is full'); END",
                                          event);
  g_autoptr (MtbStore) store = mtb_store_open (uri, MTB_STORE_PRECIOUS, NULL);

  g_assert_true (mtb_store_execute (store, sql, NULL));
}

static void
recover_at (const char *uri)
{
  g_autoptr (MtbStore) store = mtb_store_open (uri, MTB_STORE_PRECIOUS, NULL);

  g_assert_true (mtb_store_execute (store, "DROP TRIGGER fail", NULL));
}

static void
fail (MtbTestDesk *desk, const char *file, const char *event)
{
  g_autofree char *path = mtb_test_desk_dup_path (desk, file);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);

  fail_at (uri, event);
}

static void
recover (MtbTestDesk *desk, const char *file)
{
  g_autofree char *path = mtb_test_desk_dup_path (desk, file);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);

  recover_at (uri);
}

/* What is in the outbox is given, though the rows cannot show it; who is told otherwise gives it again. */
static void
test_given_is_given (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *id = NULL;

  fail (rima, "cache.db", "INSERT ON applied");
  g_test_expect_message ("mutabaa", G_LOG_LEVEL_WARNING, "*cannot be shown yet*");
  id = mtb_test_desk_log (rima, "the disk is full");
  g_test_assert_expected_messages ();
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 1);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 0);
  recover (rima, "cache.db");
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 1);
}

static void
test_page_that_was_put_aside (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *id = mtb_test_desk_log (rima, "comes back");

  fail (rima, "cache.db", "DELETE ON cursor");
  mtb_test_desk_sync_fails (rima, MTB_ERROR_STORAGE);
  recover (rima, "cache.db");
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS " WHERE received_at IS NOT NULL"), ==, 1);
  g_assert_cmpint (mtb_test_desk_count (rima, "SELECT COUNT(*) FROM page"), ==, 0);
}

/* The server is put back to before the page, and has gone on past its end. */
static void
test_page_of_a_lost_history (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbTestDesk) hadi = mtb_test_desk_new (server, "hadi");
  g_autofree char *backup = g_build_filename (server->folder, "backup", NULL);
  g_autofree char *lost = NULL;

  mtb_test_server_stop (server);
  mtb_test_database_save (server->database, backup);
  mtb_test_server_start (server);
  lost = mtb_test_desk_log (rima, "the backup does not have this");
  fail (rima, "cache.db", "DELETE ON cursor");
  mtb_test_desk_sync_fails (rima, MTB_ERROR_STORAGE);
  mtb_test_server_stop (server);
  mtb_test_database_restore (server->database, backup);
  mtb_test_server_start (server);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *other = mtb_test_desk_log (hadi, "another history");
    }
  mtb_test_desk_sync (hadi);
  recover (rima, "cache.db");
  mtb_test_desk_sync_fails (rima, MTB_ERROR_MISMATCH);
}

static void
copy_file (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);

  g_assert_true (g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL));
}

static void
begin_epoch (MtbTestServer *server)
{
  MtbEpochBegin *begin = mtb_record_new (&mtb_epoch_begin.shape);

  begin->epoch = mtb_id_new (mtb_time_now ());
  mtb_test_server_command (server, "operator", begin);
}

/* A new epoch is not taken before all is offered again that may be lost with the old one. */
static void
test_offered_before_epoch_is_taken (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *backup = g_strconcat (server->database + 7, ".backup", NULL);
  g_autofree char *id = NULL;

  mtb_test_server_stop (server);
  copy_file (server->database + 7, backup);
  mtb_test_server_start (server);
  id = mtb_test_desk_log (rima, "the backup does not have this");
  mtb_test_desk_sync (rima);
  mtb_test_server_stop (server);
  copy_file (backup, server->database + 7);
  mtb_test_server_start (server);
  begin_epoch (server);

  fail (rima, "outbox.db", "UPDATE ON given");
  mtb_test_desk_sync_fails (rima, MTB_ERROR_STORAGE);
  recover (rima, "outbox.db");
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 1);
}

static void
add_prospect (MtbTestDesk *desk)
{
  MtbProspectAdd *prospect = mtb_record_new (&mtb_prospect_add.shape);

  prospect->id = g_strdup (mtb_test_id ("sami"));
  prospect->name = g_strdup ("سامي");
  mtb_test_desk_give (desk, prospect);
}

/* The desk does not take for put off what the server failed over. */
static void
test_failure_behind_what_is_put_off (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbTestDesk) samer = mtb_test_desk_new (server, "samer");
  g_autofree char *id = NULL;

  begin_epoch (server);
  mtb_test_desk_sync (rima);
  add_prospect (samer);
  mtb_test_desk_sync (samer);
  add_prospect (rima);
  id = mtb_test_desk_log (rima, "the disk is full");
  fail_at (server->database, "INSERT ON call");
  g_test_expect_message ("mutabaa", G_LOG_LEVEL_WARNING, "*the disk is full*");
  mtb_test_desk_sync_fails (rima, MTB_ERROR_UNREACHABLE);
  g_test_assert_expected_messages ();
  recover_at (server->database);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 1);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 1);
}

/* A desk that was killed over a snapshot has left the log of its file. */
static void
test_log_of_unfinished_snapshot (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *path = mtb_test_desk_dup_path (rima, "snapshot.db");
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *kept = g_strconcat (path, "-kept", NULL);
  g_autoptr (MtbStore) store = mtb_store_open (uri, MTB_STORE_PRECIOUS, NULL);

  g_assert_true (mtb_store_execute (store, "CREATE TABLE unfinished (id TEXT)", NULL));
  copy_file (log, kept);
  g_clear_pointer (&store, mtb_store_close);
  copy_file (kept, log);
  g_assert_true (mtb_client_empty (rima->client, NULL));
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, "SELECT COUNT(*) FROM team"), ==, 2);
  g_assert_cmpint (
    mtb_test_desk_count (rima, "SELECT COUNT(*) FROM sqlite_master WHERE name = 'unfinished'"), ==,
    0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/full/given-is-given", test_given_is_given);
  g_test_add_func ("/full/page-that-was-put-aside", test_page_that_was_put_aside);
  g_test_add_func ("/full/page-of-a-lost-history", test_page_of_a_lost_history);
  g_test_add_func ("/full/offered-before-epoch-is-taken", test_offered_before_epoch_is_taken);
  g_test_add_func ("/full/failure-behind-what-is-put-off", test_failure_behind_what_is_put_off);
  g_test_add_func ("/full/log-of-unfinished-snapshot", test_log_of_unfinished_snapshot);
  return g_test_run ();
}
