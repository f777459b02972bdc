/* Several servers of one database, and a database that goes away and comes back. */

#include "mtb-test-desk.h"

#include "mtb-test-database.h"

#define N_CALLS 25
#define PATIENCE_US (60 * G_TIME_SPAN_SECOND)
#define CALLS "SELECT COUNT(*) FROM call"
#define VERDICTS "SELECT COUNT(*) FROM command WHERE type = 'call.log' AND status = 'applied'"

/* Somebody who gives calls one by one, on a thread of their own. */
typedef struct
{
  MtbTestDesk *desk;
  GPtrArray *calls;
  GThread *thread;
  gint done;
} Worker;

static gboolean
is_waiting (MtbTestDesk *desk)
{
  return mtb_test_desk_get_n_waiting (desk) > 0;
}

/* What fails meanwhile is offered again. */
static void
send_all (MtbTestDesk *desk)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (is_waiting (desk) && g_get_monotonic_time () < end)
    if (!mtb_client_sync (desk->client, NULL, NULL))
      g_usleep (G_TIME_SPAN_SECOND / 50);
  g_assert_false (is_waiting (desk));
}

static gpointer
work (gpointer data)
{
  Worker *self = data;

  for (guint i = 0; i < self->calls->len; i++)
    {
      mtb_test_desk_give (self->desk, mtb_record_ref (g_ptr_array_index (self->calls, i)));
      send_all (self->desk);
    }
  g_atomic_int_set (&self->done, 1);
  return NULL;
}

static void
worker_start (Worker *self, MtbTestServer *server, const char *who)
{
  self->desk = mtb_test_desk_new (server, who);
  self->calls = g_ptr_array_new_with_free_func (mtb_record_unref);
  for (guint i = 0; i < N_CALLS; i++)
    g_ptr_array_add (self->calls, mtb_test_new_call (who));
  self->thread = g_thread_new (who, work, self);
}

static void
worker_end (Worker *self)
{
  g_thread_join (self->thread);
  g_assert_cmpuint (mtb_test_desk_get_n_refused (self->desk), ==, 0);
  mtb_test_desk_free (self->desk);
  g_ptr_array_unref (self->calls);
}

static void
check_each_call_is_once (MtbTestServer *server, guint n)
{
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, n);
  g_assert_cmpint (mtb_test_server_count (server, VERDICTS), ==, n);
}

/* Who pulls all the while, now from one and now from the other with the same sign-in, has everything
 * in the end, though nothing is fetched twice. */
static void
test_two_servers (void)
{
  g_autoptr (MtbTestServer) one = mtb_test_server_new ();
  g_autoptr (MtbTestServer) other = mtb_test_server_new_beside (one);
  g_autoptr (MtbTestDesk) hadi = mtb_test_desk_new (one, "hadi");
  Worker rima = { 0 };
  Worker samer = { 0 };

  worker_start (&rima, one, "rima");
  worker_start (&samer, other, "samer");
  for (guint i = 0; !g_atomic_int_get (&rima.done) || !g_atomic_int_get (&samer.done); i++)
    {
      mtb_test_transport_set_server (hadi->line, i % 2 == 0 ? other : one);
      mtb_test_desk_sync (hadi);
    }
  worker_end (&rima);
  worker_end (&samer);
  mtb_test_desk_sync (hadi);
  g_assert_cmpint (mtb_test_desk_count (hadi, CALLS), ==, 2 * N_CALLS);
  check_each_call_is_once (one, 2 * N_CALLS);
}

/* The first did it and could not say so; the other knows. */
static void
test_a_repeat_at_the_other (void)
{
  g_autoptr (MtbTestServer) one = mtb_test_server_new ();
  g_autoptr (MtbTestServer) other = mtb_test_server_new_beside (one);
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (one, "rima");
  g_autofree char *id = mtb_test_desk_log (rima, "once");

  mtb_test_transport_lose_answers (rima->line, "POST", 1);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_UNREACHABLE);
  mtb_test_transport_set_server (rima->line, other);
  mtb_test_desk_sync (rima);
  g_assert_false (is_waiting (rima));
  check_each_call_is_once (other, 1);
}

static gpointer
come_up (gpointer data)
{
  g_autoptr (GError) error = NULL;
  MtbService *service = mtb_service_new (data, NULL, NULL, &error);

  g_assert_no_error (error);
  return service;
}

static void
test_two_come_up_on_an_empty_database (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mutabaa-sync-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "department.db", NULL);
  g_autofree char *uri = mtb_test_database_new (path);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("server", come_up, uri);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    mtb_service_free (g_thread_join (threads[i]));
  mtb_test_remove_folder (folder);
}

static void
restart_database (void)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_command_line_sync (g_getenv ("MTB_TEST_RESTART"), NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

/* The service complains of what it cannot do meanwhile. */
static void
ignore_complaint (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
}

/* Killed in the middle: the same service goes on, and what was answered is there. */
static void
test_the_database_is_killed (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  Worker rima = { 0 };
  Worker samer = { 0 };
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL);
  guint handler = g_log_set_handler (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, ignore_complaint, NULL);

  worker_start (&rima, server, "rima");
  worker_start (&samer, server, "samer");
  while (mtb_test_server_count (server, CALLS) < N_CALLS / 2)
    g_usleep (G_TIME_SPAN_SECOND / 100);
  restart_database ();
  worker_end (&rima);
  worker_end (&samer);
  g_log_remove_handler (G_LOG_DOMAIN, handler);
  g_log_set_always_fatal (fatal);
  check_each_call_is_once (server, 2 * N_CALLS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/processes/two-servers", test_two_servers);
  g_test_add_func ("/processes/a-repeat-at-the-other", test_a_repeat_at_the_other);
  g_test_add_func ("/processes/two-come-up", test_two_come_up_on_an_empty_database);
  if (mtb_test_database_is_shared ())
    g_test_add_func ("/processes/the-database-is-killed", test_the_database_is_killed);
  return g_test_run ();
}
