/* What the calls report shows: its columns, how a figure is said, and the sum of its rows. */

#include "mtb-report-columns.h"

#include "mtb-figure.h"
#include "mtb-item.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

#define QUEUE (1 << MTB_REPORT_BY_QUEUE)
#define AGENT (1 << MTB_REPORT_BY_AGENT)
#define TYPE (1 << MTB_REPORT_BY_TYPE)
#define SLOT (1 << MTB_REPORT_BY_SLOT)

#define DEFINE_GETTER(member) \
  static gint64 get_##member (const MtbCallsReportRow *row) \
  { \
    return row->member; \
  }

DEFINE_GETTER (offered)
DEFINE_GETTER (answered)
DEFINE_GETTER (abandoned)
DEFINE_GETTER (timed_out)
DEFINE_GETTER (other)
DEFINE_GETTER (short_abandons)
DEFINE_GETTER (left_after)
DEFINE_GETTER (answered_late)
DEFINE_GETTER (talk_s)
DEFINE_GETTER (wrap_up_s)
DEFINE_GETTER (not_written_up)
DEFINE_GETTER (records)
DEFINE_GETTER (solved)

static gint64
get_unanswered (const MtbCallsReportRow *row)
{
  return mtb_figure_sum (row->left_after, row->answered_late);
}

/**
 * mtb_report_get_left:
 * @row: a row, or a sum of rows
 *
 * Returns: how many left the queue and were not answered
 */
gint64
mtb_report_get_left (const MtbCallsReportRow *row)
{
  return mtb_figure_sum (mtb_figure_sum (row->abandoned, row->timed_out), row->other);
}

static gint64
get_service_level (const MtbCallsReportRow *row)
{
  return mtb_figure_get_service_level (row->answered, row->answered_late, mtb_report_get_left (row),
                                       row->short_abandons);
}

static gint64
get_answer_speed (const MtbCallsReportRow *row)
{
  return mtb_figure_get_answer_speed (row->answered_wait_s, row->answered);
}

static gint64
get_handle_time (const MtbCallsReportRow *row)
{
  return mtb_figure_get_handle_time (row->talk_s, row->wrap_up_s,
                                     row->records != MTB_ABSENT ? row->records : row->answered);
}

static gint64
get_suits (const MtbCallsReportRow *row)
{
  return mtb_figure_divide (row->suits_s, row->suited);
}

const MtbReportColumn mtb_report_columns[] = {
  { N_ ("Offered"), N_ ("Calls that entered the queue"), QUEUE | SLOT, 72, MTB_REPORT_COUNT,
    get_offered },
  { N_ ("Answered"), N_ ("Calls that an agent took"), QUEUE | SLOT | AGENT, 72, MTB_REPORT_COUNT,
    get_answered },
  { N_ ("Abandoned"), N_ ("The caller hung up while waiting"), QUEUE | SLOT, 76, MTB_REPORT_COUNT,
    get_abandoned },
  { N_ ("Timed\nout"), N_ ("Sent away by the queue"), QUEUE | SLOT, 72, MTB_REPORT_COUNT,
    get_timed_out },
  { N_ ("Other"), N_ ("Ended otherwise: no agents, left by a key, withdrawn, failed or lost"),
    QUEUE | SLOT, 58, MTB_REPORT_COUNT, get_other },
  { N_ ("Short\nabandons"),
    N_ ("Gone before the threshold; neither answered nor unanswered. They are among the abandoned "
        "and the others."),
    QUEUE | SLOT, 76, MTB_REPORT_COUNT, get_short_abandons },
  { N_ ("Un-\nanswered"), N_ ("Left after the threshold, and answered late"), QUEUE | SLOT, 74,
    MTB_REPORT_COUNT, get_unanswered },
  { N_ ("= left after\nthreshold"), N_ ("Waited longer than the threshold, and nobody answered"),
    QUEUE | SLOT, 78, MTB_REPORT_COUNT, get_left_after },
  { N_ ("+ answered\nlate"), N_ ("Answered after the threshold"), QUEUE | SLOT, 78,
    MTB_REPORT_COUNT, get_answered_late },
  { N_ ("Answered\nlate"), N_ ("Answered after the threshold"), AGENT, 90, MTB_REPORT_COUNT,
    get_answered_late },
  { N_ ("Records"), N_ ("Records of calls of this type"), TYPE, 80, MTB_REPORT_COUNT, get_records },
  { N_ ("Solved"), N_ ("Of these, solved"), TYPE, 80, MTB_REPORT_COUNT, get_solved },
  { N_ ("Service\nlevel %"),
    N_ ("Answered within the threshold ÷ (answered + left − short abandons)"), QUEUE | SLOT, 72,
    MTB_REPORT_LEVEL, get_service_level },
  { N_ ("Speed of\nanswer"), N_ ("How long the answered calls waited, on average"),
    QUEUE | SLOT | AGENT, 66, MTB_REPORT_SECONDS, get_answer_speed },
  { N_ ("Talk"), N_ ("Talk, all calls together"), QUEUE | SLOT | AGENT | TYPE, 84,
    MTB_REPORT_SECONDS, get_talk_s },
  { N_ ("After-call\nwork"), N_ ("After-call work, all calls together"),
    QUEUE | SLOT | AGENT | TYPE, 80, MTB_REPORT_SECONDS, get_wrap_up_s },
  { N_ ("Handle\ntime"), N_ ("(Talk + after-call work) ÷ calls, on average"),
    QUEUE | SLOT | AGENT | TYPE, 66, MTB_REPORT_SECONDS, get_handle_time },
  { N_ ("Suits\nthe type"), N_ ("The handle time that suits, on average of the records"), TYPE, 90,
    MTB_REPORT_SECONDS, get_suits },
  { N_ ("Not\nwritten up"), N_ ("Calls that ended and that nobody wrote up"), AGENT, 96,
    MTB_REPORT_COUNT, get_not_written_up },
};

