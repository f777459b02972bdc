#pragma once

#include "mtb-engine.h"
#include "mtb-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MTB_TYPE_REQUEST_ROW (mtb_request_row_get_type ())
G_DECLARE_FINAL_TYPE (MtbRequestRow, mtb_request_row, MTB, REQUEST_ROW, GtkListBoxRow)

GtkWidget *mtb_request_row_new (MtbEngine *engine, MtbItem *item);

G_END_DECLS
