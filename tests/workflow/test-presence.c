#include "mtb-test-floor.h"

#include <string.h>

#define BEGIN MTB_PRESENCE_ACT_BEGIN
#define END MTB_PRESENCE_ACT_END
#define LEAVE MTB_PRESENCE_ACT_LEAVE
#define RETURN MTB_PRESENCE_ACT_RETURN
#define ANSWER MTB_PRESENCE_ACT_ANSWER
#define HANG_UP MTB_PRESENCE_ACT_HANG_UP
#define FINISH MTB_PRESENCE_ACT_FINISH
#define RESUME MTB_PRESENCE_ACT_RESUME
#define START MTB_PRESENCE_ACT_START
#define OVERRUN MTB_PRESENCE_ACT_OVERRUN
#define LAPSE MTB_PRESENCE_ACT_LAPSE
#define EXPIRE MTB_PRESENCE_ACT_EXPIRE

typedef struct
{
  MtbTestDepartment *department;
} Fixture;

static void
setup (Fixture *self, gconstpointer data)
{
  self->department = mtb_test_department_new ();
  mtb_test_set_minute (self->department, 0);
}

static void
teardown (Fixture *self, gconstpointer data)
{
  mtb_test_department_free (self->department);
}

/* What the agent does in a minute. */
static void
act (Fixture *self, double minute, MtbPresenceAct what)
{
  mtb_test_set_minute (self->department, minute);
  mtb_test_accept (self->department, "agent", mtb_test_move (self->department, what));
}

/* What the agent did in one minute, and the server hears of in another. */
static void
act_late (Fixture *self, double minute, double heard, MtbPresenceAct what)
{
  self->department->lag = (gint64) ((heard - minute) * MTB_MINUTE);
  act (self, heard, what);
  self->department->lag = 0;
}

static void
presume (Fixture *self, double minute, MtbPresenceAct what, double seen)
{
  mtb_test_set_minute (self->department, minute);
  mtb_test_accept (self->department, "operator",
                   mtb_test_lapse (self->department, "agent", what, seen));
}

static void
refuse (Fixture *self, double minute, MtbPresenceAct what)
{
  mtb_test_set_minute (self->department, minute);
  mtb_test_refuse (self->department, "agent", mtb_test_move (self->department, what),
                   MTB_ERROR_CONFLICT, "act");
}

static void
approve (Fixture *self, double minute, const char *name, gint64 minutes)
{
  mtb_test_set_minute (self->department, minute);
  mtb_test_approve (self->department, "agent", name, minutes);
}

static void
check (Fixture *self, const char *stretches)
{
  mtb_test_check_stretches (self->department, "agent", stretches);
}

static void
check_request (Fixture *self, const char *name, const char *expected)
{
  mtb_test_check_request (self->department, name, expected);
}

/* Where each act leads from each state: `.` is not allowed, `-` is allowed and changes nothing, `=` is
 * not offered but no error, since it is so already, `?` is allowed only after a lapse. */
static const char *const acts[] = { "begin",  "end",    "leave", "return", "answer", "hang_up",
                                    "finish", "resume", "lapse", "expire", NULL };

static const struct
{
  const char *from;
  const char *to;
} expected[] = {
  { "off", "available = . . . . . . . =" },
  { "available", "= off away - on_call . - = away off" },
  { "on_call", ". off . - - wrap_up available = away off" },
  { "wrap_up", ". off away - on_call - available = away off" },
  { "auxiliary", ". off . available on_call . . = away off" },
  { "away", "? off = available on_call . . ? = off" },
};

static gint64
index_of (const char *const *words, const char *word)
{
  for (gint64 i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], word))
      return i;
  g_assert_not_reached ();
}

