/* `/v1/snapshot`: all the rows that a person is owed, as files, and `/v1/snapshot/HASH`: one of them.
 *
 * There are two parts, each a compressed database. The directory is the same for all who keep it, and
 * made once. A person's own part is made for them, in one transaction with its feed number, and has
 * besides all other rows what has changed in the directory since that was made. */

#include "mtb-service-private.h"

#include "mtb-error.h"
#include "mtb-feed.h"

#include <gio/gio.h>

/* A directory that is not there is made beside; a small one is there at once. */
#define WAIT_US (50 * G_TIME_SPAN_MILLISECOND)
#define N_WAITS 40

/* For the desks that one person begins at the same time. */
#define OWN_MAX 4

typedef struct
{
  MtbExchange *exchange;
  gint64 directory_seq;
} Own;

static gboolean
fill_own (MtbStore *target, gpointer data, GError **error)
{
  const Own *self = data;
  MtbExchange *exchange = self->exchange;

  return mtb_feed_copy (exchange->store, exchange->viewer, exchange->head, self->directory_seq,
                        target, error);
}

static MtbPart *
make_own (MtbExchange *exchange, gint64 directory_seq, GError **error)
{
  Own own = { exchange, directory_seq };
  g_autofree char *head = mtb_head_format (exchange->head);
  g_autofree char *shelf = mtb_snapshots_dup_shelf (mtb_service_get_snapshots (exchange->service),
                                                    mtb_viewer_get_person (exchange->viewer)->id);
  g_autoptr (MtbCursor) cursor = mtb_cursor_new (exchange->head->epoch, exchange->head->seq, head);

  /* Before, not after: by a clock that was put back the new one is the oldest. */
  mtb_shelf_limit (shelf, OWN_MAX - 1);
  return mtb_shelf_add (shelf, cursor, fill_own, &own, error);
}

/* Another moment: whatever was read before is read again. */
static gboolean
begin_again (MtbExchange *exchange, GError **error)
{
  mtb_exchange_release (exchange);
  g_usleep (WAIT_US);
  g_clear_pointer (&exchange->viewer, mtb_viewer_free);
  if (!mtb_exchange_take (exchange, error))
    return FALSE;
  exchange->viewer = mtb_viewer_load (exchange->store, exchange->session->person_id, error);
  return exchange->viewer != NULL;
}

/* %NULL without @error for whoever does not keep it. */
static MtbPart *
find_directory (MtbExchange *exchange, GError **error)
{
  MtbSnapshots *snapshots = mtb_service_get_snapshots (exchange->service);
  g_autoptr (GError) failure = NULL;

  for (guint i = 0; i < N_WAITS; i++)
    {
      g_autoptr (MtbPart) part = NULL;
      gboolean is_old;

      if (!mtb_feed_keeps_directory (exchange->store, exchange->viewer))
        return NULL;
      part = mtb_snapshots_find_directory (snapshots, exchange->store, exchange->head, &is_old,
                                           &failure);
      /* An old one is removed when another is made, but not before it could be fetched. */
      if (part != NULL)
        mtb_part_note_use (part);
      if (is_old && i == 0)
        mtb_snapshots_want_directory (snapshots);
      if (part != NULL)
        return g_steal_pointer (&part);
      if (failure != NULL || !begin_again (exchange, &failure))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
    }
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNREACHABLE,
                       "the directory is being made ready");
  return NULL;
}

static void
append_part (MtbExchange *exchange, const char *name, const MtbPart *part)
{
  if (exchange->json->str[exchange->json->len - 1] != '[')
    g_string_append_c (exchange->json, ',');
  g_string_append_c (exchange->json, '{');
  mtb_json_append_text_member (exchange->json, "name", name);
  mtb_json_append_text_member (exchange->json, "hash", part->hash);
  mtb_json_append_number_member (exchange->json, "size", part->size);
  mtb_json_append_number_member (exchange->json, "seq", part->cursor->seq);
  g_string_append_c (exchange->json, '}');
}

gboolean
mtb_resource_get_snapshot (MtbExchange *exchange, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbPart) directory = find_directory (exchange, &failure);
  g_autoptr (MtbPart) own = NULL;

  if (failure == NULL)
    own = make_own (exchange, directory != NULL ? directory->cursor->seq : MTB_ABSENT, &failure);
  if (own == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  mtb_json_append_member (exchange->json, "parts");
  g_string_append_c (exchange->json, '[');
  if (directory != NULL)
    append_part (exchange, "directory", directory);
  append_part (exchange, "own", own);
  g_string_append_c (exchange->json, ']');
  return TRUE;
}

/* Of what is somebody's own nobody else finds anything, and of the directory who does not keep it. */
static MtbPart *
find_part (MtbExchange *exchange, const char *hash, GError **error)
{
  MtbSnapshots *snapshots = mtb_service_get_snapshots (exchange->service);
  const char *person_id = mtb_viewer_get_person (exchange->viewer)->id;
  g_autofree char *own = mtb_snapshots_dup_shelf (snapshots, person_id);
  g_autofree char *shared = mtb_snapshots_dup_shelf (snapshots, NULL);
  g_autoptr (MtbPart) part = mtb_shelf_find (own, hash);

  if (part != NULL)
    return mtb_resource_check_sight (exchange, part->cursor->seq, error) ? g_steal_pointer (&part)
                                                                         : NULL;
  if (mtb_feed_keeps_directory (exchange->store, exchange->viewer))
    part = mtb_shelf_find (shared, hash);
  if (part == NULL)
    g_set_error_literal (error, MTB_ERROR, MTB_ERROR_NOT_FOUND, "there is no such part");
  return g_steal_pointer (&part);
}

gboolean
mtb_resource_get_snapshot_part (MtbExchange *exchange, GError **error)
{
  g_autofree char *hash = mtb_exchange_dup_segment (exchange);
  g_autoptr (MtbPart) part = find_part (exchange, hash, error);

  if (part == NULL)
    return FALSE;
  if (!mtb_ledger_check_history (exchange->store, exchange->head, part->cursor->epoch,
                                 part->cursor->head, NULL))
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_GONE, "this part is of another history");
      return FALSE;
    }
  exchange->file =
    mtb_response_new_file (exchange->request, "application/gzip", part->path, hash, error);
  return exchange->file != NULL;
}
