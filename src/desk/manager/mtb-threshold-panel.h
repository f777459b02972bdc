#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_THRESHOLD_PANEL (mtb_threshold_panel_get_type ())
G_DECLARE_FINAL_TYPE (MtbThresholdPanel, mtb_threshold_panel, MTB, THRESHOLD_PANEL, AdwBin)

void mtb_threshold_panel_set_engine (MtbThresholdPanel *self, MtbEngine *engine);

G_END_DECLS
