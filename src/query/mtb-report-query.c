/* The calls report, out of the running totals. */

#include "mtb-query-private.h"

#include "mtb-figure.h"
#include "mtb-report-query.h"
#include "mtb-time.h"
#include "mtb-total.h"

const char *const mtb_report_by_words[] = { "queue", "agent", "type", "slot", NULL };

static const MtbField calls_report_fields[] = {
  MTB_FIELD (MtbCallsReport, from, TIME, .required = TRUE),
  MTB_FIELD (MtbCallsReport, to, TIME, .required = TRUE),
  MTB_FIELD (MtbCallsReport, by, ENUM, .choices = mtb_report_by_words),
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

#define SUM(figure) "CAST (SUM (t." figure ") AS BIGINT) AS " figure

#define CALL_SUMS SUM ("answered") ", " SUM ("answered_late") ", " SUM ("answered_wait_s")
#define TIME_SUMS SUM ("talk_s") ", " SUM ("wrap_up_s")
#define RECORD_SUMS SUM ("records") ", " SUM ("solved") ", " SUM ("suited") ", " SUM ("suits_s")
#define QUEUE_SUMS \
  SUM ("offered") \
  ", " CALL_SUMS ", " SUM ("abandoned") ", " SUM ("timed_out") ", " SUM ("other") ", " SUM ( \
    "short_abandons") ", " SUM ("left_after") ", " TIME_SUMS

#define FROM_QUEUES \
  " FROM queue_total t WHERE t.slot_at >= :from AND t.slot_at < :to" \
  " AND (CAST (:queue AS TEXT) IS NULL OR t.queue = :queue)"

/* Queue after queue, each from the one before it, so that its totals are read in order and none have to
 * be sorted. */
#define QUEUES \
  "WITH RECURSIVE q (queue) AS (SELECT MIN (queue) FROM queue_total" \
  " UNION ALL SELECT (SELECT MIN (n.queue) FROM queue_total n WHERE n.queue > q.queue)" \
  " FROM q WHERE q.queue IS NOT NULL)"

#define BY_QUEUE \
  QUEUES " SELECT t.queue AS id, t.queue AS name, " QUEUE_SUMS \
         " FROM queue_total t WHERE t.slot_at >= :from AND t.slot_at < :to" \
         " AND t.queue IN (SELECT q.queue FROM q" \
         " WHERE CAST (:queue AS TEXT) IS NULL OR q.queue = :queue)" \
         " GROUP BY t.queue ORDER BY t.queue"

#define BY_SLOT "SELECT t.slot_at, " QUEUE_SUMS FROM_QUEUES " GROUP BY t.slot_at ORDER BY t.slot_at"

/* Who wrote records of calls that no queue saw is there as well as who took calls. */
#define BY_AGENT \
  "SELECT t.person_id AS id, p.display_name AS name, " CALL_SUMS ", " TIME_SUMS ", " SUM ( \
    "not_written_up") ", " RECORD_SUMS \
                      " FROM (SELECT person_id, answered, answered_late, answered_wait_s, talk_s, wrap_up_s," \
                      " ended - written_up AS not_written_up, 0 AS records, 0 AS solved, 0 AS suited, 0 AS suits_s" \
                      " FROM agent_total WHERE day_at >= :from AND day_at < :to" \
                      " UNION ALL SELECT person_id, 0, 0, 0, 0, 0, 0, records, solved, suited, suits_s" \
                      " FROM record_total WHERE day_at >= :from AND day_at < :to) t" \
                      " LEFT JOIN person p ON p.id = t.person_id GROUP BY t.person_id, p.display_name" \
                      " ORDER BY p.display_name NULLS LAST, t.person_id"

#define OF_TYPES \
  "SELECT t.person_id, t.type_id, " TIME_SUMS ", " RECORD_SUMS \
  " FROM record_total t WHERE t.day_at >= :from AND t.day_at < :to" \
  " GROUP BY t.person_id, t.type_id"

#define TYPES \
  "SELECT t.id, t.name, t.name_en, g.name AS group_name, g.name_en AS group_name_en" \
  " FROM call_type t JOIN call_type g ON g.id = t.parent_id" \
  " ORDER BY g.position, g.id, t.position, t.id"

static void
bind_report (const MtbCallsReport *report, MtbParameter parameters[4])
{
  parameters[0] = MTB_NUMBER ("from", report->from);
  parameters[1] = MTB_NUMBER ("to", report->to);
  parameters[2] = MTB_TEXT ("queue", report->queue);
  parameters[3] = (MtbParameter){ NULL };
}

typedef struct
{
  const MtbViewer *viewer;
  GPtrArray *rows;
} Agents;

static gboolean
take_agent (gpointer record, gpointer data, GError **error)
{
  Agents *self = data;

  if (mtb_viewer_sees_scope (self->viewer, &mtb_agent_total_table, mtb_record_get_id (record)))
    g_ptr_array_add (self->rows, mtb_record_ref (record));
  return TRUE;
}

static GPtrArray *
list_agents (MtbStore *store,
             const MtbViewer *viewer,
             const MtbParameter *parameters,
             GError **error)
{
  g_autoptr (GPtrArray) rows = mtb_query_new_rows ();
  Agents agents = { viewer, rows };

  if (!mtb_store_each (store, &calls_report_row_shape, BY_AGENT, parameters, take_agent, &agents,
                       error))
    return NULL;
  return g_steal_pointer (&rows);
}

typedef struct
{
  const MtbViewer *viewer;
  GHashTable *sums;
} Types;

/* Adds what one person did of a type. */
static gboolean
add_to_type (gpointer record, gpointer data, GError **error)
{
  Types *self = data;
  const MtbRecordTotal *total = record;
  g_autoptr (MtbCallsReportRow) row = mtb_record_new (&calls_report_row_shape);
  MtbCallsReportRow *sum = g_hash_table_lookup (self->sums, total->type_id);

  if (!mtb_viewer_sees_scope (self->viewer, &mtb_record_total_table, total->person_id))
    return TRUE;
  mtb_record_assign (row, total);
  if (sum != NULL)
    mtb_calls_report_add (sum, row);
  else
    g_hash_table_insert (self->sums, g_strdup (total->type_id), g_steal_pointer (&row));
  return TRUE;
}

static GPtrArray *
list_types (MtbStore *store,
            const MtbViewer *viewer,
            const MtbParameter *parameters,
            GError **error)
{
  g_autoptr (GHashTable) sums =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, mtb_record_unref);
  g_autoptr (GPtrArray) types = NULL;
  g_autoptr (GPtrArray) rows = mtb_query_new_rows ();
  Types self = { viewer, sums };

  if (!mtb_store_each (store, &mtb_record_total_table.shape, OF_TYPES, parameters, add_to_type,
                       &self, error))
    return NULL;
  types = mtb_store_select (store, &calls_report_row_shape, TYPES, NULL, error);
  for (guint i = 0; types != NULL && i < types->len; i++)
    {
      MtbCallsReportRow *row = g_ptr_array_index (types, i);
      const MtbCallsReportRow *sum = g_hash_table_lookup (sums, row->id);

      if (sum == NULL)
        continue;
      mtb_calls_report_add (row, sum);
      g_ptr_array_add (rows, mtb_record_ref (row));
    }
  return types != NULL ? g_steal_pointer (&rows) : NULL;
}

