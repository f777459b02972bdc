/* Files of a desk that are not what was written to them: nothing that can be read is lost, and the rest
 * comes again. */

#include "mtb-damage.h"
#include "mtb-test-desk.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

#define CALLS "SELECT COUNT(*) FROM call"
#define SUBSCRIBERS "SELECT COUNT(*) FROM subscriber"
#define PAGE_SIZE 4096

static gsize
get_size (const char *path)
{
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return (gsize) status.st_size;
}

/* Writes over @length bytes of a closed file. */
static void
spoil (const char *path, gsize from, gsize length)
{
  g_autofree char *rubbish = g_strnfill (length, '\xa5');
  FILE *file = g_fopen (path, "r+b");

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, (long) from, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (rubbish, 1, length, file), ==, length);
  fclose (file);
}

static void
check_is_aside (MtbTestDesk *desk, const char *name)
{
  g_autofree char *path = mtb_test_desk_dup_path (desk, name);

  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* The program ends, a file is spoilt, the program begins again and the person signs in. */
static void
restart_spoilt (MtbTestDesk *desk, const char *path, gsize from, gsize length)
{
  mtb_test_desk_stop (desk);
  spoil (path, from, length);
  g_test_expect_message ("mutabaa", G_LOG_LEVEL_WARNING, "*damaged*");
  mtb_test_desk_restart (desk);
  g_test_assert_expected_messages ();
}

static gint64
get_n_saved (MtbTestDesk *desk)
{
  MtbTally tally;

  mtb_client_count (desk->client, &tally);
  return tally.n_saved;
}

static void
test_cache_is_no_database (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *path = mtb_test_desk_dup_path (rima, "cache.db");
  g_autofree char *sent = mtb_test_desk_log (rima, "sent");
  g_autofree char *waiting = NULL;

  mtb_test_desk_sync (rima);
  waiting = mtb_test_desk_log (rima, "waits");
  restart_spoilt (rima, path, 0, PAGE_SIZE);

  check_is_aside (rima, "cache.db.damaged");
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 1);
  g_assert_cmpint (get_n_saved (rima), ==, MTB_ABSENT);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 2);
  g_assert_cmpint (mtb_test_desk_count (rima, SUBSCRIBERS), ==, 1);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 2);
}

/* It opens well: what is damaged is only met when it is read. */
static void
test_cache_is_damaged_within (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *path = mtb_test_desk_dup_path (rima, "cache.db");
  g_autofree char *waiting = NULL;

  waiting = mtb_test_desk_log (rima, "waits");
  mtb_test_desk_stop (rima);
  spoil (path, PAGE_SIZE, get_size (path) - PAGE_SIZE);
  g_test_expect_message ("mutabaa", G_LOG_LEVEL_WARNING, "*malformed*");
  mtb_test_desk_restart (rima);
  mtb_test_desk_sync (rima);
  g_test_assert_expected_messages ();

  check_is_aside (rima, "cache.db.damaged");
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 1);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 1);
  g_assert_cmpint (mtb_test_desk_count (rima, SUBSCRIBERS), ==, 1);
}

/* Who reads the rows may still have a file open in whose place there is another one. */
static void
test_reader_tells_of_damage (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (GError) damage = g_error_new_literal (MTB_ERROR, MTB_ERROR_DAMAGED, "malformed");
  guint generation = 0;
  g_autofree char *uri = mtb_client_dup_cache_uri (rima->client, &generation);

  mtb_client_repair (rima->client, generation - 1, &damage);
  g_assert_cmpint (mtb_test_desk_count (rima, SUBSCRIBERS), ==, 1);
  g_test_expect_message ("mutabaa", G_LOG_LEVEL_WARNING, "malformed");
  mtb_client_repair (rima->client, generation, &damage);
  g_test_assert_expected_messages ();
  g_assert_cmpint (mtb_test_desk_count (rima, SUBSCRIBERS), ==, 0);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, SUBSCRIBERS), ==, 1);
}

