/* What can still be read of an outbox that is damaged. */

#include "mtb-outbox-private.h"

#include "mtb-damage.h"
#include "mtb-error.h"

#include <glib/gstdio.h>

/* No row of the outbox is shorter. */
#define ROW_MIN 32

/**
 * mtb_outbox_check:
 * @outbox: an outbox
 * @error: return location, %MTB_ERROR_DAMAGED
 *
 * Reads all of it.
 *
 * Returns: whether it is sound
 */
gboolean
mtb_outbox_check (MtbOutbox *outbox, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *found =
    mtb_store_select_text (outbox->store, "PRAGMA quick_check(1)", NULL, &failure);

  if (g_strcmp0 (found, "ok") == 0)
    return TRUE;
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error (error, MTB_ERROR, MTB_ERROR_DAMAGED, "outbox: %s", found);
  return FALSE;
}

static gint64
find_last_row (MtbStore *store, const char *path)
{
  GStatBuf status = { 0 };
  gint64 last;

  if (mtb_store_select_number (store, "SELECT MAX(g.rowid) FROM given g", NULL, &last, NULL))
    return last == MTB_ABSENT ? 0 : last;
  g_stat (path, &status);
  return status.st_size / ROW_MIN;
}

static gboolean
is_whole (const MtbGiven *given)
{
  g_autoptr (GError) error = NULL;
  gpointer arguments = NULL;

  if (mtb_record_check (given, NULL))
    arguments = mtb_given_read_arguments (given, &error);
  mtb_record_unref (arguments);
  return arguments != NULL || g_error_matches (error, MTB_ERROR, MTB_ERROR_TOO_OLD);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const MtbGiven *one = *(MtbGiven *const *) a;
  const MtbGiven *other = *(MtbGiven *const *) b;

  return one->n < other->n ? -1 : one->n > other->n;
}

/* Row by row: a page that cannot be read takes no others with it. */
static GPtrArray *
read_rows (const char *path)
{
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (MtbStore) store = mtb_store_open (uri, MTB_STORE_READ_ONLY, NULL);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *rows = g_ptr_array_new_with_free_func (mtb_record_unref);
  gint64 last = store != NULL ? find_last_row (store, path) : 0;

  for (gint64 i = 1; i <= last; i++)
    {
      g_autoptr (MtbGiven) given = mtb_store_select_one (
        store, &mtb_given_shape, "SELECT $columns(g) FROM given g WHERE g.rowid = :row",
        MTB_PARAMETERS (MTB_NUMBER ("row", i)), NULL);

      if (given == NULL || !is_whole (given) || !g_hash_table_add (ids, given->id))
        continue;
      g_ptr_array_add (rows, g_steal_pointer (&given));
    }
  g_ptr_array_sort (rows, compare_numbers);
  return rows;
}

static gboolean
write_rows (MtbOutbox *self, gpointer data, GError **error)
{
  GPtrArray *rows = data;

  for (guint i = 0; i < rows->len; i++)
    {
      MtbGiven *given = g_ptr_array_index (rows, i);

      given->n = i + 1;
      if (!mtb_store_insert (self->store, given, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * mtb_outbox_rescue:
 * @path: a file that is damaged, which nobody has open
 * @n_saved: (out): how many commands could be read
 * @error: return location
 *
 * Puts the file aside, where it stays, and makes a new one of what can be read of it.
 *
 * Returns: (transfer full): the new outbox
 */
MtbOutbox *
mtb_outbox_rescue (const char *path, gint64 *n_saved, GError **error)
{
  g_autofree char *aside = mtb_damage_put_aside (path, TRUE, error);
  g_autoptr (MtbOutbox) self = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (aside == NULL)
    return NULL;
  rows = read_rows (aside);
  self = mtb_outbox_open (path, error);
  if (self == NULL || !mtb_outbox_in_transaction (self, write_rows, rows, error))
    return NULL;
  *n_saved = rows->len;
  g_warning ("%s was damaged: %u commands were read from it", aside, rows->len);
  return g_steal_pointer (&self);
}
