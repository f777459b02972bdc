/* What a program could do that knew everything beforehand: the very rows that the server has
 * written, out of memory into an equal database, with nothing checked, read or made up. */

#include "bench-bare.h"

#include "bench-writer.h"
#include "mtb-call.h"
#include "mtb-time.h"
#include "mtb-total.h"

#include <string.h>

enum
{
  CALL,
  CHANGE,
  ENTRY,
  TOTAL,
  N_KINDS,
  HEAD = N_KINDS,
  N_STATEMENTS,
};

/* Rows of one table, and each as an engine takes it. */
typedef struct
{
  const MtbShape *shape;
  GPtrArray *records;
  BenchValue *values;
} Rows;

typedef struct
{
  const BenchWriter *writer;
  gpointer engine;
  Rows rows[N_KINDS];
  guint *total_of;
  guint n_calls;
  gint64 seq;
  guint n_written;
  gsize n_bytes;
} Bare;

static BenchValue
make_text (const char *text)
{
  if (text == NULL)
    return (BenchValue){ BENCH_VALUE_NONE };
  return (BenchValue){ BENCH_VALUE_TEXT, .text = text, .length = (guint) strlen (text) };
}

static BenchValue
make_value (const MtbField *field, gconstpointer record)
{
  gint64 number;

  if (mtb_field_is_text (field))
    return make_text (mtb_field_get_text (field, record));
  number = mtb_field_get_number (field, record);
  if (number == MTB_ABSENT)
    return (BenchValue){ BENCH_VALUE_NONE };
  if (field->type == MTB_TYPE_ENUM)
    return make_text (mtb_field_get_choice (field, number));
  return (BenchValue){ BENCH_VALUE_NUMBER, .number = number };
}

static BenchValue *
get_values (Rows *rows, guint row)
{
  return &rows->values[row * rows->shape->n_fields];
}

static void
read_rows (MtbStore *store, const MtbShape *shape, const char *sql, gint64 from, Rows *rows)
{
  g_autoptr (GError) error = NULL;

  rows->shape = shape;
  rows->records =
    mtb_store_select (store, shape, sql, MTB_PARAMETERS (MTB_NUMBER ("from", from)), &error);
  if (rows->records == NULL)
    g_error ("%s", error->message);
  rows->values = g_new (BenchValue, rows->records->len * shape->n_fields);
  for (guint i = 0; i < rows->records->len; i++)
    for (guint j = 0; j < shape->n_fields; j++)
      get_values (rows, i)[j] = make_value (&shape->fields[j], rows->records->pdata[i]);
}

/* Which total a record counts in: of its person and type, and of the last day begun before. */
static guint
find_total (Bare *self, const MtbCall *call)
{
  const GPtrArray *totals = self->rows[TOTAL].records;
  const MtbRecordTotal *best = NULL;
  guint found = 0;

  for (guint i = 0; i < totals->len; i++)
    {
      const MtbRecordTotal *total = totals->pdata[i];

      if (total->day_at <= call->started_at && g_str_equal (total->type_id, call->type_id)
          && g_str_equal (total->person_id, call->person_id)
          && (best == NULL || total->day_at > best->day_at))
        {
          best = total;
          found = i;
        }
    }
  if (best == NULL)
    g_error ("a record counts nowhere");
  return found;
}

static gint64
find_first (const GPtrArray *calls)
{
  gint64 first = G_MAXINT64;

  for (guint i = 0; i < calls->len; i++)
    first = MIN (first, ((const MtbCall *) calls->pdata[i])->started_at);
  return first;
}

static void
read_all (Bare *self, const char *database, gint64 after)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbStore) store = mtb_store_open (database, MTB_STORE_READ_ONLY, &error);

  if (store == NULL)
    g_error ("%s", error->message);
  read_rows (store, &mtb_call_table.shape,
             "SELECT $columns(c) FROM change h JOIN call c ON c.id = h.row_id"
             " WHERE h.seq > :from AND h.tbl = 'call' ORDER BY h.seq",
             after, &self->rows[CALL]);
  read_rows (store, &mtb_change_shape,
             "SELECT $columns(h) FROM change h"
             " WHERE h.seq > :from AND h.tbl = 'call' ORDER BY h.seq",
             after, &self->rows[CHANGE]);
  read_rows (store, &mtb_entry_shape,
             "SELECT $columns(e) FROM command e"
             " WHERE e.seq > :from AND e.type = 'call.log' ORDER BY e.seq",
             after, &self->rows[ENTRY]);
  read_rows (store, &mtb_record_total_table.shape,
             "SELECT $columns(t) FROM record_total t WHERE t.day_at > :from",
             find_first (self->rows[CALL].records) - 26 * MTB_HOUR, &self->rows[TOTAL]);
  self->n_calls = self->rows[CALL].records->len;
  if (self->n_calls == 0 || self->n_calls != self->rows[CHANGE].records->len
      || self->n_calls != self->rows[ENTRY].records->len)
    g_error ("the rows do not go together");
  self->total_of = g_new (guint, self->n_calls);
  for (guint i = 0; i < self->n_calls; i++)
    self->total_of[i] = find_total (self, self->rows[CALL].records->pdata[i]);
}

