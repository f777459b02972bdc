#pragma once

#include "mtb-draft.h"
#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_CALL_FORM (mtb_call_form_get_type ())
G_DECLARE_FINAL_TYPE (MtbCallForm, mtb_call_form, MTB, CALL_FORM, AdwBin)

void mtb_call_form_set_engine (MtbCallForm *self, MtbEngine *engine);
void mtb_call_form_load (MtbCallForm *self, const MtbDraft *draft);
void mtb_call_form_adopt (MtbCallForm *self, const MtbDraft *draft);
void mtb_call_form_show_clock (MtbCallForm *self, const MtbDraft *talking);
MtbDraft *mtb_call_form_dup_draft (MtbCallForm *self);
void mtb_call_form_begin_prospect (MtbCallForm *self);
void mtb_call_form_mark (MtbCallForm *self, const GError *error);
void mtb_call_form_focus (MtbCallForm *self);

G_END_DECLS
