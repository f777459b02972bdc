#include "mtb-pbx.h"
#include "mtb-test-department.h"
#include "mtb-total.h"

/* 21:10 on the 28th of October 2022 in UTC: past midnight in Damascus, on the day on which its
 * summer time became the time of all the year. */
#define NIGHT "2022-10-28T21:10:00.000Z"

static MtbTestDepartment *
new_department (const char *zone, const char *from)
{
  MtbTestDepartment *self = mtb_test_department_new ();
  g_autoptr (GTimeZone) time_zone = g_time_zone_new_identifier (zone);

  g_assert_nonnull (time_zone);
  self->totals = mtb_totals_new (time_zone);
  self->log_from = mtb_time_parse (from);
  self->now = self->log_from + MTB_HOUR;
  return self;
}

static void
set_threshold (MtbTestDepartment *self, const char *key, gint64 wait_s)
{
  MtbThresholdSet *threshold = mtb_record_new (&mtb_threshold_set.shape);

  threshold->id = g_strdup (mtb_test_id (key));
  threshold->wait_s = wait_s;
  mtb_test_accept (self, "manager", threshold);
}

/* A department with a threshold of 20 seconds from the beginning of its log on. */
static MtbTestDepartment *
new_measured (void)
{
  MtbTestDepartment *self = new_department ("Asia/Damascus", NIGHT);

  self->now = self->log_from - MTB_HOUR;
  set_threshold (self, "threshold", 20);
  self->now = self->log_from + MTB_HOUR;
  return self;
}

static void
check_figures (MtbTestDepartment *self,
               const char *table,
               const char *figures,
               const char *expected)
{
  g_auto (GStrv) names = g_strsplit (figures, " ", -1);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *sql =
        g_strdup_printf ("SELECT COALESCE (SUM (%s), 0) FROM %s", names[i], table);

      g_string_append_printf (found, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                              mtb_test_count (self, sql));
    }
  g_assert_cmpstr (found->str, ==, expected);
}

#define QUEUE_ENDS \
  "offered answered abandoned timed_out other short_abandons left_after answered_late"
#define QUEUE_TIMES "answered_wait_s talk_s wrap_up_s"
#define AGENT "answered answered_late answered_wait_s talk_s wrap_up_s ended written_up"
#define RECORDS "records solved talk_s wrap_up_s suited suits_s"

/* What was kept up is what a recount gives. */
static void
check_totals (MtbTestDepartment *self)
{
  g_auto (MtbTotalsFault) fault = { 0 };
  g_autoptr (GError) error = NULL;

  mtb_totals_verify (self->totals, self->store, mtb_totals_fault_note, &fault, &error);
  g_assert_no_error (error);
  if (fault.n_wrong > 0)
    g_test_message ("%s %s", fault.table->shape.name, fault.id);
  g_assert_cmpint (fault.n_wrong, ==, 0);
}

static void
check_queue (const char *lines, const char *ends, const char *times)
{
  g_autoptr (MtbTestDepartment) self = new_measured ();

  mtb_test_log (self, lines);
  check_figures (self, "queue_total", QUEUE_ENDS, ends);
  check_figures (self, "queue_total", QUEUE_TIMES, times);
  check_totals (self);
}

#define ENTER "1|r1|support|NONE|ENTERQUEUE||1|1\n"
#define CONNECT(wait) ENTER "30|r1|support|rima|CONNECT|" wait "|u|1\n"

