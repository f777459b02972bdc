#pragma once

#include "mtb-report-query.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mtb_chart_paint_part (GtkWidget *widget,
                           cairo_t *cr,
                           MtbCallPart part,
                           const graphene_rect_t *area);

G_END_DECLS
