#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_JOIN_BOX (mtb_join_box_get_type ())
G_DECLARE_FINAL_TYPE (MtbJoinBox, mtb_join_box, MTB, JOIN_BOX, AdwBin)

void mtb_join_box_set_engine (MtbJoinBox *self, MtbEngine *engine);
void mtb_join_box_show (MtbJoinBox *self, const MtbCallRow *call);

G_END_DECLS
