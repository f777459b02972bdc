/* The calls report, out of the running totals. */

#include "mtb-query-private.h"

#include "mtb-report-query.h"
#include "mtb-total.h"

const char *const mtb_report_by_words[] = { "queue", "agent", "type", "slot", NULL };

static const MtbField calls_report_fields[] = {
  MTB_FIELD (MtbCallsReport, from, TIME, .required = TRUE),
  MTB_FIELD (MtbCallsReport, until, TIME, .required = TRUE),
  MTB_FIELD (MtbCallsReport, by, ENUM, .required = TRUE, .choices = mtb_report_by_words),
  MTB_FIELD (MtbCallsReport, queue, TEXT, .max = 80),
};

static const MtbShape calls_report_shape =
  MTB_SHAPE ("calls_report", MtbCallsReport, calls_report_fields);

static const MtbField calls_report_row_fields[] = {
  MTB_FIELD (MtbCallsReportRow, id, TEXT, .required = TRUE),
  MTB_FIELD (MtbCallsReportRow, name, TEXT),
  MTB_FIELD (MtbCallsReportRow, name_en, TEXT),
  MTB_FIELD (MtbCallsReportRow, group_name, TEXT),
  MTB_FIELD (MtbCallsReportRow, group_name_en, TEXT),
  MTB_FIELD (MtbCallsReportRow, slot_at, TIME),
  MTB_FIELD (MtbCallsReportRow, offered, INTEGER),
  MTB_FIELD (MtbCallsReportRow, answered, INTEGER),
  MTB_FIELD (MtbCallsReportRow, abandoned, INTEGER),
  MTB_FIELD (MtbCallsReportRow, timed_out, INTEGER),
  MTB_FIELD (MtbCallsReportRow, other, INTEGER),
  MTB_FIELD (MtbCallsReportRow, short_abandons, INTEGER),
  MTB_FIELD (MtbCallsReportRow, left_after, INTEGER),
  MTB_FIELD (MtbCallsReportRow, answered_late, INTEGER),
  MTB_FIELD (MtbCallsReportRow, answered_wait_s, DURATION),
  MTB_FIELD (MtbCallsReportRow, talk_s, DURATION),
  MTB_FIELD (MtbCallsReportRow, wrap_up_s, DURATION),
  MTB_FIELD (MtbCallsReportRow, not_written_up, INTEGER),
  MTB_FIELD (MtbCallsReportRow, records, INTEGER),
  MTB_FIELD (MtbCallsReportRow, solved, INTEGER),
  MTB_FIELD (MtbCallsReportRow, suited, INTEGER),
  MTB_FIELD (MtbCallsReportRow, suits_s, DURATION),
};

static const MtbShape calls_report_row_shape =
  MTB_SHAPE ("calls_report_row", MtbCallsReportRow, calls_report_row_fields);

static GPtrArray *
run_calls_report (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  return mtb_query_new_rows ();
}

const MtbQuery mtb_calls_report_query = {
  .name = "calls",
  .arguments = &calls_report_shape,
  .rows = &calls_report_row_shape,
  .is_report = TRUE,
  .run = run_calls_report,
};
