#pragma once

#include "mtb-report-query.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mtb_report_export (GtkWidget *page,
                        MtbReportBy by,
                        GListModel *items,
                        const MtbCallsReportRow *sum);

G_END_DECLS