static void
put_stretch (MtbTestDepartment *department,
             const char *who,
             MtbPresenceState state,
             gint64 started_at,
             gint64 ended_at)
{
  g_autoptr (MtbPresence) stretch = mtb_record_new (&mtb_presence_table.shape);
  g_autofree char *key = g_strdup_printf ("%s %d", who, (int) state);

  stretch->id = g_strdup (mtb_test_id (key));
  stretch->person_id = g_strdup (mtb_test_id (who));
  stretch->state = state;
  stretch->act = state == MTB_PRESENCE_OFF ? MTB_PRESENCE_ACT_END : MTB_PRESENCE_ACT_BEGIN;
  if (state == MTB_PRESENCE_AUXILIARY)
    stretch->auxiliary_id = g_strdup (mtb_test_id ("meal"));
  stretch->started_at = started_at;
  stretch->ended_at = ended_at;
  g_assert_true (mtb_store_put (department->store, stretch, NULL));
}

static void
put_request (MtbTestDepartment *department, const char *who, gint64 started_at)
{
  g_autoptr (MtbAuxiliary) request = mtb_record_new (&mtb_auxiliary_table.shape);

  request->id = g_strdup (mtb_test_id ("meal"));
  request->person_id = g_strdup (mtb_test_id (who));
  request->reason = MTB_AUXILIARY_MEAL;
  request->minutes = 30;
  request->status = MTB_AUXILIARY_RUNNING;
  request->asked_at = started_at;
  request->started_at = started_at;
  g_assert_true (mtb_store_put (department->store, request, NULL));
}

/* Nothing but that this person is in this state since five minutes. */
static void
put_into (MtbTestDepartment *department, const char *who, MtbPresenceState state)
{
  gint64 since = department->now - 5 * MTB_MINUTE;

  g_assert_true (mtb_store_execute (department->store, "DELETE FROM presence", NULL));
  g_assert_true (mtb_store_execute (department->store, "DELETE FROM auxiliary", NULL));
  if (state != MTB_PRESENCE_OFF)
    put_stretch (department, who, MTB_PRESENCE_OFF, since - MTB_HOUR, since);
  if (state == MTB_PRESENCE_AUXILIARY)
    put_request (department, who, since);
  put_stretch (department, who, state, since, MTB_ABSENT);
}

static gboolean
give (MtbTestDepartment *department, const char *who, gint64 what, GError **error)
{
  gboolean presumed = what == LAPSE || what == EXPIRE;
  double seen = (double) (department->now - department->log_from) / MTB_MINUTE - 1;

  return presumed ? mtb_test_give (department, "operator",
                                   mtb_test_lapse (department, who, what, seen), error)
                  : mtb_test_give (department, who, mtb_test_move (department, what), error);
}

static void
check_cell (MtbTestDepartment *department,
            const char *who,
            gint64 from,
            gint64 what,
            const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *state = NULL;
  gboolean changes = strlen (to) > 1;
  gboolean ok;

  put_into (department, who, from);
  ok = give (department, who, what, &error);
  g_assert_cmpint (mtb_presence_may (from, what), ==, changes || *to == '-' || *to == '?');
  g_assert_cmpint (ok, ==, *to != '.' && *to != '?');
  if (!ok)
    g_assert_error (error, MTB_ERROR, MTB_ERROR_CONFLICT);
  state = mtb_store_select_text (department->store,
                                 "SELECT state FROM presence WHERE ended_at IS NULL", NULL, NULL);
  g_assert_cmpstr (state, ==, changes ? to : mtb_presence_state_words[from]);
  g_assert_cmpint (mtb_test_count (department, "SELECT COUNT(*) FROM presence"), ==,
                   (from == MTB_PRESENCE_OFF ? 1 : 2) + (changes ? 1 : 0));
}

static void
check_table (const char *who)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_auto (GStrv) to = g_strsplit (expected[i].to, " ", -1);

      g_assert_cmpuint (g_strv_length (to), ==, g_strv_length ((char **) acts));
      for (guint j = 0; acts[j] != NULL; j++)
        check_cell (department, who, index_of (mtb_presence_state_words, expected[i].from),
                    index_of (mtb_presence_act_words, acts[j]), to[j]);
    }
}

/* All who work in the department have a presence, and the same one; who only administers it has
 * none. */
static void
test_table (void)
{
  static const char *const staff[] = { "agent", "supervisor", "quality",    "manager", "followup",
                                       "field", "finance",    "department", NULL };
  static const char *const others[] = { "admin", "connector", "operator", NULL };
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  for (guint i = 0; staff[i] != NULL; i++)
    check_table (staff[i]);
  for (guint i = 0; others[i] != NULL; i++)
    for (gint64 j = 0; mtb_presence_act_words[j] != NULL; j++)
      mtb_test_refuse (department, others[i], mtb_test_move (department, j), MTB_ERROR_FORBIDDEN,
                       NULL);
}

