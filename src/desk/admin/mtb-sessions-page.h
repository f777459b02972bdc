#pragma once

#include "mtb-page.h"

G_BEGIN_DECLS

#define MTB_TYPE_SESSIONS_PAGE (mtb_sessions_page_get_type ())
G_DECLARE_FINAL_TYPE (MtbSessionsPage, mtb_sessions_page, MTB, SESSIONS_PAGE, MtbPage)

G_END_DECLS
