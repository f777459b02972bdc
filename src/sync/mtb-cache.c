/* The rows that a desk holds: the server's, with the pending commands run over them.
 *
 * Of each row that a pending command touched, the last image that the server gave is kept beside it
 * (none, for a row that the server has not given). When news come, one transaction puts the images
 * back, applies the news and runs again what is still pending. So nothing is merged, and what is
 * not true any more leaves no trace. Everything in here can be fetched again. Belongs to one thread
 * at a time. */

#include "mtb-cache.h"

#include "mtb-error.h"
#include "mtb-kept.h"
#include "mtb-ledger.h"
#include "mtb-message.h"
#include "mtb-schema.h"
#include "mtb-subscriber.h"
#include "mtb-time.h"
#include "mtb-workflow.h"

#include <glib/gstdio.h>
#include <string.h>

struct _MtbCache
{
  MtbStore *store;
  gboolean has_lost;
};

/* The server's row as it was before pending commands touched it. */
typedef struct
{
  char *key;
  char *tbl;
  char *row_id;
  char *row;
} Image;

static const MtbField image_fields[] = {
  MTB_FIELD (Image, key, TEXT, .required = TRUE),
  MTB_FIELD (Image, tbl, TEXT, .required = TRUE),
  MTB_FIELD (Image, row_id, TEXT, .required = TRUE),
  MTB_FIELD (Image, row, TEXT),
};

static const MtbShape image_shape = MTB_SHAPE ("image", Image, image_fields);

/* A pending command that was run on these rows; @code where it cannot be shown here. */
typedef struct
{
  char *id;
  char *code;
} Applied;

static const MtbField applied_fields[] = {
  MTB_FIELD (Applied, id, ID, .required = TRUE),
  MTB_FIELD (Applied, code, TEXT),
};

static const MtbShape applied_shape = MTB_SHAPE ("applied", Applied, applied_fields);

/* A page of news that waits for the last one. */
typedef struct
{
  gint64 next;
  char *body;
} Page;

static const MtbField page_fields[] = {
  MTB_FIELD (Page, next, INTEGER, .required = TRUE),
  MTB_FIELD (Page, body, TEXT, .required = TRUE),
};

static const MtbShape page_shape = MTB_SHAPE ("page", Page, page_fields);

static gboolean
create_own_tables (MtbStore *store, GError **error)
{
  return mtb_schema_create_tables (store, error)
         && mtb_schema_create (store, &mtb_cursor_shape, error)
         && mtb_schema_create (store, &image_shape, error)
         && mtb_schema_create (store, &applied_shape, error)
         && mtb_schema_create (store, &page_shape, error) && mtb_kept_create (store, error);
}

/**
 * mtb_cache_open:
 * @path: the file
 * @error: return location
 *
 * Returns: (transfer full): the cache, an empty one where there was none
 */
MtbCache *
mtb_cache_open (const char *path, GError **error)
{
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (MtbCache) self = g_new0 (MtbCache, 1);

  self->store = mtb_store_open (uri, MTB_STORE_CACHE, error);
  if (self->store == NULL || !mtb_store_begin (self->store, error))
    return NULL;
  if (create_own_tables (self->store, error) && mtb_store_commit (self->store, error))
    return g_steal_pointer (&self);
  mtb_store_rollback (self->store);
  return NULL;
}

/**
 * mtb_cache_close:
 * @cache: (nullable) (transfer full): a cache
 */
void
mtb_cache_close (MtbCache *cache)
{
  if (cache == NULL)
    return;
  mtb_store_close (cache->store);
  g_free (cache);
}

/**
 * mtb_cache_get_store:
 * @cache: a cache
 *
 * Returns: (transfer none): its store, to read from
 */
MtbStore *
mtb_cache_get_store (MtbCache *cache)
{
  return cache->store;
}

/**
 * mtb_cache_get_cursor:
 * @cache: a cache
 * @error: return location
 *
 * Returns: (transfer full) (nullable): how far it has come; %NULL without @error where it is empty
 */
MtbCursor *
mtb_cache_get_cursor (MtbCache *cache, GError **error)
{
  return mtb_cursor_read (cache->store, error);
}

