#pragma once

#include "mtb-page.h"

G_BEGIN_DECLS

#define MTB_TYPE_RECORDS_PAGE (mtb_records_page_get_type ())
G_DECLARE_FINAL_TYPE (MtbRecordsPage, mtb_records_page, MTB, RECORDS_PAGE, MtbPage)

G_END_DECLS
