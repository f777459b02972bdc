#include "mtb-test-floor.h"

typedef struct
{
  MtbTestDepartment *department;
} Fixture;

static void
move (Fixture *self, const char *who, MtbPresenceAct act)
{
  mtb_test_accept (self->department, who, mtb_test_move (self->department, act));
}

static void
setup (Fixture *self, gconstpointer data)
{
  self->department = mtb_test_department_new ();
  mtb_test_set_minute (self->department, 0);
  move (self, "agent", MTB_PRESENCE_ACT_BEGIN);
  mtb_test_set_minute (self->department, 10);
}

static void
teardown (Fixture *self, gconstpointer data)
{
  mtb_test_department_free (self->department);
}

static void
ask (Fixture *self, const char *who, const char *name)
{
  mtb_test_accept (self->department, who, mtb_test_ask (name, MTB_AUXILIARY_MEAL, 30));
}

static MtbAuxiliaryDecide *
decide (Fixture *self, const MtbCommand *command, const char *word)
{
  return mtb_test_decide (self->department, command, "meal", word);
}

static MtbAuxiliaryWithdraw *
withdraw (const char *name)
{
  MtbAuxiliaryWithdraw *arguments = mtb_record_new (&mtb_auxiliary_withdraw.shape);

  arguments->id = g_strdup (mtb_test_id (name));
  return arguments;
}

static MtbAuxiliary *
get_request (Fixture *self, const char *name)
{
  return mtb_test_get (self->department, &mtb_auxiliary_table, mtb_test_id (name));
}

static void
check_request (Fixture *self, const char *expected)
{
  mtb_test_check_request (self->department, "meal", expected);
}

static void
test_ask (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbAuxiliary) request = NULL;
  MtbAuxiliaryAsk *arguments = mtb_test_ask ("meal", MTB_AUXILIARY_OTHER, 15);

  arguments->note = g_strdup ("the car");
  self->department->lag = MTB_MINUTE;
  mtb_test_accept (self->department, "agent", arguments);
  request = get_request (self, "meal");
  g_assert_cmpstr (request->person_id, ==, mtb_test_id ("agent"));
  g_assert_cmpint (request->reason, ==, MTB_AUXILIARY_OTHER);
  g_assert_cmpint (request->minutes, ==, 15);
  g_assert_cmpstr (request->note, ==, "the car");
  g_assert_cmpint (request->asked_at, ==, self->department->now - MTB_MINUTE);
  g_assert_cmpint (request->received_at, ==, self->department->now);
  check_request (self, "asked -");
}

static void
test_what_is_asked (Fixture *self, gconstpointer data)
{
  MtbAuxiliaryAsk *unsaid = mtb_test_ask ("meal", MTB_AUXILIARY_OTHER, 15);
  MtbAuxiliaryAsk *blank = mtb_test_ask ("meal", MTB_AUXILIARY_OTHER, 15);

  blank->note = g_strdup ("  ");
  mtb_test_refuse (self->department, "agent", unsaid, MTB_ERROR_INVALID, "note");
  mtb_test_refuse (self->department, "agent", blank, MTB_ERROR_INVALID, "note");
  mtb_test_refuse (self->department, "agent", mtb_test_ask ("meal", MTB_AUXILIARY_MEAL, 0),
                   MTB_ERROR_INVALID, "minutes");
  mtb_test_refuse (self->department, "agent", mtb_test_ask ("meal", MTB_AUXILIARY_MEAL, 481),
                   MTB_ERROR_INVALID, "minutes");
}

static void
test_only_who_is_on_shift_asks (Fixture *self, gconstpointer data)
{
  mtb_test_refuse (self->department, "colleague", mtb_test_ask ("meal", MTB_AUXILIARY_MEAL, 30),
                   MTB_ERROR_CONFLICT, NULL);
  move (self, "agent", MTB_PRESENCE_ACT_END);
  mtb_test_refuse (self->department, "agent", mtb_test_ask ("meal", MTB_AUXILIARY_MEAL, 30),
                   MTB_ERROR_CONFLICT, NULL);
}

static void
refuse_second (Fixture *self)
{
  mtb_test_refuse (self->department, "agent", mtb_test_ask ("second", MTB_AUXILIARY_REST, 5),
                   MTB_ERROR_CONFLICT, NULL);
}

static void
test_one_at_a_time (Fixture *self, gconstpointer data)
{
  move (self, "agent", MTB_PRESENCE_ACT_ANSWER);
  ask (self, "agent", "meal");
  refuse_second (self);
  mtb_test_accept (self->department, "supervisor", decide (self, &mtb_auxiliary_approve, NULL));
  refuse_second (self);
  mtb_test_set_minute (self->department, 11);
  move (self, "agent", MTB_PRESENCE_ACT_FINISH);
  check_request (self, "running 11-");
  refuse_second (self);
  mtb_test_set_minute (self->department, 12);
  move (self, "agent", MTB_PRESENCE_ACT_RETURN);
  ask (self, "agent", "second");
  move (self, "colleague", MTB_PRESENCE_ACT_BEGIN);
  ask (self, "colleague", "another's");
}

