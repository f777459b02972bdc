/* How soon a new desk has everything, and what a sync costs when there is nothing new. */

#include "bench-sync.h"

#include "bench-check.h"
#include "bench-desk.h"
#include "bench-relay.h"
#include "bench-scratch.h"
#include "bench-subscribers.h"
#include "bench-table.h"
#include "mtb-engine.h"

#include <sqlite3.h>

#define N_EMPTY_SYNCS 500
#define BETWEEN_SCREENS_MS 5
#define FIRST_LETTER "م"

/* What the engine does by itself with the same rows and nothing else: no network, no words to search.
 * Returns seconds. */
static double
copy_bare (const char *database, const char *path)
{
  g_autofree char *sql =
    g_strdup_printf ("ATTACH '%s' AS source; PRAGMA synchronous = FULL;"
                     "CREATE TABLE subscriber (row_n INTEGER PRIMARY KEY,"
                     " id TEXT UNIQUE NOT NULL, account_number, username, name,"
                     " name_folded, telephone, package, tier, status);"
                     "INSERT INTO subscriber SELECT row_n, id, account_number,"
                     " username, name, name_folded, telephone, package, tier,"
                     " status FROM source.subscriber",
                     database + strlen ("sqlite:"));
  gint64 start = g_get_monotonic_time ();
  sqlite3 *handle;

  if (sqlite3_open (path, &handle) != SQLITE_OK
      || sqlite3_exec (handle, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (handle));
  sqlite3_close (handle);
  return (double) (g_get_monotonic_time () - start) / G_TIME_SPAN_SECOND;
}

/* Returns seconds. */
static double
wait_for_directory (const BenchServer *server)
{
  g_autofree char *folder = g_dir_make_tmp ("desk-XXXXXX", NULL);
  MtbClient *client = bench_desk_sign_in (server, server->address.port, folder);
  gint64 start = g_get_monotonic_time ();

  bench_desk_sync_first (client);
  mtb_client_free (client);
  bench_remove_folder (folder);
  return (double) (g_get_monotonic_time () - start) / G_TIME_SPAN_SECOND;
}

/* Returns seconds. */
static double
sync_once (MtbClient *client)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  check (mtb_client_sync (client, NULL, &error), error);
  return (double) (g_get_monotonic_time () - start) / G_TIME_SPAN_SECOND;
}

/* A place with so many customers, and what was measured there. */
typedef struct
{
  guint n_customers;
  double first_rate;
  double empty_ms;
  double empty_bytes;
  double screen_ms;
} Measured;

static void
measure_first (const BenchServer *server, guint n_rounds, Measured *measured)
{
  g_autoptr (BenchSeries) rates = bench_series_new ();

  for (guint i = 0; i < n_rounds; i++)
    {
      g_autofree char *desk = g_dir_make_tmp ("desk-XXXXXX", NULL);
      MtbClient *client = bench_desk_sign_in (server, server->address.port, desk);

      bench_series_add (rates, measured->n_customers / sync_once (client));
      mtb_client_free (client);
      bench_remove_folder (desk);
    }
  measured->first_rate = bench_series_get_median (rates);
}

/* By the desk that has everything, over a wire that counts. */
static void
measure_empty (const BenchServer *server, Measured *measured)
{
  g_autoptr (BenchSeries) times = bench_series_new ();
  g_autofree char *desk = g_dir_make_tmp ("desk-XXXXXX", NULL);
  guint16 port;
  BenchRelay *relay = bench_relay_start (server->address.port, &port);
  MtbClient *client = bench_desk_sign_in (server, port, desk);
  guint64 before;

  sync_once (client);
  sync_once (client);
  before = bench_relay_get_n_bytes (relay);
  for (guint i = 0; i < N_EMPTY_SYNCS; i++)
    bench_series_add (times, 1000 * sync_once (client));
  measured->empty_bytes = (double) (bench_relay_get_n_bytes (relay) - before) / N_EMPTY_SYNCS;
  measured->empty_ms = bench_series_get_median (times);
  mtb_client_free (client);
  bench_relay_stop (relay);
  bench_remove_folder (desk);
}

/* A desk that asks for its first screen again and again while it fetches everything. */
typedef struct
{
  GMainLoop *loop;
  MtbEngine *engine;
  BenchSeries *times;
  gint64 asked_at;
} Screen;

static gboolean on_ask (gpointer data);

static void
on_answered (GObject *engine, GAsyncResult *result, gpointer data)
{
  Screen *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mtb_engine_ask_finish (self->engine, result, &error);

  check (rows != NULL, error);
  bench_series_add (self->times, (double) (g_get_monotonic_time () - self->asked_at) / 1000);
  if (mtb_engine_get_state (self->engine) == MTB_ENGINE_ONLINE && rows->len > 0)
    g_main_loop_quit (self->loop);
  else
    g_timeout_add (BETWEEN_SCREENS_MS, on_ask, self);
}

