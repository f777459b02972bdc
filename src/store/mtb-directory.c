/* The directory as a part of a snapshot that is made once for all who keep it. Whoever takes it also
 * gets a part of their own, with what has changed in the directory since; the two together are the
 * rows of one moment. */

#include "mtb-directory.h"

#include "mtb-cursor.h"
#include "mtb-ledger.h"
#include "mtb-schema.h"
#include "mtb-setting.h"
#include "mtb-subscriber.h"

/* Said like this so that the index over the directory's changes is used. */
#define CHANGED "c.tbl = '" MTB_DIRECTORY_TABLE "' AND c.seq > :after"

/**
 * mtb_directory_is_kept:
 * @store: a store
 *
 * Returns: whether desks keep the directory; otherwise search asks the server
 */
gboolean
mtb_directory_is_kept (MtbStore *store)
{
  g_autofree char *value =
    mtb_store_select_text (store, "SELECT value FROM setting WHERE name = :name",
                           MTB_PARAMETERS (MTB_TEXT ("name", MTB_SETTING_DIRECTORY_KEEP)), NULL);

  return g_strcmp0 (value, "dealt_with") != 0;
}

/**
 * mtb_directory_count_changes:
 * @store: an authority's store
 * @after: a feed number
 * @n_changes: (out): how often the directory has changed since
 * @error: return location
 *
 * Returns: whether it could be asked
 */
gboolean
mtb_directory_count_changes (MtbStore *store, gint64 after, gint64 *n_changes, GError **error)
{
  return mtb_store_select_number (store, "SELECT COUNT(*) FROM change c WHERE " CHANGED,
                                  MTB_PARAMETERS (MTB_NUMBER ("after", after)), n_changes, error);
}

/**
 * mtb_directory_copy:
 * @store: an authority's store in a read transaction
 * @func: gets each row
 * @data: handed to @func
 * @error: return location
 *
 * Returns: whether all was read and @func never failed
 */
gboolean
mtb_directory_copy (MtbStore *store, MtbRowFunc func, gpointer data, GError **error)
{
  return mtb_store_each (store, &mtb_subscriber_table.shape, "SELECT $columns(t) FROM $table t",
                         NULL, func, data, error);
}

static gboolean
insert_row (gpointer record, gpointer target, GError **error)
{
  return mtb_store_insert (target, record, error);
}

/**
 * mtb_directory_copy_changes:
 * @store: an authority's store in a read transaction
 * @after: the feed number of a directory
 * @target: a store with the tables in it
 * @error: return location
 *
 * Copies what mtb_directory_complete() needs: the entries of the feed, and the rows as they are now.
 *
 * Returns: whether all is copied
 */
gboolean
mtb_directory_copy_changes (MtbStore *store, gint64 after, MtbStore *target, GError **error)
{
  const MtbParameter *since = MTB_PARAMETERS (MTB_NUMBER ("after", after));

  return mtb_schema_create (target, &mtb_change_shape, error)
         && mtb_store_each (store, &mtb_change_shape,
                            "SELECT $columns(c) FROM change c WHERE " CHANGED, since, insert_row,
                            target, error)
         && mtb_store_each (store, &mtb_subscriber_table.shape,
                            "SELECT $columns(t) FROM $table t WHERE t.id IN"
                            " (SELECT c.row_id FROM change c WHERE " CHANGED ")",
                            since, insert_row, target, error);
}

typedef struct
{
  MtbStore *directory;
  MtbStore *own;
} Completion;

static gboolean
apply_change (gpointer record, gpointer data, GError **error)
{
  const MtbShape *shape = &mtb_subscriber_table.shape;
  const MtbChange *change = record;
  Completion *self = data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbSubscriber) row = mtb_store_get (self->own, shape, change->row_id, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return row != NULL ? mtb_store_put (self->directory, row, error)
                     : mtb_store_delete (self->directory, shape, change->row_id, error);
}

static gboolean
take_rows (Completion *self, const MtbShape *shape, GError **error)
{
  return mtb_store_each (self->own, shape, "SELECT $columns(t) FROM $table t", NULL, insert_row,
                         self->directory, error);
}

/**
 * mtb_directory_complete:
 * @directory: a directory, in a writing transaction
 * @own: the part of somebody's own that was made for it
 * @error: return location
 *
 * Makes the two into one: the directory as it was when @own was made, and all other rows.
 *
 * Returns: whether @directory is whole
 */
gboolean
mtb_directory_complete (MtbStore *directory, MtbStore *own, GError **error)
{
  Completion self = { directory, own };

  for (guint i = 0; mtb_tables[i] != NULL; i++)
    if (!g_str_equal (mtb_tables[i]->shape.name, MTB_DIRECTORY_TABLE)
        && mtb_table_is_fed (mtb_tables[i]) && !take_rows (&self, &mtb_tables[i]->shape, error))
      return FALSE;
  return mtb_store_execute (directory, "DELETE FROM cursor", error)
         && take_rows (&self, &mtb_cursor_shape, error)
         && mtb_store_each (own, &mtb_change_shape, "SELECT $columns(c) FROM change c", NULL,
                            apply_change, &self, error);
}
