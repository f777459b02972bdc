#include "mtb-pbx.h"
#include "mtb-test-floor.h"

typedef struct
{
  MtbTestDepartment *department;
} Fixture;

static void
setup (Fixture *self, gconstpointer data)
{
  self->department = mtb_test_department_new ();
}

static void
teardown (Fixture *self, gconstpointer data)
{
  mtb_test_department_free (self->department);
}

static void
observe (Fixture *self, const char *lines)
{
  mtb_test_log (self->department, lines);
}

static gint64
at (Fixture *self, int second)
{
  return self->department->log_from + second * MTB_SECOND;
}

static gint64
count (Fixture *self, const char *sql)
{
  return mtb_test_count (self->department, sql);
}

static MtbPbxCall *
get_last (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  MtbPbxCall *call = mtb_store_select_one (
    self->department->store, &mtb_pbx_call_table.shape,
    "SELECT $columns(p) FROM pbx_call p ORDER BY p.entered_at DESC LIMIT 1", NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (call);
  return call;
}

static void
check_kept (Fixture *self, const char *event, const char *data)
{
  g_autofree char *kept = mtb_store_select_text (self->department->store,
                                                 "SELECT data FROM pbx_event WHERE event = :event",
                                                 MTB_PARAMETERS (MTB_TEXT ("event", event)), NULL);

  g_assert_cmpstr (kept, ==, data);
}

#define ENTER "10|r1|support|NONE|ENTERQUEUE||0114018827|1\n"
#define CONNECT ENTER "15|r1|support|rima|CONNECT|5|agent-channel|3\n"

static void
test_entering (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbPbxCall) call = NULL;

  observe (self, ENTER);
  call = get_last (self);
  g_assert_cmpstr (call->reference, ==, "r1");
  g_assert_cmpstr (call->queue, ==, "support");
  g_assert_cmpstr (call->number, ==, "0114018827");
  g_assert_cmpint (call->entered_at, ==, at (self, 10));
  g_assert_cmpint (call->outcome, ==, MTB_OUTCOME_WAITING);
  g_assert_cmpint (call->ended_at, ==, MTB_ABSENT);
  g_assert_cmpint (call->wait_s, ==, MTB_ABSENT);
  g_assert_null (call->person_id);
  g_assert_null (call->agent_name);
}

static void
test_numbers_are_digits (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbPbxCall) blank = NULL;
  g_autoptr (MtbPbxCall) abroad = NULL;

  observe (self, "10|r1|support|NONE|ENTERQUEUE|||1");
  blank = get_last (self);
  g_assert_true (blank->number == NULL || *blank->number == '\0');
  observe (self, "11|r2|support|NONE|ENTERQUEUE||+963-11 4018827|1");
  abroad = get_last (self);
  g_assert_cmpstr (abroad->number, ==, "963114018827");
}

/* What no column holds is left out, or cut. */
static void
test_what_is_too_long (Fixture *self, gconstpointer data)
{
  g_autofree char *digits = g_strnfill (41, '7');
  g_autofree char *enter = g_strdup_printf ("10|r1|support|NONE|ENTERQUEUE||%s|1", digits);
  g_autofree char *reasons = g_strnfill (79, 'x');
  g_autofree char *pause = g_strdup_printf ("11|NONE|support|rima|PAUSE|%sشاي", reasons);
  g_autofree char *reason = g_strconcat (reasons, "ش", NULL);
  g_autofree char *kept = NULL;
  g_autoptr (MtbPbxCall) call = NULL;

  observe (self, enter);
  call = get_last (self);
  g_assert_null (call->number);
  observe (self, pause);
  kept =
    mtb_store_select_text (self->department->store, "SELECT reason FROM pbx_pause", NULL, NULL);
  g_assert_cmpstr (kept, ==, reason);
}

/* The clock of the PBX was set back meanwhile. */
static void
test_no_time_is_less_than_none (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbPbxCall) call = NULL;

  observe (self, ENTER "9|r1|support|NONE|ABANDON");
  call = get_last (self);
  g_assert_cmpint (call->wait_s, ==, 0);
}

