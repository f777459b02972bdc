#pragma once

#include "mtb-engine.h"
#include "mtb-paper.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_REFUSAL_ROW (mtb_refusal_row_get_type ())
G_DECLARE_FINAL_TYPE (MtbRefusalRow, mtb_refusal_row, MTB, REFUSAL_ROW, GtkListBoxRow)

GtkWidget *mtb_refusal_row_new (MtbEngine *engine, MtbRefusal *refusal);
void mtb_refusal_row_describe (MtbRefusalRow *self, MtbPaper *paper);

G_END_DECLS
