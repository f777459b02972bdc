#pragma once

#include "mtb-query-model.h"
#include "mtb-report-query.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_REPORT_TABLE (mtb_report_table_get_type ())
G_DECLARE_FINAL_TYPE (MtbReportTable, mtb_report_table, MTB, REPORT_TABLE, AdwBin)

void mtb_report_table_set_model (MtbReportTable *self, MtbQueryModel *model);
void mtb_report_table_set_kind (MtbReportTable *self, MtbReportBy by);
const MtbCallsReportRow *mtb_report_table_get_sum (MtbReportTable *self);

G_END_DECLS
