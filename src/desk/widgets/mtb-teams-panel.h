#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_TEAMS_PANEL (mtb_teams_panel_get_type ())
G_DECLARE_FINAL_TYPE (MtbTeamsPanel, mtb_teams_panel, MTB, TEAMS_PANEL, AdwBin)

void mtb_teams_panel_set_engine (MtbTeamsPanel *self, MtbEngine *engine);

G_END_DECLS
