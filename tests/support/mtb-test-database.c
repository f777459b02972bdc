#include "mtb-test-database.h"

#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#define SEARCH_PATH "&options=-csearch_path%3D"

static void
make_schema (const char *server, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbStore) store = mtb_store_open (server, MTB_STORE_AUTHORITY, &error);
  g_autofree char *sql = g_strconcat ("CREATE SCHEMA ", name, NULL);

  g_assert_no_error (error);
  mtb_store_execute (store, sql, &error);
  g_assert_no_error (error);
}

/* Whether tests run on PostgreSQL, where a database is not a file. */
gboolean
mtb_test_database_is_shared (void)
{
  return g_getenv ("MTB_TEST_DATABASE") != NULL;
}

char *
mtb_test_database_new (const char *path)
{
  static guint n_schemas;
  const char *server = g_getenv ("MTB_TEST_DATABASE");
  g_autofree char *name = g_strdup_printf ("test_%d_%u", (int) getpid (), n_schemas++);

  if (server == NULL)
    return g_strconcat ("sqlite:", path != NULL ? path : ":memory:", NULL);
  make_schema (server, name);
  return g_strconcat (server, SEARCH_PATH, name, NULL);
}

/* An authority's store that is empty. */
MtbStore *
mtb_test_database_open (void)
{
  g_autofree char *uri = mtb_test_database_new (NULL);
  g_autoptr (GError) error = NULL;
  MtbStore *store = mtb_store_open (uri, MTB_STORE_AUTHORITY, &error);

  g_assert_no_error (error);
  return store;
}

static void
copy_file (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
run (const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_newv (words, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

/* A file of SQLite that nobody has open is all there is. */
void
mtb_test_database_save (const char *uri, const char *path)
{
  const char *mark = strstr (uri, SEARCH_PATH);
  const char *schema = mark != NULL ? mark + strlen (SEARCH_PATH) : NULL;
  const char *words[] = {
    "pg_dump", "--clean", "--schema", schema, "--file", path, "--dbname", uri, NULL,
  };

  if (mtb_test_database_is_shared ())
    run (words);
  else
    copy_file (uri + strlen ("sqlite:"), path);
}

void
mtb_test_database_restore (const char *uri, const char *path)
{
  const char *words[] = { "psql", "--quiet", "--file", path, "--dbname", uri, NULL };

  if (mtb_test_database_is_shared ())
    run (words);
  else
    copy_file (path, uri + strlen ("sqlite:"));
}
