/* SQLite, set up as the server sets up its own. */

#include "bench-writer.h"

#include <sqlite3.h>
#include <string.h>

typedef struct
{
  sqlite3 *database;
  sqlite3_stmt *begin;
  sqlite3_stmt *commit;
  GPtrArray *statements;
} Writer;

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
finalize (gpointer statement)
{
  sqlite3_finalize (statement);
}

static gpointer
open_writer (const char *database, const char *const *statements)
{
  Writer *self = g_new0 (Writer, 1);

  if (sqlite3_open (database + strlen ("sqlite:"), &self->database) != SQLITE_OK
      || sqlite3_exec (self->database,
                       "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                       "PRAGMA wal_autocheckpoint=20000; PRAGMA cache_size=-65536;"
                       "PRAGMA temp_store=MEMORY;",
                       NULL, NULL, NULL)
           != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (self->database));
  self->begin = prepare (self->database, "BEGIN IMMEDIATE");
  self->commit = prepare (self->database, "COMMIT");
  self->statements = g_ptr_array_new_with_free_func (finalize);
  for (guint i = 0; statements[i] != NULL; i++)
    g_ptr_array_add (self->statements, prepare (self->database, statements[i]));
  return self;
}

static void
begin (gpointer data)
{
  step (((Writer *) data)->begin);
}

static void
run (gpointer data, guint statement, const BenchValue *values, guint n_values)
{
  sqlite3_stmt *prepared = g_ptr_array_index (((Writer *) data)->statements, statement);

  for (guint i = 0; i < n_values; i++)
    if (values[i].kind == BENCH_VALUE_TEXT)
      sqlite3_bind_text (prepared, (int) i + 1, values[i].text, (int) values[i].length,
                         SQLITE_STATIC);
    else if (values[i].kind == BENCH_VALUE_NUMBER)
      sqlite3_bind_int64 (prepared, (int) i + 1, values[i].number);
    else
      sqlite3_bind_null (prepared, (int) i + 1);
  step (prepared);
}

static void
commit (gpointer data)
{
  step (((Writer *) data)->commit);
}

static void
close_writer (gpointer data)
{
  Writer *self = data;

  g_ptr_array_unref (self->statements);
  sqlite3_finalize (self->begin);
  sqlite3_finalize (self->commit);
  sqlite3_close (self->database);
  g_free (self);
}

const BenchWriter bench_sqlite_writer = { open_writer, begin, run, commit, close_writer };
