/* A desk out of reach and a server that presumes its person away come to one account of the day. */

#include "mtb-test-desk.h"

#include "mtb-id.h"
#include "mtb-person.h"
#include "mtb-presence.h"
#include "mtb-time.h"

#define STRETCHES "SELECT COUNT(*) FROM presence"
#define LAPSES "SELECT COUNT(*) FROM presence WHERE act = 'lapse'"
#define BEGINNINGS "SELECT SUM (started_at) FROM presence"
#define ENDS "SELECT COALESCE (SUM (ended_at), 0) FROM presence"

static void
move (MtbTestDesk *desk, MtbPresenceAct act)
{
  MtbPresenceMove *arguments = mtb_record_new (&mtb_presence_move.shape);

  arguments->id = mtb_id_new (mtb_time_now ());
  arguments->act = act;
  mtb_test_desk_give (desk, arguments);
}

static void
put_operator (MtbTestServer *server)
{
  g_autoptr (MtbPerson) operator= mtb_record_new (&mtb_person_table.shape);

  operator->id = g_strdup (mtb_test_id ("operator"));
  operator->username = g_strdup ("(test operator)");
  operator->display_name = g_strdup ("operator");
  operator->roles = MTB_ROLE_OPERATOR;
  operator->active = 1;
  mtb_test_server_put (server, operator);
}

static void
presume_away (MtbTestServer *server, const char *who)
{
  MtbPresenceLapse *lapse = mtb_record_new (&mtb_presence_lapse.shape);

  put_operator (server);
  lapse->id = mtb_id_new (mtb_time_now ());
  lapse->person_id = g_strdup (mtb_test_id (who));
  lapse->act = MTB_PRESENCE_ACT_LAPSE;
  lapse->seen_at = mtb_time_now ();
  mtb_test_server_command (server, "operator", lapse);
}

static void
check_same (MtbTestServer *server, MtbTestDesk *desk)
{
  static const char *const figures[] = { STRETCHES, BEGINNINGS, ENDS };

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    g_assert_cmpint (mtb_test_desk_count (desk, figures[i]), ==,
                     mtb_test_server_count (server, figures[i]));
}

static void
check_state (MtbTestDesk *desk, const char *state)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT COUNT(*) FROM presence WHERE ended_at IS NULL AND state = '%s'", state);

  g_assert_cmpint (mtb_test_desk_count (desk, sql), ==, 1);
}

/* Both desks come to what the server has: this state, and no lapse. */
static void
check_account (MtbTestServer *server, MtbTestDesk *own, MtbTestDesk *other, const char *state)
{
  MtbTestDesk *const desks[] = { own, other };

  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    {
      mtb_test_desk_sync (desks[i]);
      check_state (desks[i], state);
      check_same (server, desks[i]);
      g_assert_cmpint (mtb_test_desk_count (desks[i], LAPSES), ==, 0);
    }
}

/* The desk did not hear of the lapse; what its person did meanwhile refutes it everywhere. */
static void
test_done_out_of_reach (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbTestDesk) hadi = mtb_test_desk_new (server, "hadi");

  move (rima, MTB_PRESENCE_ACT_BEGIN);
  mtb_test_desk_sync (rima);
  mtb_test_transport_set_cut (rima->line, TRUE);
  move (rima, MTB_PRESENCE_ACT_ANSWER);
  presume_away (server, "rima");
  mtb_test_desk_sync (hadi);
  check_state (hadi, "away");
  check_state (rima, "on_call");

  mtb_test_transport_set_cut (rima->line, FALSE);
  move (rima, MTB_PRESENCE_ACT_HANG_UP);
  check_account (server, rima, hadi, "wrap_up");
  g_assert_cmpuint (mtb_test_desk_get_n_refused (rima), ==, 0);
}

/* The desk heard of the lapse, and says that nobody had left: at once for itself, then for all. */
static void
test_resumed (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbTestDesk) hadi = mtb_test_desk_new (server, "hadi");

  move (rima, MTB_PRESENCE_ACT_BEGIN);
  mtb_test_desk_sync (rima);
  presume_away (server, "rima");
  mtb_test_desk_sync (rima);
  mtb_test_desk_sync (hadi);
  check_state (rima, "away");
  move (rima, MTB_PRESENCE_ACT_RESUME);
  check_state (rima, "available");
  check_account (server, rima, hadi, "available");
}

/* An answer that was lost on the way is given again and moves nobody twice. */
static void
test_lost_answer (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");

  move (rima, MTB_PRESENCE_ACT_BEGIN);
  move (rima, MTB_PRESENCE_ACT_LEAVE);
  mtb_test_transport_lose_answers (rima->line, "POST", 1);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_UNREACHABLE);
  presume_away (server, "rima");
  move (rima, MTB_PRESENCE_ACT_RETURN);
  mtb_test_desk_sync (rima);
  check_state (rima, "available");
  g_assert_cmpint (mtb_test_server_count (server, STRETCHES), ==, 3);
  check_same (server, rima);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/presence/out-of-reach", test_done_out_of_reach);
  g_test_add_func ("/sync/presence/resumed", test_resumed);
  g_test_add_func ("/sync/presence/lost-answer", test_lost_answer);
  return g_test_run ();
}
