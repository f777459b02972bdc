/* Two servers on one database behind HAProxy, and desks that write one command after the other: how
 * long one of them waits when a server is killed, and whether a rolling restart refuses anything.
 * What got no answer is given again, as desks do, at once. */

#include "bench-kill.h"

#include "bench-department.h"
#include "bench-place.h"
#include "bench-server.h"
#include "bench-session.h"
#include "bench-table.h"

#include <string.h>

#define N_SERVERS 2
#define N_DESKS 8
#define AGAIN_MS 20
#define BEFORE_MS 2000
/* Until HAProxy has looked twice. */
#define AFTER_MS 2000

typedef struct
{
  GSubprocess *process;
  guint16 port;
} Server;

typedef struct
{
  BenchDepartment *department;
  Server servers[N_SERVERS];
  BenchFront *front;
  BenchSession session;
  gint is_over;
} House;

/* @longest: the longest time between two acknowledgements, in microseconds */
typedef struct
{
  House *house;
  GThread *thread;
  guint seed;
  guint n_given;
  guint n_refused;
  gint64 longest;
} Desk;

static void
start_server (House *self, Server *server)
{
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", server->port);
  const char *arguments[] = { MTB_SERVER_PROGRAM, "--database", self->department->database,
                              "--listen",         address,      "--behind-proxy",
                              "--drain-seconds",  "3",          NULL };

  server->process = bench_program_start (arguments, &server->port);
}

static void
stop_server (Server *server, int how)
{
  g_subprocess_send_signal (server->process, how);
  g_subprocess_wait (server->process, NULL, NULL);
  g_clear_object (&server->process);
}

/* Returns whether the command was acknowledged. */
static gboolean
give (BenchLine *line, const char *request)
{
  g_autofree char *answer = bench_line_ask (line, request);

  return answer != NULL && strstr (answer, "\"applied\"") != NULL;
}

static void
give_until_acknowledged (Desk *self, BenchLine *line, const char *request)
{
  while (!give (line, request))
    {
      self->n_refused++;
      bench_line_close (line);
      g_usleep (AGAIN_MS * G_TIME_SPAN_MILLISECOND);
      bench_line_open (line, self->house->front->address);
    }
  self->n_given++;
}

static gpointer
work (gpointer data)
{
  Desk *self = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (self->seed);
  BenchLine line;
  gint64 last;

  bench_line_open (&line, self->house->front->address);
  last = g_get_monotonic_time ();
  while (!g_atomic_int_get (&self->house->is_over))
    {
      g_autofree char *request =
        bench_session_log_calls (&self->house->session, self->house->department, 1, rand);
      gint64 now;

      give_until_acknowledged (self, &line, request);
      now = g_get_monotonic_time ();
      self->longest = MAX (self->longest, now - last);
      last = now;
    }
  bench_line_close (&line);
  return NULL;
}

static gint64
count_commands (const House *self)
{
  g_autoptr (MtbStore) store =
    mtb_store_open (self->department->database, MTB_STORE_READ_ONLY, NULL);
  gint64 n;

  if (store == NULL
      || !mtb_store_select_number (
        store, "SELECT COUNT(*) FROM command WHERE type = 'call.log' AND status = 'applied'", NULL,
        &n, NULL))
    g_error ("there is no department");
  return n;
}

static void
kill_one (House *self)
{
  g_usleep (BEFORE_MS * G_TIME_SPAN_MILLISECOND);
  stop_server (&self->servers[0], SIGKILL);
  g_usleep (AFTER_MS * G_TIME_SPAN_MILLISECOND);
  start_server (self, &self->servers[0]);
  g_usleep (AFTER_MS * G_TIME_SPAN_MILLISECOND);
}

static void
restart_all (House *self)
{
  g_usleep (BEFORE_MS * G_TIME_SPAN_MILLISECOND);
  for (guint i = 0; i < N_SERVERS; i++)
    {
      stop_server (&self->servers[i], SIGTERM);
      start_server (self, &self->servers[i]);
      g_usleep (AFTER_MS * G_TIME_SPAN_MILLISECOND);
    }
}

/* Has all desks write while something happens; returns what all of them met. */
static Desk
write_while (House *self, void (*happen) (House *self))
{
  Desk desks[N_DESKS] = { 0 };
  Desk all = { 0 };
  gint64 n_before = count_commands (self);

  self->is_over = FALSE;
  for (guint i = 0; i < N_DESKS; i++)
    {
      desks[i].house = self;
      desks[i].seed = i;
      desks[i].thread = g_thread_new ("desk", work, &desks[i]);
    }
  happen (self);
  g_atomic_int_set (&self->is_over, TRUE);
  for (guint i = 0; i < N_DESKS; i++)
    {
      g_thread_join (desks[i].thread);
      all.n_given += desks[i].n_given;
      all.n_refused += desks[i].n_refused;
      all.longest = MAX (all.longest, desks[i].longest);
    }
  bench_table_note ("  %u commands acknowledged, %u given again, %" G_GINT64_FORMAT " found",
                    all.n_given, all.n_refused, count_commands (self) - n_before);
  bench_table_promise ("none lost, none doubled", count_commands (self) - n_before == all.n_given);
  return all;
}

static void
measure (House *self)
{
  Desk killed, restarted;

  killed = write_while (self, kill_one);
  bench_table_row (&(BenchRow){ .name = "a server killed: longest wait of a desk",
                                .unit = "ms",
                                .ours = (double) killed.longest / 1000,
                                .wanted = BENCH_AT_MOST,
                                .target = 1000 });
  restarted = write_while (self, restart_all);
  bench_table_row (&(BenchRow){ .name = "a rolling restart: longest wait",
                                .unit = "ms",
                                .ours = (double) restarted.longest / 1000 });
  bench_table_promise ("a rolling restart refuses nothing", restarted.n_refused == 0);
}

static void
run_place (const BenchPlace *place, gpointer data)
{
  House self = { 0 };

  if (place->engine != BENCH_POSTGRESQL || place->way != BENCH_PROXY)
    return;
  self.department = bench_department_new (place->engine);
  for (guint i = 0; i < N_SERVERS; i++)
    {
      self.servers[i].port = bench_front_find_port ();
      start_server (&self, &self.servers[i]);
    }
  self.front = bench_front_start (self.servers[0].port, self.servers[1].port);
  bench_session_open (&self.session, self.front->address);
  measure (&self);
  bench_session_close (&self.session);
  bench_front_stop (self.front);
  for (guint i = 0; i < N_SERVERS; i++)
    stop_server (&self.servers[i], SIGTERM);
  bench_department_free (self.department);
}

void
bench_kill (void)
{
  bench_table_head ("Two servers on one PostgreSQL behind HAProxy, 8 desks that write", NULL);
  bench_each_place (run_place, NULL);
}
