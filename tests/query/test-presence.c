#include "mtb-presence-query.h"
#include "mtb-test-floor.h"
#include "mtb-total.h"

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

static void
move (Fixture *self, const char *who, double minute, MtbPresenceAct act)
{
  mtb_test_set_minute (self->department, minute);
  mtb_test_accept (self->department, who, mtb_test_move (self->department, act));
}

static GPtrArray *
ask (Fixture *self, const char *who, const MtbQuery *query, gpointer arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbViewer) viewer =
    mtb_viewer_load (self->department->store, mtb_test_id (who), &error);
  GPtrArray *rows = query->run (self->department->store, viewer, arguments, &error);

  g_assert_no_error (error);
  mtb_record_unref (arguments);
  return rows;
}

static MtbFloorSearch *
floor_search (const char *person, const char *team)
{
  MtbFloorSearch *search = mtb_record_new (mtb_floor_query.arguments);

  search->person_id = person != NULL ? g_strdup (mtb_test_id (person)) : NULL;
  search->team_id = team != NULL ? g_strdup (mtb_test_id (team)) : NULL;
  return search;
}

static void
check_floor (Fixture *self, const char *who, MtbFloorSearch *search, const char *expected)
{
  g_autoptr (GPtrArray) rows = ask (self, who, &mtb_floor_query, search);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const MtbFloorRow *row = g_ptr_array_index (rows, i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", row->display_name);
    }
  g_assert_cmpstr (names->str, ==, expected);
}

/* A supervisor's floor is the team without themselves, a manager's all who take calls; others have
 * none, and everybody may ask about themselves. */
static void
test_who_is_on_whose_floor (Fixture *self, gconstpointer data)
{
  static const char *const others[] = { "agent",   "quality",    "followup", "field",
                                        "finance", "department", "admin",    NULL };

  check_floor (self, "supervisor", floor_search (NULL, NULL), "agent colleague");
  check_floor (self, "manager", floor_search (NULL, NULL),
               "agent colleague followup stranger supervisor");
  check_floor (self, "connector", floor_search (NULL, NULL), "");
  check_floor (self, "connector", floor_search ("agent", NULL), "");
  for (guint i = 0; others[i] != NULL; i++)
    {
      check_floor (self, others[i], floor_search (NULL, NULL), "");
      check_floor (self, others[i], floor_search (others[i], NULL), others[i]);
      check_floor (self, others[i], floor_search ("colleague", NULL), "");
    }
  check_floor (self, "supervisor", floor_search ("supervisor", NULL), "supervisor");
  check_floor (self, "supervisor", floor_search ("agent", NULL), "agent");
  check_floor (self, "supervisor", floor_search ("stranger", NULL), "");
  check_floor (self, "manager", floor_search ("finance", NULL), "finance");
}

static void
test_a_teams_floor (Fixture *self, gconstpointer data)
{
  check_floor (self, "manager", floor_search (NULL, "south"), "stranger");
  check_floor (self, "manager", floor_search (NULL, "north"), "agent colleague supervisor");
  check_floor (self, "supervisor", floor_search (NULL, "north"), "agent colleague");
  check_floor (self, "supervisor", floor_search (NULL, "south"), "");
}

static void
change_person (Fixture *self, const char *who, const char *team, gint64 active)
{
  g_autoptr (MtbPerson) person = mtb_test_get_person (self->department, who);

  MTB_TEST_SET (person, team_id, team != NULL ? mtb_test_id (team) : NULL);
  person->active = active;
  g_assert_true (mtb_store_put (self->department->store, person, NULL));
}

static void
test_who_left_is_on_no_floor (Fixture *self, gconstpointer data)
{
  change_person (self, "agent", "north", 0);
  check_floor (self, "supervisor", floor_search (NULL, NULL), "colleague");
  check_floor (self, "manager", floor_search ("agent", NULL), "");
}

static void
test_a_supervisor_without_a_team (Fixture *self, gconstpointer data)
{
  change_person (self, "supervisor", NULL, 1);
  check_floor (self, "supervisor", floor_search (NULL, NULL), "");
}

static MtbFloorRow *
get_row (Fixture *self, const char *who)
{
  MtbFloorSearch *search = floor_search (who, NULL);
  g_autoptr (GPtrArray) rows = NULL;

  search->day_at = self->department->log_from;
  rows = ask (self, "supervisor", &mtb_floor_query, search);
  g_assert_cmpuint (rows->len, ==, 1);
  return mtb_record_ref (g_ptr_array_index (rows, 0));
}

