#pragma once

#include "mtb-page.h"

G_BEGIN_DECLS

#define MTB_TYPE_FLOOR_PAGE (mtb_floor_page_get_type ())
G_DECLARE_FINAL_TYPE (MtbFloorPage, mtb_floor_page, MTB, FLOOR_PAGE, MtbPage)

G_END_DECLS
