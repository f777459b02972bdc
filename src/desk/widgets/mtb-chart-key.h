#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MTB_TYPE_CHART_KEY (mtb_chart_key_get_type ())
G_DECLARE_FINAL_TYPE (MtbChartKey, mtb_chart_key, MTB, CHART_KEY, GtkWidget)

G_END_DECLS
