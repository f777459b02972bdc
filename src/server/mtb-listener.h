#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _MtbListener MtbListener;

MtbListener *mtb_listener_new (const char *database,
                               const char *address,
                               gboolean network_is_trusted,
                               guint beat_s,
                               GError **error);
void mtb_listener_free (MtbListener *listener);
const char *mtb_listener_get_uri (MtbListener *listener);
void mtb_listener_set_behind_proxy (MtbListener *listener, gboolean is_behind_proxy);
void mtb_listener_set_patience (MtbListener *listener, guint seconds);
void mtb_listener_drain (MtbListener *listener);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbListener, mtb_listener_free)

G_END_DECLS
