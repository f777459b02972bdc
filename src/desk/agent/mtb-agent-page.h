#pragma once

#include "mtb-page.h"

G_BEGIN_DECLS

#define MTB_TYPE_AGENT_PAGE (mtb_agent_page_get_type ())
G_DECLARE_FINAL_TYPE (MtbAgentPage, mtb_agent_page, MTB, AGENT_PAGE, MtbPage)

G_END_DECLS
