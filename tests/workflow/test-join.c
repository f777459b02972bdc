#include "mtb-call.h"
#include "mtb-test-department.h"

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

/* A talk of 58 seconds that begins at @from, by @agent with @number. */
static void
talk (Fixture *self, const char *reference, int from, const char *agent, const char *number)
{
  g_autofree char *lines = g_strdup_printf (
    "%d|%s|support|NONE|ENTERQUEUE||%s|1\n%d|%s|support|%s|CONNECT|2|u|1\n"
    "%d|%s|support|%s|COMPLETECALLER|2|58|1",
    from - 2, reference, number, from, reference, agent, from + 58, reference, agent);

  mtb_test_log (self->department, lines);
}

/* What is written down of a call of seconds @from to @until. */
static MtbCallLog *
build (Fixture *self, const char *name, int from, int until, const char *number)
{
  MtbCallLog *call = mtb_test_call (self->department, name);

  call->number = g_strdup (number);
  call->started_at = self->department->log_from + from * MTB_SECOND;
  call->ended_at = self->department->log_from + until * MTB_SECOND;
  MTB_TEST_SET (call, subscriber_id, NULL);
  call->prospect_id = g_strdup (mtb_test_id ("sami"));
  return call;
}

static void
record (Fixture *self, const char *who, const char *name, int from, int until, const char *number)
{
  mtb_test_accept (self->department, who, build (self, name, from, until, number));
}

static void
record_outgoing (Fixture *self, const char *name, int from, int until, const char *pbx_call_id)
{
  MtbCallLog *call = build (self, name, from, until, "0219999999");

  call->direction = MTB_DIRECTION_OUT;
  call->pbx_call_id = g_strdup (pbx_call_id);
  mtb_test_accept (self->department, "agent", call);
}

static const char *
get_pbx_call (Fixture *self, const char *reference)
{
  g_autofree char *id = mtb_store_select_text (
    self->department->store, "SELECT id FROM pbx_call WHERE reference = :reference",
    MTB_PARAMETERS (MTB_TEXT ("reference", reference)), NULL);

  return g_intern_string (id);
}

static MtbCallLink *
get_link (Fixture *self, const char *name, const char *reference)
{
  g_autofree char *id = mtb_call_link_dup_id (mtb_test_id (name), get_pbx_call (self, reference));

  return mtb_test_get (self->department, &mtb_call_link_table, id);
}

static void
check_link (Fixture *self, const char *name, const char *reference, gboolean joined)
{
  g_autoptr (MtbCallLink) link = get_link (self, name, reference);

  g_assert_cmpint (link != NULL && link->joined == 1, ==, joined);
}

static gint64
count_joined (Fixture *self)
{
  return mtb_test_count (self->department, "SELECT COUNT(*) FROM call_link WHERE joined = 1");
}

static gpointer
pair (Fixture *self, const MtbCommand *command, const char *name, const char *reference)
{
  MtbCallJoin *join = mtb_record_new (&command->shape);

  join->call_id = g_strdup (mtb_test_id (name));
  join->pbx_call_id = g_strdup (get_pbx_call (self, reference));
  return join;
}

static gpointer
join (Fixture *self, const char *name, const char *reference)
{
  return pair (self, &mtb_call_join, name, reference);
}

static gpointer
unjoin (Fixture *self, const char *name, const char *reference)
{
  return pair (self, &mtb_call_unjoin, name, reference);
}

static void
test_the_only_candidate (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbCallLink) link = NULL;

  talk (self, "r1", 10, "rima", "0219999999");
  record (self, "agent", "call", 12, 70, NULL);
  link = get_link (self, "call", "r1");
  g_assert_cmpint (link->joined, ==, 1);
  g_assert_null (link->joined_by);
  g_assert_cmpstr (link->person_id, ==, mtb_test_id ("agent"));
  g_assert_cmpint (link->started_at, ==, self->department->log_from + 12 * MTB_SECOND);
}

