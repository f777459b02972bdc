/* Rows that SQLite steps through and of which every column is read, by nobody but SQLite. Nothing that
 * is made of these rows on SQLite can take less. */

#include "bench-rows.h"

#include "bench-table.h"

#include <sqlite3.h>
#include <string.h>

#define ROUNDS 3

static void
read_columns (sqlite3_stmt *statement)
{
  for (int i = 0; i < sqlite3_column_count (statement); i++)
    if (sqlite3_column_type (statement, i) == SQLITE_TEXT)
      sqlite3_column_text (statement, i);
    else
      sqlite3_column_int64 (statement, i);
}

static double
time_once (sqlite3_stmt *statement)
{
  gint64 start = g_get_monotonic_time ();
  int result;

  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    read_columns (statement);
  if (result != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (sqlite3_db_handle (statement)));
  sqlite3_reset (statement);
  return (double) (g_get_monotonic_time () - start) / 1000;
}

/* Milliseconds, the middle of some rounds. */
double
bench_rows_time (const char *database, const char *sql)
{
  g_autoptr (BenchSeries) times = bench_series_new ();
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;

  if (sqlite3_open_v2 (database + strlen ("sqlite:"), &handle,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL)
        != SQLITE_OK
      || sqlite3_exec (handle, "PRAGMA query_only=ON; PRAGMA cache_size=-65536", NULL, NULL, NULL)
           != SQLITE_OK
      || sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (handle));
  for (guint i = 0; i < ROUNDS; i++)
    bench_series_add (times, time_once (statement));
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return bench_series_get_median (times);
}