static char *
build_insert (const MtbShape *shape, gboolean may_be_there)
{
  GString *sql = g_string_new (NULL);
  GString *marks = g_string_new (NULL);
  GString *sets = g_string_new (NULL);

  g_string_printf (sql, "INSERT INTO %s (", shape->name);
  for (guint i = 0; i < shape->n_fields; i++)
    {
      const char *name = shape->fields[i].name;

      g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", name);
      g_string_append_printf (marks, "%s$%u", i > 0 ? ", " : "", i + 1);
      g_string_append_printf (sets, "%s%s = excluded.%s", i > 0 ? ", " : "", name, name);
    }
  g_string_append_printf (sql, ") VALUES (%s)", marks->str);
  if (may_be_there)
    g_string_append_printf (sql, " ON CONFLICT (%s) DO UPDATE SET %s", shape->fields[0].name,
                            sets->str);
  g_string_free (marks, TRUE);
  g_string_free (sets, TRUE);
  return g_string_free (sql, FALSE);
}

static gpointer
open_engine (Bare *self, const char *database)
{
  g_auto (GStrv) statements = g_new0 (char *, N_STATEMENTS + 1);

  for (guint i = 0; i < N_KINDS; i++)
    statements[i] = build_insert (self->rows[i].shape, i == TOTAL);
  statements[HEAD] =
    g_strdup ("UPDATE head SET seq = $1, audit_seq = $2, audit_hash = $3 WHERE id = 1");
  return self->writer->open (database, (const char *const *) statements);
}

static void
write_row (Bare *self, guint kind, const BenchValue *values, guint n_values)
{
  self->writer->run (self->engine, kind, values, n_values);
  self->n_written++;
  for (guint i = 0; i < n_values; i++)
    self->n_bytes += values[i].kind == BENCH_VALUE_NUMBER ? sizeof (gint64) : values[i].length;
}

static void
write_command (Bare *self, guint i)
{
  self->seq++;
  get_values (&self->rows[CHANGE], i)[0].number = self->seq;
  get_values (&self->rows[ENTRY], i)[0].number = self->seq;
  for (guint kind = CALL; kind <= ENTRY; kind++)
    write_row (self, kind, get_values (&self->rows[kind], i), self->rows[kind].shape->n_fields);
}

static void
write_total (Bare *self, guint i)
{
  const MtbRecordTotal *total = self->rows[TOTAL].records->pdata[i];
  BenchValue change[] = { { BENCH_VALUE_NUMBER, .number = ++self->seq },
                          make_text (mtb_record_total_table.shape.name),
                          make_text (total->id),
                          make_text (total->person_id),
                          make_text (total->person_id) };

  write_row (self, TOTAL, get_values (&self->rows[TOTAL], i), self->rows[TOTAL].shape->n_fields);
  write_row (self, CHANGE, change, G_N_ELEMENTS (change));
}

/* Each total once, and the head. */
static void
write_group (Bare *self, guint from, guint to)
{
  g_autofree gboolean *is_touched = g_new0 (gboolean, self->rows[TOTAL].records->len);
  const MtbEntry *last = self->rows[ENTRY].records->pdata[to - 1];
  BenchValue head[] = { { BENCH_VALUE_NUMBER }, { BENCH_VALUE_NUMBER }, make_text (last->hash) };

  self->writer->begin (self->engine);
  for (guint i = from; i < to; i++)
    {
      write_command (self, i);
      is_touched[self->total_of[i]] = TRUE;
    }
  head[1].number = self->seq;
  for (guint i = 0; i < self->rows[TOTAL].records->len; i++)
    if (is_touched[i])
      write_total (self, i);
  head[0].number = self->seq;
  self->writer->run (self->engine, HEAD, head, G_N_ELEMENTS (head));
  self->writer->commit (self->engine);
}

static void
clear (Bare *self)
{
  self->writer->close (self->engine);
  for (guint i = 0; i < N_KINDS; i++)
    {
      g_ptr_array_unref (self->rows[i].records);
      g_free (self->rows[i].values);
    }
  g_free (self->total_of);
}

/* Writes what has come into one department after a feed number into another that is equal but for
 * that; @group: so many commands a transaction. */
BenchBare
bench_bare_write (const BenchDepartment *from, const BenchDepartment *to, gint64 after, guint group)
{
  Bare self = { .writer =
                  from->engine == BENCH_SQLITE ? &bench_sqlite_writer : &bench_postgresql_writer,
                .seq = after };
  BenchBare result = { 0 };
  gint64 start;

  read_all (&self, from->database, after);
  self.engine = open_engine (&self, to->database);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < self.n_calls; i += group)
    write_group (&self, i, MIN (i + group, self.n_calls));
  result.seconds = (double) (g_get_monotonic_time () - start) / G_TIME_SPAN_SECOND;
  result.n_commands = self.n_calls;
  result.rows_each = (double) self.n_written / self.n_calls;
  result.bytes_each = (double) self.n_bytes / self.n_calls;
  clear (&self);
  return result;
}