/* CONNECT says the ringing in seconds, RINGNOANSWER in milliseconds: it is no call's ringing. */
static void
test_answer (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbPbxCall) call = NULL;

  observe (self, ENTER "12|r1|support|lina|RINGNOANSWER|5000\n"
                       "13|r1|support|lina|RINGCANCELED|1000\n"
                       "15|r1|support|rima|CONNECT|5|agent-channel|3");
  call = get_last (self);
  g_assert_cmpint (call->outcome, ==, MTB_OUTCOME_TALKING);
  g_assert_cmpint (call->connected_at, ==, at (self, 15));
  g_assert_cmpint (call->wait_s, ==, 5);
  g_assert_cmpint (call->ring_s, ==, 3);
  g_assert_cmpstr (call->agent_name, ==, "rima");
  g_assert_cmpstr (call->person_id, ==, mtb_test_id ("agent"));
  check_kept (self, "RINGNOANSWER", "5000||||");
  check_kept (self, "RINGCANCELED", "1000||||");
}

static void
test_an_agent_who_is_nobody_here (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbPbxCall) call = NULL;

  observe (self, ENTER "15|r1|support|unknown|CONNECT|5|u|3");
  call = get_last (self);
  g_assert_cmpstr (call->agent_name, ==, "unknown");
  g_assert_null (call->person_id);
}

static void
check_end (const char *line, MtbOutcome outcome, gint64 wait_s, gint64 talk_s, gboolean connected)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  Fixture self = { department };
  g_autoptr (MtbPbxCall) call = NULL;

  observe (&self, connected ? CONNECT : ENTER);
  observe (&self, line);
  call = get_last (&self);
  g_assert_cmpint (call->outcome, ==, outcome);
  g_assert_cmpint (call->wait_s, ==, wait_s);
  g_assert_cmpint (call->talk_s, ==, talk_s);
  g_assert_cmpint (call->ended_at, ==, at (&self, 100));
  g_assert_cmpint (call->person_id != NULL, ==, connected);
  g_assert_cmpint (count (&self, "SELECT COUNT(*) FROM pbx_event"), ==, 0);
}

static void
test_ends_of_waiting (void)
{
  check_end ("100|r1|support|NONE|ABANDON|1|1|89", MTB_OUTCOME_ABANDONED, 89, MTB_ABSENT, FALSE);
  check_end ("100|r1|support|NONE|EXITWITHTIMEOUT|1|1|88", MTB_OUTCOME_TIMED_OUT, 88, MTB_ABSENT,
             FALSE);
  check_end ("100|r1|support|NONE|EXITEMPTY|1|1|87", MTB_OUTCOME_LEFT_EMPTY, 87, MTB_ABSENT, FALSE);
  check_end ("100|r1|support|NONE|EXITWITHKEY|9|1|1|86", MTB_OUTCOME_LEFT_BY_KEY, 86, MTB_ABSENT,
             FALSE);
  check_end ("100|r1|support|NONE|WITHDRAW|1|1|85|why", MTB_OUTCOME_WITHDRAWN, 85, MTB_ABSENT,
             FALSE);
  check_end ("100|r1|support|rima|SYSCOMPAT|", MTB_OUTCOME_FAILED, 90, MTB_ABSENT, FALSE);
}

static void
test_ends_of_talking (void)
{
  check_end ("100|r1|support|rima|COMPLETEAGENT|5|84|1", MTB_OUTCOME_COMPLETED, 5, 84, TRUE);
  check_end ("100|r1|support|rima|COMPLETECALLER|5|83|1", MTB_OUTCOME_COMPLETED, 5, 83, TRUE);
  check_end ("100|r1|support|rima|BLINDTRANSFER|200|inside|5|82|1", MTB_OUTCOME_TRANSFERRED, 5, 82,
             TRUE);
  check_end ("100|r1|support|rima|ATTENDEDTRANSFER|BRIDGE|id|5|81|1", MTB_OUTCOME_TRANSFERRED, 5,
             81, TRUE);
  check_end ("100|r1|support|rima|ATTENDEDTRANSFER|APP|id|5|80|1", MTB_OUTCOME_TRANSFERRED, 5, 80,
             TRUE);
  check_end ("100|r1|support|rima|ATTENDEDTRANSFER|LINK|one|other|5|79|1", MTB_OUTCOME_TRANSFERRED,
             5, 79, TRUE);
  check_end ("100|r1|support|rima|TRANSFER|200|inside|5|78|1", MTB_OUTCOME_TRANSFERRED, 5, 78,
             TRUE);
}

