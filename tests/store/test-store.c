#include "mtb-call.h"
#include "mtb-error.h"
#include "mtb-person.h"
#include "mtb-schema.h"
#include "mtb-store.h"
#include "mtb-test-database.h"
#include "mtb-test-record.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* Which files SQLite has synced: this stands in the place of the system's. */
static GHashTable *synced;

int
fdatasync (int descriptor)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", descriptor);

  if (synced != NULL)
    g_hash_table_add (synced, g_file_read_link (link, NULL));
  return 0;
}

static MtbStore *
open_empty (void)
{
  g_autoptr (GError) error = NULL;
  MtbStore *store = mtb_test_database_open ();

  mtb_schema_create_tables (store, &error);
  g_assert_no_error (error);
  return store;
}

static MtbTeam *
make_team (const char *key, const char *name)
{
  MtbTeam *team = mtb_record_new (&mtb_team_table.shape);

  team->id = g_strdup (mtb_test_id (key));
  team->name = g_strdup (name);
  return team;
}

static void
put_team (MtbStore *store, const char *key, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbTeam) team = make_team (key, name);

  mtb_store_put (store, team, &error);
  g_assert_no_error (error);
}

static gint64
count (MtbStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 number;

  mtb_store_select_number (store, sql, NULL, &number, &error);
  g_assert_no_error (error);
  return number;
}

static void
test_rows_of_every_table_return (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (10);
  g_autoptr (MtbStore) store = open_empty ();

  for (guint round = 0; round < 20; round++)
    for (guint i = 0; mtb_tables[i] != NULL; i++)
      {
        g_autoptr (GError) error = NULL;
        gpointer record = mtb_test_make_record (&mtb_tables[i]->shape, rand);
        gpointer read;

        mtb_store_put (store, record, &error);
        g_assert_no_error (error);
        read = mtb_store_get (store, &mtb_tables[i]->shape, mtb_record_get_id (record), &error);
        g_assert_no_error (error);
        g_assert_true (mtb_record_equal (record, read));
        mtb_record_unref (record);
        mtb_record_unref (read);
      }
}

static void
assert_name (MtbStore *store, const char *key, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbTeam) team =
    mtb_store_get (store, &mtb_team_table.shape, mtb_test_id (key), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (team != NULL ? team->name : NULL, ==, name);
}

/* More rows than are asked for at once; in the transaction they are changed, made and removed. */
static void
test_what_was_read_ahead_is_not_old (void)
{
  g_autoptr (MtbStore) store = open_empty ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3 * MTB_KEYS_AT_ONCE; i++)
    {
      g_autofree char *key = g_strdup_printf ("team %u", i);

      if (i != 40)
        put_team (store, key, key);
      g_ptr_array_add (ids, g_strdup (mtb_test_id (key)));
    }
  g_assert_true (mtb_store_begin (store, &error)
                 && mtb_store_read_ahead (store, &mtb_team_table, (const char *const *) ids->pdata,
                                          ids->len, &error));
  put_team (store, "team 1", "changed");
  put_team (store, "team 40", "made");
  g_assert_true (
    mtb_store_delete (store, &mtb_team_table.shape, g_ptr_array_index (ids, 70), &error));
  assert_name (store, "team 0", "team 0");
  assert_name (store, "team 1", "changed");
  assert_name (store, "team 40", "made");
  assert_name (store, "team 70", NULL);
  assert_name (store, "team 95", "team 95");
  put_team (store, "team 1", "changed again");
  assert_name (store, "team 1", "changed again");
  mtb_store_rollback (store);
  assert_name (store, "team 1", "team 1");
  assert_name (store, "team 40", NULL);
  assert_name (store, "team 70", "team 70");
}