static gboolean
keep_image (MtbStore *store,
            const MtbTable *table,
            gconstpointer before,
            gconstpointer after,
            gpointer data,
            GError **error)
{
  g_autofree char *row = before != NULL ? mtb_json_write_record (before) : NULL;
  const char *id = mtb_record_get_id (after != NULL ? after : before);
  g_autofree char *key = g_strconcat (table->shape.name, "/", id, NULL);

  return mtb_store_run (store,
                        "INSERT INTO image (key, tbl, row_id, row) VALUES (:key, :tbl, :id, :row)"
                        " ON CONFLICT (key) DO NOTHING",
                        MTB_PARAMETERS (MTB_TEXT ("key", key), MTB_TEXT ("tbl", table->shape.name),
                                        MTB_TEXT ("id", id), MTB_TEXT ("row", row)),
                        error);
}

static gboolean
run_command (MtbCache *self,
             const MtbPerson *person,
             gconstpointer arguments,
             gint64 given_at,
             GError **error)
{
  MtbOccasion occasion = {
    .store = self->store,
    .person = person,
    .given_at = given_at,
    .received_at = MTB_ABSENT,
  };
  gboolean ok;

  mtb_store_set_journal (self->store, keep_image, self);
  ok = mtb_workflow_carry_out (&occasion, arguments, error);
  mtb_store_set_journal (self->store, NULL, NULL);
  return ok;
}

/**
 * mtb_cache_try:
 * @cache: a cache
 * @person: who gives the command
 * @arguments: its arguments
 * @given_at: when
 * @error: return location
 *
 * Runs a command on the rows and leaves the transaction open: the outbox is written in between.
 * Go on with mtb_cache_keep() or mtb_cache_undo().
 *
 * Returns: whether the command may be given; otherwise nothing has happened
 */
gboolean
mtb_cache_try (MtbCache *cache,
               const MtbPerson *person,
               gconstpointer arguments,
               gint64 given_at,
               GError **error)
{
  if (!mtb_store_begin (cache->store, error))
    return FALSE;
  if (run_command (cache, person, arguments, given_at, error))
    return TRUE;
  mtb_store_rollback (cache->store);
  return FALSE;
}

static gboolean
note_applied (MtbCache *self, const char *id, const GError *flaw, GError **error)
{
  Applied *applied = mtb_record_new (&applied_shape);
  gboolean ok;

  applied->id = g_strdup (id);
  applied->code = flaw != NULL ? g_strdup (flaw->message) : NULL;
  ok = mtb_store_put (self->store, applied, error);
  mtb_record_unref (applied);
  return ok;
}

/**
 * mtb_cache_keep:
 * @cache: a cache with a command tried
 * @command_id: the id under which the outbox has it
 * @error: return location
 *
 * Returns: whether the rows are written
 */
gboolean
mtb_cache_keep (MtbCache *cache, const char *command_id, GError **error)
{
  if (note_applied (cache, command_id, NULL, error))
    return mtb_store_commit (cache->store, error);
  mtb_store_rollback (cache->store);
  return FALSE;
}

/**
 * mtb_cache_undo:
 * @cache: a cache with a command tried
 */
void
mtb_cache_undo (MtbCache *cache)
{
  mtb_store_rollback (cache->store);
}

/**
 * mtb_cache_add_page:
 * @cache: a cache
 * @body: an answer to `GET /v1/changes`
 * @length: how long that is
 * @error: return location
 *
 * Puts a page aside, durably, until the last one is here.
 *
 * Returns: whether it is kept
 */
gboolean
mtb_cache_add_page (MtbCache *cache, const char *body, gsize length, GError **error)
{
  g_autoptr (JsonObject) object = mtb_json_read (body, length, error);
  Page *page;
  gboolean ok;

  if (object == NULL)
    return FALSE;
  page = mtb_record_new (&page_shape);
  page->next = mtb_json_get_number (object, "next");
  page->body = g_strndup (body, length);
  ok = mtb_store_insert (cache->store, page, error);
  mtb_record_unref (page);
  return ok;
}

/**
 * mtb_cache_get_page_end:
 * @cache: a cache
 *
 * Returns: where the pages that were put aside end, or %MTB_ABSENT where there are none
 */
gint64
mtb_cache_get_page_end (MtbCache *cache)
{
  gint64 end;

  mtb_store_select_number (cache->store, "SELECT MAX(next) FROM page", NULL, &end, NULL);
  return end;
}

static gboolean
put_row (MtbStore *store, const MtbTable *table, const char *id, gconstpointer row, GError **error)
{
  return row != NULL ? mtb_store_put (store, row, error)
                     : mtb_store_delete (store, &table->shape, id, error);
}

