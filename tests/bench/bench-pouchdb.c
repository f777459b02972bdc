/* The same records sent and fetched by PouchDB, with express-pouchdb at the other end; LevelDB at both,
 * which does not wait for the disk. */

#include "bench-pouchdb.h"

#include "bench-check.h"
#include "bench-desk.h"
#include "bench-peer.h"
#include "bench-scratch.h"
#include "bench-session.h"
#include "bench-table.h"
#include "mtb-call.h"
#include "mtb-time.h"

#define BATCH 100

typedef struct
{
  BenchSeries *lean;
  BenchSeries *push;
  BenchSeries *pull;
  BenchSeries *their_push;
  BenchSeries *their_pull;
} Rates;

static double
get_rate (guint n_records, gint64 start)
{
  return n_records / ((double) (g_get_monotonic_time () - start) / G_TIME_SPAN_SECOND);
}

static double
push_lean (BenchDepartment *department, const BenchServer *server, guint n_records)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  BenchDesk desk = { requests };
  BenchSession session = { 0 };
  gint64 start;
  double rate;

  bench_session_open (&session, server->address);
  for (guint i = 0; i < n_records / BATCH; i++)
    g_ptr_array_add (requests, bench_session_log_calls (&session, department, BATCH, rand));
  start = g_get_monotonic_time ();
  if (bench_client_run (server->address, &desk, 1, "\"applied\"") != n_records)
    g_error ("not all commands were applied");
  rate = get_rate (n_records, start);
  bench_session_close (&session);
  return rate;
}

/* What the desk's own engine has kept first, as PouchDB has. */
static double
push_by_engine (BenchDepartment *department, const BenchServer *server, guint n_records)
{
  g_autofree char *folder = g_dir_make_tmp ("desk-XXXXXX", NULL);
  g_autoptr (MtbClient) client = bench_desk_sign_in (server, server->address.port, folder);
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  g_autoptr (GError) error = NULL;
  gint64 start;
  double rate;

  bench_desk_sync_first (client);
  for (guint i = 0; i < n_records; i++)
    {
      gpointer call = bench_department_make_call (department, rand, mtb_time_now ());
      g_autofree char *id = mtb_client_give (client, call, &error);

      check (id != NULL, error);
      mtb_record_unref (call);
    }
  start = g_get_monotonic_time ();
  check (mtb_client_sync (client, NULL, &error), error);
  rate = get_rate (n_records, start);
  bench_remove_folder (folder);
  return rate;
}

static double
pull_by_engine (const BenchServer *server, guint n_records)
{
  g_autofree char *folder = g_dir_make_tmp ("desk-XXXXXX", NULL);
  g_autoptr (MtbClient) client = bench_desk_sign_in (server, server->address.port, folder);
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  double rate;

  check (mtb_client_sync (client, NULL, &error), error);
  rate = get_rate (n_records, start);
  bench_remove_folder (folder);
  return rate;
}

static gboolean
add_line (gpointer record, gpointer lines, GError **error)
{
  g_autofree char *line = mtb_json_write_record (record);

  g_string_append_printf (lines, "%s\n", line);
  return TRUE;
}

static void
write_records (const BenchDepartment *department, guint n_records, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbStore) store = mtb_store_open (department->database, MTB_STORE_READ_ONLY, &error);
  g_autoptr (GString) lines = g_string_new (NULL);

  check (store != NULL
           && mtb_store_each (store, &mtb_call_table.shape,
                              "SELECT $columns(c) FROM call c ORDER BY c.id LIMIT :n",
                              MTB_PARAMETERS (MTB_NUMBER ("n", n_records)), add_line, lines, &error)
           && g_file_set_contents (path, lines->str, (gssize) lines->len, &error),
         error);
}

static void
run_peer (const char *folder, const char *records, Rates *rates)
{
  g_autofree char *script = bench_peer_find ("pouchdb-server.mjs");
  const char *arguments[] = { "node", script, folder, NULL };
  guint16 port;
  g_autoptr (GSubprocess) server = bench_program_start (arguments, &port);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autoptr (JsonObject) answer = bench_peer_run ("pouchdb.mjs", url, folder, records, NULL);

  bench_series_add (rates->their_push, json_object_get_double_member (answer, "push"));
  bench_series_add (rates->their_pull, json_object_get_double_member (answer, "pull"));
  g_subprocess_force_exit (server);
  g_subprocess_wait (server, NULL, NULL);
}

static void
run_round (guint n_records, Rates *rates)
{
  g_autofree char *folder = g_dir_make_tmp ("pouchdb-XXXXXX", NULL);
  g_autofree char *records = g_build_filename (folder, "records.json", NULL);
  g_autoptr (BenchDepartment) department = bench_department_new (BENCH_SQLITE);
  BenchServer *server = bench_server_start (department, BENCH_DIRECT);

  bench_series_add (rates->push, push_by_engine (department, server, n_records));
  bench_series_add (rates->pull, pull_by_engine (server, n_records));
  bench_series_add (rates->lean, push_lean (department, server, n_records));
  bench_server_stop (server);
  write_records (department, n_records, records);
  run_peer (folder, records, rates);
  bench_remove_folder (folder);
}

static void
print_row (const char *name, BenchSeries *ours, BenchSeries *theirs, double stretch)
{
  bench_table_row (&(BenchRow){ .name = name,
                                .unit = "/s",
                                .ours = bench_series_get_median (ours),
                                .peer = bench_series_get_median (theirs),
                                .stretch = stretch });
}

void
bench_pouchdb (guint n_records, guint n_rounds)
{
  g_autoptr (BenchSeries) lean = bench_series_new ();
  g_autoptr (BenchSeries) push = bench_series_new ();
  g_autoptr (BenchSeries) pull = bench_series_new ();
  g_autoptr (BenchSeries) their_push = bench_series_new ();
  g_autoptr (BenchSeries) their_pull = bench_series_new ();
  Rates rates = { lean, push, pull, their_push, their_pull };
  g_autofree char *title = g_strdup_printf ("%u records of calls, ours durable", n_records);

  n_records -= n_records % BATCH;
  for (guint i = 0; i < n_rounds; i++)
    run_round (n_records, &rates);
  bench_table_head (title, "PouchDB");
  print_row ("push, batches of 100, a lean client", lean, their_push, 2);
  print_row ("push, batches of 100, a desk's engine", push, their_push, 0);
  print_row ("pull by a fresh desk", pull, their_pull, 0);
}