static void
test_of_whom_nothing_is_known (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbFloorRow) row = get_row (self, "agent");

  g_assert_cmpstr (row->id, ==, mtb_test_id ("agent"));
  g_assert_cmpint (row->roles, ==, MTB_ROLE_AGENT);
  g_assert_cmpstr (row->team_name, ==, "north");
  g_assert_cmpint (row->state, ==, MTB_PRESENCE_OFF);
  g_assert_cmpint (row->act, ==, MTB_ABSENT);
  g_assert_cmpint (row->since, ==, MTB_ABSENT);
  g_assert_null (row->presence_id);
  g_assert_null (row->auxiliary_id);
  g_assert_cmpint (row->auxiliary_status, ==, MTB_ABSENT);
  g_assert_cmpint (row->answered, ==, 0);
  g_assert_cmpint (row->to_write_up, ==, 0);
  g_assert_cmpint (row->suited, ==, 0);
  g_assert_cmpint (row->suits_s, ==, 0);
}

static void
test_how_somebody_stands (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbFloorRow) at_work = NULL;
  g_autoptr (MtbFloorRow) off = NULL;

  move (self, "agent", 0, MTB_PRESENCE_ACT_BEGIN);
  move (self, "agent", 10, MTB_PRESENCE_ACT_ANSWER);
  at_work = get_row (self, "agent");
  g_assert_cmpint (at_work->state, ==, MTB_PRESENCE_ON_CALL);
  g_assert_cmpint (at_work->act, ==, MTB_PRESENCE_ACT_ANSWER);
  g_assert_cmpint (at_work->since, ==, self->department->now);
  g_assert_nonnull (at_work->presence_id);
  move (self, "agent", 20, MTB_PRESENCE_ACT_END);
  off = get_row (self, "agent");
  g_assert_cmpint (off->state, ==, MTB_PRESENCE_OFF);
  g_assert_cmpint (off->act, ==, MTB_PRESENCE_ACT_END);
  g_assert_cmpint (off->since, ==, self->department->now);
}

static void
check_request (Fixture *self, gint64 status, gint64 due_at)
{
  g_autoptr (MtbFloorRow) row = get_row (self, "agent");

  g_assert_cmpstr (row->auxiliary_id, ==, status != MTB_ABSENT ? mtb_test_id ("meal") : NULL);
  g_assert_cmpint (row->auxiliary_status, ==, status);
  g_assert_cmpint (row->reason, ==, status != MTB_ABSENT ? MTB_AUXILIARY_MEAL : MTB_ABSENT);
  g_assert_cmpint (row->minutes, ==, status != MTB_ABSENT ? 30 : MTB_ABSENT);
  g_assert_cmpint (row->due_at, ==, due_at);
}

/* The request that is open stands with its person, and those that are over do not. */
static void
test_the_open_request (Fixture *self, gconstpointer data)
{
  move (self, "agent", 0, MTB_PRESENCE_ACT_BEGIN);
  move (self, "agent", 5, MTB_PRESENCE_ACT_ANSWER);
  mtb_test_accept (self->department, "agent", mtb_test_ask ("meal", MTB_AUXILIARY_MEAL, 30));
  check_request (self, MTB_AUXILIARY_ASKED, MTB_ABSENT);
  mtb_test_accept (self->department, "supervisor",
                   mtb_test_decide (self->department, &mtb_auxiliary_approve, "meal", NULL));
  check_request (self, MTB_AUXILIARY_APPROVED, MTB_ABSENT);
  move (self, "agent", 10, MTB_PRESENCE_ACT_FINISH);
  check_request (self, MTB_AUXILIARY_RUNNING, self->department->now + 30 * MTB_MINUTE + 1);
  move (self, "agent", 20, MTB_PRESENCE_ACT_RETURN);
  check_request (self, MTB_ABSENT, MTB_ABSENT);
}

static void
put_agent_total (Fixture *self, const char *key, const char *who, gint64 day_at, gint64 answered)
{
  g_autoptr (MtbAgentTotal) total = mtb_record_new (&mtb_agent_total_table.shape);

  total->id = g_strdup (mtb_test_id (key));
  total->person_id = g_strdup (mtb_test_id (who));
  total->day_at = day_at;
  total->answered = answered;
  total->answered_late = 1;
  total->answered_wait_s = 70;
  total->talk_s = 100 * answered;
  total->wrap_up_s = 10 * answered;
  total->ended = answered - 1;
  total->written_up = answered - 3;
  g_assert_true (mtb_store_put (self->department->store, total, NULL));
}

