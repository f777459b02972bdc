/* Commands through the real server, each checked, numbered, chained and durable before its answer,
 * beside a bare program that writes the same rows. Both in turn, several times. */

#include "bench-commands.h"

#include "bench-bare.h"
#include "bench-history.h"
#include "bench-place.h"
#include "bench-server.h"
#include "bench-session.h"
#include "bench-table.h"

/* @share: of the commands, as one alone takes long; a bare program commits @bare_group at once.
 * What is wanted, on SQLite and on PostgreSQL. */
typedef struct
{
  const char *name;
  guint n_desks;
  guint batch;
  guint bare_group;
  guint share;
  double target[2];
  double stretch[2];
} Load;

static const Load loads[] = {
  { "1 desk, batches of 100", 1, 100, 100, 1, { 0.60, 0.50 }, { 0.75, 0.70 } },
  { "4 desks, batches of 100", 4, 100, 100, 1, { 0.60, 0.50 }, { 0.75, 0.70 } },
  { "32 desks, 1 command each", 32, 1, 1, 4, { 1.20 }, { 2.00 } },
};

typedef struct
{
  guint n_commands;
  guint n_rounds;
} Size;

typedef struct
{
  BenchSeries *ours;
  BenchSeries *bare;
  BenchSeries *ratios;
  BenchSeries *growths;
  BenchSeries *bare_growths;
} Results;

static BenchDesk *
make_desks (BenchDepartment *department,
            const BenchSession *session,
            const Load *load,
            guint n_commands)
{
  BenchDesk *desks = g_new0 (BenchDesk, load->n_desks);
  g_autoptr (GRand) rand = g_rand_new_with_seed (9001);
  guint n_requests = MAX (n_commands / load->share / load->n_desks / load->batch, 1);

  for (guint i = 0; i < load->n_desks; i++)
    {
      desks[i].requests = g_ptr_array_new_with_free_func (g_free);
      for (guint j = 0; j < n_requests; j++)
        g_ptr_array_add (desks[i].requests,
                         bench_session_log_calls (session, department, load->batch, rand));
    }
  return desks;
}

static void
free_desks (BenchDesk *desks, const Load *load)
{
  for (guint i = 0; i < load->n_desks; i++)
    g_ptr_array_unref (desks[i].requests);
  g_free (desks);
}

/* Returns how many commands a second. */
static double
serve (BenchDepartment *department, BenchWay way, const Load *load, guint n_commands)
{
  BenchServer *server = bench_server_start (department, way);
  BenchSession session = { 0 };
  BenchDesk *desks;
  guint n_sent;
  gint64 start;
  double seconds;

  bench_session_open (&session, server->address);
  desks = make_desks (department, &session, load, n_commands);
  n_sent = load->n_desks * desks[0].requests->len * load->batch;
  start = g_get_monotonic_time ();
  if (bench_client_run (server->address, desks, load->n_desks, "\"applied\"") != n_sent)
    g_error ("not all commands were applied");
  seconds = (double) (g_get_monotonic_time () - start) / G_TIME_SPAN_SECOND;
  bench_server_stop (server);
  free_desks (desks, load);
  bench_session_close (&session);
  return n_sent / seconds;
}

static gint64
read_seq (const BenchDepartment *department)
{
  g_autoptr (MtbStore) store = mtb_store_open (department->database, MTB_STORE_READ_ONLY, NULL);
  gint64 seq;

  if (store == NULL
      || !mtb_store_select_number (store, "SELECT seq FROM head WHERE id = 1", NULL, &seq, NULL))
    g_error ("there is no department");
  return seq;
}

/* A department that the server serves, and an equal one into which the bare program writes the same
 * rows afterwards. */
static void
run_both (const BenchPlace *place,
          BenchHistory history,
          const Load *load,
          const Size *size,
          double *ours,
          BenchBare *bare)
{
  g_autoptr (BenchDepartment) department = bench_history_copy (place->engine, history);
  g_autoptr (BenchDepartment) equal = bench_history_copy (place->engine, history);
  gint64 seq = read_seq (department);

  *ours = serve (department, place->way, load, size->n_commands);
  *bare = bench_bare_write (department, equal, seq, load->bare_group);
}

static BenchBare
run_round (const BenchPlace *place, const Load *load, const Size *size, Results *results)
{
  double ours[BENCH_N_HISTORIES];
  BenchBare bare[BENCH_N_HISTORIES];
  double rates[BENCH_N_HISTORIES];

  for (guint i = 0; i < BENCH_N_HISTORIES; i++)
    {
      run_both (place, i, load, size, &ours[i], &bare[i]);
      rates[i] = bare[i].n_commands / bare[i].seconds;
    }
  bench_series_add (results->ours, ours[BENCH_HISTORY]);
  bench_series_add (results->bare, rates[BENCH_HISTORY]);
  bench_series_add (results->ratios, ours[BENCH_HISTORY] / rates[BENCH_HISTORY]);
  bench_series_add (results->growths, ours[BENCH_HISTORY] / ours[BENCH_LONG_HISTORY]);
  bench_series_add (results->bare_growths, rates[BENCH_HISTORY] / rates[BENCH_LONG_HISTORY]);
  return bare[BENCH_HISTORY];
}

static void
run_load (const BenchPlace *place, const Load *load, const Size *size)
{
  g_autoptr (BenchSeries) ours = bench_series_new ();
  g_autoptr (BenchSeries) bare = bench_series_new ();
  g_autoptr (BenchSeries) ratios = bench_series_new ();
  g_autoptr (BenchSeries) growths = bench_series_new ();
  g_autoptr (BenchSeries) bare_growths = bench_series_new ();
  Results results = { ours, bare, ratios, growths, bare_growths };
  g_autofree char *name = g_strdup_printf ("%s: %s", place->name, load->name);
  BenchBare last = { 0 };

  for (guint i = 0; i < size->n_rounds; i++)
    last = run_round (place, load, size, &results);
  bench_table_row (&(BenchRow){ .name = name,
                                .unit = "/s",
                                .ours = bench_series_get_median (ours),
                                .peer = bench_series_get_median (bare),
                                .ratio = bench_series_get_median (ratios),
                                .growth = bench_series_get_median (growths),
                                .target = load->target[place->engine],
                                .stretch = load->stretch[place->engine] });
  bench_table_note ("  %.2f rows and %.0f bytes a command in the bare program's groups of %u;"
                    " at 10x it becomes %.2f times slower itself",
                    last.rows_each, last.bytes_each, load->bare_group,
                    bench_series_get_median (bare_growths));
}

static void
run_place (const BenchPlace *place, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (loads); i++)
    run_load (place, &loads[i], data);
}

void
bench_commands (guint n_commands, guint n_rounds)
{
  Size size = { n_commands, n_rounds };

  bench_table_head ("Durable commands (call.log) over HTTP, and a bare program with the same rows",
                    "bare engine");
  bench_each_place (run_place, &size);
}
