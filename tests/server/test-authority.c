/* What the machinery fails over is judged neither before nor after its time. */

#include "mtb-authority.h"
#include "mtb-error.h"
#include "mtb-founding.h"
#include "mtb-id.h"
#include "mtb-person.h"
#include "mtb-test-record.h"
#include "mtb-time.h"

static void
add_team (GPtrArray *orders, const char *name)
{
  gint64 now = mtb_time_now ();
  g_autofree char *id = mtb_id_new (now);
  MtbTeamPut *put = mtb_record_new (&mtb_team_add.shape);

  put->id = mtb_id_new (now);
  put->name = g_strdup (name);
  g_ptr_array_add (
    orders, mtb_order_new (mtb_envelope_new (put, id, 0, now), MTB_PERSON_OPERATOR, NULL, NULL));
}

/* The disk is full for a moment, over the second of three. */
static void
test_what_is_behind_a_failure_waits (void)
{
  g_autoptr (MtbAuthority) authority = mtb_authority_open ("sqlite::memory:", NULL);
  MtbStore *store = mtb_authority_get_store (authority);
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_order_free);
  const MtbOrder *const *all;
  gboolean was_there;

  g_assert_true (mtb_department_found (authority, &was_there, NULL));
  g_assert_true (mtb_store_execute (store,
                                    "CREATE TRIGGER fail BEFORE INSERT ON team"
                                    " WHEN NEW.name = 'two'"
                                    " BEGIN SELECT RAISE (FAIL, 'the disk is full'); END",
                                    NULL));
  add_team (orders, "one");
  add_team (orders, "two");
  add_team (orders, "three");
  mtb_authority_judge (authority, orders);
  all = (const MtbOrder *const *) orders->pdata;
  g_assert_true (all[0]->verdict->applied);
  g_assert_null (all[1]->verdict);
  g_assert_error (all[1]->failure, MTB_ERROR, MTB_ERROR_STORAGE);
  g_assert_null (all[2]->verdict);
  g_assert_error (all[2]->failure, MTB_ERROR, MTB_ERROR_STORAGE);

  g_assert_true (mtb_store_execute (store, "DROP TRIGGER fail", NULL));
  mtb_authority_judge (authority, orders);
  g_assert_true (all[1]->verdict->applied);
  g_assert_cmpint (all[1]->verdict->seq, <, all[2]->verdict->seq);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/authority/order", test_what_is_behind_a_failure_waits);
  return g_test_run ();
}