static gboolean
on_ask (gpointer data)
{
  Screen *self = data;
  MtbCustomerSearch *search = mtb_record_new (mtb_customer_search_query.arguments);

  search->text = g_strdup (FIRST_LETTER);
  search->limit = 50;
  self->asked_at = g_get_monotonic_time ();
  mtb_engine_ask_async (self->engine, &mtb_customer_search_query, search, NULL, on_answered, self);
  return G_SOURCE_REMOVE;
}

static void
on_signed_in (GObject *engine, GAsyncResult *result, gpointer data)
{
  Screen *self = data;
  g_autoptr (GError) error = NULL;

  check (mtb_engine_sign_in_finish (self->engine, result, &error), error);
  on_ask (self);
}

/* The longest that a question of the first screen waited. */
static void
measure_screen (const BenchServer *server, Measured *measured)
{
  g_autofree char *desk = g_dir_make_tmp ("desk-XXXXXX", NULL);
  g_autoptr (MtbTransport) transport = bench_desk_new_transport (server, server->address.port);
  g_autoptr (BenchSeries) times = bench_series_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  MtbEngine *engine = mtb_engine_new (transport, desk);
  Screen self = { .loop = loop, .engine = engine, .times = times };

  mtb_engine_sign_in_async (engine, BENCH_USERNAME, BENCH_PASSWORD, NULL, on_signed_in, &self);
  g_main_loop_run (loop);
  measured->screen_ms = bench_series_get (times, 1);
  g_object_unref (engine);
  bench_remove_folder (desk);
}

static void
measure (const BenchDepartment *department, BenchWay way, guint n_rounds, Measured *measured)
{
  BenchServer *server = bench_server_start (department, way);
  double seconds = wait_for_directory (server);

  bench_table_note ("%u customers: the directory made once, and the first desk, in %.1f s",
                    measured->n_customers, seconds);
  measure_first (server, n_rounds, measured);
  measure_screen (server, measured);
  measure_empty (server, measured);
  bench_server_stop (server);
}

static void
print (const Measured *few, const Measured *many)
{
  bench_table_row (&(BenchRow){ .name = "first sync, rows",
                                .unit = "/s",
                                .ours = many->first_rate,
                                .growth = few->first_rate / many->first_rate,
                                .target = 120000,
                                .stretch = 400000 });
  bench_table_row (&(BenchRow){ .name = "a question meanwhile, the longest",
                                .unit = "ms",
                                .ours = many->screen_ms,
                                .wanted = BENCH_AT_MOST,
                                .stretch = 300 });
  bench_table_row (&(BenchRow){ .name = "nothing new, p50",
                                .unit = "ms",
                                .ours = many->empty_ms,
                                .growth = many->empty_ms / few->empty_ms,
                                .wanted = BENCH_AT_MOST,
                                .target = 5 });
  bench_table_row (&(BenchRow){ .name = "nothing new, both ways",
                                .unit = "B",
                                .ours = many->empty_bytes,
                                .growth = many->empty_bytes / few->empty_bytes,
                                .wanted = BENCH_AT_MOST,
                                .target = 1024 });
}

/* Departments are filled once for both ways of an engine. */
typedef struct
{
  guint n_customers;
  guint n_rounds;
  BenchDepartment *few;
  BenchDepartment *many;
} Run;

static BenchDepartment *
new_department (BenchEngine engine, guint n_customers)
{
  BenchDepartment *department = bench_department_new (engine);

  bench_fill_subscribers (department->database, n_customers);
  return department;
}

static void
run_clear (Run *self)
{
  g_clear_pointer (&self->few, bench_department_free);
  g_clear_pointer (&self->many, bench_department_free);
}

static void
print_bare (const Run *self)
{
  g_autofree char *folder = g_dir_make_tmp ("bare-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bare.db", NULL);

  bench_table_note ("bare SQLite copies the rows, without words to search, at %.0f/s",
                    self->n_customers / copy_bare (self->many->database, path));
  bench_remove_folder (folder);
}

static void
run_place (const BenchPlace *place, gpointer data)
{
  Run *self = data;
  Measured few = { .n_customers = self->n_customers / 10 };
  Measured many = { .n_customers = self->n_customers };
  g_autofree char *title = g_strdup_printf ("A new desk fetches all customers: %s", place->name);

  if (self->many == NULL || self->many->engine != place->engine)
    {
      run_clear (self);
      self->few = new_department (place->engine, few.n_customers);
      self->many = new_department (place->engine, many.n_customers);
    }
  bench_table_head (title, NULL);
  measure (self->few, place->way, self->n_rounds, &few);
  measure (self->many, place->way, self->n_rounds, &many);
  print (&few, &many);
  if (place->engine == BENCH_SQLITE && place->way == BENCH_DIRECT)
    print_bare (self);
}

void
bench_sync (guint n_customers, guint n_rounds)
{
  Run self = { .n_customers = n_customers, .n_rounds = n_rounds };

  bench_each_place (run_place, &self);
  run_clear (&self);
}