/* The record may be there before the PBX tells of the end. */
static void
test_the_end_joins_a_record_written_before (Fixture *self, gconstpointer data)
{
  record (self, "agent", "call", 10, 68, NULL);
  g_assert_cmpint (count_joined (self), ==, 0);
  talk (self, "r1", 10, "rima", "0219999999");
  check_link (self, "call", "r1", TRUE);
}

static void
test_times_must_overlap (Fixture *self, gconstpointer data)
{
  talk (self, "r1", 100, "rima", "0219999999");
  record (self, "agent", "before", 10, 97, NULL);
  record (self, "agent", "after", 161, 200, NULL);
  g_assert_cmpint (count_joined (self), ==, 0);
  record (self, "agent", "touching", 160, 200, NULL);
  check_link (self, "touching", "r1", TRUE);
}

static void
test_the_agent_must_be_the_same (Fixture *self, gconstpointer data)
{
  talk (self, "r1", 10, "rima", "0219999999");
  record (self, "colleague", "call", 10, 68, "0219999999");
  g_assert_cmpint (count_joined (self), ==, 0);
}

static void
test_the_number_decides (Fixture *self, gconstpointer data)
{
  talk (self, "r1", 10, "rima", "0219999999");
  talk (self, "r2", 70, "rima", "0218888888");
  record (self, "agent", "call", 10, 128, "021-888 88 88");
  check_link (self, "call", "r1", FALSE);
  check_link (self, "call", "r2", TRUE);
}

static void
test_the_customers_number_decides (Fixture *self, gconstpointer data)
{
  talk (self, "r1", 10, "rima", "0219999999");
  talk (self, "r2", 70, "rima", "00963933123456");
  record (self, "agent", "call", 10, 128, NULL);
  check_link (self, "call", "r2", TRUE);
}

static void
test_two_that_fit_alike (Fixture *self, gconstpointer data)
{
  talk (self, "r1", 10, "rima", "0219999999");
  talk (self, "r2", 70, "rima", "0218888888");
  talk (self, "r3", 200, "rima", "0217777777");
  talk (self, "r4", 260, "rima", "0217777777");
  record (self, "agent", "neither number", 10, 128, "0216666666");
  record (self, "agent", "the same number", 200, 318, "0217777777");
  g_assert_cmpint (count_joined (self), ==, 0);
}

/* Nor does the PBX's call choose between two records. */
static void
test_two_records_that_fit_alike (Fixture *self, gconstpointer data)
{
  record (self, "agent", "one", 10, 30, NULL);
  record (self, "agent", "other", 31, 68, NULL);
  talk (self, "r1", 10, "rima", "0219999999");
  g_assert_cmpint (count_joined (self), ==, 0);
}

static void
test_a_call_is_never_counted_twice (Fixture *self, gconstpointer data)
{
  talk (self, "r1", 10, "rima", "0219999999");
  record (self, "agent", "call", 10, 68, NULL);
  record (self, "agent", "again", 10, 68, "0219999999");
  check_link (self, "again", "r1", FALSE);
  mtb_test_refuse (self->department, "agent", join (self, "again", "r1"), MTB_ERROR_CONFLICT,
                   "pbx_call_id");
}

/* Whichever of the two is told later finds the other one taken. */
static void
test_the_end_finds_both_taken (Fixture *self, gconstpointer data)
{
  mtb_test_log (self->department, "8|r1|support|NONE|ENTERQUEUE||0219999999|1\n"
                                  "10|r1|support|rima|CONNECT|2|u|1");
  record (self, "agent", "call", 10, 68, NULL);
  record (self, "agent", "again", 10, 68, NULL);
  mtb_test_log (self->department, "68|r1|support|rima|COMPLETEAGENT|2|58|1");
  check_link (self, "call", "r1", TRUE);
  check_link (self, "again", "r1", FALSE);
}

static void
test_a_record_that_is_taken (Fixture *self, gconstpointer data)
{
  talk (self, "r1", 10, "rima", "0219999999");
  record (self, "agent", "call", 10, 128, NULL);
  talk (self, "r2", 70, "rima", "0219999999");
  check_link (self, "call", "r1", TRUE);
  check_link (self, "call", "r2", FALSE);
}

