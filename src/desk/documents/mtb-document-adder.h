#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_DOCUMENT_ADDER (mtb_document_adder_get_type ())
G_DECLARE_FINAL_TYPE (MtbDocumentAdder, mtb_document_adder, MTB, DOCUMENT_ADDER, AdwBin)

void mtb_document_adder_set_engine (MtbDocumentAdder *self, MtbEngine *engine);

G_END_DECLS
