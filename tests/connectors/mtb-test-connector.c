#include "mtb-test-connector.h"

#include "mtb-founding.h"
#include "mtb-test-database.h"

#include <glib/gstdio.h>
#include <string.h>

void
mtb_test_connector_set_up (MtbTestConnector *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *database = NULL;
  gboolean was_there;

  self->folder = g_dir_make_tmp ("mutabaa-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "source", NULL);
  path = g_build_filename (self->folder, "department.db", NULL);
  database = mtb_test_database_new (path);
  self->authority = mtb_authority_open (database, &error);
  g_assert_no_error (error);
  g_assert_true (mtb_department_found (self->authority, &was_there, &error));
  g_assert_no_error (error);
  g_assert_false (was_there);
  self->batch = mtb_batch_new (self->authority);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

void
mtb_test_connector_tear_down (MtbTestConnector *self, gconstpointer data)
{
  mtb_batch_free (self->batch);
  mtb_authority_free (self->authority);
  remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

void
mtb_test_write (const char *path, const char *text)
{
  FILE *file = g_fopen (path, "w");

  g_assert_nonnull (file);
  g_assert_cmpint (fputs (text, file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
}

void
mtb_test_append (const char *path, const char *text)
{
  FILE *file = g_fopen (path, "a");

  g_assert_nonnull (file);
  g_assert_cmpint (fputs (text, file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
}

void
mtb_test_check_counts (MtbTestConnector *self, guint n_applied, guint n_known, guint n_rejected)
{
  g_assert_cmpuint (self->batch->n_applied, ==, n_applied);
  g_assert_cmpuint (self->batch->n_known, ==, n_known);
  g_assert_cmpuint (self->batch->rejections->len, ==, n_rejected);
  g_assert_cmpuint (self->batch->n_lines, ==, n_applied + n_known + n_rejected);
  mtb_batch_free (self->batch);
  self->batch = mtb_batch_new (self->authority);
}

void
mtb_test_check_rejection (MtbTestConnector *self, guint i, guint line, const char *field)
{
  const MtbRejection *rejection;

  g_assert_cmpuint (i, <, self->batch->rejections->len);
  rejection = g_ptr_array_index (self->batch->rejections, i);
  g_assert_cmpuint (rejection->line, ==, line);
  g_assert_cmpstr (rejection->field, ==, field);
  g_assert_cmpuint (strlen (rejection->reason), >, 0);
}

gint64
mtb_test_number (MtbTestConnector *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 number;

  mtb_store_select_number (mtb_authority_get_store (self->authority), sql, NULL, &number, &error);
  g_assert_no_error (error);
  return number;
}

char *
mtb_test_text (MtbTestConnector *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  char *text = mtb_store_select_text (mtb_authority_get_store (self->authority), sql, NULL, &error);

  g_assert_no_error (error);
  return text;
}
