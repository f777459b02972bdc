#pragma once

#include "mtb-store.h"

G_BEGIN_DECLS

typedef struct _MtbWalk MtbWalk;

MtbWalk *mtb_walk_new (MtbStore *store, const MtbShape *shape);
void mtb_walk_free (MtbWalk *walk);
gboolean mtb_walk_next (MtbWalk *walk, gconstpointer *record, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbWalk, mtb_walk_free)

G_END_DECLS
