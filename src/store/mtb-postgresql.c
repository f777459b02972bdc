/* PostgreSQL as the database of a department, and its statements. A program that is linked with this knows
 * its addresses. */

#include "mtb-postgresql-private.h"
#include "mtb-postgresql-text.h"

#define BOOLEAN_TYPE 16

static MtbPrepared *
postgresql_prepare (MtbDatabase *database, const char *sql, GError **error)
{
  MtbPrepared *self = g_new0 (MtbPrepared, 1);

  self->database = database;
  self->name = g_strdup_printf ("s%u", database->n_statements++);
  self->parameters = g_ptr_array_new_with_free_func (g_free);
  self->text = mtb_postgresql_number_parameters (sql, self->parameters);
  self->values = g_new0 (const char *, self->parameters->len + 1);
  self->numbers = g_malloc0_n (self->parameters->len + 1, MTB_POSTGRESQL_NUMBER_LENGTH);
  g_queue_init (&self->rows);
  return self;
}

static void
postgresql_reset (MtbPrepared *self)
{
  if (self->database->streaming == self)
    mtb_postgresql_put_aside (self->database, FALSE);
  g_queue_clear_full (&self->rows, (GDestroyNotify) PQclear);
  g_clear_pointer (&self->row, PQclear);
  g_clear_pointer (&self->failure, g_free);
  for (guint i = 0; i < self->parameters->len; i++)
    self->values[i] = NULL;
  self->is_open = FALSE;
}

static void
postgresql_finalize (MtbPrepared *self)
{
  postgresql_reset (self);
  g_ptr_array_unref (self->parameters);
  g_free (self->values);
  g_free (self->numbers);
  g_free (self->text);
  g_free (self->name);
  g_free (self);
}

static int
postgresql_find_parameter (MtbPrepared *self, const char *name)
{
  guint index;

  return g_ptr_array_find_with_equal_func (self->parameters, name, g_str_equal, &index)
           ? (int) index
           : -1;
}

/* What is bound stays where it is until the statement is reset. */
static void
postgresql_bind_text (MtbPrepared *self, int parameter, const char *value)
{
  self->values[parameter] = value;
}

static void
postgresql_bind_number (MtbPrepared *self, int parameter, gint64 value)
{
  g_snprintf (self->numbers[parameter], MTB_POSTGRESQL_NUMBER_LENGTH, "%" G_GINT64_FORMAT, value);
  self->values[parameter] = value != MTB_ABSENT ? self->numbers[parameter] : NULL;
}

static gboolean
postgresql_step (MtbPrepared *self, gboolean *row, GError **error)
{
  *row = FALSE;
  if (!self->is_open && !mtb_postgresql_start_rows (self, error))
    return FALSE;
  g_clear_pointer (&self->row, PQclear);
  if (self->database->streaming == self)
    mtb_postgresql_take_row (self);
  else
    self->row = g_queue_pop_head (&self->rows);
  *row = self->row != NULL;
  return *row || self->failure == NULL || mtb_postgresql_set_error (error, self->failure);
}

static int
postgresql_count_columns (MtbPrepared *self)
{
  return PQnfields (self->row);
}

static const char *
postgresql_get_column_name (MtbPrepared *self, int column)
{
  return PQfname (self->row, column);
}

static const char *
postgresql_get_text (MtbPrepared *self, int column)
{
  return PQgetisnull (self->row, 0, column) ? NULL : PQgetvalue (self->row, 0, column);
}

/* What is summed up comes as a numeric, what is compared as a letter. */
static gint64
postgresql_get_number (MtbPrepared *self, int column)
{
  const char *text = postgresql_get_text (self, column);

  if (text == NULL)
    return MTB_ABSENT;
  if (PQftype (self->row, column) == BOOLEAN_TYPE)
    return *text == 't';
  return g_ascii_strtoll (text, NULL, 10);
}

/* The standard's view of columns joins so much that each look would be planned for milliseconds. */
static GPtrArray *
postgresql_list_columns (MtbDatabase *self, const char *table, GError **error)
{
  MtbPrepared *prepared =
    postgresql_prepare (self,
                        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass"
                        " (quote_ident (current_schema ()) || '.' || quote_ident (:name))"
                        " AND attnum > 0 AND NOT attisdropped",
                        error);
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  gboolean row = FALSE;
  gboolean ok;

  postgresql_bind_text (prepared, 0, table);
  while ((ok = postgresql_step (prepared, &row, error)) && row)
    g_ptr_array_add (columns, g_strdup (postgresql_get_text (prepared, 0)));
  postgresql_finalize (prepared);
  return ok ? g_steal_pointer (&columns) : NULL;
}

/* Moves with every transaction that has written and ended. */
static gint64
postgresql_get_data_version (MtbDatabase *self)
{
  MtbPrepared *prepared = postgresql_prepare (
    self, "SELECT CAST (pg_snapshot_xmax (pg_current_snapshot ()) AS TEXT)", NULL);
  gboolean row = FALSE;
  gint64 version = 0;

  if (postgresql_step (prepared, &row, NULL) && row)
    version = postgresql_get_number (prepared, 0);
  postgresql_finalize (prepared);
  return version;
}

/* Nothing that only a desk's cache needs is promised here. */
static gboolean
postgresql_forget (MtbDatabase *self, GError **error)
{
  return mtb_postgresql_set_error (error, "it keeps what was deleted for a while");
}

static const MtbDriver postgresql_driver = {
  .scheme = "postgresql",
  .is_apart = TRUE,
  .numbers_rows = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
  .kept_by_key = "",
  .open = mtb_postgresql_open,
  .close = mtb_postgresql_close,
  .execute = mtb_postgresql_execute,
  .begin = mtb_postgresql_begin,
  .commit = mtb_postgresql_commit,
  .rollback = mtb_postgresql_rollback,
  .prepare = postgresql_prepare,
  .finalize = postgresql_finalize,
  .find_parameter = postgresql_find_parameter,
  .bind_text = postgresql_bind_text,
  .bind_number = postgresql_bind_number,
  .run = mtb_postgresql_run,
  .step = postgresql_step,
  .reset = postgresql_reset,
  .count_columns = postgresql_count_columns,
  .get_column_name = postgresql_get_column_name,
  .get_text = postgresql_get_text,
  .get_number = postgresql_get_number,
  .list_columns = postgresql_list_columns,
  .get_data_version = postgresql_get_data_version,
  .forget = postgresql_forget,
};

/* By being linked, so that a desk is a program without it. */
__attribute__ ((constructor)) static void
make_known (void)
{
  mtb_store_add_driver (&postgresql_driver);
}
