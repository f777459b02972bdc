/* News and pending commands: the images go back, the pages are applied, what is still pending is run
 * again, and what was lost from sight leaves the files. */

#include "mtb-cache-private.h"

#include "mtb-error.h"
#include "mtb-ledger.h"
#include "mtb-message.h"
#include "mtb-time.h"

#include <string.h>

static gboolean
put_row (MtbStore *store, const MtbTable *table, const char *id, gconstpointer row, GError **error)
{
  return row != NULL ? mtb_store_put (store, row, error)
                     : mtb_store_delete (store, &table->shape, id, error);
}

static gboolean
put_image_back (MtbCache *self, const MtbCacheImage *image, GError **error)
{
  const MtbTable *table = mtb_table_find (image->tbl);
  gpointer row = NULL;
  gboolean ok;

  if (image->row != NULL)
    {
      row = mtb_json_parse_record (image->row, &table->shape, error);
      if (row == NULL)
        return FALSE;
    }
  ok = put_row (self->store, table, image->row_id, row, error);
  mtb_record_unref (row);
  return ok;
}

static gboolean
put_images_back (MtbCache *self, GError **error)
{
  g_autoptr (GPtrArray) images = mtb_store_select (self->store, &mtb_cache_image_shape,
                                                   "SELECT $columns(i) FROM image i", NULL, error);

  for (guint i = 0; images != NULL && i < images->len; i++)
    if (!put_image_back (self, g_ptr_array_index (images, i), error))
      return FALSE;
  return images != NULL && mtb_store_execute (self->store, "DELETE FROM image", error)
         && mtb_store_execute (self->store, "DELETE FROM applied", error);
}

static gboolean
move_window (MtbCache *self, const char *from, GError **error)
{
  for (guint i = 0; mtb_tables[i] != NULL; i++)
    {
      g_autofree char *sql = NULL;

      if (mtb_tables[i]->window == NULL)
        continue;
      sql = g_strdup_printf ("DELETE FROM %s WHERE %s < :from", mtb_tables[i]->shape.name,
                             mtb_tables[i]->window);
      if (!mtb_store_run (self->store, sql,
                          MTB_PARAMETERS (MTB_NUMBER ("from", mtb_time_parse (from))), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
apply_change (const char *table, const char *id, gconstpointer row, gpointer data, GError **error)
{
  MtbCache *self = data;

  if (g_str_equal (table, MTB_CHANGE_WINDOW))
    return move_window (self, id, error);
  /* A table that this program does not know cannot hold rows here. */
  if (mtb_table_find (table) == NULL)
    return TRUE;
  self->has_lost = self->has_lost || row == NULL;
  return put_row (self->store, mtb_table_find (table), id, row, error);
}

static gboolean
apply_pages (MtbCache *self, GError **error)
{
  g_autoptr (GPtrArray) pages =
    mtb_store_select (self->store, &mtb_cache_page_shape,
                      "SELECT $columns(p) FROM page p ORDER BY p.next", NULL, error);

  for (guint i = 0; pages != NULL && i < pages->len; i++)
    {
      const MtbCachePage *page = g_ptr_array_index (pages, i);
      g_autoptr (JsonObject) body = mtb_json_read (page->body, strlen (page->body), error);

      if (body == NULL || !mtb_message_read_changes (body, apply_change, self, error))
        return FALSE;
    }
  return pages != NULL && mtb_store_execute (self->store, "DELETE FROM page", error);
}

static gboolean
write_cursor (MtbCache *self, const MtbCursor *cursor, GError **error)
{
  return cursor == NULL
         || (mtb_store_execute (self->store, "DELETE FROM cursor", error)
             && mtb_store_insert (self->store, cursor, error));
}

static gboolean
run_again (MtbCache *self, const MtbPerson *person, const MtbGiven *given, GError **error)
{
  g_autoptr (GError) flaw = NULL;
  gpointer arguments = mtb_given_read_arguments (given, &flaw);

  if (arguments != NULL && mtb_command_is_online_only (mtb_command_of (arguments)))
    {
      mtb_record_unref (arguments);
      return TRUE;
    }
  if (arguments != NULL)
    mtb_cache_run_command (self, person, arguments, given->given_at, &flaw);
  mtb_record_unref (arguments);
  if (flaw != NULL && !mtb_error_is_verdict (flaw) && flaw->code != MTB_ERROR_TOO_OLD)
    {
      g_propagate_error (error, g_steal_pointer (&flaw));
      return FALSE;
    }
  /* The desk knows less than the server: what fails here is flagged, not judged. */
  return mtb_cache_note_applied (self, given->id, flaw, error);
}

static gboolean
run_pending (MtbCache *self, const MtbPerson *person, MtbOutbox *outbox, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbCursor) cursor = mtb_cursor_read (self->store, &failure);
  g_autoptr (GPtrArray) pending = NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  pending = mtb_outbox_list_pending (outbox, cursor != NULL ? cursor->seq : 0, error);
  for (guint i = 0; pending != NULL && i < pending->len; i++)
    if (!run_again (self, person, g_ptr_array_index (pending, i), error))
      return FALSE;
  return pending != NULL;
}

/* What a person may not see any more is in none of the desk's files. Somebody who reads for long may
 * put it off until rows come again. */
static void
forget_what_was_lost (MtbCache *self)
{
  g_autoptr (GError) error = NULL;

  if (!self->has_lost)
    return;
  if (mtb_store_forget (self->store, &error))
    self->has_lost = FALSE;
  else
    g_message ("what was lost from sight is still in a file: %s", error->message);
}

/**
 * mtb_cache_rebase:
 * @cache: a cache
 * @person: who works at this desk
 * @outbox: the outbox
 * @cursor: (nullable): where the pages that were put aside lead to; %NULL where there are none
 * @error: return location
 *
 * Puts the images back, applies the pages and runs the pending commands again, all at once.
 *
 * Returns: whether it is done; otherwise nothing has happened
 */
gboolean
mtb_cache_rebase (MtbCache *cache,
                  const MtbPerson *person,
                  MtbOutbox *outbox,
                  const MtbCursor *cursor,
                  GError **error)
{
  if (!mtb_store_begin (cache->store, error))
    return FALSE;
  if (put_images_back (cache, error) && (cursor == NULL || apply_pages (cache, error))
      && write_cursor (cache, cursor, error) && run_pending (cache, person, outbox, error)
      && mtb_store_commit (cache->store, error))
    {
      forget_what_was_lost (cache);
      return TRUE;
    }
  mtb_store_rollback (cache->store);
  return FALSE;
}