static void
test_how_a_call_ends (void)
{
  check_queue (ENTER, "1 0 0 0 0 0 0 0", "0 0 0");
  check_queue (CONNECT ("20"), "1 1 0 0 0 0 0 0", "20 0 0");
  check_queue (CONNECT ("21"), "1 1 0 0 0 0 0 1", "21 0 0");
  check_queue (CONNECT ("21") "90|r1|support|rima|COMPLETECALLER|21|58|1", "1 1 0 0 0 0 0 1",
               "21 58 0");
  check_queue (CONNECT ("5") "90|r1|support|rima|BLINDTRANSFER|200|in|5|58|1", "1 1 0 0 0 0 0 0",
               "5 58 0");
  check_queue (CONNECT ("5") "90|NONE|NONE|NONE|QUEUESTART", "1 1 0 0 0 0 0 0", "5 0 0");
  check_queue (CONNECT ("25") "31|r1|support|rima|SYSCOMPAT", "1 0 0 0 1 0 1 0", "0 0 0");
  check_queue (ENTER "21|r1|support|NONE|ABANDON|1|1|20", "1 0 1 0 0 1 0 0", "0 0 0");
  check_queue (ENTER "22|r1|support|rima|ABANDON|1|1|21", "1 0 1 0 0 0 1 0", "0 0 0");
  check_queue (ENTER "61|r1|support|NONE|EXITWITHTIMEOUT|1|1|60", "1 0 0 1 0 0 1 0", "0 0 0");
  check_queue (ENTER "11|r1|support|NONE|EXITEMPTY|1|1|10", "1 0 0 0 1 1 0 0", "0 0 0");
  check_queue (ENTER "11|r1|support|NONE|EXITWITHKEY|9|1|1|30", "1 0 0 0 1 0 1 0", "0 0 0");
  check_queue (ENTER "11|NONE|NONE|NONE|QUEUESTART", "1 0 0 0 1 0 0 0", "0 0 0");
}

/* Without a threshold nothing is short or late. */
static void
test_no_threshold_is_known (void)
{
  g_autoptr (MtbTestDepartment) self = new_department ("UTC", NIGHT);

  mtb_test_log (self, CONNECT ("900") "1|r2|support|NONE|ENTERQUEUE||1|1\n"
                                      "902|r2|support|NONE|ABANDON|1|1|901");
  check_figures (self, "queue_total", QUEUE_ENDS, "2 1 1 0 0 0 0 0");
  check_totals (self);
}

/* The threshold holds that was in force when the call entered. */
static void
test_a_new_threshold (void)
{
  g_autoptr (MtbTestDepartment) self = new_measured ();

  self->now = self->log_from + 10 * MTB_SECOND;
  set_threshold (self, "another", 60);
  self->now = self->log_from + MTB_HOUR;
  mtb_test_log (self, "5|r1|support|NONE|ENTERQUEUE||1|1\n"
                      "15|r2|support|NONE|ENTERQUEUE||1|1\n"
                      "45|r1|support|NONE|ABANDON|1|1|40\n"
                      "55|r2|support|NONE|ABANDON|1|1|40");
  check_figures (self, "queue_total", QUEUE_ENDS, "2 0 2 0 0 1 1 0");
  check_totals (self);
}

static void
check_slot (const char *zone, const char *entered, const char *slot, const char *day)
{
  g_autoptr (MtbTestDepartment) self = new_department (zone, entered);
  g_autofree char *slot_at = NULL;
  g_autofree char *day_at = NULL;

  mtb_test_log (self, "0|r1|support|NONE|ENTERQUEUE||1|1\n0|r1|support|rima|CONNECT|0|u|1");
  slot_at = mtb_time_format (mtb_test_count (self, "SELECT slot_at FROM queue_total"));
  day_at = mtb_time_format (mtb_test_count (self, "SELECT day_at FROM agent_total"));
  g_assert_cmpstr (slot_at, ==, slot);
  g_assert_cmpstr (day_at, ==, day);
  check_totals (self);
}

static void
test_days_and_half_hours (void)
{
  check_slot ("UTC", NIGHT, "2022-10-28T21:00:00.000Z", "2022-10-28T00:00:00.000Z");
  check_slot ("Asia/Damascus", "2022-10-27T20:59:00.000Z", "2022-10-27T20:30:00.000Z",
              "2022-10-26T21:00:00.000Z");
  check_slot ("Asia/Damascus", NIGHT, "2022-10-28T21:00:00.000Z", "2022-10-28T21:00:00.000Z");
  /* The clocks went back at midnight, so the 28th had the 23rd hour twice. */
  check_slot ("Asia/Damascus", "2021-10-28T21:40:00.000Z", "2021-10-28T21:30:00.000Z",
              "2021-10-27T21:00:00.000Z");
  check_slot ("Asia/Damascus", "2021-10-28T22:10:00.000Z", "2021-10-28T22:00:00.000Z",
              "2021-10-28T22:00:00.000Z");
  /* They went forward at midnight: the day begins at one. */
  check_slot ("Asia/Damascus", "2022-03-24T22:10:00.000Z", "2022-03-24T22:00:00.000Z",
              "2022-03-24T22:00:00.000Z");
  check_slot ("Asia/Kathmandu", "2022-10-28T18:14:00.000Z", "2022-10-28T17:45:00.000Z",
              "2022-10-27T18:15:00.000Z");
  check_slot ("Asia/Kathmandu", "2022-10-28T18:20:00.000Z", "2022-10-28T18:15:00.000Z",
              "2022-10-28T18:15:00.000Z");
}

