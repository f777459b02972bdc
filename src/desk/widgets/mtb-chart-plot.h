#pragma once

#include "mtb-report-query.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MTB_TYPE_CHART_PLOT (mtb_chart_plot_get_type ())
G_DECLARE_FINAL_TYPE (MtbChartPlot, mtb_chart_plot, MTB, CHART_PLOT, GtkWidget)

void mtb_chart_plot_set_rows (MtbChartPlot *self, GPtrArray *rows, gint64 from, gint64 until);
gint64 mtb_chart_plot_get_slot (MtbChartPlot *self);
MtbCallPart mtb_chart_plot_get_part (MtbChartPlot *self);

G_END_DECLS
