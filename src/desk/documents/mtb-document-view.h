#pragma once

#include "mtb-document-query.h"
#include "mtb-drafts.h"
#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_DOCUMENT_VIEW (mtb_document_view_get_type ())
G_DECLARE_FINAL_TYPE (MtbDocumentView, mtb_document_view, MTB, DOCUMENT_VIEW, AdwBin)

GtkWidget *mtb_document_view_new (MtbEngine *engine,
                                  MtbDrafts *drafts,
                                  const MtbDocumentRow *document);
void mtb_document_view_renew (MtbDocumentView *self, const MtbDocumentRow *document);

G_END_DECLS
