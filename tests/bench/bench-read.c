/* A small read by somebody who has signed in, beside a SoupServer that does nothing but say hello,
 * each as far away as the other. */

#include "bench-read.h"

#include "bench-history.h"
#include "bench-place.h"
#include "bench-server.h"
#include "bench-session.h"
#include "bench-table.h"

#define N_DESKS 32

typedef struct
{
  guint n_requests;
  guint n_rounds;
} Size;

/* The bare one. */
typedef struct
{
  GSubprocess *process;
  BenchFront *front;
  BenchAddress address;
} Hello;

static void
hello_start (Hello *self, BenchWay way)
{
  const char *arguments[] = { MTB_HELLO_PROGRAM, NULL };
  guint16 port;

  self->process = bench_program_start (arguments, &port);
  self->front = way == BENCH_PROXY ? bench_front_start (port, port) : NULL;
  self->address = self->front != NULL ? self->front->address : (BenchAddress){ .port = port };
}

static void
hello_stop (Hello *self)
{
  g_clear_pointer (&self->front, bench_front_stop);
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

/* Returns how many answers a second. */
static double
ask (BenchAddress address, const char *token, const char *expected, guint n_requests)
{
  g_autofree char *request = bench_client_request ("GET", "/v1/session", token, "");
  g_autoptr (GPtrArray) requests = g_ptr_array_new ();
  BenchDesk desks[N_DESKS];
  guint n_sent;
  gint64 start;

  for (guint i = 0; i < MAX (n_requests / N_DESKS, 1); i++)
    g_ptr_array_add (requests, request);
  for (guint i = 0; i < N_DESKS; i++)
    desks[i].requests = requests;
  n_sent = N_DESKS * requests->len;
  start = g_get_monotonic_time ();
  if (bench_client_run (address, desks, N_DESKS, expected) != n_sent)
    g_error ("not all requests were answered");
  return n_sent * (double) G_TIME_SPAN_SECOND / (g_get_monotonic_time () - start);
}

/* A department's server, with somebody who has signed in. */
typedef struct
{
  BenchDepartment *department;
  BenchServer *server;
  BenchSession session;
} Ours;

static void
ours_start (Ours *self, const BenchPlace *place, BenchHistory history)
{
  self->department = bench_history_copy (place->engine, history);
  self->server = bench_server_start (self->department, place->way);
  bench_session_open (&self->session, self->server->address);
}

static double
ours_ask (Ours *self, guint n_requests)
{
  return ask (self->server->address, self->session.token, "\"username\"", n_requests);
}

static void
ours_stop (Ours *self)
{
  bench_session_close (&self->session);
  bench_server_stop (self->server);
  bench_department_free (self->department);
}

static void
run_rounds (const BenchPlace *place, const Size *size, Ours *ours, Hello *hello)
{
  g_autoptr (BenchSeries) rates = bench_series_new ();
  g_autoptr (BenchSeries) bare = bench_series_new ();
  g_autoptr (BenchSeries) ratios = bench_series_new ();
  g_autoptr (BenchSeries) growths = bench_series_new ();

  for (guint i = 0; i < size->n_rounds; i++)
    {
      double rate = ours_ask (&ours[BENCH_HISTORY], size->n_requests);
      double hellos = ask (hello->address, NULL, "hello", size->n_requests);

      bench_series_add (rates, rate);
      bench_series_add (bare, hellos);
      bench_series_add (ratios, rate / hellos);
      bench_series_add (growths, rate / ours_ask (&ours[BENCH_LONG_HISTORY], size->n_requests));
    }
  bench_table_row (&(BenchRow){ .name = place->name,
                                .unit = "/s",
                                .ours = bench_series_get_median (rates),
                                .peer = bench_series_get_median (bare),
                                .ratio = bench_series_get_median (ratios),
                                .growth = bench_series_get_median (growths),
                                .target = 0.50,
                                .stretch = 0.65 });
}

static void
run_place (const BenchPlace *place, gpointer data)
{
  Ours ours[BENCH_N_HISTORIES] = { 0 };
  Hello hello;

  hello_start (&hello, place->way);
  for (guint i = 0; i < BENCH_N_HISTORIES; i++)
    ours_start (&ours[i], place, i);
  run_rounds (place, data, ours, &hello);
  for (guint i = 0; i < BENCH_N_HISTORIES; i++)
    ours_stop (&ours[i]);
  hello_stop (&hello);
}

void
bench_read (guint n_requests, guint n_rounds)
{
  Size size = { n_requests, n_rounds };

  bench_table_head ("A small read with a sign-in (GET /v1/session), 32 connections",
                    "bare SoupServer");
  bench_each_place (run_place, &size);
}