static void
test_put_changes_and_delete_removes (void)
{
  g_autoptr (MtbStore) store = open_empty ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbTeam) team = NULL;

  put_team (store, "a", "before");
  put_team (store, "a", "after");
  g_assert_cmpint (count (store, "SELECT COUNT(*) FROM team"), ==, 1);
  team = mtb_store_get (store, &mtb_team_table.shape, mtb_test_id ("a"), &error);
  g_assert_cmpstr (team->name, ==, "after");
  g_assert_true (mtb_store_delete (store, &mtb_team_table.shape, team->id, &error));
  g_assert_true (mtb_store_delete (store, &mtb_team_table.shape, team->id, &error));
  g_assert_null (mtb_store_get (store, &mtb_team_table.shape, team->id, &error));
  g_assert_no_error (error);
}

static void
test_insert_does_not_overwrite (void)
{
  g_autoptr (MtbStore) store = open_empty ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbTeam) team = make_team ("a", "second");

  put_team (store, "a", "first");
  g_assert_false (mtb_store_insert (store, team, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_STORAGE);
  g_assert_cmpint (count (store, "SELECT COUNT(*) FROM team WHERE name = 'first'"), ==, 1);
}

/* What is absent is NULL, not a number or an empty text that a sum would take in. */
static void
test_absent_is_null (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autoptr (MtbStore) store = open_empty ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbCall) call = mtb_test_make_record (&mtb_call_table.shape, rand);
  g_autoptr (MtbCall) read = NULL;

  call->wrap_up_s = MTB_ABSENT;
  g_clear_pointer (&call->notes, g_free);
  mtb_store_put (store, call, &error);
  g_assert_no_error (error);
  g_assert_cmpint (
    count (store, "SELECT COUNT(*) FROM call WHERE wrap_up_s IS NULL AND notes IS NULL"), ==, 1);
  read = mtb_store_get (store, &mtb_call_table.shape, call->id, &error);
  g_assert_cmpint (read->wrap_up_s, ==, MTB_ABSENT);
  g_assert_null (read->notes);
  g_assert_cmpint (count (store, "SELECT MAX(wrap_up_s) FROM call"), ==, MTB_ABSENT);
}

static void
test_parameters_go_by_name (void)
{
  g_autoptr (MtbStore) store = open_empty ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = mtb_store_select_text (
    store, "SELECT :b || :a || :b || COALESCE (:none, '-')",
    MTB_PARAMETERS (MTB_TEXT ("a", "a'; DROP TABLE team; --"), MTB_TEXT ("b", "|"),
                    MTB_TEXT ("none", NULL), MTB_TEXT ("unused", "x")),
    &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "|a'; DROP TABLE team; --|-");
}

/* A statement that is kept must not remember the values of the last time. */
static void
test_values_are_forgotten (void)
{
  static const char sql[] = "SELECT COALESCE (:value, 'nothing')";
  g_autoptr (MtbStore) store = open_empty ();
  g_autofree char *first =
    mtb_store_select_text (store, sql, MTB_PARAMETERS (MTB_TEXT ("value", "first")), NULL);
  g_autofree char *second = mtb_store_select_text (store, sql, NULL, NULL);

  g_assert_cmpstr (first, ==, "first");
  g_assert_cmpstr (second, ==, "nothing");
}

static gboolean
note (MtbStore *store,
      const MtbTable *table,
      gconstpointer before,
      gconstpointer after,
      gpointer data,
      GError **error)
{
  g_string_append_printf (data, "%s %s>%s;", table->shape.name,
                          before != NULL ? ((const MtbTeam *) before)->name : "",
                          after != NULL ? ((const MtbTeam *) after)->name : "");
  return TRUE;
}

static void
test_journal_hears_before_and_after (void)
{
  g_autoptr (MtbStore) store = open_empty ();
  g_autoptr (GString) notes = g_string_new (NULL);

  mtb_store_set_journal (store, note, notes);
  put_team (store, "a", "one");
  put_team (store, "a", "one");
  put_team (store, "a", "two");
  mtb_store_delete (store, &mtb_team_table.shape, mtb_test_id ("a"), NULL);
  mtb_store_delete (store, &mtb_team_table.shape, mtb_test_id ("a"), NULL);
  mtb_store_set_journal (store, NULL, NULL);
  put_team (store, "b", "unheard");
  g_assert_cmpstr (notes->str, ==, "team >one;team one>two;team two>;");
}