/* Who is called back at once may be the one who has just called. */
static void
test_calling_back (Fixture *self, gconstpointer data)
{
  talk (self, "r1", 10, "rima", "0219999999");
  record_outgoing (self, "calling back", 69, 90, NULL);
  g_assert_cmpint (count_joined (self), ==, 0);
  record (self, "agent", "write-up", 10, 68, NULL);
  check_link (self, "write-up", "r1", TRUE);
}

static void
test_calling_back_before_the_end (Fixture *self, gconstpointer data)
{
  record_outgoing (self, "calling back", 69, 90, NULL);
  record (self, "agent", "write-up", 10, 68, NULL);
  talk (self, "r1", 10, "rima", "0219999999");
  check_link (self, "write-up", "r1", TRUE);
}

/* A person says themselves what they write up. */
static void
test_calling_as_a_person_says (Fixture *self, gconstpointer data)
{
  talk (self, "r1", 10, "rima", "0219999999");
  talk (self, "r2", 200, "rima", "0219999999");
  record_outgoing (self, "call", 10, 68, get_pbx_call (self, "r1"));
  check_link (self, "call", "r1", TRUE);
  record_outgoing (self, "other", 200, 258, NULL);
  mtb_test_accept (self->department, "agent", join (self, "other", "r2"));
  check_link (self, "other", "r2", TRUE);
}

static void
test_what_nobody_took_is_not_joined (Fixture *self, gconstpointer data)
{
  mtb_test_log (self->department, "8|r1|support|NONE|ENTERQUEUE||0219999999|1\n"
                                  "68|r1|support|rima|ABANDON|1|1|60");
  record (self, "agent", "call", 10, 68, "0219999999");
  g_assert_cmpint (mtb_test_count (self->department, "SELECT COUNT(*) FROM call_link"), ==, 0);
}

/* As from a desk that was cut off: more than are read at once, and the earliest last. */
static void
test_each_record_finds_its_own (Fixture *self, gconstpointer data)
{
  const int n_talks = 56;
  const int pace = 63;

  for (int i = 0; i < n_talks; i++)
    {
      g_autofree char *reference = g_strdup_printf ("r%d", i);

      talk (self, reference, pace * i, "rima", "0219999999");
    }
  for (int i = 1; i <= n_talks; i++)
    {
      int n = i % n_talks;
      g_autofree char *name = g_strdup_printf ("call %d", n);
      g_autofree char *reference = g_strdup_printf ("r%d", n);

      record (self, "agent", name, pace * n, pace * n + 58, NULL);
      check_link (self, name, reference, TRUE);
    }
}

/* What a person has taken apart no rule puts together again. */
static void
test_apart_stays_apart (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbCallLink) link = NULL;

  mtb_test_log (self->department, "8|r1|support|NONE|ENTERQUEUE||0219999999|1\n"
                                  "10|r1|support|rima|CONNECT|2|u|1");
  record (self, "agent", "call", 10, 68, NULL);
  check_link (self, "call", "r1", TRUE);
  mtb_test_accept (self->department, "agent", unjoin (self, "call", "r1"));
  mtb_test_log (self->department, "68|r1|support|rima|COMPLETEAGENT|2|58|1");
  link = get_link (self, "call", "r1");
  g_assert_cmpint (link->joined, ==, 0);
  g_assert_cmpstr (link->joined_by, ==, mtb_test_id ("agent"));
}

static void
test_by_hand_and_back (Fixture *self, gconstpointer data)
{
  talk (self, "r1", 10, "rima", "0219999999");
  record (self, "agent", "call", 600, 700, NULL);
  mtb_test_refuse (self->department, "agent", unjoin (self, "call", "r1"), MTB_ERROR_CONFLICT,
                   NULL);
  mtb_test_accept (self->department, "agent", join (self, "call", "r1"));
  check_link (self, "call", "r1", TRUE);
  mtb_test_refuse (self->department, "agent", join (self, "call", "r1"), MTB_ERROR_CONFLICT, NULL);
  mtb_test_accept (self->department, "agent", unjoin (self, "call", "r1"));
  check_link (self, "call", "r1", FALSE);
  mtb_test_refuse (self->department, "agent", unjoin (self, "call", "r1"), MTB_ERROR_CONFLICT,
                   NULL);
  mtb_test_accept (self->department, "agent", join (self, "call", "r1"));
  check_link (self, "call", "r1", TRUE);
}