static void
test_approve (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbAuxiliary) request = NULL;

  ask (self, "agent", "meal");
  mtb_test_set_minute (self->department, 20);
  mtb_test_accept (self->department, "supervisor",
                   decide (self, &mtb_auxiliary_approve, "enjoy it"));
  request = get_request (self, "meal");
  g_assert_cmpstr (request->decided_by, ==, mtb_test_id ("supervisor"));
  g_assert_cmpstr (request->word, ==, "enjoy it");
  g_assert_cmpint (request->decided_at, ==, self->department->now);
  g_assert_cmpint (request->started_at, ==, self->department->now);
  check_request (self, "running 20-");
  mtb_test_check_stretches (self->department, "agent", "available:begin 0-20 auxiliary:start 20-");
}

/* R10: time away before the approval stays what it was. */
static void
test_approved_while_away (Fixture *self, gconstpointer data)
{
  ask (self, "agent", "meal");
  move (self, "agent", MTB_PRESENCE_ACT_LEAVE);
  mtb_test_set_minute (self->department, 20);
  mtb_test_accept (self->department, "supervisor", decide (self, &mtb_auxiliary_approve, NULL));
  mtb_test_check_stretches (self->department, "agent",
                            "available:begin 0-10 away:leave 10-20 auxiliary:start 20-");
}

static void
test_approved_at_work (Fixture *self, gconstpointer data)
{
  ask (self, "agent", "meal");
  move (self, "agent", MTB_PRESENCE_ACT_ANSWER);
  mtb_test_accept (self->department, "supervisor", decide (self, &mtb_auxiliary_approve, NULL));
  check_request (self, "approved -");
  mtb_test_set_minute (self->department, 12);
  move (self, "agent", MTB_PRESENCE_ACT_HANG_UP);
  check_request (self, "approved -");
  mtb_test_check_stretches (self->department, "agent",
                            "available:begin 0-10 on_call:answer 10-12 wrap_up:hang_up 12-");
}

static void
test_the_stretchs_id_is_new (Fixture *self, gconstpointer data)
{
  MtbAuxiliaryDecide *decision = decide (self, &mtb_auxiliary_approve, NULL);
  g_autofree char *taken =
    mtb_store_select_text (self->department->store, "SELECT id FROM presence", NULL, NULL);

  ask (self, "agent", "meal");
  MTB_TEST_SET (decision, presence_id, taken);
  mtb_test_refuse (self->department, "supervisor", decision, MTB_ERROR_CONFLICT, "id");
  check_request (self, "asked -");
}

static void
test_refuse (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbAuxiliary) request = NULL;

  ask (self, "agent", "meal");
  mtb_test_refuse (self->department, "supervisor", decide (self, &mtb_auxiliary_refuse, NULL),
                   MTB_ERROR_INVALID, "word");
  mtb_test_refuse (self->department, "supervisor", decide (self, &mtb_auxiliary_refuse, " "),
                   MTB_ERROR_INVALID, "word");
  mtb_test_accept (self->department, "supervisor",
                   decide (self, &mtb_auxiliary_refuse, "too many wait"));
  request = get_request (self, "meal");
  g_assert_cmpint (request->status, ==, MTB_AUXILIARY_REFUSED);
  g_assert_cmpstr (request->word, ==, "too many wait");
  g_assert_cmpstr (request->decided_by, ==, mtb_test_id ("supervisor"));
  mtb_test_check_stretches (self->department, "agent", "available:begin 0-");
  ask (self, "agent", "second");
}

static void
give_roles (Fixture *self, const char *who, gint64 roles, const char *team)
{
  g_autoptr (MtbPerson) person = mtb_test_get_person (self->department, who);

  person->roles = roles;
  MTB_TEST_SET (person, team_id, team != NULL ? mtb_test_id (team) : NULL);
  g_assert_true (mtb_store_put (self->department->store, person, NULL));
}

static void
check_decider (Fixture *self, const char *who, MtbError code, const char *field)
{
  mtb_test_refuse (self->department, who, decide (self, &mtb_auxiliary_approve, NULL), code, field);
  mtb_test_refuse (self->department, who, decide (self, &mtb_auxiliary_refuse, "no"), code, field);
}

/* Their own supervisor or the manager; for others the request is not there. */
static void
test_who_decides (Fixture *self, gconstpointer data)
{
  static const char *const others[] = { "agent",   "colleague",  "quality", "followup", "field",
                                        "finance", "department", "admin",   NULL };

  ask (self, "agent", "meal");
  for (guint i = 0; others[i] != NULL; i++)
    check_decider (self, others[i], MTB_ERROR_FORBIDDEN, NULL);
  give_roles (self, "stranger", MTB_ROLE_SUPERVISOR, "south");
  check_decider (self, "stranger", MTB_ERROR_NOT_FOUND, "id");
  give_roles (self, "stranger", MTB_ROLE_SUPERVISOR, NULL);
  check_decider (self, "stranger", MTB_ERROR_NOT_FOUND, "id");
  give_roles (self, "agent", MTB_ROLE_AGENT | MTB_ROLE_MANAGER | MTB_ROLE_SUPERVISOR, "north");
  check_decider (self, "agent", MTB_ERROR_FORBIDDEN, "id");
  mtb_test_accept (self->department, "manager", decide (self, &mtb_auxiliary_approve, NULL));
}

