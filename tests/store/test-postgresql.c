/* What only PostgreSQL's driver has to do. */

#include "mtb-error.h"
#include "mtb-postgresql-text.h"
#include "mtb-test-database.h"

#include <glib.h>
#include <string.h>

static void
check_text (const char *sql, const char *wanted, const char *wanted_names)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = mtb_postgresql_number_parameters (sql, names);
  g_autofree char *joined = NULL;

  g_ptr_array_add (names, NULL);
  joined = g_strjoinv (" ", (char **) names->pdata);
  g_assert_cmpstr (text, ==, wanted);
  g_assert_cmpstr (joined, ==, wanted_names);
}

static void
test_parameters_are_numbered (void)
{
  check_text ("SELECT 1", "SELECT 1", "");
  check_text (":b = :a OR :b_2 IN (:b,:a)", "$1 = $2 OR $3 IN ($1,$2)", "b a b_2");
  check_text ("':a' || \":a\" || :a::text || 'it''s :a'",
              "':a' || \":a\" || $1::text || 'it''s :a'", "a");
  check_text ("':a", "':a", "");
}

static void
test_only_what_is_a_servers (void)
{
  static const MtbStoreMode modes[] = { MTB_STORE_FILE, MTB_STORE_PRECIOUS, MTB_STORE_CACHE };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (mtb_store_open (g_getenv ("MTB_TEST_DATABASE"), modes[i], &error));
      g_assert_error (error, MTB_ERROR, MTB_ERROR_INVALID);
    }
}

/* The address of another database of the same cluster, made so. */
static char *
make_database (const char *name, const char *how)
{
  g_autoptr (GString) uri = g_string_new (g_getenv ("MTB_TEST_DATABASE"));
  g_autoptr (MtbStore) store = mtb_store_open (uri->str, MTB_STORE_AUTHORITY, NULL);
  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s TEMPLATE template0 %s", name, how);
  g_autofree char *path = g_strdup_printf ("/%s?", name);
  g_autoptr (GError) error = NULL;

  mtb_store_execute (store, sql, &error);
  g_assert_no_error (error);
  g_string_replace (uri, "/postgres?", path, 1);
  return g_string_free (g_steal_pointer (&uri), FALSE);
}

/* It says how to make a better one. */
static void
check_not_taken (const char *name, const char *how)
{
  g_autofree char *uri = make_database (name, how);
  g_autoptr (GError) error = NULL;

  g_assert_null (mtb_store_open (uri, MTB_STORE_AUTHORITY, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "createdb"));
}

static void
test_other_orders_and_encodings_are_not_taken (void)
{
  check_not_taken ("latin", "ENCODING 'LATIN1' LOCALE 'C'");
  check_not_taken ("icu", "LOCALE_PROVIDER icu ICU_LOCALE 'en' LOCALE 'C'");
}

static char *
show (MtbStore *store, const char *name)
{
  g_autofree char *sql = g_strconcat ("SHOW ", name, NULL);
  g_autoptr (GError) error = NULL;
  char *value = mtb_store_select_text (store, sql, NULL, &error);

  g_assert_no_error (error);
  return value;
}

/* Whatever the cluster or the address says. */
static void
test_a_commit_waits_for_the_disk (void)
{
  g_autofree char *uri =
    g_strconcat (g_getenv ("MTB_TEST_DATABASE"), "&options=-csynchronous_commit%3Doff", NULL);
  g_autoptr (MtbStore) store = mtb_store_open (uri, MTB_STORE_AUTHORITY, NULL);
  g_autofree char *value = show (store, "synchronous_commit");

  g_assert_cmpstr (value, ==, "on");
}

/* The other end of the connection goes; the next transaction is on a new one. */
static void
test_a_lost_connection_is_made_again (void)
{
  static const char sql[] = "SELECT CAST (pg_backend_pid () AS BIGINT)";
  g_autoptr (MtbStore) store = mtb_test_database_open ();
  g_autoptr (MtbStore) other = mtb_test_database_open ();
  g_autoptr (GError) error = NULL;
  gint64 first, second, killed;

  g_assert_true (mtb_store_begin (store, &error));
  g_assert_true (mtb_store_select_number (store, sql, NULL, &first, &error));
  g_assert_true (mtb_store_select_number (
    other, "SELECT CASE WHEN pg_terminate_backend (CAST (:pid AS INT), 5000) THEN 1 ELSE 0 END",
    MTB_PARAMETERS (MTB_NUMBER ("pid", first)), &killed, &error));
  g_assert_cmpint (killed, ==, 1);
  g_assert_false (mtb_store_commit (store, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_true (mtb_store_begin (store, &error));
  g_assert_true (mtb_store_select_number (store, sql, NULL, &second, &error));
  g_assert_true (mtb_store_commit (store, &error));
  g_assert_no_error (error);
  g_assert_cmpint (second, !=, first);
}

/* Who stops in the middle with the head held has to let go; who checks may take its time. */
static void
test_who_is_idle_for_long (void)
{
  static const struct
  {
    MtbStoreMode mode;
    const char *wanted;
  } lines[] = {
    { MTB_STORE_AUTHORITY, "1min" },
    { MTB_STORE_READ_ONLY, "1min" },
    { MTB_STORE_CHECK, "0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (MtbStore) store =
        mtb_store_open (g_getenv ("MTB_TEST_DATABASE"), lines[i].mode, NULL);
      g_autofree char *found = mtb_store_select_text (
        store, "SELECT current_setting ('idle_in_transaction_session_timeout')", NULL, NULL);

      g_assert_cmpstr (found, ==, lines[i].wanted);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/postgresql/parameters", test_parameters_are_numbered);
  g_test_add_func ("/store/postgresql/modes", test_only_what_is_a_servers);
  g_test_add_func ("/store/postgresql/not-taken", test_other_orders_and_encodings_are_not_taken);
  g_test_add_func ("/store/postgresql/commit", test_a_commit_waits_for_the_disk);
  g_test_add_func ("/store/postgresql/idle", test_who_is_idle_for_long);
  g_test_add_func ("/store/postgresql/lost", test_a_lost_connection_is_made_again);
  return g_test_run ();
}
