#pragma once

#include "mtb-configuration.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _MtbListener MtbListener;

MtbListener *mtb_listener_new (const MtbConfiguration *configuration, GError **error);
void mtb_listener_free (MtbListener *listener);
const char *mtb_listener_get_uri (MtbListener *listener);
void mtb_listener_drain (MtbListener *listener);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbListener, mtb_listener_free)

G_END_DECLS