/* A talk of 58 seconds that @agent took at second @from. */
static void
talk (MtbTestDepartment *self, const char *reference, int from, const char *agent)
{
  g_autofree char *lines =
    g_strdup_printf ("%d|%s|support|NONE|ENTERQUEUE||0219999999|1\n%d|%s|support|%s|CONNECT|2|u|1\n"
                     "%d|%s|support|%s|COMPLETECALLER|2|58|1",
                     from - 2, reference, from, reference, agent, from + 58, reference, agent);

  mtb_test_log (self, lines);
}

static void
record (MtbTestDepartment *self, const char *name, int from, int until, gint64 wrap_up_s)
{
  MtbCallLog *call = mtb_test_call (self, name);

  call->started_at = self->log_from + from * MTB_SECOND;
  call->ended_at = self->log_from + until * MTB_SECOND;
  call->wrap_up_s = wrap_up_s;
  mtb_test_accept (self, "agent", call);
}

static gboolean
pair (MtbTestDepartment *self, const MtbCommand *command, const char *call_id, const char *pbx_id)
{
  MtbCallJoin *join = mtb_record_new (&command->shape);

  join->call_id = g_strdup (call_id);
  join->pbx_call_id = g_strdup (pbx_id);
  return mtb_test_give (self, "agent", join, NULL);
}

static char *
find_pbx_call (MtbTestDepartment *self, const char *reference)
{
  return mtb_store_select_text (self->store, "SELECT id FROM pbx_call WHERE reference = :reference",
                                MTB_PARAMETERS (MTB_TEXT ("reference", reference)), NULL);
}

static void
test_what_an_agent_took (void)
{
  g_autoptr (MtbTestDepartment) self = new_measured ();

  mtb_test_log (self, CONNECT ("25"));
  check_figures (self, "agent_total", AGENT, "1 1 25 0 0 0 0");
  mtb_test_log (self, "90|r1|support|rima|COMPLETECALLER|25|58|1");
  check_figures (self, "agent_total", AGENT, "1 1 25 58 0 1 0");
  /* Whom nobody knows has no totals; the queue has. */
  mtb_test_log (self, "100|r2|support|NONE|ENTERQUEUE||1|1\n101|r2|support|nobody|CONNECT|1|u|1");
  check_figures (self, "agent_total", AGENT, "1 1 25 58 0 1 0");
  check_figures (self, "queue_total", QUEUE_TIMES, "26 58 0");
  check_totals (self);
}

static void
test_a_record_that_is_joined (void)
{
  g_autoptr (MtbTestDepartment) self = new_measured ();
  g_autofree char *pbx_id = NULL;

  talk (self, "r1", 10, "rima");
  record (self, "call", 10, 68, 40);
  check_figures (self, "agent_total", AGENT, "1 0 2 58 40 1 1");
  check_figures (self, "queue_total", QUEUE_TIMES, "2 58 40");
  pbx_id = find_pbx_call (self, "r1");
  g_assert_true (pair (self, &mtb_call_unjoin, mtb_test_id ("call"), pbx_id));
  check_figures (self, "agent_total", AGENT, "1 0 2 58 0 1 0");
  check_figures (self, "queue_total", QUEUE_TIMES, "2 58 0");
  check_totals (self);
}

/* Joined before its end, the call is written up when it ends. */
static void
test_a_record_that_is_there_first (void)
{
  g_autoptr (MtbTestDepartment) self = new_measured ();

  mtb_test_log (self, CONNECT ("5"));
  record (self, "call", 30, 60, 7);
  check_figures (self, "agent_total", AGENT, "1 0 5 0 7 0 0");
  mtb_test_log (self, "90|r1|support|rima|COMPLETECALLER|5|58|1");
  check_figures (self, "agent_total", AGENT, "1 0 5 58 7 1 1");
  check_totals (self);
}