const guint mtb_report_n_columns = G_N_ELEMENTS (mtb_report_columns);

/**
 * mtb_report_column_is_of:
 * @column: a column
 * @by: a kind of report
 *
 * Returns: whether that kind has it
 */
gboolean
mtb_report_column_is_of (const MtbReportColumn *column, MtbReportBy by)
{
  return (column->kinds & (1U << by)) != 0;
}

/**
 * mtb_report_say_level:
 * @level: a share per thousand, or %MTB_ABSENT
 *
 * Returns: (transfer full): it in per cent with one decimal, without the sign
 */
char *
mtb_report_say_level (gint64 level)
{
  if (level == MTB_ABSENT)
    return g_strdup ("–");
  return mtb_text_localize (g_strdup_printf (
    "%d%s%d", (int) (level / 10), mtb_text_get_decimal_separator (), (int) (level % 10)));
}

/**
 * mtb_report_column_say:
 * @column: a column
 * @row: a row, or a sum of rows
 *
 * Returns: (transfer full): its figure in words
 */
char *
mtb_report_column_say (const MtbReportColumn *column, const MtbCallsReportRow *row)
{
  gint64 figure = column->get (row);

  if (figure == MTB_ABSENT)
    return g_strdup ("–");
  switch (column->unit)
    {
    case MTB_REPORT_SECONDS:
      return mtb_text_duration (figure);
    case MTB_REPORT_LEVEL:
      return mtb_report_say_level (figure);
    default:
      return mtb_text_number (figure);
    }
}

/**
 * mtb_report_say_row:
 * @row: a row, or a sum of rows, which has no id
 *
 * Returns: (transfer full): what it is of
 */
char *
mtb_report_say_row (const MtbCallsReportRow *row)
{
  const char *group = mtb_text_pick (row->group_name, row->group_name_en);
  const char *name = mtb_text_pick (row->name, row->name_en);

  if (row->id == NULL)
    return g_strdup (_ ("Total"));
  if (row->slot_at != MTB_ABSENT)
    return mtb_text_moment (row->slot_at);
  if (group != NULL)
    return g_strdup_printf (C_ ("type of call", "%1$s: %2$s"), group, name);
  return name != NULL ? g_strdup (name) : mtb_text_isolate (row->id);
}

/**
 * mtb_report_get_row_title:
 * @by: a kind of report
 *
 * Returns: what its rows are
 */
const char *
mtb_report_get_row_title (MtbReportBy by)
{
  static const char *const titles[] = { N_ ("Queue"), N_ ("Agent"), N_ ("Type of call"),
                                        N_ ("Half-hour") };

  return gettext (titles[by]);
}

static void
add_row (MtbCallsReportRow *sum, const MtbCallsReportRow *row)
{
  const MtbShape *shape = mtb_calls_report_query.rows;

  for (guint i = 0; i < shape->n_fields; i++)
    {
      const MtbField *field = &shape->fields[i];

      if (field->type == MTB_TYPE_INTEGER || field->type == MTB_TYPE_DURATION)
        mtb_field_set_number (
          field, sum,
          mtb_figure_sum (mtb_field_get_number (field, sum), mtb_field_get_number (field, row)));
    }
}

/**
 * mtb_report_sum:
 * @items: (element-type MtbItem): rows
 *
 * Returns: (transfer full): all together, without an id
 */
MtbCallsReportRow *
mtb_report_sum (GListModel *items)
{
  MtbCallsReportRow *sum = mtb_record_new (mtb_calls_report_query.rows);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (items, i);

      add_row (sum, mtb_item_get_record (item));
    }
  return sum;
}