static void
test_freed_by_hand_for_another (Fixture *self, gconstpointer data)
{
  talk (self, "r1", 10, "rima", "0219999999");
  record (self, "agent", "call", 10, 68, NULL);
  record (self, "agent", "right one", 600, 700, NULL);
  mtb_test_accept (self->department, "agent", unjoin (self, "call", "r1"));
  mtb_test_accept (self->department, "agent", join (self, "right one", "r1"));
  check_link (self, "right one", "r1", TRUE);
  g_assert_cmpint (count_joined (self), ==, 1);
}

static void
test_by_whom (Fixture *self, gconstpointer data)
{
  talk (self, "r1", 10, "rima", "0219999999");
  talk (self, "r2", 10, "lina", "0218888888");
  record (self, "agent", "call", 600, 700, NULL);
  record (self, "stranger", "south", 600, 700, NULL);
  mtb_test_refuse (self->department, "colleague", join (self, "call", "r1"), MTB_ERROR_FORBIDDEN,
                   NULL);
  mtb_test_refuse (self->department, "followup", join (self, "call", "r1"), MTB_ERROR_FORBIDDEN,
                   NULL);
  mtb_test_refuse (self->department, "supervisor", join (self, "south", "r2"), MTB_ERROR_FORBIDDEN,
                   NULL);
  mtb_test_accept (self->department, "supervisor", join (self, "call", "r1"));
  mtb_test_refuse (self->department, "colleague", unjoin (self, "call", "r1"), MTB_ERROR_FORBIDDEN,
                   NULL);
}

static void
test_what_cannot_be_joined (Fixture *self, gconstpointer data)
{
  MtbCallJoin *nothing;

  talk (self, "r1", 10, "rima", "0219999999");
  talk (self, "r2", 10, "samer", "0218888888");
  record (self, "agent", "call", 600, 700, NULL);
  mtb_test_refuse (self->department, "agent", join (self, "no call", "r1"), MTB_ERROR_NOT_FOUND,
                   "call_id");
  nothing = join (self, "call", "r1");
  MTB_TEST_SET (nothing, pbx_call_id, mtb_test_id ("nothing"));
  mtb_test_refuse (self->department, "agent", nothing, MTB_ERROR_NOT_FOUND, "pbx_call_id");
  mtb_test_refuse (self->department, "agent", join (self, "call", "r2"), MTB_ERROR_CONFLICT,
                   "pbx_call_id");
}

#define ADD(path, func) g_test_add ("/workflow/join/" path, Fixture, NULL, setup, func, teardown)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("only-candidate", test_the_only_candidate);
  ADD ("end-joins", test_the_end_joins_a_record_written_before);
  ADD ("overlap", test_times_must_overlap);
  ADD ("same-agent", test_the_agent_must_be_the_same);
  ADD ("number", test_the_number_decides);
  ADD ("customers-number", test_the_customers_number_decides);
  ADD ("ambiguous", test_two_that_fit_alike);
  ADD ("ambiguous-records", test_two_records_that_fit_alike);
  ADD ("never-twice", test_a_call_is_never_counted_twice);
  ADD ("both-taken", test_the_end_finds_both_taken);
  ADD ("record-taken", test_a_record_that_is_taken);
  ADD ("each-its-own", test_each_record_finds_its_own);
  ADD ("calling-back", test_calling_back);
  ADD ("calling-back-before", test_calling_back_before_the_end);
  ADD ("calling-by-hand", test_calling_as_a_person_says);
  ADD ("not-taken", test_what_nobody_took_is_not_joined);
  ADD ("apart-stays-apart", test_apart_stays_apart);
  ADD ("by-hand", test_by_hand_and_back);
  ADD ("freed", test_freed_by_hand_for_another);
  ADD ("by-whom", test_by_whom);
  ADD ("cannot", test_what_cannot_be_joined);
  return g_test_run ();
}
