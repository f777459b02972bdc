#pragma once

#include "mtb-drafts.h"
#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_CALL_DETAIL (mtb_call_detail_get_type ())
G_DECLARE_FINAL_TYPE (MtbCallDetail, mtb_call_detail, MTB, CALL_DETAIL, AdwBin)

void mtb_call_detail_set_engine (MtbCallDetail *self, MtbEngine *engine, MtbDrafts *drafts);
void mtb_call_detail_show (MtbCallDetail *self, const char *call_id);
void mtb_call_detail_save_note (MtbCallDetail *self);

G_END_DECLS
