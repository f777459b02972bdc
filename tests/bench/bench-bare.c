/* What a program could do that knew everything beforehand: the very rows that the server has
 * written, out of memory into an equal database, with nothing checked, read or made up. */

#include "bench-bare.h"

#include <sqlite3.h>
#include <string.h>

#define N_TABLES 3

static const struct
{
  const char *select;
  const char *insert;
} tables[N_TABLES] = {
  { "SELECT c.* FROM change h JOIN call c ON c.id = h.row_id WHERE h.tbl = 'call' ORDER BY h.seq",
    "INSERT INTO call VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)" },
  { "SELECT h.* FROM change h WHERE h.tbl = 'call' ORDER BY h.seq",
    "INSERT INTO change VALUES (?,?,?,?,?)" },
  { "SELECT c.* FROM command c WHERE c.type = 'call.log' ORDER BY c.seq",
    "INSERT INTO command VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)" },
};

typedef struct
{
  GPtrArray *values;
  guint n_columns;
  guint n_rows;
  gsize n_bytes;
} Rows;

static sqlite3 *
open_database (const char *uri)
{
  sqlite3 *database;

  if (sqlite3_open (uri + strlen ("sqlite:"), &database) != SQLITE_OK
      || sqlite3_exec (database,
                       "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                       "PRAGMA wal_autocheckpoint=20000; PRAGMA cache_size=-65536;"
                       "PRAGMA temp_store=MEMORY;",
                       NULL, NULL, NULL)
           != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (database));
  return database;
}

static sqlite3_stmt *
prepare (sqlite3 *database, const char *sql)
{
  sqlite3_stmt *statement;

  if (sqlite3_prepare_v3 (database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL)
      != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (database));
  return statement;
}

static void
step (sqlite3_stmt *statement)
{
  if (sqlite3_step (statement) != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (sqlite3_db_handle (statement)));
  sqlite3_reset (statement);
}

static void
read_rows (sqlite3 *database, const char *sql, Rows *rows)
{
  sqlite3_stmt *statement = prepare (database, sql);

  rows->values = g_ptr_array_new_with_free_func ((GDestroyNotify) sqlite3_value_free);
  rows->n_columns = (guint) sqlite3_column_count (statement);
  for (; sqlite3_step (statement) == SQLITE_ROW; rows->n_rows++)
    for (guint i = 0; i < rows->n_columns; i++)
      {
        g_ptr_array_add (rows->values,
                         sqlite3_value_dup (sqlite3_column_value (statement, (int) i)));
        rows->n_bytes += (gsize) sqlite3_column_bytes (statement, (int) i);
      }
  sqlite3_finalize (statement);
}

static void
write_row (sqlite3_stmt *statement, const Rows *rows, guint row)
{
  for (guint i = 0; i < rows->n_columns; i++)
    sqlite3_bind_value (statement, (int) i + 1,
                        g_ptr_array_index (rows->values, row * rows->n_columns + i));
  step (statement);
}

static void
write_rows (sqlite3 *database, const Rows *rows, guint group)
{
  sqlite3_stmt *inserts[N_TABLES];
  sqlite3_stmt *begin = prepare (database, "BEGIN IMMEDIATE");
  sqlite3_stmt *head =
    prepare (database,
             "UPDATE head SET seq = seq + 1, audit_seq = seq + 1, audit_hash = :hash WHERE id = 1");
  sqlite3_stmt *commit = prepare (database, "COMMIT");

  for (guint i = 0; i < N_TABLES; i++)
    inserts[i] = prepare (database, tables[i].insert);
  for (guint row = 0; row < rows[0].n_rows; row += group)
    {
      step (begin);
      for (guint i = row; i < MIN (row + group, rows[0].n_rows); i++)
        for (guint j = 0; j < N_TABLES; j++)
          write_row (inserts[j], &rows[j], i);
      sqlite3_bind_value (head, 1,
                          g_ptr_array_index (rows[2].values, (row + 1) * rows[2].n_columns - 1));
      step (head);
      step (commit);
    }
  for (guint i = 0; i < N_TABLES; i++)
    sqlite3_finalize (inserts[i]);
  sqlite3_finalize (begin);
  sqlite3_finalize (head);
  sqlite3_finalize (commit);
}

/* Writes what is in one department into another that is equal but for that. */
BenchBare
bench_bare_write (const char *from, const char *to, guint group)
{
  sqlite3 *source = open_database (from);
  sqlite3 *target = open_database (to);
  Rows rows[N_TABLES] = { 0 };
  BenchBare result = { .rows_each = N_TABLES };
  gint64 start;

  for (guint i = 0; i < N_TABLES; i++)
    {
      read_rows (source, tables[i].select, &rows[i]);
      if (rows[i].n_rows != rows[0].n_rows || rows[0].n_rows == 0)
        g_error ("the rows do not go together");
      result.bytes_each += (double) rows[i].n_bytes / rows[i].n_rows;
    }
  start = g_get_monotonic_time ();
  write_rows (target, rows, group);
  result.seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  for (guint i = 0; i < N_TABLES; i++)
    g_ptr_array_unref (rows[i].values);
  sqlite3_close (source);
  sqlite3_close (target);
  return result;
}
