/* Fetching all rows anew, as files. The old rows stay, and are worked on, until the new ones are here. */

#include "mtb-client-private.h"

#include "mtb-error.h"

#include <glib/gstdio.h>

static void
on_progress (gint64 n_here, gint64 n_bytes, gpointer data)
{
  MtbClient *self = data;

  if (self->fetching != NULL)
    self->fetching (n_here, n_bytes, self->fetching_data);
}

static MtbDownload *
begin_download (MtbClient *self, const char *folder, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonObject) manifest =
    mtb_client_exchange (self, "GET", "/v1/snapshot", NULL, NULL, cancellable, error);

  return manifest != NULL ? mtb_download_begin (folder, manifest, error) : NULL;
}

static gboolean
fetch_parts (MtbClient *self, MtbDownload *download, GCancellable *cancellable, GError **error)
{
  const char *hash;
  gint64 n_here;

  while ((hash = mtb_download_get_next (download, &n_here)) != NULL)
    {
      g_autofree char *path = g_strconcat ("/v1/snapshot/", hash, NULL);
      g_autoptr (MtbAnswer) answer = mtb_client_fetch (self, path, n_here, cancellable, error);

      if (answer == NULL
          || !mtb_download_take (download, answer->stream, answer->status == 206 ? n_here : 0,
                                 on_progress, self, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_gone (const GError *error)
{
  return g_error_matches (error, MTB_ERROR, MTB_ERROR_NOT_FOUND)
         || g_error_matches (error, MTB_ERROR, MTB_ERROR_GONE)
         || g_error_matches (error, MTB_ERROR, MTB_ERROR_MISMATCH);
}

/* What was begun is gone on with; where the server does not have it any more, another is begun, and
 * what the two have in common is not fetched again. */
static MtbDownload *
fetch_whole (MtbClient *self, const char *folder, GCancellable *cancellable, GError **error)
{
  g_autoptr (MtbDownload) download = mtb_download_resume (folder);
  g_autoptr (GError) failure = NULL;

  if (download != NULL && fetch_parts (self, download, cancellable, &failure))
    return g_steal_pointer (&download);
  if (failure != NULL && !is_gone (failure))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  g_clear_pointer (&download, mtb_download_free);
  download = begin_download (self, folder, cancellable, error);
  return download != NULL && fetch_parts (self, download, cancellable, error)
           ? g_steal_pointer (&download)
           : NULL;
}

static gboolean
install (MtbClient *self, const char *path, GError **error)
{
  gboolean ok;

  if (!mtb_client_lock (self, error))
    return FALSE;
  ok = mtb_replica_take_snapshot (self->replica, path, error);
  self->n_changes++;
  mtb_client_unlock (self, error);
  return ok;
}

gboolean
mtb_client_fetch_snapshot (MtbClient *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = mtb_client_dup_folder (self);
  g_autoptr (MtbDownload) download = fetch_whole (self, folder, cancellable, error);
  g_autofree char *path = download != NULL ? mtb_download_unpack (download, error) : NULL;

  on_progress (0, 0, self);
  if (path == NULL)
    return FALSE;
  if (install (self, path, error))
    {
      mtb_download_forget (folder);
      return TRUE;
    }
  g_unlink (path);
  return FALSE;
}

/**
 * mtb_client_set_fetching_func:
 * @client: a client that nobody has signed in to
 * @func: hears how all rows are fetched anew; of 0 bytes when that has ended
 * @data: handed to @func
 */
void
mtb_client_set_fetching_func (MtbClient *client, MtbDownloadFunc func, gpointer data)
{
  client->fetching = func;
  client->fetching_data = data;
}
