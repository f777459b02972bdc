#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _MtbDownload MtbDownload;

/**
 * MtbDownloadFunc:
 * @n_here: how many bytes are here
 * @n_bytes: how many there are
 * @data: what was given with the function
 *
 * Hears how a download goes on, on the thread that reads it.
 */
typedef void (*MtbDownloadFunc) (gint64 n_here, gint64 n_bytes, gpointer data);

MtbDownload *mtb_download_begin (const char *folder, JsonObject *manifest, GError **error);
MtbDownload *mtb_download_resume (const char *folder);
void mtb_download_free (MtbDownload *download);
const char *mtb_download_get_next (MtbDownload *download, gint64 *n_here);
void mtb_download_measure (MtbDownload *download, gint64 *n_here, gint64 *n_bytes);
gboolean mtb_download_take (MtbDownload *download,
                            GInputStream *stream,
                            gint64 from,
                            MtbDownloadFunc func,
                            gpointer data,
                            GCancellable *cancellable,
                            GError **error);
char *mtb_download_unpack (MtbDownload *download, GError **error);
void mtb_download_forget (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbDownload, mtb_download_free)

G_END_DECLS
