#pragma once

#include "mtb-page.h"

G_BEGIN_DECLS

#define MTB_TYPE_DEPARTMENT_PAGE (mtb_department_page_get_type ())
G_DECLARE_FINAL_TYPE (MtbDepartmentPage, mtb_department_page, MTB, DEPARTMENT_PAGE, MtbPage)

G_END_DECLS
