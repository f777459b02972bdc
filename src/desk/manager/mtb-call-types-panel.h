#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_CALL_TYPES_PANEL (mtb_call_types_panel_get_type ())
G_DECLARE_FINAL_TYPE (MtbCallTypesPanel, mtb_call_types_panel, MTB, CALL_TYPES_PANEL, AdwBin)

void mtb_call_types_panel_set_engine (MtbCallTypesPanel *self, MtbEngine *engine);

G_END_DECLS
