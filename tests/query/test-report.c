#include "mtb-report-query.h"
#include "mtb-test-department.h"
#include "mtb-total.h"

static MtbTestDepartment *
new_department (void)
{
  MtbTestDepartment *self = mtb_test_department_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  MtbThresholdSet *threshold = mtb_record_new (&mtb_threshold_set.shape);

  self->totals = mtb_totals_new (zone);
  self->log_from = mtb_time_parse ("2026-03-02T08:00:00.000Z");
  self->now = self->log_from - MTB_HOUR;
  threshold->id = g_strdup (mtb_test_id ("threshold"));
  threshold->wait_s = 20;
  mtb_test_accept (self, "manager", threshold);
  self->now = self->log_from + 40 * MTB_DAY;
  return self;
}

static GPtrArray *
ask (MtbTestDepartment *self, const char *name, const MtbQuery *query, gpointer arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbViewer) viewer = mtb_viewer_load (self->store, mtb_test_id (name), &error);
  GPtrArray *rows = query->run (self->store, viewer, arguments, &error);

  g_assert_no_error (error);
  mtb_record_unref (arguments);
  return rows;
}

static GPtrArray *
report (MtbTestDepartment *self, const char *name, MtbReportBy by, int days, const char *queue)
{
  MtbCallsReport *arguments = mtb_record_new (mtb_calls_report_query.arguments);

  arguments->from = mtb_time_parse ("2026-03-02T00:00:00.000Z");
  arguments->to = arguments->from + days * MTB_DAY;
  arguments->by = by;
  arguments->queue = g_strdup (queue);
  return ask (self, name, &mtb_calls_report_query, arguments);
}

static char *
describe_number (gint64 number)
{
  return number == MTB_ABSENT ? g_strdup ("-") : g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

/* The figures of a row from `offered` on, as in the struct. */
static void
check_row (GPtrArray *rows, guint i, const char *id, const char *name, const char *expected)
{
  const MtbCallsReportRow *row = g_ptr_array_index (rows, i);
  const MtbShape *shape = mtb_calls_report_query.rows;
  g_autoptr (GString) found = g_string_new (NULL);
  gboolean begun = FALSE;

  for (guint j = 0; j < shape->n_fields; j++)
    {
      g_autofree char *number = NULL;

      begun = begun || g_str_equal (shape->fields[j].name, "offered");
      if (!begun)
        continue;
      number = describe_number (mtb_field_get_number (&shape->fields[j], row));
      g_string_append_printf (found, "%s%s", found->len > 0 ? " " : "", number);
    }
  g_assert_cmpstr (row->id, ==, id);
  g_assert_cmpstr (row->name, ==, name);
  g_assert_cmpstr (found->str, ==, expected);
}

static void
call (MtbTestDepartment *self, int at, const char *queue, const char *agent, int wait, int talk)
{
  g_autofree char *lines = g_strdup_printf (
    "%d|r%d%s|%s|NONE|ENTERQUEUE||0114018827|1\n%d|r%d%s|%s|%s|%s%d|u|%d\n"
    "%d|r%d%s|%s|%s|COMPLETECALLER|%d|%d|1",
    at, at, queue, queue, at + wait, at, queue, queue, agent != NULL ? agent : "NONE",
    agent != NULL ? "CONNECT|" : "ABANDON|1|", wait, wait, at + wait + talk, at, queue, queue,
    agent != NULL ? agent : "NONE", wait, talk);

  mtb_test_log (self, lines);
}

static void
write_up (MtbTestDepartment *self, const char *who, const char *name, int from, gint64 wrap_up_s)
{
  MtbCallLog *record = mtb_test_call (self, name);

  record->started_at = self->log_from + from * MTB_SECOND;
  record->ended_at = record->started_at + 50 * MTB_SECOND;
  record->wrap_up_s = wrap_up_s;
  mtb_test_accept (self, who, record);
}

static void
fill (MtbTestDepartment *self)
{
  call (self, 0, "support", "rima", 5, 50);
  call (self, 100, "support", "rima", 25, 70);
  call (self, 200, "support", NULL, 10, 0);
  call (self, 300, "sales", NULL, 30, 0);
  call (self, 2000, "support", "samer", 5, 10);
  call (self, 2100, "support", "lina", 5, 20);
  call (self, 86400, "support", "rima", 5, 500);
  mtb_test_log (self, "3700|w|sales|NONE|ENTERQUEUE||1|1");
  write_up (self, "agent", "one", 5, 40);
  write_up (self, "followup", "two", 7000, 8);
}

static void
test_by_queue (void)
{
  g_autoptr (MtbTestDepartment) self = new_department ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) support = NULL;
  g_autoptr (GPtrArray) longer = NULL;

  fill (self);
  rows = report (self, "manager", MTB_REPORT_BY_QUEUE, 1, NULL);
  g_assert_cmpuint (rows->len, ==, 2);
  check_row (rows, 0, "sales", "sales", "2 0 1 0 0 0 1 0 0 0 0 - - - - -");
  check_row (rows, 1, "support", "support", "5 4 1 0 0 1 0 1 40 150 40 - - - - -");
  support = report (self, "supervisor", MTB_REPORT_BY_QUEUE, 1, "support");
  g_assert_cmpuint (support->len, ==, 1);
  check_row (support, 0, "support", "support", "5 4 1 0 0 1 0 1 40 150 40 - - - - -");
  longer = report (self, "quality", MTB_REPORT_BY_QUEUE, 2, "support");
  check_row (longer, 0, "support", "support", "6 5 1 0 0 1 0 1 45 650 40 - - - - -");
}

