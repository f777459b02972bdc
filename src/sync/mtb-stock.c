/* What is kept of a person's, and how much of it the department allows. Read by a connection of its
 * own, so that nothing waits for it; to be called beside the main thread. */

#include "mtb-stock.h"

#include "mtb-number.h"
#include "mtb-setting.h"
#include "mtb-store.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#define OFFLINE_DAYS 14

static MtbStore *
open_cache (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "cache.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);

  return mtb_store_open (uri, MTB_STORE_READ_ONLY, error);
}

static char *
dup_setting (MtbStore *store, const char *name)
{
  return mtb_store_select_text (store, "SELECT value FROM setting WHERE name = :name",
                                MTB_PARAMETERS (MTB_TEXT ("name", name)), NULL);
}

static gint64
read_offline_days (MtbStore *store)
{
  g_autofree char *value = dup_setting (store, MTB_SETTING_OFFLINE_DAYS);
  gint64 days;

  return mtb_number_parse (value, 0, 90, &days) ? days : OFFLINE_DAYS;
}

static gboolean
read_whole_directory (MtbStore *store)
{
  g_autofree char *value = dup_setting (store, MTB_SETTING_DIRECTORY_KEEP);

  return g_strcmp0 (value, "all") == 0;
}

static gboolean
count_rows (MtbStore *store, gint64 *n_rows, GError **error)
{
  *n_rows = 0;
  for (guint i = 0; mtb_tables[i] != NULL; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT COUNT(*) FROM %s", mtb_tables[i]->shape.name);
      gint64 n;

      if (!mtb_table_is_fed (mtb_tables[i]))
        continue;
      if (!mtb_store_select_number (store, sql, NULL, &n, error))
        return FALSE;
      *n_rows += n;
    }
  return TRUE;
}

static gint64
sum_files (const char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;
  gint64 bytes = 0;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf about;

      if (g_stat (path, &about) == 0)
        bytes += about.st_size;
    }
  return bytes;
}

/**
 * mtb_stock_measure:
 * @folder: where a person's files of a server are kept
 * @error: return location
 *
 * Returns: (transfer full): what is there
 */
MtbStock *
mtb_stock_measure (const char *folder, GError **error)
{
  g_autoptr (MtbStore) store = open_cache (folder, error);
  g_autoptr (MtbStock) self = g_new0 (MtbStock, 1);

  if (store == NULL || !count_rows (store, &self->n_rows, error))
    return NULL;
  self->folder = g_strdup (folder);
  self->bytes = sum_files (folder);
  self->whole_directory = read_whole_directory (store);
  self->offline_days = read_offline_days (store);
  return g_steal_pointer (&self);
}

/**
 * mtb_stock_free:
 * @stock: (nullable) (transfer full): a stock
 */
void
mtb_stock_free (MtbStock *stock)
{
  if (stock == NULL)
    return;
  g_free (stock->folder);
  g_free (stock);
}

/**
 * mtb_stock_get_offline_days:
 * @folder: where a person's files of a server are kept
 *
 * Kept in the rows, so that it holds without the server.
 *
 * Returns: for how many days after the last contact the department lets a person work here
 */
gint64
mtb_stock_get_offline_days (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "cache.db", NULL);
  g_autoptr (MtbStore) store =
    g_file_test (path, G_FILE_TEST_EXISTS) ? open_cache (folder, NULL) : NULL;

  return store != NULL ? read_offline_days (store) : OFFLINE_DAYS;
}

/**
 * mtb_stock_goes_at_sign_out:
 * @folder: where a person's files of a server are kept
 *
 * Returns: whether the department wants nothing kept here of who is not there
 */
gboolean
mtb_stock_goes_at_sign_out (const char *folder)
{
  g_autoptr (MtbStore) store = open_cache (folder, NULL);
  g_autofree char *value = store != NULL ? dup_setting (store, MTB_SETTING_WIPE_AT_SIGN_OUT) : NULL;

  return g_strcmp0 (value, "1") == 0;
}
