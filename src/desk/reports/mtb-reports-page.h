#pragma once

#include "mtb-page.h"

G_BEGIN_DECLS

#define MTB_TYPE_REPORTS_PAGE (mtb_reports_page_get_type ())
G_DECLARE_FINAL_TYPE (MtbReportsPage, mtb_reports_page, MTB, REPORTS_PAGE, MtbPage)

G_END_DECLS
