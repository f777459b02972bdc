#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_DOCUMENT_TEXT (mtb_document_text_get_type ())
G_DECLARE_FINAL_TYPE (MtbDocumentText, mtb_document_text, MTB, DOCUMENT_TEXT, AdwBin)

void mtb_document_text_show (MtbDocumentText *self, const char *text);

G_END_DECLS