static gboolean
object (MtbStore *store,
        const MtbTable *table,
        gconstpointer before,
        gconstpointer after,
        gpointer data,
        GError **error)
{
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_STORAGE, "no");
  return FALSE;
}

static void
test_journal_may_object (void)
{
  g_autoptr (MtbStore) store = open_empty ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbTeam) team = make_team ("b", "new");

  put_team (store, "a", "old");
  mtb_store_set_journal (store, object, NULL);
  g_assert_false (mtb_store_put (store, team, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_false (mtb_store_delete (store, &mtb_team_table.shape, mtb_test_id ("a"), &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_STORAGE);
  g_assert_cmpint (count (store, "SELECT COUNT(*) FROM team"), ==, 1);
}

static void
test_rollback_leaves_nothing (void)
{
  g_autoptr (MtbStore) store = open_empty ();
  g_autoptr (GError) error = NULL;

  put_team (store, "a", "kept");
  g_assert_true (mtb_store_begin (store, &error));
  put_team (store, "a", "changed");
  put_team (store, "b", "new");
  mtb_store_rollback (store);
  g_assert_cmpint (count (store, "SELECT COUNT(*) FROM team WHERE name = 'kept'"), ==, 1);
  g_assert_cmpint (count (store, "SELECT COUNT(*) FROM team"), ==, 1);
  g_assert_true (mtb_store_begin (store, &error));
  put_team (store, "b", "new");
  g_assert_true (mtb_store_commit (store, &error));
  g_assert_cmpint (count (store, "SELECT COUNT(*) FROM team"), ==, 2);
}

/* What has failed is told by the commit, if not before; the next transaction is as good as any. */
static void
test_failed_transaction_commits_nothing (void)
{
  g_autoptr (MtbStore) store = open_empty ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbTeam) team = make_team ("a", "second");

  put_team (store, "a", "first");
  g_assert_true (mtb_store_begin (store, &error));
  put_team (store, "b", "lost");
  if (mtb_store_insert (store, team, &error)
      && mtb_store_run (store, "DELETE FROM team", NULL, &error))
    g_assert_false (mtb_store_commit (store, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_STORAGE);
  g_clear_error (&error);
  mtb_store_rollback (store);
  g_assert_cmpint (count (store, "SELECT COUNT(*) FROM team WHERE name = 'first'"), ==, 1);
  g_assert_cmpint (count (store, "SELECT COUNT(*) FROM team"), ==, 1);
  g_assert_true (mtb_store_begin (store, &error));
  put_team (store, "b", "kept");
  g_assert_true (mtb_store_commit (store, &error));
  g_assert_cmpint (count (store, "SELECT COUNT(*) FROM team"), ==, 2);
}

typedef struct
{
  MtbStore *store;
  guint n_rows;
} Reading;

static gboolean
ask_meanwhile (gpointer record, gpointer data, GError **error)
{
  Reading *reading = data;
  const MtbTeam *team = record;
  g_autoptr (MtbTeam) same = mtb_store_get (reading->store, &mtb_team_table.shape, team->id, error);

  g_assert_cmpstr (same->name, ==, team->name);
  reading->n_rows++;
  return TRUE;
}

/* Rows come one by one, and others may be asked for before the last has come. */
static void
test_another_statement_while_rows_come (void)
{
  g_autoptr (MtbStore) store = open_empty ();
  g_autoptr (GError) error = NULL;
  Reading reading = { store, 0 };

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      put_team (store, key, key);
    }
  g_assert_true (mtb_store_each (store, &mtb_team_table.shape, "SELECT $columns(t) FROM team t",
                                 NULL, ask_meanwhile, &reading, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (reading.n_rows, ==, 500);
}

static void
test_failures_are_no_verdicts (void)
{
  g_autoptr (MtbStore) store = open_empty ();
  g_autoptr (GError) error = NULL;
  gint64 number;

  g_assert_false (mtb_store_run (store, "INSERT INTO nothing VALUES (1)", NULL, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_false (mtb_store_select_number (store, "SELECT nothing", NULL, &number, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_STORAGE);
  g_assert_cmpint (number, ==, MTB_ABSENT);
  g_clear_error (&error);
  g_assert_null (mtb_store_open ("postgres:x", MTB_STORE_CACHE, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (mtb_store_open ("sqlite:/nowhere/at/all.db", MTB_STORE_CACHE, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_STORAGE);
}

typedef struct
{
  char *folder;
  char *path;
  char *uri;
} File;

static void
file_setup (File *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("mutabaa-store-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "test.db", NULL);
  self->uri = mtb_test_database_new (self->path);
}

static void
file_teardown (File *self, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->uri);
}

/* What a desk keeps is a file, whatever the server's database is. Read back, since a pragma that is not understood fails without a word. 2 is FULL, 1 NORMAL. */
static void
test_pragmas (File *self, gconstpointer data)
{
  static const struct
  {
    MtbStoreMode mode;
    gint64 synchronous;
    gint64 secure_delete;
    const char *journal;
  } modes[] = {
    { MTB_STORE_AUTHORITY, 2, -1, "wal" },
    { MTB_STORE_PRECIOUS, 2, -1, "wal" },
    { MTB_STORE_CACHE, 1, 1, "wal" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *uri = g_strconcat ("sqlite:", self->path, NULL);
      g_autoptr (MtbStore) store = mtb_store_open (uri, modes[i].mode, &error);
      g_autofree char *journal = NULL;

      g_assert_no_error (error);
      journal = mtb_store_select_text (store, "PRAGMA journal_mode", NULL, &error);
      g_assert_cmpstr (journal, ==, modes[i].journal);
      g_assert_cmpint (count (store, "PRAGMA synchronous"), ==, modes[i].synchronous);
      if (modes[i].secure_delete >= 0)
        g_assert_cmpint (count (store, "PRAGMA secure_delete"), ==, modes[i].secure_delete);
    }
}

static MtbStore *
open_file (File *self, MtbStoreMode mode)
{
  g_autoptr (GError) error = NULL;
  MtbStore *store = mtb_store_open (self->uri, mode, &error);

  g_assert_no_error (error);
  return store;
}

static void
test_second_connection (File *self, gconstpointer data)
{
  g_autoptr (MtbStore) writer = open_file (self, MTB_STORE_AUTHORITY);
  g_autoptr (MtbStore) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbTeam) team = make_team ("b", "not by the reader");
  gint64 version;

  mtb_schema_create_tables (writer, &error);
  g_assert_no_error (error);
  reader = open_file (self, MTB_STORE_READ_ONLY);
  version = mtb_store_get_data_version (reader);
  g_assert_true (mtb_store_begin_read (reader, NULL));
  g_assert_cmpint (count (reader, "SELECT COUNT(*) FROM team"), ==, 0);
  put_team (writer, "a", "new");
  g_assert_cmpint (count (reader, "SELECT COUNT(*) FROM team"), ==, 0);
  g_assert_true (mtb_store_commit (reader, NULL));
  g_assert_cmpint (count (reader, "SELECT COUNT(*) FROM team"), ==, 1);
  g_assert_cmpint (mtb_store_get_data_version (reader), !=, version);
  g_assert_false (mtb_store_put (reader, team, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_STORAGE);
}

static void
test_rows_are_there_after_a_restart (File *self, gconstpointer data)
{
  MtbStore *store = open_file (self, MTB_STORE_AUTHORITY);

  mtb_schema_create_tables (store, NULL);
  put_team (store, "a", "kept");
  mtb_store_close (store);
  store = open_file (self, MTB_STORE_AUTHORITY);
  g_assert_cmpint (count (store, "SELECT COUNT(*) FROM team WHERE name = 'kept'"), ==, 1);
  mtb_store_close (store);
}

static void
copy_file (const char *from, const char *to, const char *ending)
{
  g_autofree char *source = g_strconcat (from, ending, NULL);
  g_autofree char *target = g_strconcat (to, ending, NULL);
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  g_assert_true (g_file_get_contents (source, &bytes, &n_bytes, NULL));
  g_assert_true (g_file_set_contents (target, bytes, (gssize) n_bytes, NULL));
}

static void
remove_database (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_unlink (file);
    }
}

static void
check_log_is_synced (const char *folder, MtbStoreMode mode)
{
  g_autofree char *path = g_build_filename (folder, "running.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autofree char *killed = g_build_filename (folder, "killed.db", NULL);
  g_autofree char *killed_uri = g_strconcat ("sqlite:", killed, NULL);
  g_autofree char *log = g_strconcat (killed, "-wal", NULL);
  g_autoptr (MtbStore) running = mtb_store_open (uri, mode, NULL);
  g_autoptr (MtbStore) store = NULL;

  g_assert_true (mtb_schema_create (running, &mtb_team_table.shape, NULL));
  put_team (running, "north", "written and perhaps not synced");
  copy_file (path, killed, "");
  copy_file (path, killed, "-wal");
  synced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  store = mtb_store_open (killed_uri, mode, NULL);
  g_assert_cmpint (count (store, "SELECT COUNT(*) FROM team"), ==, 1);
  g_assert_true (g_hash_table_contains (synced, log));
  g_clear_pointer (&synced, g_hash_table_unref);
  g_clear_pointer (&store, mtb_store_close);
  g_clear_pointer (&running, mtb_store_close);
  remove_database (path);
  remove_database (killed);
}

/* A program that was killed may have written more than it synced. What the next one finds there is not
 * lost any more with the power. */
static void
test_what_is_found_is_durable (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mutabaa-XXXXXX", NULL);

  check_log_is_synced (folder, MTB_STORE_PRECIOUS);
  check_log_is_synced (folder, MTB_STORE_AUTHORITY);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/rows-return", test_rows_of_every_table_return);
  g_test_add_func ("/store/read-ahead", test_what_was_read_ahead_is_not_old);
  g_test_add_func ("/store/put-and-delete", test_put_changes_and_delete_removes);
  g_test_add_func ("/store/insert", test_insert_does_not_overwrite);
  g_test_add_func ("/store/absent-is-null", test_absent_is_null);
  g_test_add_func ("/store/parameters", test_parameters_go_by_name);
  g_test_add_func ("/store/values-are-forgotten", test_values_are_forgotten);
  g_test_add_func ("/store/journal", test_journal_hears_before_and_after);
  g_test_add_func ("/store/journal-objects", test_journal_may_object);
  g_test_add_func ("/store/rollback", test_rollback_leaves_nothing);
  g_test_add_func ("/store/failed-transaction", test_failed_transaction_commits_nothing);
  g_test_add_func ("/store/rows-come", test_another_statement_while_rows_come);
  g_test_add_func ("/store/found-is-durable", test_what_is_found_is_durable);
  g_test_add_func ("/store/failures", test_failures_are_no_verdicts);
  g_test_add ("/store/pragmas", File, NULL, file_setup, test_pragmas, file_teardown);
  g_test_add ("/store/second-connection", File, NULL, file_setup, test_second_connection,
              file_teardown);
  g_test_add ("/store/restart", File, NULL, file_setup, test_rows_are_there_after_a_restart,
              file_teardown);
  return g_test_run ();
}
