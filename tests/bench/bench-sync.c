/* How soon a new desk has everything, and what a sync costs when there is nothing new. */

#include "bench-sync.h"

#include "bench-department.h"
#include "bench-scratch.h"
#include "bench-server.h"
#include "bench-subscribers.h"
#include "bench-table.h"
#include "mtb-client.h"
#include "mtb-error.h"
#include "mtb-soup-transport.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define N_EMPTY_SYNCS 500
#define WAIT_US (100 * G_TIME_SPAN_MILLISECOND)

static void
check (gboolean ok, const GError *error)
{
  if (!ok)
    g_error ("%s", error->message);
}

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

static MtbClient *
sign_in (const BenchServer *server, const char *folder)
{
  g_autoptr (MtbTransport) transport = mtb_soup_transport_new (server->url);
  g_autoptr (GError) error = NULL;
  MtbClient *client = mtb_client_new (transport, folder);

  check (mtb_client_sign_in (client, BENCH_USERNAME, BENCH_PASSWORD, NULL, &error), error);
  return client;
}

/* The directory is made once, beside; whoever comes before it is there comes again. */
static double
wait_for_directory (MtbClient *client)
{
  gint64 start = g_get_monotonic_time ();
  gboolean ok = FALSE;

  while (!ok)
    {
      g_autoptr (GError) error = NULL;

      ok = mtb_client_sync (client, NULL, &error);
      if (!ok && !g_error_matches (error, MTB_ERROR, MTB_ERROR_UNREACHABLE))
        g_error ("%s", error->message);
      if (!ok)
        g_usleep (WAIT_US);
    }
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

static void
sync_with_nothing_new (MtbClient *client)
{
  g_autoptr (BenchSeries) times = bench_series_new ();

  for (guint i = 0; i < N_EMPTY_SYNCS; i++)
    bench_series_add (times, 1000 * sync_once (client));
  bench_table_row (&(BenchRow){ .name = "nothing new, one request, p50",
                                .unit = "ms",
                                .ours = bench_series_get_median (times),
                                .wanted = BENCH_AT_MOST,
                                .target = 5 });
}

static void
sync_rounds (const BenchDepartment *department,
             const BenchServer *server,
             const char *folder,
             guint n_customers,
             guint n_rounds)
{
  g_autoptr (BenchSeries) ours = bench_series_new ();
  g_autoptr (BenchSeries) bare = bench_series_new ();

  for (guint i = 0; i < n_rounds; i++)
    {
      g_autofree char *desk = g_strdup_printf ("%s/desk%u", folder, i);
      g_autofree char *path = g_strdup_printf ("%s/bare%u.db", folder, i);
      MtbClient *client = sign_in (server, desk);

      bench_series_add (bare, n_customers / copy_bare (department->database, path));
      bench_series_add (ours, n_customers / sync_once (client));
      if (i == n_rounds - 1)
        sync_with_nothing_new (client);
      mtb_client_free (client);
      bench_remove_folder (desk);
      g_unlink (path);
    }
  bench_table_row (&(BenchRow){ .name = "first sync, rows",
                                .unit = "/s",
                                .ours = bench_series_get_median (ours),
                                .peer = bench_series_get_median (bare) });
}

void
bench_sync (guint n_customers, guint n_rounds)
{
  g_autofree char *folder = g_dir_make_tmp ("mutabaa-bench-XXXXXX", NULL);
  g_autofree char *first = g_build_filename (folder, "first", NULL);
  g_autoptr (BenchDepartment) department = bench_department_new (BENCH_SQLITE);
  g_autofree char *title =
    g_strdup_printf ("A new desk fetches %u customers, searched and durable", n_customers);
  BenchServer *server;
  MtbClient *client;

  bench_fill_subscribers (department->database, n_customers);
  server = bench_server_start (department, BENCH_DIRECT);
  bench_table_head (title, "bare SQLite");
  client = sign_in (server, first);
  bench_table_note ("the directory made once, and the first desk: %.1f s",
                    wait_for_directory (client));
  mtb_client_free (client);
  sync_rounds (department, server, folder, n_customers, n_rounds);
  bench_server_stop (server);
  bench_remove_folder (folder);
}