static void
test_by_half_hour (void)
{
  g_autoptr (MtbTestDepartment) self = new_department ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) sales = NULL;

  fill (self);
  rows = report (self, "manager", MTB_REPORT_BY_SLOT, 1, NULL);
  g_assert_cmpuint (rows->len, ==, 3);
  check_row (rows, 0, "2026-03-02T08:00:00.000Z", NULL, "4 2 2 0 0 1 1 1 30 120 40 - - - - -");
  check_row (rows, 1, "2026-03-02T08:30:00.000Z", NULL, "2 2 0 0 0 0 0 0 10 30 0 - - - - -");
  check_row (rows, 2, "2026-03-02T09:00:00.000Z", NULL, "1 0 0 0 0 0 0 0 0 0 0 - - - - -");
  g_assert_cmpint (((MtbCallsReportRow *) g_ptr_array_index (rows, 1))->slot_at, ==,
                   self->log_from + 30 * MTB_MINUTE);
  sales = report (self, "manager", MTB_REPORT_BY_SLOT, 1, "sales");
  g_assert_cmpuint (sales->len, ==, 2);
}

static void
test_by_agent (void)
{
  g_autoptr (MtbTestDepartment) self = new_department ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) team = NULL;
  g_autoptr (GPtrArray) own = NULL;

  fill (self);
  rows = report (self, "manager", MTB_REPORT_BY_AGENT, 1, NULL);
  g_assert_cmpuint (rows->len, ==, 4);
  check_row (rows, 0, mtb_test_id ("agent"), "agent", "- 2 - - - - - 1 30 120 40 1 1 1 0 0");
  check_row (rows, 1, mtb_test_id ("colleague"), "colleague", "- 1 - - - - - 0 5 10 0 1 0 0 0 0");
  check_row (rows, 2, mtb_test_id ("followup"), "followup", "- 0 - - - - - 0 0 0 0 0 1 1 0 0");
  check_row (rows, 3, mtb_test_id ("stranger"), "stranger", "- 1 - - - - - 0 5 20 0 1 0 0 0 0");
  team = report (self, "supervisor", MTB_REPORT_BY_AGENT, 1, NULL);
  g_assert_cmpuint (team->len, ==, 2);
  own = report (self, "agent", MTB_REPORT_BY_AGENT, 1, NULL);
  g_assert_cmpuint (own->len, ==, 1);
}

static void
test_by_type (void)
{
  g_autoptr (MtbTestDepartment) self = new_department ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) team = NULL;
  const MtbCallsReportRow *row;

  fill (self);
  rows = report (self, "manager", MTB_REPORT_BY_TYPE, 1, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  check_row (rows, 0, mtb_test_id ("fault"), "fault", "- - - - - - - - - 100 48 - 2 2 0 0");
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->name_en, ==, "fault");
  g_assert_cmpstr (row->group_name, ==, "technical");
  g_assert_cmpstr (row->group_name_en, ==, "technical");
  g_assert_cmpint (mtb_calls_report_get_handle_time (row), ==, 74);
  team = report (self, "supervisor", MTB_REPORT_BY_TYPE, 1, NULL);
  check_row (team, 0, mtb_test_id ("fault"), "fault", "- - - - - - - - - 50 40 - 1 1 0 0");
}