/* Nor is it answered any more where the two telephones could not be put through. */
static void
test_a_record_of_a_call_that_failed (void)
{
  g_autoptr (MtbTestDepartment) self = new_measured ();

  mtb_test_log (self, CONNECT ("5"));
  record (self, "call", 30, 60, 7);
  mtb_test_log (self, "90|r1|support|rima|SYSCOMPAT");
  check_figures (self, "agent_total", AGENT, "0 0 0 0 0 0 0");
  check_figures (self, "queue_total", QUEUE_TIMES, "0 0 0");
  check_totals (self);
}

/* A call that was passed on is two at the PBX and one record, whose after-call work counts once. */
static void
test_a_record_of_two_calls (void)
{
  g_autoptr (MtbTestDepartment) self = new_measured ();
  const char *const references[] = { "r1", "r2" };

  talk (self, "r1", 10, "rima");
  talk (self, "r2", 4000, "rima");
  record (self, "call", 10, 68, 40);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *pbx_id = find_pbx_call (self, references[i]);

      pair (self, &mtb_call_join, mtb_test_id ("call"), pbx_id);
    }
  check_figures (self, "agent_total", AGENT, "2 0 4 116 40 2 2");
  check_totals (self);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *pbx_id = find_pbx_call (self, references[i]);

      g_assert_true (pair (self, &mtb_call_unjoin, mtb_test_id ("call"), pbx_id));
      check_figures (self, "agent_total", AGENT, i == 0 ? "2 0 4 116 40 2 1" : "2 0 4 116 0 2 0");
      check_totals (self);
    }
}

static void
put_type (MtbTestDepartment *self, const char *name, gint64 suits_s)
{
  MtbCallTypePut *type = mtb_record_new (&mtb_call_type_put.shape);

  type->id = g_strdup (mtb_test_id (name));
  type->parent_id = g_strdup (mtb_test_id ("technical"));
  type->name = g_strdup (name);
  type->name_en = g_strdup (name);
  type->suits_s = suits_s;
  type->position = 1;
  type->active = 1;
  mtb_test_accept (self, "manager", type);
}

/* A record keeps the time that suited its type when it was written. */
static void
test_records (void)
{
  g_autoptr (MtbTestDepartment) self = new_measured ();
  MtbCallAmend *amendment;

  record (self, "call", 10, 68, 40);
  check_figures (self, "record_total", RECORDS, "1 1 58 40 0 0");
  put_type (self, "fault", 180);
  record (self, "another", 100, 200, MTB_ABSENT);
  check_figures (self, "record_total", RECORDS, "2 2 158 40 1 180");
  put_type (self, "fault", 300);
  put_type (self, "question", 90);
  amendment = mtb_test_amendment (self, "another", 1);
  amendment->solved = 0;
  mtb_test_accept (self, "agent", amendment);
  check_figures (self, "record_total", RECORDS, "2 1 158 40 1 180");
  amendment = mtb_test_amendment (self, "another", 2);
  MTB_TEST_SET (amendment, type_id, mtb_test_id ("question"));
  mtb_test_accept (self, "agent", amendment);
  check_figures (self, "record_total WHERE suited > 0", RECORDS, "1 1 100 0 1 90");
  g_assert_cmpint (mtb_test_count (self, "SELECT COUNT(*) FROM record_total"), ==, 2);
  check_totals (self);
}

/* A total of which nothing is left is gone. */
static void
test_nothing_is_left (void)
{
  g_autoptr (MtbTestDepartment) self = new_measured ();
  MtbCallAmend *amendment;

  put_type (self, "question", 90);
  record (self, "call", 10, 68, 40);
  amendment = mtb_test_amendment (self, "call", 1);
  MTB_TEST_SET (amendment, type_id, mtb_test_id ("question"));
  mtb_test_accept (self, "agent", amendment);
  g_assert_cmpint (mtb_test_count (self, "SELECT COUNT(*) FROM record_total"), ==, 1);
}

static void
recount (MtbTestDepartment *self, gint64 n_wrong)
{
  g_auto (MtbTotalsFault) fault = { 0 };
  g_autoptr (GError) error = NULL;

  mtb_totals_recount (self->totals, self->store, &fault, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fault.n_wrong, ==, n_wrong);
  check_totals (self);
}