static gboolean
put_image_back (MtbCache *self, const Image *image, GError **error)
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
  g_autoptr (GPtrArray) images =
    mtb_store_select (self->store, &image_shape, "SELECT $columns(i) FROM image i", NULL, error);

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
  g_autoptr (GPtrArray) pages = mtb_store_select (
    self->store, &page_shape, "SELECT $columns(p) FROM page p ORDER BY p.next", NULL, error);

  for (guint i = 0; pages != NULL && i < pages->len; i++)
    {
      const Page *page = g_ptr_array_index (pages, i);
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
    run_command (self, person, arguments, given->given_at, &flaw);
  mtb_record_unref (arguments);
  if (flaw != NULL && !mtb_error_is_verdict (flaw) && flaw->code != MTB_ERROR_TOO_OLD)
    {
      g_propagate_error (error, g_steal_pointer (&flaw));
      return FALSE;
    }
  /* The desk knows less than the server: what fails here is flagged, not judged. */
  return note_applied (self, given->id, flaw, error);
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

/**
 * mtb_cache_is_in_step:
 * @cache: a cache
 * @outbox: the outbox
 *
 * Returns: whether the rows have just what the outbox holds as pending; otherwise rebase
 */
gboolean
mtb_cache_is_in_step (MtbCache *cache, MtbOutbox *outbox)
{
  g_autoptr (MtbCursor) cursor = mtb_cursor_read (cache->store, NULL);
  g_autoptr (GPtrArray) pending =
    mtb_outbox_list_pending (outbox, cursor != NULL ? cursor->seq : 0, NULL);
  g_autoptr (GPtrArray) applied = mtb_store_select (
    cache->store, &applied_shape, "SELECT $columns(a) FROM applied a", NULL, NULL);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_expected = 0;

  if (pending == NULL || applied == NULL)
    return FALSE;
  for (guint i = 0; i < applied->len; i++)
    g_hash_table_add (ids, ((Applied *) g_ptr_array_index (applied, i))->id);
  for (guint i = 0; i < pending->len; i++)
    {
      const MtbGiven *given = g_ptr_array_index (pending, i);
      const MtbCommand *command = mtb_command_find (given->type);

      if (command != NULL && mtb_command_is_online_only (command))
        continue;
      if (!g_hash_table_contains (ids, given->id))
        return FALSE;
      n_expected++;
    }
  return n_expected == applied->len;
}

/**
 * mtb_cache_install:
 * @path: the cache's file, which nobody has open for writing
 * @snapshot: a snapshot's file beside it, unpacked
 * @cursor: (out) (transfer full): where the snapshot stands
 * @error: return location
 *
 * Puts a snapshot in the place of the cache.
 *
 * Returns: whether it is there; otherwise the cache is as it was
 */
gboolean
mtb_cache_install (const char *path, const char *snapshot, MtbCursor **cursor, GError **error)
{
  g_autoptr (MtbCache) fresh = mtb_cache_open (snapshot, error);
  static const char *const suffixes[] = { "-wal", "-shm" };

  if (fresh == NULL)
    return FALSE;
  *cursor = mtb_cursor_read (fresh->store, error);
  if (*cursor == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, MTB_ERROR, MTB_ERROR_STORAGE, "the snapshot has no cursor");
      return FALSE;
    }
  g_clear_pointer (&fresh, mtb_cache_close);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *beside = g_strconcat (path, suffixes[i], NULL);

      g_unlink (beside);
    }
  if (g_rename (snapshot, path) == 0)
    return TRUE;
  g_clear_pointer (cursor, mtb_record_unref);
  g_set_error (error, MTB_ERROR, MTB_ERROR_STORAGE, "%s cannot be put in place", path);
  return FALSE;
}

/**
 * mtb_cache_keep_card:
 * @cache: a cache
 * @body: the answer to `GET /v1/subscribers/ID`
 * @now: the time
 * @error: return location
 *
 * Keeps a card that was fetched, for when the server cannot be reached. No command reads it.
 *
 * Returns: whether it is kept
 */
gboolean
mtb_cache_keep_card (MtbCache *cache, JsonObject *body, gint64 now, GError **error)
{
  if (!mtb_store_begin (cache->store, error))
    return FALSE;
  if (mtb_kept_take_card (cache->store, body, now, error))
    return mtb_store_commit (cache->store, error);
  mtb_store_rollback (cache->store);
  return FALSE;
}
