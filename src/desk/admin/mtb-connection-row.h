#pragma once

#include "mtb-item.h"
#include "mtb-paper.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MTB_TYPE_CONNECTION_ROW (mtb_connection_row_get_type ())
G_DECLARE_FINAL_TYPE (MtbConnectionRow, mtb_connection_row, MTB, CONNECTION_ROW, GtkListBoxRow)

GtkWidget *mtb_connection_row_new (MtbItem *item);
void mtb_connection_row_describe (MtbConnectionRow *self, MtbPaper *paper);

G_END_DECLS