static void
test_a_recount_mends (void)
{
  g_autoptr (MtbTestDepartment) self = new_measured ();

  recount (self, 0);
  talk (self, "r1", 10, "rima");
  record (self, "call", 10, 68, 40);
  recount (self, 0);
  mtb_store_execute (self->store, "UPDATE agent_total SET talk_s = 59", NULL);
  recount (self, 1);
  check_figures (self, "agent_total", AGENT, "1 0 2 58 40 1 1");
  mtb_store_execute (self->store,
                     "UPDATE queue_total SET id = 'x', slot_at = slot_at + 86400000;"
                     "DELETE FROM record_total",
                     NULL);
  recount (self, 3);
  check_figures (self, "queue_total", QUEUE_ENDS, "1 1 0 0 0 0 0 0");
  check_figures (self, "record_total", RECORDS, "1 1 58 40 0 0");
  recount (self, 0);
}

/* Random work, in order and out of it. */
static const char *const agents[] = { "rima", "samer", "lina" };
static const char *const names[] = { "agent", "colleague", "stranger" };

static void
log_at_random (MtbTestDepartment *self, GRand *rand, guint step)
{
  static const char *const ends[] = {
    "COMPLETECALLER|4|50|", "ABANDON|1|1|", "COMPLETEAGENT|4|70|",
    "EXITWITHTIMEOUT|1|1|", "SYSCOMPAT",    "EXITEMPTY|1|1|",
  };
  guint call = step - (guint) g_rand_int_range (rand, 0, (gint32) MIN (step + 1, 6));
  long at = (long) ((self->now - self->log_from) / MTB_SECOND);
  const char *agent = agents[g_rand_int_range (rand, 0, 3)];
  g_autofree char *wait = g_strdup_printf ("%d", g_rand_int_range (rand, 0, 60));
  g_autofree char *line = NULL;
  guint end = (guint) g_rand_int_range (rand, 0, 40);

  if (end == 39)
    line = g_strdup_printf ("%ld|NONE|NONE|NONE|QUEUESTART", at);
  else if (call == step)
    line = g_strdup_printf ("%ld|r%u|q%u|NONE|ENTERQUEUE||%u|1", at, step, step % 2, step % 7);
  else if (end < 18)
    line = g_strdup_printf ("%ld|r%u|q%u|%s|CONNECT|%s|u|1", at, call, call % 2, agent, wait);
  else
    line = g_strdup_printf ("%ld|r%u|q%u|%s|%s%s", at, call, call % 2,
                            end % 2 == 1 ? "NONE" : agent, ends[end % 6], wait);
  mtb_test_log (self, line);
}

static char *
pick (MtbTestDepartment *self, const char *table, GRand *rand)
{
  g_autofree char *count = g_strdup_printf ("SELECT COUNT(*) FROM %s", table);
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s ORDER BY id LIMIT 1 OFFSET :n", table);
  gint64 n = mtb_test_count (self, count);

  return mtb_store_select_text (
    self->store, sql,
    MTB_PARAMETERS (MTB_NUMBER ("n", n > 0 ? g_rand_int_range (rand, 0, (gint32) n) : 0)), NULL);
}

static void
record_at_random (MtbTestDepartment *self, GRand *rand, guint step)
{
  g_autofree char *name = g_strdup_printf ("call %u", step);
  MtbCallLog *call = mtb_test_call (self, name);

  /* Some come days late, as a desk gives them that was away. */
  call->ended_at =
    self->now - g_rand_int_range (rand, 0, step % 9 == 0 ? 300000 : 400) * MTB_SECOND;
  call->started_at = call->ended_at - g_rand_int_range (rand, 1, 500) * MTB_SECOND;
  call->wrap_up_s = step % 5 == 0 ? MTB_ABSENT : g_rand_int_range (rand, 0, 90);
  call->solved = g_rand_boolean (rand) ? 1 : 0;
  mtb_test_give (self, names[g_rand_int_range (rand, 0, 3)], call, NULL);
}

static void
amend_at_random (MtbTestDepartment *self, GRand *rand, guint step)
{
  g_autofree char *id = pick (self, "call", rand);
  g_autofree char *key = g_strdup_printf ("version %u", step);
  g_autoptr (MtbCall) call = id != NULL ? mtb_test_get (self, &mtb_call_table, id) : NULL;
  g_autoptr (MtbPerson) person =
    call != NULL ? mtb_test_get (self, &mtb_person_table, call->person_id) : NULL;
  MtbCallAmend *amendment;

  if (call == NULL)
    return;
  amendment = mtb_record_new (&mtb_call_amend.shape);
  mtb_record_assign (amendment, call);
  amendment->version_id = g_strdup (mtb_test_id (key));
  amendment->solved = 1 - call->solved;
  MTB_TEST_SET (amendment, type_id, mtb_test_id (step % 2 == 0 ? "fault" : "question"));
  mtb_test_accept (self, person->display_name, amendment);
}

