#pragma once

#include "mtb-report-query.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_CHART (mtb_chart_get_type ())
G_DECLARE_FINAL_TYPE (MtbChart, mtb_chart, MTB, CHART, AdwBin)

void mtb_chart_set_title (MtbChart *self, const char *title);
void mtb_chart_set_rows (MtbChart *self, GPtrArray *rows, gint64 from, gint64 until);
const char *mtb_chart_get_words (MtbChart *self);

G_END_DECLS
