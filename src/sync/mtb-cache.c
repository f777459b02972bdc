/* The rows that a desk holds: the server's, with the pending commands run over them.
 *
 * Of each row that a pending command touched, the last image that the server gave is kept beside it
 * (none, for a row that the server has not given). When news come, one transaction puts the images
 * back, applies the news and runs again what is still pending. So nothing is merged, and what is
 * not true any more leaves no trace. Everything in here can be fetched again. Belongs to one thread
 * at a time. */

#include "mtb-cache-private.h"

#include "mtb-error.h"
#include "mtb-kept.h"
#include "mtb-message.h"
#include "mtb-schema.h"
#include "mtb-workflow.h"

#include <glib/gstdio.h>
#include <string.h>

static const MtbField image_fields[] = {
  MTB_FIELD (MtbCacheImage, key, TEXT, .required = TRUE),
  MTB_FIELD (MtbCacheImage, tbl, TEXT, .required = TRUE),
  MTB_FIELD (MtbCacheImage, row_id, TEXT, .required = TRUE),
  MTB_FIELD (MtbCacheImage, row, TEXT),
};

const MtbShape mtb_cache_image_shape = MTB_SHAPE ("image", MtbCacheImage, image_fields);

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

static const MtbField page_fields[] = {
  MTB_FIELD (MtbCachePage, next, INTEGER, .required = TRUE),
  MTB_FIELD (MtbCachePage, body, TEXT, .required = TRUE),
  MTB_FIELD (MtbCachePage, head, TEXT),
};

const MtbShape mtb_cache_page_shape = MTB_SHAPE ("page", MtbCachePage, page_fields);

static gboolean
create_own_tables (MtbStore *store, GError **error)
{
  return mtb_schema_create_tables (store, error)
         && mtb_schema_create (store, &mtb_cursor_shape, error)
         && mtb_schema_create (store, &mtb_cache_image_shape, error)
         && mtb_schema_create (store, &applied_shape, error)
         && mtb_schema_create (store, &mtb_cache_page_shape, error)
         && mtb_kept_create (store, error);
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

gboolean
mtb_cache_run_command (MtbCache *self,
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
  if (mtb_cache_run_command (cache, person, arguments, given_at, error))
    return TRUE;
  mtb_store_rollback (cache->store);
  return FALSE;
}

gboolean
mtb_cache_note_applied (MtbCache *self, const char *id, const GError *flaw, GError **error)
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
  if (mtb_cache_note_applied (cache, command_id, NULL, error))
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

static MtbCachePage *
read_last_page (MtbCache *self)
{
  return mtb_store_select_one (self->store, &mtb_cache_page_shape,
                               "SELECT p.next, p.head FROM page p ORDER BY p.next DESC LIMIT 1",
                               NULL, NULL);
}

/**
 * mtb_cache_add_page:
 * @cache: a cache
 * @body: an answer to `GET /v1/changes`
 * @length: how long that is
 * @head: the audit trail's head that it tells
 * @error: return location
 *
 * Puts a page aside, durably, until the last one is here.
 *
 * Returns: whether it is kept
 */
gboolean
mtb_cache_add_page (MtbCache *cache,
                    const char *body,
                    gsize length,
                    const char *head,
                    GError **error)
{
  g_autoptr (JsonObject) object = mtb_json_read (body, length, error);
  g_autoptr (MtbCachePage) last = NULL;
  g_autoptr (MtbCachePage) page = NULL;

  if (object == NULL)
    return FALSE;
  page = mtb_record_new (&mtb_cache_page_shape);
  page->next = mtb_json_get_number (object, "next");
  last = read_last_page (cache);
  /* The last page was put aside and not applied, and there is nothing new since. */
  if (last != NULL && last->next == page->next)
    return TRUE;
  page->body = g_strndup (body, length);
  page->head = g_strdup (head);
  return mtb_store_insert (cache->store, page, error);
}

/**
 * mtb_cache_pass_pages:
 * @cache: a cache
 * @cursor: how far its rows have come
 *
 * Moves @cursor on to where the pages end that were put aside, if there are any, and to the head that
 * was seen with them: a server that was put back to before them must not take it for its own.
 */
void
mtb_cache_pass_pages (MtbCache *cache, MtbCursor *cursor)
{
  g_autoptr (MtbCachePage) last = read_last_page (cache);

  if (last == NULL)
    return;
  cursor->seq = last->next;
  if (last->head == NULL)
    return;
  g_free (cursor->head);
  cursor->head = g_strdup (last->head);
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
 * mtb_cache_remove:
 * @path: a cache's file, which nobody has open for writing
 *
 * Removes it with its logs. The file goes first: a log without one is nothing, a file without its log or
 * with the log of another is damaged.
 */
void
mtb_cache_remove (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_unlink (file);
    }
}

/**
 * mtb_cache_prepare:
 * @snapshot: a snapshot's file, unpacked
 * @error: return location
 *
 * Makes a cache of it.
 *
 * Returns: (transfer full): where the snapshot stands
 */
MtbCursor *
mtb_cache_prepare (const char *snapshot, GError **error)
{
  g_autoptr (MtbCache) fresh = mtb_cache_open (snapshot, error);
  g_autoptr (GError) failure = NULL;
  MtbCursor *cursor;

  if (fresh == NULL)
    return NULL;
  /* All of it has to be in the one file that is put in place. */
  cursor =
    mtb_store_forget (fresh->store, &failure) ? mtb_cursor_read (fresh->store, &failure) : NULL;
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (cursor == NULL)
    g_set_error_literal (error, MTB_ERROR, MTB_ERROR_STORAGE, "the snapshot has no cursor");
  return cursor;
}

/**
 * mtb_cache_install:
 * @path: the cache's file, which nobody has open for writing
 * @snapshot: a file beside it that mtb_cache_prepare() has made a cache of
 * @error: return location
 *
 * Puts a snapshot in the place of the cache. Where that ends half-way there is no cache, never one with
 * the log of another or without its own.
 *
 * Returns: whether it is there
 */
gboolean
mtb_cache_install (const char *path, const char *snapshot, GError **error)
{
  mtb_cache_remove (path);
  if (g_rename (snapshot, path) == 0)
    return TRUE;
  g_set_error (error, MTB_ERROR, MTB_ERROR_STORAGE, "%s cannot be put in place", path);
  return FALSE;
}

/**
 * mtb_cache_is_past:
 * @cache: a cache
 * @body: an answer of the server's
 *
 * Returns: whether the rows here are of a later moment than the answer, which was overtaken by them or
 *   comes from a server that has lost history
 */
gboolean
mtb_cache_is_past (MtbCache *cache, JsonObject *body)
{
  g_autoptr (MtbCursor) cursor = mtb_cursor_read (cache->store, NULL);
  g_auto (MtbServerInfo) info = { 0 };
  int order;

  if (cursor == NULL || !mtb_message_read_server (body, &info))
    return FALSE;
  /* An epoch's id begins with the time at which it began. */
  order = strcmp (cursor->epoch, info.epoch);
  return order > 0 || (order == 0 && cursor->seq > info.seq);
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