/* Where the log does not say how long, the times do. */
static void
test_missing_durations (void)
{
  check_end ("100|r1|support|NONE|ABANDON", MTB_OUTCOME_ABANDONED, 90, MTB_ABSENT, FALSE);
  check_end ("100|r1|support|NONE|ABANDON|1|1|-3", MTB_OUTCOME_ABANDONED, 90, MTB_ABSENT, FALSE);
  check_end ("100|r1|support|rima|COMPLETEAGENT|5|x", MTB_OUTCOME_COMPLETED, 5, 85, TRUE);
}

/* The caller hung up just before the two were put through: the agent named did not take it. */
static void
test_abandoned_with_an_agents_name (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbPbxCall) call = NULL;

  observe (self, ENTER "20|r1|support|rima|ABANDON|1|1|10");
  call = get_last (self);
  g_assert_cmpint (call->outcome, ==, MTB_OUTCOME_ABANDONED);
  g_assert_cmpstr (call->agent_name, ==, "rima");
  g_assert_null (call->person_id);
  g_assert_cmpint (call->connected_at, ==, MTB_ABSENT);
  g_assert_false (mtb_outcome_is_answered (call->outcome));
}

/* The agent hung up on the announcement; Asterisk lets the caller wait for the next. */
static void
test_dumped_by_an_agent (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbPbxCall) call = NULL;

  observe (self, ENTER "14|r1|support|lina|AGENTDUMP|\n"
                       "20|r1|support|rima|CONNECT|10|u|2\n"
                       "30|r1|support|rima|COMPLETECALLER|10|10|1");
  call = get_last (self);
  g_assert_cmpint (call->outcome, ==, MTB_OUTCOME_COMPLETED);
  g_assert_cmpstr (call->person_id, ==, mtb_test_id ("agent"));
  check_kept (self, "AGENTDUMP", "||||");
}

static void
test_what_does_not_follow_is_kept (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbPbxCall) before = NULL;
  g_autoptr (MtbPbxCall) after = NULL;

  observe (self, CONNECT "60|r1|support|rima|COMPLETEAGENT|5|45|1");
  before = get_last (self);
  observe (self, "61|r1|support|rima|CONNECT|5|u|3\n"
                 "62|r1|support|NONE|ABANDON|1|1|62");
  after = get_last (self);
  g_assert_true (mtb_record_equal (before, after));
  check_kept (self, "CONNECT", "5|u|3||");
  check_kept (self, "ABANDON", "1|1|62||");
}

/* The log may begin in the middle of a call. */
static void
test_unknown_calls_are_kept (Fixture *self, gconstpointer data)
{
  observe (self, "10|r9|support|rima|COMPLETEAGENT|5|45|1");
  g_assert_cmpint (count (self, "SELECT COUNT(*) FROM pbx_call"), ==, 0);
  check_kept (self, "COMPLETEAGENT", "5|45|1||");
}

static void
test_unknown_events_are_kept (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbPbxEvent) event = NULL;

  observe (self, ENTER "11|r1|support|NONE|DID|0119999|a|b|c|d\n"
                       "12|r1|NONE|rima|WRAPUPSTART|30\n"
                       "13|NONE|NONE|NONE|CONFIGRELOAD|\n"
                       "14|MANAGER|support|rima|ADDMEMBER|PAUSED");
  check_kept (self, "DID", "0119999|a|b|c|d");
  check_kept (self, "WRAPUPSTART", "30||||");
  check_kept (self, "CONFIGRELOAD", "||||");
  check_kept (self, "ADDMEMBER", "PAUSED||||");
  event =
    mtb_store_select_one (self->department->store, &mtb_pbx_event_table.shape,
                          "SELECT $columns(e) FROM pbx_event e WHERE e.event = 'DID'", NULL, NULL);
  g_assert_cmpstr (event->reference, ==, "r1");
  g_assert_cmpstr (event->queue, ==, "support");
  g_assert_cmpint (event->happened_at, ==, at (self, 11));
}