static void
join_at_random (MtbTestDepartment *self, GRand *rand)
{
  g_autofree char *call_id = pick (self, "call", rand);
  g_autofree char *pbx_id = pick (self, "pbx_call", rand);
  g_autofree char *link_id = pick (self, "call_link", rand);
  g_autoptr (MtbCallLink) link =
    link_id != NULL ? mtb_test_get (self, &mtb_call_link_table, link_id) : NULL;

  if (call_id != NULL && pbx_id != NULL)
    pair (self, &mtb_call_join, call_id, pbx_id);
  if (link != NULL && g_rand_boolean (rand))
    pair (self, link->joined == 1 ? &mtb_call_unjoin : &mtb_call_join, link->call_id,
          link->pbx_call_id);
}

static void
work (MtbTestDepartment *self, GRand *rand, guint step)
{
  g_autofree char *key = g_strdup_printf ("threshold %u", step);
  gint32 what = g_rand_int_range (rand, 0, 100);

  self->now += g_rand_int_range (rand, 0, 240) * MTB_SECOND;
  if (what < 60)
    log_at_random (self, rand, step);
  else if (what < 75)
    record_at_random (self, rand, step);
  else if (what < 83)
    amend_at_random (self, rand, step);
  else if (what < 97)
    join_at_random (self, rand);
  else
    set_threshold (self, key, g_rand_int_range (rand, 5, 50));
}

static void
check_random_work (const char *zone, guint32 seed)
{
  g_autoptr (MtbTestDepartment) self = new_department (zone, "2022-10-26T00:00:00.000Z");
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  put_type (self, "question", 90);
  put_type (self, "fault", 200);
  for (guint step = 0; step < 4000; step++)
    work (self, rand, step);
  check_totals (self);
  /* There was some of everything. */
  g_assert_cmpint (mtb_test_count (self, "SELECT SUM (written_up) FROM agent_total"), >, 5);
  g_assert_cmpint (mtb_test_count (self, "SELECT SUM (answered_late) FROM agent_total"), >, 5);
  g_assert_cmpint (mtb_test_count (self, "SELECT SUM (left_after) FROM queue_total"), >, 5);
  g_assert_cmpint (mtb_test_count (self, "SELECT COUNT(*) FROM call_link WHERE joined = 0"), >, 5);
  g_assert_cmpint (mtb_test_count (self, "SELECT COUNT(DISTINCT day_at) FROM agent_total"), >, 3);
  g_assert_cmpint (mtb_test_count (self, "SELECT SUM (offered) FROM queue_total"), ==,
                   mtb_test_count (self, "SELECT COUNT(*) FROM pbx_call"));
}

static void
test_random_work (void)
{
  check_random_work ("Asia/Damascus", 1);
  check_random_work ("Asia/Kathmandu", 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workflow/totals/ends", test_how_a_call_ends);
  g_test_add_func ("/workflow/totals/no-threshold", test_no_threshold_is_known);
  g_test_add_func ("/workflow/totals/new-threshold", test_a_new_threshold);
  g_test_add_func ("/workflow/totals/days", test_days_and_half_hours);
  g_test_add_func ("/workflow/totals/agent", test_what_an_agent_took);
  g_test_add_func ("/workflow/totals/joined", test_a_record_that_is_joined);
  g_test_add_func ("/workflow/totals/record-first", test_a_record_that_is_there_first);
  g_test_add_func ("/workflow/totals/failed", test_a_record_of_a_call_that_failed);
  g_test_add_func ("/workflow/totals/two-calls", test_a_record_of_two_calls);
  g_test_add_func ("/workflow/totals/records", test_records);
  g_test_add_func ("/workflow/totals/nothing-left", test_nothing_is_left);
  g_test_add_func ("/workflow/totals/recount", test_a_recount_mends);
  g_test_add_func ("/workflow/totals/random", test_random_work);
  return g_test_run ();
}