/* Some hundred commands on many pages, of which the last is spoilt. */
static void
test_outbox_is_rescued (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *path = mtb_test_desk_dup_path (rima, "outbox.db");
  guint n_given = 200;
  gint64 n_saved;

  mtb_test_transport_set_cut (rima->line, TRUE);
  for (guint i = 0; i < n_given; i++)
    {
      g_autofree char *id = mtb_test_desk_log (rima, "written while there was no network");
    }
  mtb_test_transport_set_cut (rima->line, FALSE);
  mtb_test_desk_stop (rima);
  restart_spoilt (rima, path, get_size (path) / PAGE_SIZE / 2 * PAGE_SIZE, PAGE_SIZE);

  n_saved = get_n_saved (rima);
  check_is_aside (rima, "outbox.db.damaged");
  g_assert_cmpint (n_saved, >=, n_given / 2);
  g_assert_cmpint (n_saved, <, n_given);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, n_saved);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, n_saved);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, n_saved);
}

/* What was put aside before is never written over. */
static void
test_outbox_is_no_database (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *path = mtb_test_desk_dup_path (rima, "outbox.db");

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *id = mtb_test_desk_log (rima, "lost but for the file");

      restart_spoilt (rima, path, 0, PAGE_SIZE);
      g_assert_cmpint (get_n_saved (rima), ==, 0);
    }
  check_is_aside (rima, "outbox.db.damaged");
  check_is_aside (rima, "outbox.db.damaged-2");
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 0);
}

static void
check_holds (const char *folder, const char *name, const char *expected)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, expected);
  g_unlink (path);
}

/* A log that belonged to another file must not be read into the new one. */
static void
test_log_goes_with_its_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mutabaa-damage-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_true (g_file_set_contents (path, "first", -1, NULL));
  g_assert_true (g_file_set_contents (log, "first log", -1, NULL));
  first = mtb_damage_put_aside (path, TRUE, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_set_contents (path, "second", -1, NULL));
  second = mtb_damage_put_aside (path, TRUE, &error);
  g_assert_no_error (error);

  check_holds (folder, "a.db", NULL);
  check_holds (folder, "a.db.damaged", "first");
  check_holds (folder, "a.db.damaged-wal", "first log");
  check_holds (folder, "a.db.damaged-2", "second");
  check_holds (folder, "a.db.damaged-2-wal", NULL);
  g_rmdir (folder);
}

static void
set_full (gboolean full)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = full ? 1 : limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* A folder in which nothing can be written is not damage: all is where it was when it can be again. */
static void
test_disk_is_full (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (GError) error = NULL;
  g_autofree char *given = mtb_test_desk_log (rima, "before");
  g_autoptr (MtbCallLog) call = mtb_test_new_call ("there is no room");
  g_autofree char *aside = mtb_test_desk_dup_path (rima, "cache.db.damaged");

  set_full (TRUE);
  g_assert_null (mtb_client_give (rima->client, call, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_STORAGE);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_STORAGE);
  g_assert_false (g_file_test (aside, G_FILE_TEST_EXISTS));

  set_full (FALSE);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 1);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGXFSZ, SIG_IGN);
  g_test_add_func ("/damage/cache-is-no-database", test_cache_is_no_database);
  g_test_add_func ("/damage/cache-is-damaged-within", test_cache_is_damaged_within);
  g_test_add_func ("/damage/reader-tells-of-damage", test_reader_tells_of_damage);
  g_test_add_func ("/damage/outbox-is-rescued", test_outbox_is_rescued);
  g_test_add_func ("/damage/outbox-is-no-database", test_outbox_is_no_database);
  g_test_add_func ("/damage/log-goes-with-its-file", test_log_goes_with_its_file);
  g_test_add_func ("/damage/disk-is-full", test_disk_is_full);
  return g_test_run ();
}