static void
test_each_stay_in_a_queue_is_one (Fixture *self, gconstpointer data)
{
  observe (self, ENTER "20|r1|support|NONE|EXITWITHTIMEOUT|1|1|10\n"
                       "21|r1|corporate|NONE|ENTERQUEUE||0114018827|1\n"
                       "30|r1|corporate|NONE|EXITWITHTIMEOUT|1|1|9\n"
                       "31|r1|support|NONE|ENTERQUEUE||0114018827|1\n"
                       "35|r1|support|rima|CONNECT|4|u|1");
  g_assert_cmpint (count (self, "SELECT COUNT(*) FROM pbx_call"), ==, 3);
  g_assert_cmpint (count (self, "SELECT COUNT(*) FROM pbx_call WHERE outcome = 'timed_out'"), ==,
                   2);
  g_assert_cmpint (count (self, "SELECT wait_s FROM pbx_call WHERE outcome = 'talking'"), ==, 4);
}

static void
test_threshold_of_the_entry_holds (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbPbxCall) call = NULL;

  g_assert_true (
    mtb_store_execute (self->department->store, "INSERT INTO threshold VALUES ('a', 20, 0)", NULL));
  observe (self, ENTER);
  g_assert_true (mtb_store_run (self->department->store,
                                "INSERT INTO threshold VALUES ('b', 60, :from)",
                                MTB_PARAMETERS (MTB_NUMBER ("from", at (self, 12))), NULL));
  observe (self, "11|r2|support|NONE|ENTERQUEUE||1|1\n"
                 "12|r3|support|NONE|ENTERQUEUE||2|1\n"
                 "90|r1|support|NONE|ABANDON|1|1|80");
  g_assert_cmpint (count (self, "SELECT threshold_s FROM pbx_call WHERE reference = 'r1'"), ==, 20);
  g_assert_cmpint (count (self, "SELECT threshold_s FROM pbx_call WHERE reference = 'r2'"), ==, 20);
  g_assert_cmpint (count (self, "SELECT threshold_s FROM pbx_call WHERE reference = 'r3'"), ==, 60);
}

/* A call of next week would be in no list and in a total of next week, and no start would lose it. */
static void
test_a_clock_that_is_ahead (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbPbxCall) call = NULL;
  gint64 now = self->department->now;

  observe (self, "600000|r1|support|NONE|ENTERQUEUE||0114018827|1\n"
                 "600005|r1|support|rima|CONNECT|5|agent-channel|3\n"
                 "600065|r1|support|rima|COMPLETEAGENT|5|60|1");
  call = get_last (self);
  g_assert_cmpint (call->entered_at, ==, now);
  g_assert_cmpint (call->connected_at, ==, now);
  g_assert_cmpint (call->ended_at, ==, now);
  g_assert_cmpint (call->talk_s, ==, 60);
  observe (self, "600070|r2|support|NONE|ENTERQUEUE||1|1\n"
                 "600070|NONE|support|rima|PAUSE|tea");
  self->department->now += MTB_MINUTE;
  observe (self, "3660|NONE|NONE|NONE|QUEUESTART|");
  g_assert_cmpint (count (self, "SELECT COUNT(*) FROM pbx_call WHERE outcome = 'lost'"), ==, 1);
  g_assert_cmpint (count (self, "SELECT MAX(ended_at) FROM pbx_pause"), ==, at (self, 3660));
}

/* Nor is what an agent does next behind it. */
static void
test_an_agent_of_a_clock_that_is_ahead (Fixture *self, gconstpointer data)
{
  mtb_test_set_minute (self->department, 0);
  mtb_test_accept (self->department, "agent",
                   mtb_test_move (self->department, MTB_PRESENCE_ACT_BEGIN));
  mtb_test_set_minute (self->department, 5);
  observe (self, "600000|r1|support|NONE|ENTERQUEUE||0114018827|1\n"
                 "600005|r1|support|rima|CONNECT|5|agent-channel|3");
  mtb_test_set_minute (self->department, 10);
  mtb_test_accept (self->department, "agent",
                   mtb_test_move (self->department, MTB_PRESENCE_ACT_HANG_UP));
  mtb_test_check_stretches (self->department, "agent",
                            "available:begin 0-5 on_call:answer 5-10 wrap_up:hang_up 10-");
}

