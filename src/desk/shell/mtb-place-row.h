#pragma once

#include "mtb-page.h"

G_BEGIN_DECLS

#define MTB_TYPE_PLACE_ROW (mtb_place_row_get_type ())
G_DECLARE_FINAL_TYPE (MtbPlaceRow, mtb_place_row, MTB, PLACE_ROW, GtkListBoxRow)

GtkWidget *mtb_place_row_new (MtbPage *page);
MtbPage *mtb_place_row_get_page (MtbPlaceRow *self);

G_END_DECLS
