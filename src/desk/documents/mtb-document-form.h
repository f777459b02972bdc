#pragma once

#include "mtb-drafts.h"
#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_DOCUMENT_FORM (mtb_document_form_get_type ())
G_DECLARE_FINAL_TYPE (MtbDocumentForm, mtb_document_form, MTB, DOCUMENT_FORM, AdwBin)

void mtb_document_form_set_engine (MtbDocumentForm *self, MtbEngine *engine, MtbDrafts *drafts);
void mtb_document_form_show (MtbDocumentForm *self, const char *document_id, const char *latest_id);

G_END_DECLS
