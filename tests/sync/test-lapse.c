/* A desk of which nothing was heard, and what becomes of its person's shift. */

#include "mtb-test-desk.h"

#include "mtb-id.h"
#include "mtb-lease.h"
#include "mtb-person.h"
#include "mtb-presence.h"
#include "mtb-time.h"
#include "mtb-watch.h"

#define LATER_MS (10 * MTB_MINUTE)
#define STATE(state) "SELECT COUNT(*) FROM presence WHERE ended_at IS NULL AND state = '" state "'"

static void
put_operator (MtbTestServer *server)
{
  g_autoptr (MtbPerson) person = mtb_record_new (&mtb_person_table.shape);

  person->id = g_strdup (MTB_PERSON_OPERATOR);
  person->username = g_strdup ("(operator)");
  person->display_name = g_strdup ("(operator)");
  person->roles = MTB_ROLE_OPERATOR;
  person->active = 1;
  mtb_test_server_put (server, person);
}

static void
look (MtbTestServer *server, MtbWatch *watch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbAuthority) authority = mtb_authority_open (server->database, &error);

  g_assert_no_error (error);
  mtb_authority_set_clock (authority, mtb_test_server_read_clock, server);
  g_assert_true (mtb_watch_run (watch, authority, &error));
  g_assert_no_error (error);
}

/* Ten minutes pass without a word; the server has looked all the time, and does, twice. */
static void
fall_silent (MtbTestServer *server)
{
  MtbWatch watch = { 0 };

  put_operator (server);
  server->ahead_ms += LATER_MS;
  watch.ran_at = mtb_test_server_read_clock (server);
  for (guint i = 0; i < 2; i++)
    look (server, &watch);
}

/* The line of a test has no live connection. */
static void
hear_of (MtbTestServer *server, const char *who)
{
  g_autoptr (MtbStore) store = mtb_store_open (server->database, MTB_STORE_AUTHORITY, NULL);
  g_autoptr (MtbLease) lease =
    mtb_lease_new (mtb_test_id (who), "desk", mtb_test_server_read_clock (server));

  g_assert_true (mtb_lease_write (store, lease, NULL));
}

static MtbTestDesk *
begin_shift (MtbTestServer *server)
{
  MtbTestDesk *rima = mtb_test_desk_new (server, "rima");
  MtbPresenceMove *move = mtb_record_new (&mtb_presence_move.shape);

  move->id = mtb_id_new (mtb_time_now ());
  move->act = MTB_PRESENCE_ACT_BEGIN;
  mtb_test_desk_give (rima, move);
  mtb_test_desk_sync (rima);
  hear_of (server, "rima");
  g_assert_cmpint (mtb_test_server_count (server, STATE ("available")), ==, 1);
  return rima;
}

static void
test_desk_that_comes_back (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = begin_shift (server);

  g_assert_false (mtb_client_resume (rima->client));
  fall_silent (server);
  g_assert_cmpint (mtb_test_server_count (server, STATE ("away")), ==, 1);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, STATE ("away")), ==, 1);
  g_assert_true (mtb_client_resume (rima->client));
  g_assert_false (mtb_client_resume (rima->client));
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, STATE ("available")), ==, 1);
  g_assert_cmpint (mtb_test_server_count (server, STATE ("available")), ==, 1);
}

/* In one stretch, which lasts on after the first. */
static void
test_desk_that_falls_silent_again (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = begin_shift (server);

  for (guint i = 0; i < 3; i++)
    {
      fall_silent (server);
      g_assert_cmpint (mtb_test_server_count (server, STATE ("away")), ==, 1);
      mtb_test_desk_sync (rima);
      g_assert_true (mtb_client_resume (rima->client));
      mtb_test_desk_sync (rima);
      hear_of (server, "rima");
      g_assert_cmpint (mtb_test_server_count (server, STATE ("available")), ==, 1);
    }
}

/* While it could not look, it could not note of whom it heard, either. */
static void
test_server_that_comes_back (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = begin_shift (server);
  MtbWatch watch = { 0 };

  server->still_at = mtb_time_now ();
  watch.ran_at = server->still_at;
  put_operator (server);
  for (guint i = 0; i < 6; i++)
    {
      server->ahead_ms += i == 0 ? LATER_MS : MTB_MINUTE - MTB_SECOND;
      look (server, &watch);
      g_assert_cmpint (mtb_test_server_count (server, STATE ("available")), ==, 1);
    }
  server->ahead_ms += MTB_MINUTE - MTB_SECOND;
  look (server, &watch);
  g_assert_cmpint (mtb_test_server_count (server, STATE ("away")), ==, 1);
}

/* Whoever was away and signs in anew says themselves what they do. */
static void
test_who_signs_in_anew (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = begin_shift (server);

  fall_silent (server);
  mtb_test_desk_restart (rima);
  mtb_test_desk_sync (rima);
  g_assert_false (mtb_client_resume (rima->client));
  g_assert_cmpint (mtb_test_server_count (server, STATE ("away")), ==, 1);
}

static void
test_sign_out_forgotten (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = begin_shift (server);
  g_autoptr (MtbStore) store = mtb_store_open (server->database, MTB_STORE_AUTHORITY, NULL);

  g_assert_true (mtb_store_execute (store, "DELETE FROM session", NULL));
  fall_silent (server);
  g_assert_cmpint (mtb_test_server_count (server, STATE ("available")), ==, 0);
  g_assert_cmpint (mtb_test_server_count (server, STATE ("away")), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lapse/desk-that-comes-back", test_desk_that_comes_back);
  g_test_add_func ("/lapse/desk-that-falls-silent-again", test_desk_that_falls_silent_again);
  g_test_add_func ("/lapse/server-that-comes-back", test_server_that_comes_back);
  g_test_add_func ("/lapse/who-signs-in-anew", test_who_signs_in_anew);
  g_test_add_func ("/lapse/sign-out-forgotten", test_sign_out_forgotten);
  return g_test_run ();
}
