#pragma once

#include "mtb-page.h"

G_BEGIN_DECLS

#define MTB_TYPE_REFUSED_PAGE (mtb_refused_page_get_type ())
G_DECLARE_FINAL_TYPE (MtbRefusedPage, mtb_refused_page, MTB, REFUSED_PAGE, MtbPage)

MtbRefusal *mtb_refused_page_find (MtbRefusedPage *self, const char *command_id);

G_END_DECLS
