#include "mtb-error.h"
#include "mtb-person.h"
#include "mtb-schema.h"
#include "mtb-store.h"
#include "mtb-test-database.h"

static MtbStore *
open_with (const char *script)
{
  g_autoptr (GError) error = NULL;
  MtbStore *store = mtb_test_database_open ();

  mtb_store_execute (store, script, &error);
  g_assert_no_error (error);
  return store;
}

/* A table as an older version of the program made it, with rows in it. */
static void
test_an_older_table_is_widened (void)
{
  g_autoptr (MtbStore) store =
    open_with ("CREATE TABLE person (id TEXT PRIMARY KEY NOT NULL, username TEXT, future TEXT);"
               "INSERT INTO person VALUES ('old', 'rima', 'kept')");
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbPerson) person = NULL;
  g_autofree char *future = NULL;

  g_assert_true (mtb_schema_create_tables (store, &error));
  g_assert_no_error (error);
  person = mtb_store_get (store, &mtb_person_table.shape, "old", &error);
  g_assert_cmpstr (person->username, ==, "rima");
  g_assert_null (person->display_name);
  g_assert_cmpint (person->roles, ==, MTB_ABSENT);
  future = mtb_store_select_text (store, "SELECT future FROM person", NULL, &error);
  g_assert_cmpstr (future, ==, "kept");
}

/* Such a cache is fetched again. */
static void
test_rows_without_numbers_are_not_taken (void)
{
  g_autoptr (MtbStore) store = open_with ("CREATE TABLE prospect (id TEXT PRIMARY KEY NOT NULL)");
  g_autoptr (GError) error = NULL;

  g_assert_false (mtb_schema_create_tables (store, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_STORAGE);
}

/* Moves with everything that is made. */
static const char *
get_version_sql (void)
{
  return mtb_test_database_is_shared ()
           ? "SELECT MAX (CAST (CAST (xmin AS TEXT) AS BIGINT)) FROM pg_class"
           : "PRAGMA schema_version";
}

static void
test_again_changes_nothing (void)
{
  g_autoptr (MtbStore) store = open_with ("");
  g_autoptr (GError) error = NULL;
  gint64 before, after;

  g_assert_true (mtb_schema_create_tables (store, &error));
  mtb_store_select_number (store, get_version_sql (), NULL, &before, &error);
  g_assert_true (mtb_schema_create_tables (store, &error));
  mtb_store_select_number (store, get_version_sql (), NULL, &after, &error);
  g_assert_no_error (error);
  g_assert_cmpint (before, ==, after);
}

static void
test_every_index_is_there (void)
{
  g_autoptr (MtbStore) store = open_with ("");
  gint64 n_wanted = 0, n_found;

  mtb_schema_create_tables (store, NULL);
  for (guint i = 0; mtb_tables[i] != NULL; i++)
    if (mtb_tables[i]->indexes != NULL)
      n_wanted += g_strv_length ((char **) mtb_tables[i]->indexes);
  mtb_store_select_number (
    store,
    mtb_test_database_is_shared ()
      ? "SELECT COUNT(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " WHERE NOT i.indisunique AND c.relnamespace = CAST (current_schema () AS regnamespace)"
      : "SELECT COUNT(*) FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    NULL, &n_found, NULL);
  g_assert_cmpint (n_found, ==, n_wanted);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/schema/widened", test_an_older_table_is_widened);
  g_test_add_func ("/store/schema/without-numbers", test_rows_without_numbers_are_not_taken);
  g_test_add_func ("/store/schema/again", test_again_changes_nothing);
  g_test_add_func ("/store/schema/indexes", test_every_index_is_there);
  return g_test_run ();
}