static void
put_record_total (Fixture *self, const char *key, const char *who, gint64 day_at, gint64 suited)
{
  g_autoptr (MtbRecordTotal) total = mtb_record_new (&mtb_record_total_table.shape);

  total->id = g_strdup (mtb_test_id (key));
  total->person_id = g_strdup (mtb_test_id (who));
  total->type_id = g_strdup (mtb_test_id (key));
  total->day_at = day_at;
  total->records = suited + 1;
  total->solved = 1;
  total->talk_s = 1;
  total->wrap_up_s = 1;
  total->suited = suited;
  total->suits_s = suited * 60;
  g_assert_true (mtb_store_put (self->department->store, total, NULL));
}

static void
test_the_days_figures (Fixture *self, gconstpointer data)
{
  gint64 day_at = self->department->log_from;
  g_autoptr (MtbFloorRow) row = NULL;
  g_autoptr (GPtrArray) without_day = NULL;

  put_agent_total (self, "today", "agent", day_at, 8);
  put_agent_total (self, "yesterday", "agent", day_at - MTB_DAY, 50);
  put_agent_total (self, "another's", "colleague", day_at, 70);
  put_record_total (self, "fault", "agent", day_at, 3);
  put_record_total (self, "price", "agent", day_at, 4);
  put_record_total (self, "fault yesterday", "agent", day_at - MTB_DAY, 30);
  put_record_total (self, "another's fault", "colleague", day_at, 50);
  row = get_row (self, "agent");
  g_assert_cmpint (row->answered, ==, 8);
  g_assert_cmpint (row->to_write_up, ==, 2);
  g_assert_cmpint (row->talk_s, ==, 800);
  g_assert_cmpint (row->wrap_up_s, ==, 80);
  g_assert_cmpint (row->suited, ==, 7);
  g_assert_cmpint (row->suits_s, ==, 420);
  without_day = ask (self, "supervisor", &mtb_floor_query, floor_search ("agent", NULL));
  g_assert_cmpint (((MtbFloorRow *) g_ptr_array_index (without_day, 0))->answered, ==, 0);
}

static MtbAuxiliarySearch *
auxiliary_search (const char *person)
{
  MtbAuxiliarySearch *search = mtb_record_new (mtb_auxiliary_query.arguments);

  search->person_id = person != NULL ? g_strdup (mtb_test_id (person)) : NULL;
  return search;
}

static void
check_requests (Fixture *self, const char *who, MtbAuxiliarySearch *search, const char *expected)
{
  g_autoptr (GPtrArray) rows = ask (self, who, &mtb_auxiliary_query, search);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const MtbAuxiliaryRow *row = g_ptr_array_index (rows, i);

      g_string_append_printf (names, "%s%s:%s", i > 0 ? " " : "", row->person_name,
                              mtb_auxiliary_status_words[row->status]);
    }
  g_assert_cmpstr (names->str, ==, expected);
}

static void
ask_for_a_meal (Fixture *self, const char *who, double minute)
{
  g_autofree char *name = g_strdup_printf ("meal of %s", who);

  move (self, who, minute, MTB_PRESENCE_ACT_BEGIN);
  mtb_test_accept (self->department, who, mtb_test_ask (name, MTB_AUXILIARY_MEAL, 30));
}

static void
ask_all_round (Fixture *self)
{
  static const char *const people[] = { "agent", "colleague", "stranger", "supervisor", NULL };

  for (guint i = 0; people[i] != NULL; i++)
    ask_for_a_meal (self, people[i], i);
  mtb_test_set_minute (self->department, 10);
  mtb_test_accept (
    self->department, "supervisor",
    mtb_test_decide (self->department, &mtb_auxiliary_refuse, "meal of agent", "too many wait"));
}

static void
test_whose_requests_are_seen (Fixture *self, gconstpointer data)
{
  static const char *const others[] = { "quality",    "followup", "field",     "finance",
                                        "department", "admin",    "connector", NULL };
  MtbAuxiliarySearch *deciding = auxiliary_search (NULL);

  ask_all_round (self);
  check_requests (self, "manager", auxiliary_search (NULL),
                  "supervisor:asked stranger:asked colleague:asked agent:refused");
  check_requests (self, "supervisor", auxiliary_search (NULL),
                  "supervisor:asked colleague:asked agent:refused");
  deciding->decider_id = g_strdup (mtb_test_id ("supervisor"));
  check_requests (self, "supervisor", deciding, "colleague:asked agent:refused");
  check_requests (self, "agent", auxiliary_search (NULL), "agent:refused");
  check_requests (self, "agent", auxiliary_search ("colleague"), "");
  check_requests (self, "supervisor", auxiliary_search ("stranger"), "");
  for (guint i = 0; others[i] != NULL; i++)
    check_requests (self, others[i], auxiliary_search (NULL), "");
}

