#pragma once

#include "mtb-page.h"

G_BEGIN_DECLS

#define MTB_TYPE_DOCUMENTS_PAGE (mtb_documents_page_get_type ())
G_DECLARE_FINAL_TYPE (MtbDocumentsPage, mtb_documents_page, MTB, DOCUMENTS_PAGE, MtbPage)

G_END_DECLS