#define PAUSES "SELECT COUNT(*) FROM pbx_pause"

/* The same pause stands in the log for all queues and for each; they end each by its own line. */
static void
test_pause_for_all_and_for_each (Fixture *self, gconstpointer data)
{
  observe (self, "10|NONE|NONE|rima|PAUSEALL|\n"
                 "10|NONE|support|rima|PAUSE|tea\n"
                 "10|NONE|corporate|rima|PAUSE|tea\n"
                 "11|NONE|support|lina|PAUSE|form");
  g_assert_cmpint (count (self, PAUSES " WHERE person_id IS NOT NULL"), ==, 4);
  g_assert_cmpint (count (self, PAUSES " WHERE queue IS NULL"), ==, 1);
  observe (self, "40|NONE|NONE|rima|UNPAUSEALL|");
  g_assert_cmpint (count (self, PAUSES " WHERE ended_at IS NULL"), ==, 3);
  observe (self, "41|NONE|support|rima|UNPAUSE|");
  g_assert_cmpint (count (self, PAUSES " WHERE ended_at IS NULL AND agent_name = 'rima'"), ==, 1);
  observe (self, "42|NONE|corporate|rima|UNPAUSE|\n43|NONE|corporate|rima|UNPAUSE|");
  g_assert_cmpint (count (self, PAUSES " WHERE ended_at IS NULL"), ==, 1);
  g_assert_cmpint (count (self, PAUSES), ==, 4);
  g_assert_cmpint (count (self, "SELECT MAX(ended_at) FROM pbx_pause"), ==, at (self, 42));
}

static void
test_pause_with_a_new_reason (Fixture *self, gconstpointer data)
{
  observe (self, "10|NONE|support|rima|PAUSE|tea\n"
                 "30|NONE|support|rima|PAUSE|form\n"
                 "50|NONE|support|rima|UNPAUSE|");
  g_assert_cmpint (count (self, PAUSES), ==, 2);
  g_assert_cmpint (count (self, "SELECT ended_at FROM pbx_pause WHERE reason = 'tea'"), ==,
                   at (self, 30));
  g_assert_cmpint (count (self, "SELECT started_at FROM pbx_pause WHERE reason = 'form'"), ==,
                   at (self, 30));
  g_assert_cmpint (count (self, "SELECT ended_at FROM pbx_pause WHERE reason = 'form'"), ==,
                   at (self, 50));
}

/* After a restart the log never tells how these ended. */
static void
test_a_start_loses_what_is_open (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbPbxCall) call = NULL;

  observe (self, CONNECT "16|r2|support|NONE|ENTERQUEUE||1|1\n"
                         "17|r3|support|NONE|ENTERQUEUE||2|1\n"
                         "18|r3|support|NONE|ABANDON|1|1|1\n"
                         "19|NONE|support|lina|PAUSE|tea\n"
                         "20|NONE|NONE|rima|PAUSEALL|\n"
                         "30|NONE|NONE|NONE|QUEUESTART|\n"
                         "40|r4|support|NONE|ENTERQUEUE||3|1");
  g_assert_cmpint (count (self, "SELECT COUNT(*) FROM pbx_call WHERE outcome = 'lost'"), ==, 2);
  g_assert_cmpint (count (self, "SELECT MIN(ended_at) FROM pbx_call WHERE outcome = 'lost'"), ==,
                   at (self, 30));
  g_assert_cmpint (count (self, "SELECT COUNT(*) FROM pbx_call WHERE outcome = 'abandoned'"), ==,
                   1);
  g_assert_cmpint (count (self, PAUSES " WHERE ended_at IS NULL"), ==, 0);
  call = get_last (self);
  g_assert_cmpint (call->outcome, ==, MTB_OUTCOME_WAITING);
  check_kept (self, "QUEUESTART", "||||");
  observe (self, "50|r1|support|rima|COMPLETEAGENT|5|35|1");
  g_assert_cmpint (count (self, "SELECT COUNT(*) FROM pbx_call WHERE outcome = 'lost'"), ==, 2);
}

