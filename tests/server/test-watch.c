/* What is presumed of people of whom nothing is heard. */

#include "mtb-lease.h"
#include "mtb-pbx.h"
#include "mtb-presence.h"
#include "mtb-test-department.h"
#include "mtb-watch.h"

#define NOW G_GINT64_CONSTANT (1750000000000)
#define AGO(seconds) (NOW - (seconds) *MTB_SECOND)

static void
put (MtbTestDepartment *department, gpointer record)
{
  g_autoptr (GError) error = NULL;

  mtb_store_put (department->store, record, &error);
  g_assert_no_error (error);
  mtb_record_unref (record);
}

static void
stand (MtbTestDepartment *department, gint64 state, gint64 act, gint64 started_at)
{
  MtbPresence *stretch = mtb_record_new (&mtb_presence_table.shape);

  stretch->id = g_strdup (mtb_test_id ("stretch"));
  stretch->person_id = g_strdup (mtb_test_id ("agent"));
  stretch->state = state;
  stretch->act = act;
  stretch->started_at = started_at;
  put (department, stretch);
}

static void
lease (MtbTestDepartment *department, const char *desk, gint64 seen_at, gint64 ended_at)
{
  MtbLease *record = mtb_lease_new (mtb_test_id ("agent"), desk, AGO (9000));

  record->seen_at = seen_at;
  record->ended_at = ended_at;
  put (department, record);
}

static void
sign_in (MtbTestDepartment *department, gint64 expires_at)
{
  MtbSession *session = mtb_record_new (&mtb_session_shape);

  session->token_hash = g_strdup_printf ("%" G_GINT64_FORMAT, expires_at);
  session->person_id = g_strdup (mtb_test_id ("agent"));
  session->created_at = AGO (9000);
  session->expires_at = expires_at;
  put (department, session);
}

static void
assert_nothing (MtbTestDepartment *department, gint64 up_since)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lapses = mtb_watch_find (department->store, NOW, up_since, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (lapses->len, ==, 0);
}

static void
assert_presumed (MtbTestDepartment *department, gint64 act, gint64 seen_at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lapses = mtb_watch_find (department->store, NOW, AGO (9000), &error);
  const MtbPresenceLapse *lapse;

  g_assert_no_error (error);
  g_assert_cmpuint (lapses->len, ==, 1);
  lapse = g_ptr_array_index (lapses, 0);
  g_assert_cmpstr (lapse->person_id, ==, mtb_test_id ("agent"));
  g_assert_cmpint (lapse->act, ==, act);
  g_assert_cmpint (lapse->seen_at, ==, seen_at);
  g_assert_true (mtb_record_check (lapse, NULL));
}

static void
test_desk_that_dies (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  stand (department, MTB_PRESENCE_AVAILABLE, MTB_PRESENCE_ACT_BEGIN, AGO (8000));
  sign_in (department, NOW + MTB_HOUR);
  lease (department, "one", AGO (300), MTB_ABSENT);
  assert_nothing (department, AGO (9000));
  lease (department, "one", AGO (301), MTB_ABSENT);
  assert_presumed (department, MTB_PRESENCE_ACT_LAPSE, AGO (301));
  lease (department, "one", AGO (301), AGO (301));
  assert_presumed (department, MTB_PRESENCE_ACT_LAPSE, AGO (301));
}

static void
test_another_desk_lives (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  stand (department, MTB_PRESENCE_AVAILABLE, MTB_PRESENCE_ACT_BEGIN, AGO (8000));
  sign_in (department, NOW + MTB_HOUR);
  lease (department, "one", AGO (4000), MTB_ABSENT);
  lease (department, "other", AGO (10), MTB_ABSENT);
  assert_nothing (department, AGO (9000));
}

/* The PBX may have seen them on a call since, or they came by no live connection at all. */
static void
test_what_they_did_since_counts (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  sign_in (department, NOW + MTB_HOUR);
  stand (department, MTB_PRESENCE_ON_CALL, MTB_PRESENCE_ACT_ANSWER, AGO (200));
  assert_nothing (department, AGO (9000));
  lease (department, "one", AGO (4000), AGO (4000));
  assert_nothing (department, AGO (9000));
  stand (department, MTB_PRESENCE_ON_CALL, MTB_PRESENCE_ACT_ANSWER, AGO (400));
  assert_presumed (department, MTB_PRESENCE_ACT_LAPSE, AGO (400));
}

