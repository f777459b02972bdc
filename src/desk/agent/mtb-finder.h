#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_FINDER (mtb_finder_get_type ())
G_DECLARE_FINAL_TYPE (MtbFinder, mtb_finder, MTB, FINDER, AdwBin)

void mtb_finder_set_engine (MtbFinder *self, MtbEngine *engine);
void mtb_finder_focus (MtbFinder *self);

G_END_DECLS