/* The totals of all queues are not for everybody. */
static void
test_who_sees_the_queues (void)
{
  g_autoptr (MtbTestDepartment) self = new_department ();
  const char *const nobody[] = { "agent", "followup", "field", "finance", "department", "admin" };

  fill (self);
  for (guint i = 0; i < G_N_ELEMENTS (nobody); i++)
    {
      g_autoptr (GPtrArray) queues = report (self, nobody[i], MTB_REPORT_BY_QUEUE, 1, NULL);
      g_autoptr (GPtrArray) slots = report (self, nobody[i], MTB_REPORT_BY_SLOT, 1, NULL);

      g_assert_cmpuint (queues->len + slots->len, ==, 0);
    }
}

/* The example that is worked out where the definitions are compared: 1000 answered, of these 860 in
 * time, 60 abandoned, of these 10 short. */
static void
test_figures (void)
{
  g_autoptr (MtbCallsReportRow) row = mtb_record_new (mtb_calls_report_query.rows);
  g_autoptr (MtbCallsReportRow) sum = mtb_record_new (mtb_calls_report_query.rows);

  g_assert_cmpint (mtb_calls_report_get_service_level (row), ==, MTB_ABSENT);
  g_assert_cmpint (mtb_calls_report_get_handle_time (row), ==, MTB_ABSENT);
  row->offered = 1060;
  row->answered = 1000;
  row->answered_late = 140;
  row->abandoned = 50;
  row->timed_out = 7;
  row->other = 3;
  row->short_abandons = 10;
  row->answered_wait_s = 12500;
  row->talk_s = 180000;
  row->wrap_up_s = 20499;
  g_assert_cmpint (mtb_calls_report_get_service_level (row), ==, 819);
  g_assert_cmpint (mtb_calls_report_get_strict_service_level (row), ==, 811);
  g_assert_cmpint (mtb_calls_report_get_answer_speed (row), ==, 13);
  g_assert_cmpint (mtb_calls_report_get_handle_time (row), ==, 200);
  mtb_calls_report_add (sum, row);
  mtb_calls_report_add (sum, row);
  g_assert_cmpint (sum->offered, ==, 2120);
  g_assert_cmpint (sum->records, ==, MTB_ABSENT);
  g_assert_null (sum->id);
  g_assert_cmpint (mtb_calls_report_get_service_level (sum), ==, 819);
  row->answered = row->answered_late = 0;
  row->abandoned = 10;
  row->timed_out = row->other = 0;
  g_assert_cmpint (mtb_calls_report_get_service_level (row), ==, MTB_ABSENT);
  g_assert_cmpint (mtb_calls_report_get_strict_service_level (row), ==, 0);
  g_assert_cmpint (mtb_calls_report_get_answer_speed (row), ==, MTB_ABSENT);
}

static guint
count_calls (MtbTestDepartment *self, const char *name, MtbPbxCallSearch *search)
{
  g_autoptr (GPtrArray) rows = ask (self, name, &mtb_pbx_calls_query, search);

  return rows->len;
}

static MtbPbxCallSearch *
search_part (gint64 part)
{
  MtbPbxCallSearch *search = mtb_record_new (mtb_pbx_calls_query.arguments);

  search->part = part;
  return search;
}

/* Behind each figure stand as many calls as it says. */
static void
test_the_calls_behind_a_figure (void)
{
  static const struct
  {
    MtbCallPart part;
    const char *sql;
  } parts[] = {
    { MTB_CALL_PART_OFFERED, "SELECT SUM (offered) FROM queue_total" },
    { MTB_CALL_PART_ANSWERED, "SELECT SUM (answered) FROM queue_total" },
    { MTB_CALL_PART_UNANSWERED, "SELECT SUM (left_after + answered_late) FROM queue_total" },
    { MTB_CALL_PART_LEFT_AFTER, "SELECT SUM (left_after) FROM queue_total" },
    { MTB_CALL_PART_ANSWERED_LATE, "SELECT SUM (answered_late) FROM queue_total" },
    { MTB_CALL_PART_SHORT, "SELECT SUM (short_abandons) FROM queue_total" },
    { MTB_CALL_PART_WAITING,
      "SELECT SUM (offered - answered - abandoned - timed_out - other) FROM queue_total" },
    { MTB_CALL_PART_NOT_WRITTEN_UP, "SELECT SUM (ended - written_up) FROM agent_total" },
  };

  g_autoptr (MtbTestDepartment) self = new_department ();

  fill (self);
  mtb_test_log (self, "4000|x|sales|NONE|ENTERQUEUE||1|1\n4030|x|sales|rima|CONNECT|30|u|1\n"
                      "4001|y|sales|NONE|ENTERQUEUE||1|1\n4040|z|NONE|NONE|QUEUESTART");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gint64 n = mtb_test_count (self, parts[i].sql);

      g_assert_cmpint (count_calls (self, "manager", search_part (parts[i].part)), ==, n);
      g_assert_true (n > 0 || parts[i].part == MTB_CALL_PART_WAITING);
    }
}

