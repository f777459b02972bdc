#pragma once

#include "mtb-paper.h"
#include "mtb-report-query.h"

G_BEGIN_DECLS

void mtb_report_describe (MtbPaper *paper,
                          MtbReportBy by,
                          GListModel *items,
                          const MtbCallsReportRow *sum);

G_END_DECLS
