#pragma once

#include "mtb-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_CALLER_BOX (mtb_caller_box_get_type ())
G_DECLARE_FINAL_TYPE (MtbCallerBox, mtb_caller_box, MTB, CALLER_BOX, AdwBin)

void mtb_caller_box_load (MtbCallerBox *self, const MtbDraft *draft);
void mtb_caller_box_collect (MtbCallerBox *self, MtbDraft *draft);
void mtb_caller_box_begin_prospect (MtbCallerBox *self, const char *prospect_id);

G_END_DECLS