static GPtrArray *
list_slots (MtbStore *store, const MtbParameter *parameters, GError **error)
{
  GPtrArray *rows = mtb_store_select (store, &calls_report_row_shape, BY_SLOT, parameters, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MtbCallsReportRow *row = g_ptr_array_index (rows, i);

      row->id = mtb_time_format (row->slot_at);
    }
  return rows;
}

static GPtrArray *
run_calls_report (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbCallsReport *report = arguments;
  MtbParameter parameters[4];

  bind_report (report, parameters);
  if (report->by == MTB_REPORT_BY_AGENT)
    return list_agents (store, viewer, parameters, error);
  if (report->by == MTB_REPORT_BY_TYPE)
    return list_types (store, viewer, parameters, error);
  if (mtb_viewer_get_sight (viewer, MTB_AREA_TOTALS) != MTB_SIGHT_ALL)
    return mtb_query_new_rows ();
  return report->by == MTB_REPORT_BY_SLOT
           ? list_slots (store, parameters, error)
           : mtb_store_select (store, &calls_report_row_shape, BY_QUEUE, parameters, error);
}

/* Of what is in the window a desk has the same totals as the server, and has them at once. */
static gboolean
begins_before_window (MtbStore *cache, gconstpointer arguments, gint64 now)
{
  const MtbCallsReport *report = arguments;

  return report->from < now - MTB_WINDOW_DAYS * MTB_DAY;
}