static void
test_only_own_acts_are_given (Fixture *self, gconstpointer data)
{
  static const MtbPresenceAct befall[] = { START, OVERRUN, LAPSE, EXPIRE };

  act (self, 0, BEGIN);
  for (guint i = 0; i < G_N_ELEMENTS (befall); i++)
    mtb_test_refuse (self->department, "agent", mtb_test_move (self->department, befall[i]),
                     MTB_ERROR_INVALID, "act");
}

static void
test_a_shift (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbPresence) first = NULL;
  MtbPresenceMove *begin = mtb_test_move (self->department, BEGIN);
  const char *id = g_intern_string (begin->id);

  self->department->lag = 500;
  mtb_test_accept (self->department, "agent", begin);
  self->department->lag = 0;
  first = mtb_test_get (self->department, &mtb_presence_table, id);
  g_assert_cmpint (first->started_at, ==, self->department->now - 500);
  g_assert_cmpint (first->received_at, ==, self->department->now);
  act (self, 10, ANSWER);
  act (self, 15, HANG_UP);
  act (self, 16, FINISH);
  act (self, 30, LEAVE);
  act (self, 40, RETURN);
  act (self, 50, END);
  check (self, "available:begin 0-10 on_call:answer 10-15 wrap_up:hang_up 15-16"
               " available:finish 16-30 away:leave 30-40 available:return 40-50 off:end 50-");
}

/* A desk decides nothing about the server's clock; its own rows have not been received yet. */
static void
test_on_a_desk (Fixture *self, gconstpointer data)
{
  self->department->is_desk = TRUE;
  act (self, 0, BEGIN);
  act (self, 10, ANSWER);
  check (self, "available:begin 0-10 on_call:answer 10-");
  g_assert_cmpint (
    mtb_test_count (self->department, "SELECT COUNT(*) FROM presence WHERE received_at IS NULL"),
    ==, 2);
}

static void
test_ids_are_new (Fixture *self, gconstpointer data)
{
  MtbPresenceMove *first = mtb_test_move (self->department, BEGIN);
  MtbPresenceMove *second = mtb_test_move (self->department, ANSWER);

  MTB_TEST_SET (second, id, first->id);
  mtb_test_accept (self->department, "agent", first);
  mtb_test_refuse (self->department, "agent", second, MTB_ERROR_CONFLICT, "id");
}

static void
test_people_move_alone (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  mtb_test_accept (self->department, "colleague", mtb_test_move (self->department, BEGIN));
  act (self, 10, ANSWER);
  mtb_test_check_stretches (self->department, "colleague", "available:begin 0-");
}

/* Nothing is ordered by a desk's clock: what comes later counts later. */
static void
test_no_two_stretches_overlap (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  act (self, 20, ANSWER);
  act_late (self, 5, 21, HANG_UP);
  act_late (self, 6, 22, FINISH);
  act (self, 30, END);
  check (self, "available:begin 0-20 on_call:answer 20-20 wrap_up:hang_up 20-20"
               " available:finish 20-30 off:end 30-");
}

static void
test_no_stretch_is_cut_at_midnight (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  act (self, 3000, END);
  check (self, "available:begin 0-3000 off:end 3000-");
}

static void
test_a_repeated_act_changes_nothing (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  act (self, 1, BEGIN);
  act (self, 10, ANSWER);
  act (self, 11, ANSWER);
  act (self, 20, END);
  act (self, 21, END);
  check (self, "available:begin 0-10 on_call:answer 10-20 off:end 20-");
}

