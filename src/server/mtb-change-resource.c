/* `/v1/changes` and `/v1/snapshot`: the rows that a person is owed. */

#include "mtb-service-private.h"

#include "mtb-cursor.h"
#include "mtb-error.h"
#include "mtb-feed.h"
#include "mtb-limits.h"
#include "mtb-schema.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <unistd.h>

#define PAGE 1000

static gboolean
check_cursor (MtbExchange *exchange, gint64 after, GError **error)
{
  const char *person_id = mtb_viewer_get_person (exchange->viewer)->id;
  gint64 sight_seq;

  if (!mtb_exchange_check_history (exchange, mtb_request_get (exchange->request, "epoch"),
                                   mtb_request_get (exchange->request, "head"), error)
      || !mtb_store_select_number (exchange->store,
                                   "SELECT seq FROM sight_change WHERE person_id = :id",
                                   MTB_PARAMETERS (MTB_TEXT ("id", person_id)), &sight_seq, error))
    return FALSE;
  if (after > exchange->head->seq)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_MISMATCH,
                           "this desk has seen more than this server has");
      return FALSE;
    }
  if (sight_seq == MTB_ABSENT || after >= sight_seq)
    return TRUE;
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_GONE, "what you may see has changed");
  return FALSE;
}

static void
append_change (gint64 seq, const MtbTable *table, const char *id, gconstpointer row, gpointer data)
{
  mtb_message_append_change (data, seq, table != NULL ? table->shape.name : MTB_CHANGE_WINDOW, id,
                             row);
}

static gboolean
read_cursor (MtbExchange *exchange, gint64 *after, GError **error)
{
  gboolean is_there = mtb_request_get (exchange->request, "after") != NULL;

  *after = mtb_request_get_number (exchange->request, "after", is_there ? -1 : 0);
  if (*after >= 0)
    return TRUE;
  mtb_error_set_invalid (error, "after", "a cursor is a feed number");
  return FALSE;
}

gboolean
mtb_resource_get_changes (MtbExchange *exchange, GError **error)
{
  const MtbLimits *limits = mtb_service_get_limits (exchange->service);
  gint64 after;
  gint64 limit = mtb_request_get_number (exchange->request, "limit", PAGE);
  gint64 next;

  if (!read_cursor (exchange, &after, error) || !check_cursor (exchange, after, error))
    return FALSE;
  mtb_json_append_member (exchange->json, "changes");
  g_string_append_c (exchange->json, '[');
  if (!mtb_feed_read (exchange->store, exchange->viewer, exchange->head, after,
                      (guint) CLAMP (limit, 1, limits->page_rows), append_change, exchange->json,
                      &next, error))
    return FALSE;
  g_string_append_c (exchange->json, ']');
  mtb_json_append_number_member (exchange->json, "next", next);
  mtb_json_append_member (exchange->json, "more");
  g_string_append (exchange->json, next < exchange->head->seq ? "true" : "false");
  return TRUE;
}

static gboolean
fill_snapshot (MtbExchange *exchange, const char *path, GError **error)
{
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (MtbStore) target = mtb_store_open (uri, MTB_STORE_FILE, error);
  g_autofree char *head = mtb_exchange_dup_head (exchange);
  g_autoptr (MtbCursor) cursor = mtb_cursor_new (exchange->head->epoch, exchange->head->seq, head);

  return target != NULL && mtb_store_begin (target, error)
         && mtb_schema_create_tables (target, error)
         && mtb_schema_create (target, &mtb_cursor_shape, error)
         && mtb_feed_copy (exchange->store, exchange->viewer, exchange->head, target, error)
         && mtb_store_insert (target, cursor, error) && mtb_store_commit (target, error);
}

static GBytes *
compress_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1);
  g_autoptr (GFileInputStream) input = g_file_read (file, NULL, error);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GInputStream) zipped = NULL;

  if (input == NULL)
    return NULL;
  zipped = g_converter_input_stream_new (G_INPUT_STREAM (input), G_CONVERTER (compressor));
  if (g_output_stream_splice (memory, zipped, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, error) < 0)
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static char *
hash_bytes (GBytes *bytes)
{
  guint8 hash[32];
  char text[2 * sizeof hash + 1];
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  crypto_generichash (hash, sizeof hash, data, length, NULL, 0);
  return g_strdup (sodium_bin2hex (text, sizeof text, hash, sizeof hash));
}

gboolean
mtb_resource_get_snapshot (MtbExchange *exchange, GError **error)
{
  g_autofree char *path = NULL;
  GBytes *bytes;
  int descriptor = g_file_open_tmp ("mutabaa-snapshot-XXXXXX", &path, error);

  if (descriptor < 0)
    return FALSE;
  close (descriptor);
  bytes = fill_snapshot (exchange, path, error) ? compress_file (path, error) : NULL;
  g_unlink (path);
  if (bytes == NULL)
    return FALSE;
  exchange->file = mtb_response_new (200, "application/gzip", bytes);
  exchange->file->hash = hash_bytes (bytes);
  return TRUE;
}
