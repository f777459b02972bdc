/* How many calls a report's rows tell of. */

#include "mtb-call-parts.h"

#include "mtb-figure.h"

/**
 * mtb_call_parts_sum_up:
 * @rows: (element-type MtbCallsReportRow): half-hours
 * @slot_at: only the one that begins then; %MTB_ABSENT for all
 *
 * Returns: (transfer full): their calls together; nothing but counts of calls is set
 */
MtbCallsReportRow *
mtb_call_parts_sum_up (GPtrArray *rows, gint64 slot_at)
{
  MtbCallsReportRow *sum = mtb_record_new (mtb_calls_report_query.rows);

  sum->offered = sum->answered = sum->abandoned = sum->timed_out = sum->other = 0;
  sum->short_abandons = sum->left_after = sum->answered_late = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      const MtbCallsReportRow *row = g_ptr_array_index (rows, i);

      if (slot_at != MTB_ABSENT && row->slot_at != slot_at)
        continue;
      sum->offered = mtb_figure_sum (sum->offered, row->offered);
      sum->answered = mtb_figure_sum (sum->answered, row->answered);
      sum->abandoned = mtb_figure_sum (sum->abandoned, row->abandoned);
      sum->timed_out = mtb_figure_sum (sum->timed_out, row->timed_out);
      sum->other = mtb_figure_sum (sum->other, row->other);
      sum->short_abandons = mtb_figure_sum (sum->short_abandons, row->short_abandons);
      sum->left_after = mtb_figure_sum (sum->left_after, row->left_after);
      sum->answered_late = mtb_figure_sum (sum->answered_late, row->answered_late);
    }
  return sum;
}

/**
 * mtb_call_parts_count:
 * @row: a row with counts of calls
 * @part: a part of them
 *
 * Returns: how many; %MTB_ABSENT where the row does not tell
 */
gint64
mtb_call_parts_count (const MtbCallsReportRow *row, MtbCallPart part)
{
  switch (part)
    {
    case MTB_CALL_PART_OFFERED:
      return row->offered;
    case MTB_CALL_PART_ANSWERED:
      return row->answered;
    case MTB_CALL_PART_UNANSWERED:
      return mtb_figure_sum (row->left_after, row->answered_late);
    case MTB_CALL_PART_LEFT_AFTER:
      return row->left_after;
    case MTB_CALL_PART_ANSWERED_LATE:
      return row->answered_late;
    case MTB_CALL_PART_SHORT:
      return row->short_abandons;
    default:
      return MTB_ABSENT;
    }
}
