#pragma once

#include "mtb-store.h"
#include "mtb-viewer.h"

G_BEGIN_DECLS

typedef struct _MtbConnected MtbConnected;

MtbConnected *mtb_connected_read (MtbStore *store, gint64 now, gint64 lease_ms, GError **error);
MtbConnected *mtb_connected_ref (MtbConnected *self);
void mtb_connected_unref (MtbConnected *self);
GPtrArray *mtb_connected_compare (MtbConnected *self, MtbConnected *before);
char *mtb_connected_write_list (MtbConnected *self, const MtbViewer *viewer);
char *mtb_connected_write_person (MtbConnected *self, const char *person_id);
gboolean mtb_connected_is_seen_by (const MtbViewer *viewer, const char *person_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbConnected, mtb_connected_unref)

G_END_DECLS
