#pragma once

#include "mtb-page.h"

G_BEGIN_DECLS

#define MTB_TYPE_PEOPLE_PAGE (mtb_people_page_get_type ())
G_DECLARE_FINAL_TYPE (MtbPeoplePage, mtb_people_page, MTB, PEOPLE_PAGE, MtbPage)

G_END_DECLS
