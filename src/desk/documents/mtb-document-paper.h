#pragma once

#include "mtb-document-query.h"
#include "mtb-paper.h"

G_BEGIN_DECLS

MtbPaper *mtb_document_paper_new (const MtbDocumentRow *document,
                                  const MtbDocumentVersion *version,
                                  gboolean in_force,
                                  const char *organisation);

G_END_DECLS
