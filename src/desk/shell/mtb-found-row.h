#pragma once

#include "mtb-found.h"

G_BEGIN_DECLS

#define MTB_TYPE_FOUND_ROW (mtb_found_row_get_type ())
G_DECLARE_FINAL_TYPE (MtbFoundRow, mtb_found_row, MTB, FOUND_ROW, GtkListBoxRow)

GtkWidget *mtb_found_row_new (MtbFound *found);
MtbFound *mtb_found_row_get_found (MtbFoundRow *self);

G_END_DECLS