static void
test_a_call_in_full (void)
{
  g_autoptr (MtbTestDepartment) self = new_department ();
  MtbPbxCallSearch *search = search_part (MTB_ABSENT);
  g_autoptr (GPtrArray) rows = NULL;
  const MtbPbxCallRow *row;

  fill (self);
  search->person_id = g_strdup (mtb_test_id ("agent"));
  search->limit = 2;
  rows = ask (self, "manager", &mtb_pbx_calls_query, search);
  g_assert_cmpuint (rows->len, ==, 2);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpint (row->entered_at, ==, self->log_from);
  g_assert_cmpstr (row->person_name, ==, "agent");
  g_assert_cmpstr (row->customer_id, ==, mtb_test_id ("omar"));
  g_assert_cmpstr (row->call_id, ==, mtb_test_id ("one"));
  g_assert_cmpint (row->threshold_s, ==, 20);
  row = g_ptr_array_index (rows, 1);
  g_assert_cmpint (row->entered_at, ==, self->log_from + 100 * MTB_SECOND);
  g_assert_null (row->call_id);
}

static void
test_narrowed_down (void)
{
  g_autoptr (MtbTestDepartment) self = new_department ();
  MtbPbxCallSearch *search;

  fill (self);
  search = search_part (MTB_ABSENT);
  search->queue = g_strdup ("sales");
  g_assert_cmpuint (count_calls (self, "manager", search), ==, 2);
  search = search_part (MTB_ABSENT);
  search->from = self->log_from + 100 * MTB_SECOND;
  search->until = self->log_from + 300 * MTB_SECOND;
  g_assert_cmpuint (count_calls (self, "manager", search), ==, 2);
}

/* Nobody's calls are seen by supervisors, to whom only those of their team are shown otherwise. */
static void
test_who_sees_which_calls (void)
{
  g_autoptr (MtbTestDepartment) self = new_department ();

  fill (self);
  g_assert_cmpuint (count_calls (self, "manager", search_part (MTB_ABSENT)), ==, 8);
  g_assert_cmpuint (count_calls (self, "supervisor", search_part (MTB_ABSENT)), ==, 7);
  g_assert_cmpuint (count_calls (self, "agent", search_part (MTB_ABSENT)), ==, 3);
  g_assert_cmpuint (count_calls (self, "finance", search_part (MTB_ABSENT)), ==, 0);
}

/* More are looked through than are read at once, and as many come as were wanted. */
static void
test_many (void)
{
  g_autoptr (MtbTestDepartment) self = new_department ();
  g_autofree char *entered = g_strdup_printf ("%" G_GINT64_FORMAT, self->log_from);
  g_autofree char *sql = g_strdup_printf (
    "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2499)"
    " INSERT INTO pbx_call (id, reference, queue, entered_at, ended_at, wait_s, outcome,"
    " threshold_s) SELECT CAST (10000 + i AS TEXT), 'r', 'q', %s + i / 3, 0,"
    " CASE WHEN i >= 2450 OR i / 20 = 50 OR i = 999 THEN 30 ELSE 5 END, 'abandoned', 20 FROM n",
    entered);

  mtb_store_execute (self->store, sql, NULL);
  g_assert_cmpuint (count_calls (self, "manager", search_part (MTB_CALL_PART_LEFT_AFTER)), ==, 71);
  g_assert_cmpuint (count_calls (self, "manager", search_part (MTB_CALL_PART_SHORT)), ==, 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query/report/queue", test_by_queue);
  g_test_add_func ("/query/report/half-hour", test_by_half_hour);
  g_test_add_func ("/query/report/agent", test_by_agent);
  g_test_add_func ("/query/report/type", test_by_type);
  g_test_add_func ("/query/report/who-sees-queues", test_who_sees_the_queues);
  g_test_add_func ("/query/report/figures", test_figures);
  g_test_add_func ("/query/report/behind", test_the_calls_behind_a_figure);
  g_test_add_func ("/query/report/in-full", test_a_call_in_full);
  g_test_add_func ("/query/report/narrowed", test_narrowed_down);
  g_test_add_func ("/query/report/who-sees-calls", test_who_sees_which_calls);
  g_test_add_func ("/query/report/many", test_many);
  return g_test_run ();
}
