#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_DOCUMENT_READERS (mtb_document_readers_get_type ())
G_DECLARE_FINAL_TYPE (MtbDocumentReaders, mtb_document_readers, MTB, DOCUMENT_READERS, AdwBin)

void mtb_document_readers_set_engine (MtbDocumentReaders *self, MtbEngine *engine);
void mtb_document_readers_show (MtbDocumentReaders *self, const char *version_id);

G_END_DECLS