static void
test_which_requests (Fixture *self, gconstpointer data)
{
  MtbAuxiliarySearch *asked = auxiliary_search (NULL);
  MtbAuxiliarySearch *late = auxiliary_search (NULL);
  MtbAuxiliarySearch *latest = auxiliary_search (NULL);

  ask_all_round (self);
  asked->status = MTB_AUXILIARY_ASKED;
  late->from = self->department->log_from + MTB_MINUTE;
  latest->limit = 1;
  check_requests (self, "supervisor", asked, "supervisor:asked colleague:asked");
  check_requests (self, "supervisor", late, "supervisor:asked colleague:asked");
  check_requests (self, "supervisor", latest, "supervisor:asked");
  check_requests (self, "supervisor", auxiliary_search ("agent"), "agent:refused");
}

static void
test_a_requests_row (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  const MtbAuxiliaryRow *row;

  move (self, "agent", 0, MTB_PRESENCE_ACT_BEGIN);
  mtb_test_set_minute (self->department, 10);
  mtb_test_approve (self->department, "agent", "meal", 30);
  rows = ask (self, "agent", &mtb_auxiliary_query, auxiliary_search (NULL));
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->person_name, ==, "agent");
  g_assert_cmpstr (row->decided_by_name, ==, "supervisor");
  g_assert_cmpint (row->asked_at, ==, self->department->now);
  g_assert_cmpint (row->decided_at, ==, self->department->now);
  g_assert_cmpint (row->started_at, ==, self->department->now);
  g_assert_cmpint (row->due_at, ==, self->department->now + 30 * MTB_MINUTE);
  g_assert_cmpint (row->ended_at, ==, MTB_ABSENT);
}

static void
check_stretches (Fixture *self, const char *who, double from, double until, const char *expected)
{
  MtbPresenceSearch *search = mtb_record_new (mtb_presence_query.arguments);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GString) states = g_string_new (NULL);
  gint64 base = self->department->log_from;

  search->person_id = g_strdup (mtb_test_id ("agent"));
  search->from = from < 0 ? MTB_ABSENT : base + (gint64) (from * MTB_MINUTE);
  search->until = until < 0 ? MTB_ABSENT : base + (gint64) (until * MTB_MINUTE);
  rows = ask (self, who, &mtb_presence_query, search);
  for (guint i = 0; i < rows->len; i++)
    {
      const MtbPresence *stretch = g_ptr_array_index (rows, i);

      g_string_append_printf (states, "%s%s", i > 0 ? " " : "",
                              mtb_presence_state_words[stretch->state]);
    }
  g_assert_cmpstr (states->str, ==, expected);
}

static void
test_a_persons_stretches (Fixture *self, gconstpointer data)
{
  move (self, "agent", 0, MTB_PRESENCE_ACT_BEGIN);
  move (self, "agent", 10, MTB_PRESENCE_ACT_ANSWER);
  move (self, "agent", 20, MTB_PRESENCE_ACT_HANG_UP);
  move (self, "colleague", 20, MTB_PRESENCE_ACT_BEGIN);
  move (self, "agent", 30, MTB_PRESENCE_ACT_END);
  check_stretches (self, "agent", -1, -1, "available on_call wrap_up off");
  check_stretches (self, "agent", 10, -1, "on_call wrap_up off");
  check_stretches (self, "agent", 15, 25, "on_call wrap_up");
  check_stretches (self, "agent", 15, 20, "on_call");
  check_stretches (self, "agent", -1, 10, "available");
  check_stretches (self, "agent", 500, -1, "off");
  check_stretches (self, "supervisor", 15, 25, "on_call wrap_up");
  check_stretches (self, "manager", 15, 25, "on_call wrap_up");
  check_stretches (self, "colleague", -1, -1, "");
  check_stretches (self, "quality", -1, -1, "");
}

#define ADD(path, func) g_test_add ("/query/" path, Fixture, NULL, setup, func, teardown)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("floor/who", test_who_is_on_whose_floor);
  ADD ("floor/team", test_a_teams_floor);
  ADD ("floor/left", test_who_left_is_on_no_floor);
  ADD ("floor/no-team", test_a_supervisor_without_a_team);
  ADD ("floor/nothing", test_of_whom_nothing_is_known);
  ADD ("floor/stands", test_how_somebody_stands);
  ADD ("floor/request", test_the_open_request);
  ADD ("floor/figures", test_the_days_figures);
  ADD ("auxiliary/whose", test_whose_requests_are_seen);
  ADD ("auxiliary/which", test_which_requests);
  ADD ("auxiliary/row", test_a_requests_row);
  ADD ("presence", test_a_persons_stretches);
  return g_test_run ();
}
