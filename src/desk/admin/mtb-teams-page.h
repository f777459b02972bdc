#pragma once

#include "mtb-page.h"

G_BEGIN_DECLS

#define MTB_TYPE_TEAMS_PAGE (mtb_teams_page_get_type ())
G_DECLARE_FINAL_TYPE (MtbTeamsPage, mtb_teams_page, MTB, TEAMS_PAGE, MtbPage)

G_END_DECLS
