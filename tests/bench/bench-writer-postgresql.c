/* libpq at its fastest for rows one by one: prepared statements with binary numbers, in pipeline mode,
 * and nothing waited for but the end of the transaction. */

#include "bench-writer.h"

#include <libpq-fe.h>

typedef struct
{
  PGconn *connection;
  GPtrArray *names;
} Writer;

static void
check (Writer *self, gboolean ok)
{
  if (!ok)
    g_error ("%s", PQerrorMessage (self->connection));
}

static void
prepare (Writer *self, const char *sql)
{
  char *name = g_strdup_printf ("s%u", self->names->len);
  PGresult *result = PQprepare (self->connection, name, sql, 0, NULL);

  check (self, PQresultStatus (result) == PGRES_COMMAND_OK);
  PQclear (result);
  g_ptr_array_add (self->names, name);
}

static gpointer
open_writer (const char *database, const char *const *statements)
{
  Writer *self = g_new0 (Writer, 1);

  self->connection = PQconnectdb (database);
  check (self, PQstatus (self->connection) == CONNECTION_OK);
  self->names = g_ptr_array_new_with_free_func (g_free);
  prepare (self, "BEGIN");
  prepare (self, "COMMIT");
  for (guint i = 0; statements[i] != NULL; i++)
    prepare (self, statements[i]);
  check (self, PQenterPipelineMode (self->connection) == 1);
  return self;
}

static void
send (Writer *self,
      guint index,
      const char *const *texts,
      const int *lengths,
      const int *formats,
      guint n)
{
  check (self, PQsendQueryPrepared (self->connection, g_ptr_array_index (self->names, index),
                                    (int) n, texts, lengths, formats, 0)
                 == 1);
}

static void
begin (gpointer data)
{
  send (data, 0, NULL, NULL, NULL, 0);
}

static void
run (gpointer data, guint statement, const BenchValue *values, guint n_values)
{
  const char *texts[BENCH_COLUMNS_MAX];
  int lengths[BENCH_COLUMNS_MAX];
  int formats[BENCH_COLUMNS_MAX];
  gint64 numbers[BENCH_COLUMNS_MAX];

  for (guint i = 0; i < n_values; i++)
    {
      gboolean is_number = values[i].kind == BENCH_VALUE_NUMBER;

      numbers[i] = GINT64_TO_BE (values[i].number);
      texts[i] = is_number ? (const char *) &numbers[i] : values[i].text;
      lengths[i] = is_number ? sizeof numbers[i] : values[i].length;
      formats[i] = is_number ? 1 : 0;
    }
  send (data, statement + 2, texts, lengths, formats, n_values);
}

/* Returns whether that was the end of the pipeline. */
static gboolean
hear (Writer *self)
{
  PGresult *result = PQgetResult (self->connection);
  ExecStatusType status = PQresultStatus (result);

  check (self, result == NULL || status == PGRES_COMMAND_OK || status == PGRES_PIPELINE_SYNC);
  PQclear (result);
  return result != NULL && status == PGRES_PIPELINE_SYNC;
}

static void
commit (gpointer data)
{
  Writer *self = data;

  send (self, 1, NULL, NULL, NULL, 0);
  check (self, PQpipelineSync (self->connection) == 1);
  while (!hear (self))
    continue;
}

static void
close_writer (gpointer data)
{
  Writer *self = data;

  PQfinish (self->connection);
  g_ptr_array_unref (self->names);
  g_free (self);
}

const BenchWriter bench_postgresql_writer = { open_writer, begin, run, commit, close_writer };