static void
test_withdraw (Fixture *self, gconstpointer data)
{
  ask (self, "agent", "meal");
  mtb_test_refuse (self->department, "colleague", withdraw ("meal"), MTB_ERROR_FORBIDDEN, "id");
  mtb_test_refuse (self->department, "supervisor", withdraw ("meal"), MTB_ERROR_FORBIDDEN, "id");
  mtb_test_accept (self->department, "agent", withdraw ("meal"));
  check_request (self, "withdrawn -");
  mtb_test_refuse (self->department, "agent", withdraw ("nothing"), MTB_ERROR_NOT_FOUND, "id");
  ask (self, "agent", "second");
}

static void
test_an_approved_one_is_withdrawn (Fixture *self, gconstpointer data)
{
  move (self, "agent", MTB_PRESENCE_ACT_ANSWER);
  mtb_test_approve (self->department, "agent", "meal", 30);
  mtb_test_accept (self->department, "agent", withdraw ("meal"));
  mtb_test_set_minute (self->department, 15);
  move (self, "agent", MTB_PRESENCE_ACT_FINISH);
  mtb_test_check_stretches (self->department, "agent",
                            "available:begin 0-10 on_call:answer 10-15 available:finish 15-");
}

/* Every act in every state, as the procedure's words have it: `-` is not allowed. */
static const struct
{
  MtbAuxiliaryStatus from;
  const char *approve, *refuse, *withdraw;
} expected[] = {
  { MTB_AUXILIARY_ASKED, "running", "refused", "withdrawn" },
  { MTB_AUXILIARY_APPROVED, "-", "-", "withdrawn" },
  { MTB_AUXILIARY_REFUSED, "-", "-", "-" },
  { MTB_AUXILIARY_WITHDRAWN, "-", "-", "-" },
  { MTB_AUXILIARY_RUNNING, "-", "-", "-" },
  { MTB_AUXILIARY_ENDED, "-", "-", "-" },
};

static void
check_act (Fixture *self,
           MtbAuxiliaryStatus from,
           const char *who,
           gpointer arguments,
           const char *to)
{
  g_autoptr (MtbAuxiliary) before = get_request (self, "meal");
  g_autoptr (MtbAuxiliary) after = NULL;

  before->status = from;
  g_assert_true (mtb_store_put (self->department->store, before, NULL));
  if (*to == '-')
    mtb_test_refuse (self->department, who, arguments, MTB_ERROR_CONFLICT, "id");
  else
    mtb_test_accept (self->department, who, arguments);
  after = get_request (self, "meal");
  g_assert_cmpstr (mtb_auxiliary_status_words[after->status], ==,
                   *to == '-' ? mtb_auxiliary_status_words[from] : to);
}

static void
test_every_state (Fixture *self, gconstpointer data)
{
  ask (self, "agent", "meal");
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      check_act (self, expected[i].from, "agent", withdraw ("meal"), expected[i].withdraw);
      check_act (self, expected[i].from, "supervisor", decide (self, &mtb_auxiliary_refuse, "no"),
                 expected[i].refuse);
      check_act (self, expected[i].from, "supervisor", decide (self, &mtb_auxiliary_approve, NULL),
                 expected[i].approve);
    }
}

static void
test_on_a_desk (Fixture *self, gconstpointer data)
{
  self->department->is_desk = TRUE;
  ask (self, "agent", "meal");
  mtb_test_refuse (self->department, "supervisor", decide (self, &mtb_auxiliary_approve, NULL),
                   MTB_ERROR_ONLINE_ONLY, NULL);
  mtb_test_accept (self->department, "agent", withdraw ("meal"));
}

#define ADD(path, func) \
  g_test_add ("/workflow/auxiliary" path, Fixture, NULL, setup, func, teardown)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD (".ask", test_ask);
  ADD (".ask/what", test_what_is_asked);
  ADD (".ask/on-shift", test_only_who_is_on_shift_asks);
  ADD (".ask/one", test_one_at_a_time);
  ADD (".approve", test_approve);
  ADD (".approve/away", test_approved_while_away);
  ADD (".approve/at-work", test_approved_at_work);
  ADD (".approve/id", test_the_stretchs_id_is_new);
  ADD (".refuse", test_refuse);
  ADD ("/who-decides", test_who_decides);
  ADD (".withdraw", test_withdraw);
  ADD (".withdraw/approved", test_an_approved_one_is_withdrawn);
  ADD ("/every-state", test_every_state);
  ADD ("/desk", test_on_a_desk);
  return g_test_run ();
}
