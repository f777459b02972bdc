#pragma once

#include "mtb-paper.h"
#include "mtb-query-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_CALL_FILTER (mtb_call_filter_get_type ())
G_DECLARE_FINAL_TYPE (MtbCallFilter, mtb_call_filter, MTB, CALL_FILTER, AdwBin)

void mtb_call_filter_set_engine (MtbCallFilter *self, MtbEngine *engine, const char *person_id);
void mtb_call_filter_set_person (MtbCallFilter *self, const char *person_id, const char *name);
MtbQueryModel *mtb_call_filter_get_model (MtbCallFilter *self);
void mtb_call_filter_describe (MtbCallFilter *self, MtbPaper *paper);
void mtb_call_filter_focus (MtbCallFilter *self);

G_END_DECLS