const MtbQuery mtb_calls_report_query = {
  .name = "calls",
  .arguments = &calls_report_shape,
  .rows = &calls_report_row_shape,
  .resource = MTB_REPORTS "calls",
  .member = "rows",
  .area = MTB_AREA_TOTALS,
  .is_beyond = begins_before_window,
  .run = run_calls_report,
};

/**
 * mtb_calls_report_add:
 * @sum: a row that sums up others
 * @row: one of these
 *
 * Adds the figures of @row to those of @sum; what both have not stays absent.
 */
void
mtb_calls_report_add (MtbCallsReportRow *sum, const MtbCallsReportRow *row)
{
  for (guint i = 0; i < calls_report_row_shape.n_fields; i++)
    {
      const MtbField *field = &calls_report_row_shape.fields[i];

      if (field->type == MTB_TYPE_INTEGER || field->type == MTB_TYPE_DURATION)
        mtb_field_set_number (
          field, sum,
          mtb_figure_sum (mtb_field_get_number (field, sum), mtb_field_get_number (field, row)));
    }
}

static gint64
count_left (const MtbCallsReportRow *row)
{
  if (row->abandoned == MTB_ABSENT || row->timed_out == MTB_ABSENT || row->other == MTB_ABSENT)
    return MTB_ABSENT;
  return row->abandoned + row->timed_out + row->other;
}

/**
 * mtb_calls_report_get_service_level:
 * @row: a row
 *
 * Returns: mtb_figure_get_service_level() of it, per thousand, or %MTB_ABSENT
 */
gint64
mtb_calls_report_get_service_level (const MtbCallsReportRow *row)
{
  return mtb_figure_get_service_level (row->answered, row->answered_late, count_left (row),
                                       row->short_abandons);
}

/**
 * mtb_calls_report_get_strict_service_level:
 * @row: a row
 *
 * Returns: mtb_figure_get_strict_service_level() of it, per thousand, or %MTB_ABSENT
 */
gint64
mtb_calls_report_get_strict_service_level (const MtbCallsReportRow *row)
{
  return mtb_figure_get_strict_service_level (row->answered, row->answered_late, count_left (row));
}

/**
 * mtb_calls_report_get_answer_speed:
 * @row: a row
 *
 * Returns: the average speed of answer in whole seconds, or %MTB_ABSENT
 */
gint64
mtb_calls_report_get_answer_speed (const MtbCallsReportRow *row)
{
  return mtb_figure_get_answer_speed (row->answered_wait_s, row->answered);
}

/**
 * mtb_calls_report_get_handle_time:
 * @row: a row
 *
 * Returns: the average handle time in whole seconds, of the calls that were answered, by type of the
 *   records; or %MTB_ABSENT
 */
gint64
mtb_calls_report_get_handle_time (const MtbCallsReportRow *row)
{
  return mtb_figure_get_handle_time (row->talk_s, row->wrap_up_s,
                                     row->answered != MTB_ABSENT ? row->answered : row->records);
}

/**
 * mtb_calls_report_get_suiting_time:
 * @row: a row
 *
 * Returns: the handle time that would have suited its records on average, in whole seconds, or
 *   %MTB_ABSENT
 */
gint64
mtb_calls_report_get_suiting_time (const MtbCallsReportRow *row)
{
  return mtb_figure_divide (row->suits_s, row->suited);
}