static void
test_server_that_was_down (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  stand (department, MTB_PRESENCE_AVAILABLE, MTB_PRESENCE_ACT_BEGIN, AGO (8000));
  sign_in (department, NOW + MTB_HOUR);
  lease (department, "one", AGO (4000), MTB_ABSENT);
  assert_nothing (department, AGO (299));
  assert_presumed (department, MTB_PRESENCE_ACT_LAPSE, AGO (4000));
}

static void
test_presumed_once (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  sign_in (department, NOW + MTB_HOUR);
  stand (department, MTB_PRESENCE_AWAY, MTB_PRESENCE_ACT_LAPSE, AGO (8000));
  assert_nothing (department, AGO (9000));
  stand (department, MTB_PRESENCE_OFF, MTB_PRESENCE_ACT_END, AGO (8000));
  assert_nothing (department, AGO (9000));
}

static void
test_sign_out_forgotten (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  MtbPbxCall *call = mtb_record_new (&mtb_pbx_call_table.shape);

  stand (department, MTB_PRESENCE_AVAILABLE, MTB_PRESENCE_ACT_FINISH, AGO (8000));
  lease (department, "one", AGO (600), MTB_ABSENT);
  sign_in (department, NOW);
  assert_presumed (department, MTB_PRESENCE_ACT_EXPIRE, AGO (8000));
  call->id = g_strdup (mtb_test_id ("pbx"));
  call->reference = g_strdup ("r");
  call->queue = g_strdup ("support");
  call->person_id = g_strdup (mtb_test_id ("agent"));
  call->entered_at = AGO (7200);
  call->ended_at = AGO (7000);
  call->outcome = MTB_OUTCOME_COMPLETED;
  put (department, call);
  assert_presumed (department, MTB_PRESENCE_ACT_EXPIRE, AGO (7000));
  sign_in (department, NOW + 1);
  assert_presumed (department, MTB_PRESENCE_ACT_LAPSE, AGO (600));
}

static void
test_signed_out_and_lapsed (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  stand (department, MTB_PRESENCE_AWAY, MTB_PRESENCE_ACT_LAPSE, AGO (8000));
  lease (department, "one", AGO (8000), AGO (8000));
  assert_presumed (department, MTB_PRESENCE_ACT_EXPIRE, AGO (8000));
  /* A desk that is heard of has a person who may sign in again. */
  lease (department, "one", AGO (100), AGO (100));
  assert_nothing (department, AGO (9000));
}

/* Where a proxy lets no live connection through, or somebody's shift is told without a desk, that
 * nothing is heard means nothing; a sign-in that has ended does. */
static void
test_who_was_never_heard_of (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  stand (department, MTB_PRESENCE_AVAILABLE, MTB_PRESENCE_ACT_FINISH, AGO (8000));
  assert_nothing (department, AGO (9000));
  sign_in (department, NOW + 1);
  assert_nothing (department, AGO (9000));
  /* One that was dismissed has ended. */
  mtb_store_execute (department->store, "UPDATE session SET dismissed = 1", NULL);
  assert_presumed (department, MTB_PRESENCE_ACT_EXPIRE, AGO (8000));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/watch/desk-that-dies", test_desk_that_dies);
  g_test_add_func ("/watch/another-desk-lives", test_another_desk_lives);
  g_test_add_func ("/watch/what-they-did-since-counts", test_what_they_did_since_counts);
  g_test_add_func ("/watch/server-that-was-down", test_server_that_was_down);
  g_test_add_func ("/watch/presumed-once", test_presumed_once);
  g_test_add_func ("/watch/sign-out-forgotten", test_sign_out_forgotten);
  g_test_add_func ("/watch/signed-out-and-lapsed", test_signed_out_and_lapsed);
  g_test_add_func ("/watch/who-was-never-heard-of", test_who_was_never_heard_of);
  return g_test_run ();
}