/* Approved while on a call: it begins when the call is done. */
static void
test_an_approved_one_begins_when_its_person_is_free (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbPresence) stretch = NULL;

  act (self, 0, BEGIN);
  act (self, 5, ANSWER);
  approve (self, 6, "meal", 30);
  check_request (self, "meal", "approved -");
  act (self, 10, HANG_UP);
  check_request (self, "meal", "approved -");
  act (self, 12, FINISH);
  check (self, "available:begin 0-5 on_call:answer 5-10 wrap_up:hang_up 10-12"
               " available:finish 12-12 auxiliary:start 12-");
  check_request (self, "meal", "running 12-");
  stretch = mtb_store_select_one (self->department->store, &mtb_presence_table.shape,
                                  "SELECT $columns(p) FROM presence p WHERE p.ended_at IS NULL",
                                  NULL, NULL);
  g_assert_cmpstr (stretch->auxiliary_id, ==, mtb_test_id ("meal"));
}

/* R10: a desk that was out of reach cannot date a break before its approval. */
static void
test_none_begins_before_its_approval (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  act (self, 5, ANSWER);
  approve (self, 20, "meal", 30);
  act_late (self, 10, 25, FINISH);
  check (self, "available:begin 0-5 on_call:answer 5-10 available:finish 10-20"
               " auxiliary:start 20-");
  check_request (self, "meal", "running 20-");
}

static void
test_back_in_time (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  approve (self, 10, "meal", 30);
  act (self, 25, RETURN);
  check (self, "available:begin 0-10 auxiliary:start 10-25 available:return 25-");
  check_request (self, "meal", "ended 10-25");
}