static void
observe_as (Fixture *self, const char *source, const char *lines)
{
  self->department->source = source;
  observe (self, lines);
}

#define LOST "SELECT COUNT(*) FROM pbx_call WHERE outcome = 'lost'"
#define START "30|NONE|NONE|NONE|QUEUESTART|"

/* One that starts knows nothing of what goes on at another. */
static void
test_a_start_of_one_of_several (Fixture *self, gconstpointer data)
{
  observe (self, CONNECT "19|NONE|support|rima|PAUSE|tea");
  observe_as (self, "branch", "16|r2|support|NONE|ENTERQUEUE||1|1\n17|NONE|support|lina|PAUSE|");
  observe_as (self, "main", START);
  g_assert_cmpint (count (self, LOST), ==, 0);
  g_assert_cmpint (count (self, PAUSES " WHERE ended_at IS NULL"), ==, 2);
  observe_as (self, "branch", START);
  g_assert_cmpint (count (self, LOST " AND reference = 'r2'"), ==, 1);
  g_assert_cmpint (count (self, PAUSES " WHERE ended_at IS NULL AND agent_name = 'rima'"), ==, 1);
  observe_as (self, NULL, START);
  g_assert_cmpint (count (self, LOST), ==, 2);
  g_assert_cmpint (count (self, PAUSES " WHERE ended_at IS NULL"), ==, 0);
}

/* Nor is a call of one that of another, though both call it the same. */
static void
test_the_same_reference_at_several (Fixture *self, gconstpointer data)
{
  observe (self, ENTER "11|NONE|support|rima|PAUSE|tea");
  observe_as (self, "branch", "12|r1|support|NONE|ENTERQUEUE||2|1\n13|NONE|support|rima|PAUSE|");
  observe_as (self, NULL, "20|r1|support|NONE|ABANDON|1|1|10\n21|NONE|support|rima|UNPAUSE|");
  observe_as (self, "branch", "25|r1|support|rima|CONNECT|13|u|1");
  g_assert_cmpint (count (self, "SELECT wait_s FROM pbx_call WHERE number <> '2'"), ==, 10);
  g_assert_cmpint (count (self, "SELECT wait_s FROM pbx_call WHERE number = '2'"), ==, 13);
  g_assert_cmpint (count (self, PAUSES " WHERE ended_at IS NULL AND source = 'branch'"), ==, 1);
}

#define ADD(path, func) g_test_add ("/workflow/pbx/" path, Fixture, NULL, setup, func, teardown)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("entering", test_entering);
  ADD ("numbers", test_numbers_are_digits);
  ADD ("too-long", test_what_is_too_long);
  ADD ("set-back", test_no_time_is_less_than_none);
  ADD ("answer", test_answer);
  ADD ("unknown-agent", test_an_agent_who_is_nobody_here);
  g_test_add_func ("/workflow/pbx/ends-of-waiting", test_ends_of_waiting);
  g_test_add_func ("/workflow/pbx/ends-of-talking", test_ends_of_talking);
  g_test_add_func ("/workflow/pbx/missing-durations", test_missing_durations);
  ADD ("abandoned-with-agent", test_abandoned_with_an_agents_name);
  ADD ("dumped", test_dumped_by_an_agent);
  ADD ("does-not-follow", test_what_does_not_follow_is_kept);
  ADD ("unknown-calls", test_unknown_calls_are_kept);
  ADD ("unknown-events", test_unknown_events_are_kept);
  ADD ("each-stay", test_each_stay_in_a_queue_is_one);
  ADD ("threshold", test_threshold_of_the_entry_holds);
  ADD ("clock-ahead", test_a_clock_that_is_ahead);
  ADD ("clock-ahead-presence", test_an_agent_of_a_clock_that_is_ahead);
  ADD ("pause-all-and-each", test_pause_for_all_and_for_each);
  ADD ("pause-new-reason", test_pause_with_a_new_reason);
  ADD ("start", test_a_start_loses_what_is_open);
  ADD ("start-of-one", test_a_start_of_one_of_several);
  ADD ("same-reference", test_the_same_reference_at_several);
  return g_test_run ();
}
