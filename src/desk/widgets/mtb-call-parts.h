#pragma once

#include "mtb-report-query.h"

G_BEGIN_DECLS

MtbCallsReportRow *mtb_call_parts_sum_up (GPtrArray *rows, gint64 slot_at);
gint64 mtb_call_parts_count (const MtbCallsReportRow *row, MtbCallPart part);

G_END_DECLS
