/* What is told of a connector, by a clock of its own. */

#include "mtb-connector.h"
#include "mtb-person.h"
#include "mtb-test-connector.h"
#include "mtb-time.h"
#include "mtb-watch.h"

#define STATE "SELECT state FROM connection"
#define ENTRIES "SELECT COUNT(*) FROM command WHERE type = 'connection.report'"

static gint64 now;

static gint64
read_clock (gpointer data)
{
  return now;
}

static MtbConnector *
begin (MtbTestConnector *it)
{
  now = mtb_time_now ();
  mtb_authority_set_clock (it->authority, read_clock, NULL);
  return mtb_connector_begin (it->authority, MTB_CONNECTION_PBX_LOG, "pbx", MTB_PERSON_PBX);
}

static void
pass (gint64 ms)
{
  now += ms;
}

static void
check_state (MtbTestConnector *it, const char *expected)
{
  g_autofree char *state = mtb_test_text (it, STATE);

  g_assert_cmpstr (state, ==, expected);
}

static void
test_it_waits_where_nothing_comes (MtbTestConnector *it, gconstpointer data)
{
  MtbConnector *connector = begin (it);
  gint64 taken_at;

  mtb_connector_tell (connector, FALSE, NULL);
  check_state (it, "waiting");
  g_assert_cmpint (mtb_test_number (it, "SELECT last_at FROM connection"), ==, MTB_ABSENT);
  pass (MTB_MINUTE);
  mtb_connector_tell (connector, TRUE, NULL);
  check_state (it, "working");
  taken_at = now;
  pass (4 * MTB_MINUTE);
  mtb_connector_tell (connector, FALSE, NULL);
  check_state (it, "working");
  pass (2 * MTB_MINUTE);
  mtb_connector_tell (connector, FALSE, NULL);
  check_state (it, "waiting");
  g_assert_cmpint (mtb_test_number (it, "SELECT since FROM connection"), ==, now);
  g_assert_cmpint (mtb_test_number (it, "SELECT last_at FROM connection"), ==, taken_at);
  mtb_connector_end (connector, MTB_CONNECTION_STOPPED, NULL);
  check_state (it, "stopped");
}

static void
test_it_is_told_at_most_once_a_minute (MtbTestConnector *it, gconstpointer data)
{
  MtbConnector *connector = begin (it);

  for (guint i = 0; i < 240; i++)
    {
      mtb_connector_tell (connector, TRUE, NULL);
      pass (500);
    }
  /* What it took at the beginning and a minute later. */
  g_assert_cmpint (mtb_test_number (it, ENTRIES), ==, 2);
  mtb_connector_end (connector, MTB_CONNECTION_STOPPED, NULL);
}

static void
test_it_runs_as_long_as_it_says_so (MtbTestConnector *it, gconstpointer data)
{
  MtbConnector *connector = begin (it);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 60; i++)
    {
      pass (5 * MTB_SECOND);
      mtb_connector_tell (connector, FALSE, NULL);
      g_assert_true (mtb_watch_connections (it->authority, &error));
    }
  check_state (it, "waiting");
  pass ((MTB_CONNECTOR_SILENCE_S + 20) * MTB_SECOND);
  g_assert_true (mtb_watch_connections (it->authority, &error));
  check_state (it, "stopped");
  g_assert_true (mtb_watch_connections (it->authority, &error));
  /* It was held up, and goes on. */
  mtb_connector_tell (connector, FALSE, NULL);
  mtb_connector_tell (connector, FALSE, NULL);
  check_state (it, "waiting");
  mtb_connector_end (connector, MTB_CONNECTION_WAITING, NULL);
  pass (MTB_HOUR);
  g_assert_true (mtb_watch_connections (it->authority, &error));
  g_assert_no_error (error);
}

static void
test_one_that_has_ended_stays_as_it_said (MtbTestConnector *it, gconstpointer data)
{
  mtb_connector_end (begin (it), MTB_CONNECTION_WAITING, NULL);
  pass (MTB_HOUR);
  g_assert_true (mtb_watch_connections (it->authority, NULL));
  check_state (it, "waiting");
}

static void
test_trouble_is_told_as_long_as_it_lasts (MtbTestConnector *it, gconstpointer data)
{
  g_autoptr (GError) trouble = g_error_new (MTB_ERROR, MTB_ERROR_STORAGE, "%0500d", 7);
  MtbConnector *connector = begin (it);

  mtb_connector_tell (connector, FALSE, trouble);
  mtb_connector_tell (connector, FALSE, trouble);
  check_state (it, "failed");
  g_assert_cmpint (mtb_test_number (it, ENTRIES), ==, 1);
  g_assert_cmpint (mtb_test_number (it, "SELECT LENGTH (detail) FROM connection"), ==, 400);
  mtb_connector_tell (connector, TRUE, NULL);
  check_state (it, "working");
  mtb_connector_end (connector, MTB_CONNECTION_STOPPED, trouble);
  check_state (it, "failed");
}

static void
test_one_that_runs_again_tells_nothing_new (MtbTestConnector *it, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      MtbConnector *connector = begin (it);

      mtb_connector_tell (connector, FALSE, NULL);
      mtb_connector_end (connector, MTB_CONNECTION_WAITING, NULL);
    }
  g_assert_cmpint (mtb_test_number (it, ENTRIES), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  MTB_TEST_ADD ("/connector/it-waits-where-nothing-comes", test_it_waits_where_nothing_comes);
  MTB_TEST_ADD ("/connector/it-is-told-at-most-once-a-minute",
                test_it_is_told_at_most_once_a_minute);
  MTB_TEST_ADD ("/connector/it-runs-as-long-as-it-says-so", test_it_runs_as_long_as_it_says_so);
  MTB_TEST_ADD ("/connector/one-that-has-ended-stays-as-it-said",
                test_one_that_has_ended_stays_as_it_said);
  MTB_TEST_ADD ("/connector/trouble-is-told-as-long-as-it-lasts",
                test_trouble_is_told_as_long_as_it_lasts);
  MTB_TEST_ADD ("/connector/one-that-runs-again-tells-nothing-new",
                test_one_that_runs_again_tells_nothing_new);
  return g_test_run ();
}