/* R10: what is over the approved minutes is absence, whatever ends it. */
static void
test_over_the_minutes_is_absence (Fixture *self, gconstpointer data)
{
  static const struct
  {
    MtbPresenceAct act;
    const char *then;
  } ends[] = {
    { RETURN, "available:return 55-" }, { ANSWER, "on_call:answer 55-" }, { END, "off:end 55-" },
    { LAPSE, "away:lapse 55-" },        { EXPIRE, "off:expire 55-" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
      Fixture other = { department };
      g_autofree char *stretches = g_strdup_printf (
        "available:begin 0-10 auxiliary:start 10-40 away:overrun 40-55 %s", ends[i].then);

      act (&other, 0, BEGIN);
      approve (&other, 10, "meal", 30);
      if (ends[i].act == LAPSE || ends[i].act == EXPIRE)
        presume (&other, 60, ends[i].act, 55);
      else
        act (&other, 55, ends[i].act);
      check (&other, stretches);
      check_request (&other, "meal", "ended 10-40");
    }
}

static void
test_the_end_withdraws_what_is_open (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  mtb_test_accept (self->department, "agent", mtb_test_ask ("asked", MTB_AUXILIARY_REST, 5));
  act (self, 10, END);
  check_request (self, "asked", "withdrawn -");
  act (self, 20, BEGIN);
  act (self, 21, ANSWER);
  approve (self, 22, "approved", 5);
  presume (self, 30, EXPIRE, 25);
  check_request (self, "approved", "withdrawn -");
  act (self, 40, BEGIN);
  approve (self, 41, "running", 5);
  act (self, 43, END);
  check_request (self, "running", "ended 41-43");
}

static void
test_a_lapse (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  presume (self, 20, LAPSE, 15);
  check (self, "available:begin 0-15 away:lapse 15-");
  presume (self, 25, LAPSE, 15);
  presume (self, 60, EXPIRE, 50);
  check (self, "available:begin 0-15 away:lapse 15-50 off:expire 50-");
}

static void
test_a_lapse_is_never_before_what_it_ends (Fixture *self, gconstpointer data)
{
  act (self, 10, BEGIN);
  presume (self, 20, LAPSE, 5);
  check (self, "available:begin 10-10 away:lapse 10-");
}

static void
test_nobody_lapses_in_the_future (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  presume (self, 20, LAPSE, 50);
  check (self, "available:begin 0-20 away:lapse 20-");
}

static void
test_whom_a_lapse_is_of (Fixture *self, gconstpointer data)
{
  mtb_test_refuse (self->department, "operator",
                   mtb_test_lapse (self->department, "nobody", LAPSE, 0), MTB_ERROR_NOT_FOUND,
                   "person_id");
  act (self, 0, BEGIN);
  for (MtbPresenceAct what = BEGIN; what <= OVERRUN; what++)
    mtb_test_refuse (self->department, "operator",
                     mtb_test_lapse (self->department, "agent", what, 0), MTB_ERROR_INVALID, "act");
}

static void
test_resuming_refutes_a_lapse (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  act (self, 10, ANSWER);
  presume (self, 20, LAPSE, 15);
  act (self, 30, RESUME);
  check (self, "available:begin 0-10 on_call:answer 10-");
  act (self, 40, HANG_UP);
  check (self, "available:begin 0-10 on_call:answer 10-40 wrap_up:hang_up 40-");
}

/* A desk out of reach was presumed away; what its agent did meanwhile shows that they were there. */
static void
test_what_was_done_refutes_a_lapse (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  presume (self, 20, LAPSE, 10);
  act_late (self, 12, 60, ANSWER);
  act_late (self, 17, 60, HANG_UP);
  act_late (self, 18, 60, FINISH);
  act_late (self, 50, 60, END);
  check (self, "available:begin 0-12 on_call:answer 12-17 wrap_up:hang_up 17-18"
               " available:finish 18-50 off:end 50-");
}

static void
test_what_leads_nowhere_refutes_a_lapse_too (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  act (self, 5, ANSWER);
  presume (self, 20, LAPSE, 10);
  act (self, 30, ANSWER);
  check (self, "available:begin 0-5 on_call:answer 5-");
  presume (self, 50, LAPSE, 40);
  act (self, 60, FINISH);
  act (self, 70, LEAVE);
  presume (self, 80, LAPSE, 75);
  check (self, "available:begin 0-5 on_call:answer 5-60 available:finish 60-70 away:leave 70-");
}

/* What cannot be is no proof of anything. */
static void
test_what_is_refused_refutes_nothing (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  presume (self, 20, LAPSE, 10);
  refuse (self, 30, HANG_UP);
  check (self, "available:begin 0-10 away:lapse 10-");
}

static void
test_who_returns_was_away (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  presume (self, 20, LAPSE, 10);
  act (self, 30, RETURN);
  check (self, "available:begin 0-10 away:lapse 10-30 available:return 30-");
}

static void
test_who_begins_anew_was_away (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  presume (self, 20, LAPSE, 10);
  act (self, 30, BEGIN);
  check (self, "available:begin 0-10 away:lapse 10-30 available:begin 30-");
}

static void
test_who_left_does_not_resume (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  act (self, 10, LEAVE);
  refuse (self, 20, RESUME);
  refuse (self, 20, BEGIN);
}

/* A desk that is shut for a meal is not heard of, and its agent is away with approval. */
static void
test_a_lapse_ends_no_auxiliary (Fixture *self, gconstpointer data)
{
  static const MtbPresenceAct backs[] = { RETURN, BEGIN };

  for (guint i = 0; i < G_N_ELEMENTS (backs); i++)
    {
      g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
      Fixture other = { department };
      g_autofree char *stretches =
        g_strdup_printf ("available:begin 0-10 auxiliary:start 10-40 away:overrun 40-50"
                         " available:%s 50-",
                         mtb_presence_act_words[backs[i]]);

      act (&other, 0, BEGIN);
      approve (&other, 10, "meal", 30);
      presume (&other, 20, LAPSE, 15);
      check (&other, "available:begin 0-10 auxiliary:start 10-15 away:lapse 15-");
      check_request (&other, "meal", "running 10-");
      act (&other, 50, backs[i]);
      check (&other, stretches);
      check_request (&other, "meal", "ended 10-40");
    }
}

static void
test_an_auxiliary_resumes (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  approve (self, 10, "meal", 30);
  presume (self, 20, LAPSE, 15);
  presume (self, 22, LAPSE, 18);
  check (self, "available:begin 0-10 auxiliary:start 10-15 away:lapse 15-");
  act (self, 25, RESUME);
  check (self, "available:begin 0-10 auxiliary:start 10-");
  check_request (self, "meal", "running 10-");
}

/* The sign-in ends while an Auxiliary runs behind a lapse: it ends when its person was last seen. */
static void
test_a_sign_in_ends_in_an_auxiliary (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  approve (self, 10, "meal", 30);
  presume (self, 20, LAPSE, 15);
  presume (self, 200, EXPIRE, 15);
  check (self, "available:begin 0-10 auxiliary:start 10-15 off:expire 15-");
  check_request (self, "meal", "ended 10-15");
}

/* Done before the server noted that the sign-in had ended, heard of after it. */
static void
test_what_was_done_before_refutes_an_expiry (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  presume (self, 20, LAPSE, 10);
  presume (self, 100, EXPIRE, 10);
  check (self, "available:begin 0-10 away:lapse 10-10 off:expire 10-");
  act_late (self, 15, 200, ANSWER);
  act_late (self, 80, 200, END);
  check (self, "available:begin 0-15 on_call:answer 15-80 off:end 80-");
}

static void
test_what_is_done_after_refutes_no_expiry (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  presume (self, 100, EXPIRE, 10);
  refuse (self, 150, ANSWER);
  act (self, 200, BEGIN);
  check (self, "available:begin 0-10 off:expire 10-200 available:begin 200-");
}

static void
test_a_refuted_expiry_ended_no_auxiliary (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  approve (self, 10, "meal", 30);
  presume (self, 100, EXPIRE, 20);
  check_request (self, "meal", "ended 10-20");
  act_late (self, 35, 200, RETURN);
  check (self, "available:begin 0-10 auxiliary:start 10-35 available:return 35-");
  check_request (self, "meal", "ended 10-35");
}

/* The log of the PBX, minute by minute; received when its last line was written. */
static void
observe (Fixture *self, int minute, const char *line)
{
  g_autofree char *text = g_strdup_printf ("%d|%s", minute * 60, line);

  mtb_test_log (self->department, text);
}

static void
test_the_pbx_moves_people (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  mtb_test_set_minute (self->department, 16);
  observe (self, 9, "r1|support|NONE|ENTERQUEUE||0112223333|1");
  observe (self, 10, "r1|support|rima|CONNECT|60|x|3");
  check (self, "available:begin 0-10 on_call:answer 10-");
  observe (self, 15, "r1|support|rima|COMPLETECALLER|60|300|1");
  check (self, "available:begin 0-10 on_call:answer 10-15 wrap_up:hang_up 15-");
}

static void
test_the_pbx_passes_a_call_on (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  mtb_test_set_minute (self->department, 16);
  observe (self, 9, "r1|support|NONE|ENTERQUEUE||0112223333|1");
  observe (self, 10, "r1|support|rima|CONNECT|60|x|3");
  observe (self, 12, "r1|support|rima|BLINDTRANSFER|104|ctx|60|120|1");
  check (self, "available:begin 0-10 on_call:answer 10-12 wrap_up:hang_up 12-");
}

/* Both tell of the same call, and what comes second changes nothing. */
static void
test_the_pbx_and_the_desk_agree (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  act (self, 10, ANSWER);
  observe (self, 9, "r1|support|NONE|ENTERQUEUE||0112223333|1");
  observe (self, 10, "r1|support|rima|CONNECT|60|x|3");
  act (self, 15, HANG_UP);
  observe (self, 15, "r1|support|rima|COMPLETEAGENT|60|300|1");
  act (self, 16, FINISH);
  check (self, "available:begin 0-10 on_call:answer 10-15 wrap_up:hang_up 15-16"
               " available:finish 16-");
}

static void
test_the_pbx_moves_nobody_off_shift (Fixture *self, gconstpointer data)
{
  mtb_test_set_minute (self->department, 10);
  observe (self, 9, "r1|support|NONE|ENTERQUEUE||0112223333|1");
  observe (self, 10, "r1|support|rima|CONNECT|60|x|3");
  check (self, "");
  act (self, 0, BEGIN);
  act (self, 9, END);
  observe (self, 9, "r2|support|NONE|ENTERQUEUE||0112223333|1");
  observe (self, 10, "r2|support|rima|CONNECT|60|x|3");
  observe (self, 11, "r2|support|stranger at the pbx|COMPLETECALLER|60|300|1");
  check (self, "available:begin 0-9 off:end 9-");
}

static void
test_an_old_log_moves_nobody (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  mtb_test_set_minute (self->department, 26);
  observe (self, 9, "r1|support|NONE|ENTERQUEUE||0112223333|1");
  observe (self, 10, "r1|support|rima|CONNECT|60|x|3");
  check (self, "available:begin 0-");
}

static void
test_the_pbx_is_late (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  act (self, 11, LEAVE);
  mtb_test_set_minute (self->department, 12);
  observe (self, 9, "r1|support|NONE|ENTERQUEUE||0112223333|1");
  observe (self, 10, "r1|support|rima|CONNECT|60|x|3");
  check (self, "available:begin 0-11 away:leave 11-");
}

/* A telephone that is answered was not left, whatever was presumed of the desk. */
static void
test_the_pbx_refutes_a_lapse (Fixture *self, gconstpointer data)
{
  act (self, 0, BEGIN);
  presume (self, 9, LAPSE, 8);
  mtb_test_set_minute (self->department, 12);
  observe (self, 9, "r1|support|NONE|ENTERQUEUE||0112223333|1");
  observe (self, 10, "r1|support|rima|CONNECT|60|x|3");
  check (self, "available:begin 0-10 on_call:answer 10-");
}

#define ADD(path, func) \
  g_test_add ("/workflow/presence/" path, Fixture, NULL, setup, func, teardown)

static void
add_auxiliary (void)
{
  ADD ("auxiliary/free", test_an_approved_one_begins_when_its_person_is_free);
  ADD ("auxiliary/approval", test_none_begins_before_its_approval);
  ADD ("auxiliary/back-in-time", test_back_in_time);
  ADD ("auxiliary/overrun", test_over_the_minutes_is_absence);
  ADD ("auxiliary/end", test_the_end_withdraws_what_is_open);
  ADD ("auxiliary/lapse", test_a_lapse_ends_no_auxiliary);
  ADD ("auxiliary/resumes", test_an_auxiliary_resumes);
  ADD ("auxiliary/expires", test_a_sign_in_ends_in_an_auxiliary);
  ADD ("auxiliary/refuted", test_a_refuted_expiry_ended_no_auxiliary);
}

static void
add_presumptions (void)
{
  ADD ("lapse", test_a_lapse);
  ADD ("lapse/not-before", test_a_lapse_is_never_before_what_it_ends);
  ADD ("lapse/future", test_nobody_lapses_in_the_future);
  ADD ("lapse/whom", test_whom_a_lapse_is_of);
  ADD ("lapse/resumed", test_resuming_refutes_a_lapse);
  ADD ("lapse/done", test_what_was_done_refutes_a_lapse);
  ADD ("lapse/nowhere", test_what_leads_nowhere_refutes_a_lapse_too);
  ADD ("lapse/refused", test_what_is_refused_refutes_nothing);
  ADD ("lapse/returned", test_who_returns_was_away);
  ADD ("lapse/begun", test_who_begins_anew_was_away);
  ADD ("lapse/left", test_who_left_does_not_resume);
  ADD ("expiry/before", test_what_was_done_before_refutes_an_expiry);
  ADD ("expiry/after", test_what_is_done_after_refutes_no_expiry);
}

static void
add_pbx (void)
{
  ADD ("pbx/moves", test_the_pbx_moves_people);
  ADD ("pbx/passes-on", test_the_pbx_passes_a_call_on);
  ADD ("pbx/agrees", test_the_pbx_and_the_desk_agree);
  ADD ("pbx/off", test_the_pbx_moves_nobody_off_shift);
  ADD ("pbx/old", test_an_old_log_moves_nobody);
  ADD ("pbx/late", test_the_pbx_is_late);
  ADD ("pbx/lapse", test_the_pbx_refutes_a_lapse);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workflow/presence/table", test_table);
  ADD ("own-acts", test_only_own_acts_are_given);
  ADD ("shift", test_a_shift);
  ADD ("desk", test_on_a_desk);
  ADD ("ids", test_ids_are_new);
  ADD ("alone", test_people_move_alone);
  ADD ("overlap", test_no_two_stretches_overlap);
  ADD ("midnight", test_no_stretch_is_cut_at_midnight);
  ADD ("repeated", test_a_repeated_act_changes_nothing);
  add_auxiliary ();
  add_presumptions ();
  add_pbx ();
  return g_test_run ();
}
