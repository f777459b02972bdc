/* A connection to a database, its statements and its transactions.
 *
 * A store belongs to one thread at a time. Statements are prepared once and kept. A value is bound
 * by the name that stands after a colon in the SQL. In a statement that is asked for a shape,
 * `$columns(x)` stands for its columns, each with the prefix `x.`, `$table` for its name, and `$key`
 * for its first column. */

#include "mtb-store-private.h"

#include "mtb-error.h"

#include <string.h>

#define MOST_DRIVERS 4

static const MtbDriver *drivers[MOST_DRIVERS] = { &mtb_sqlite_driver };

/* Called before main(), by what a program is linked with. */
void
mtb_store_add_driver (const MtbDriver *driver)
{
  guint i = 0;

  while (drivers[i] != NULL)
    i++;
  g_assert (i + 1 < MOST_DRIVERS);
  drivers[i] = driver;
}

static const MtbDriver *
find_driver (const char *uri, const char **address, GError **error)
{
  const char *colon = strchr (uri, ':');
  g_autofree char *scheme = g_strndup (uri, strcspn (uri, ":"));

  for (guint i = 0; colon != NULL && drivers[i] != NULL; i++)
    if (g_str_equal (scheme, drivers[i]->scheme))
      {
        *address = colon + 1;
        return drivers[i];
      }
  /* Without what was given, which may hold a password. */
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_INVALID,
                       "give the database as sqlite:PATH or postgresql://HOST/NAME");
  return NULL;
}

/**
 * mtb_store_open:
 * @uri: `sqlite:PATH`; in the server's programs also `postgresql://…`, as libpq has it
 * @mode: what it is for
 * @error: return location
 *
 * Returns: (transfer full): the store
 */
MtbStore *
mtb_store_open (const char *uri, MtbStoreMode mode, GError **error)
{
  g_autoptr (MtbStore) self = g_new0 (MtbStore, 1);
  const char *address;

  self->driver = find_driver (uri, &address, error);
  if (self->driver == NULL)
    return NULL;
  self->database = self->driver->open (address, mode, error);
  if (self->database == NULL)
    return NULL;
  self->statements = mtb_statements_new ();
  return g_steal_pointer (&self);
}

/**
 * mtb_store_close:
 * @store: (nullable) (transfer full): a store
 */
void
mtb_store_close (MtbStore *store)
{
  if (store == NULL)
    return;
  mtb_ahead_end (store);
  g_clear_pointer (&store->statements, g_hash_table_unref);
  if (store->database != NULL)
    store->driver->close (store->database);
  g_free (store);
}

/**
 * mtb_store_set_journal:
 * @store: a store
 * @journal: (nullable): hears of each row before it is written
 * @data: handed to @journal
 */
void
mtb_store_set_journal (MtbStore *store, MtbJournal journal, gpointer data)
{
  store->journal = journal;
  store->journal_data = data;
}

const MtbDriver *
mtb_store_get_driver (MtbStore *store)
{
  return store->driver;
}

MtbDatabase *
mtb_store_get_database (MtbStore *store)
{
  return store->database;
}

/**
 * mtb_store_is_apart:
 * @store: a store
 *
 * Returns: whether each question goes to another process, and several are better asked as one
 */
gboolean
mtb_store_is_apart (MtbStore *store)
{
  return store->driver->is_apart;
}

/**
 * mtb_store_begin:
 * @store: a store
 * @error: return location
 *
 * Begins a transaction that writes, and waits for the one before it.
 *
 * Returns: whether it began
 */
gboolean
mtb_store_begin (MtbStore *store, GError **error)
{
  return store->driver->begin (store->database, MTB_TRANSACTION_WRITE, error);
}

/**
 * mtb_store_begin_read:
 * @store: a store
 * @error: return location
 *
 * Begins a transaction in which everything that is read is of one moment.
 *
 * Returns: whether it began
 */
gboolean
mtb_store_begin_read (MtbStore *store, GError **error)
{
  return store->driver->begin (store->database, MTB_TRANSACTION_READ, error);
}

/**
 * mtb_store_begin_tables:
 * @store: a store
 * @error: return location
 *
 * Begins a transaction that makes or widens tables, and waits for whoever does the same.
 *
 * Returns: whether it began
 */
gboolean
mtb_store_begin_tables (MtbStore *store, GError **error)
{
  return store->driver->begin (store->database, MTB_TRANSACTION_TABLES, error);
}

/**
 * mtb_store_commit:
 * @store: a store
 * @error: return location
 *
 * Returns: whether all is written, and durable where the mode says so; otherwise nothing is
 */
gboolean
mtb_store_commit (MtbStore *store, GError **error)
{
  mtb_ahead_end (store);
  if (store->driver->commit (store->database, error))
    return TRUE;
  mtb_store_rollback (store);
  return FALSE;
}

/**
 * mtb_store_rollback:
 * @store: a store
 *
 * Ends a transaction as if it had never been.
 */
void
mtb_store_rollback (MtbStore *store)
{
  mtb_ahead_end (store);
  store->driver->rollback (store->database);
}

/**
 * mtb_store_execute:
 * @store: a store
 * @script: statements without values
 * @error: return location
 *
 * Returns: whether all of them went well
 */
gboolean
mtb_store_execute (MtbStore *store, const char *script, GError **error)
{
  return store->driver->execute (store->database, script, error);
}

/**
 * mtb_store_get_data_version:
 * @store: a store
 *
 * Returns: a number that changes when another connection has written
 */
gint64
mtb_store_get_data_version (MtbStore *store)
{
  return store->driver->get_data_version (store->database);
}

/**
 * mtb_store_forget:
 * @store: a store that overwrites what is deleted, outside of a transaction
 * @error: return location
 *
 * Sees to it that no file of the database holds any more what was deleted from it. Waits for those
 * who read it, for a while.
 *
 * Returns: whether nothing is left
 */
gboolean
mtb_store_forget (MtbStore *store, GError **error)
{
  return store->driver->forget (store->database, error);
}

/**
 * mtb_store_check:
 * @store: a store
 * @error: return location
 *
 * Asks the engine whether its own files hold.
 *
 * Returns: (transfer full) (element-type utf8): what is wrong with them, in the engine's words
 */
GPtrArray *
mtb_store_check (MtbStore *store, GError **error)
{
  return store->driver->check != NULL ? store->driver->check (store->database, error)
                                      : g_ptr_array_new_with_free_func (g_free);
}

/**
 * mtb_store_set_aside:
 * @uri: a database's address
 * @suffix: what its address ends with from now on
 * @error: return location, %MTB_ERROR_STORAGE where somebody else has it open
 *
 * Keeps a database under another name, so that a new one can be made at its address.
 *
 * Returns: whether nothing is at the address any more
 */
gboolean
mtb_store_set_aside (const char *uri, const char *suffix, GError **error)
{
  const char *address;
  const MtbDriver *driver = find_driver (uri, &address, error);

  if (driver == NULL)
    return FALSE;
  if (driver->set_aside != NULL)
    return driver->set_aside (address, suffix, error);
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_INVALID,
                       "this engine's databases are not set aside from here; give an empty one");
  return FALSE;
}

static void
bind_parameters (MtbStore *store, MtbPrepared *prepared, const MtbParameter *parameters)
{
  const MtbDriver *driver = store->driver;

  for (; parameters != NULL && parameters->name != NULL; parameters++)
    {
      int index = driver->find_parameter (prepared, parameters->name);

      if (index < 0)
        continue;
      if (parameters->is_text)
        driver->bind_text (prepared, index, parameters->text);
      else
        driver->bind_number (prepared, index, parameters->number);
    }
}

/**
 * mtb_store_each:
 * @store: a store
 * @shape: what the rows are read into, column by column of the same name
 * @sql: a SELECT
 * @parameters: (nullable) (array zero-terminated=1): its values
 * @func: gets each row; it must not write to @store
 * @data: handed to @func
 * @error: return location
 *
 * Reads row by row, for answers that are too large to hold.
 *
 * Returns: whether all was read and @func never failed
 */
gboolean
mtb_store_each (MtbStore *store,
                const MtbShape *shape,
                const char *sql,
                const MtbParameter *parameters,
                MtbRowFunc func,
                gpointer data,
                GError **error)
{
  MtbStatement *statement =
    mtb_store_find_statement (store, shape, sql, mtb_statement_expand, error);
  gboolean row = FALSE;
  gboolean ok;

  if (statement == NULL)
    return FALSE;
  bind_parameters (store, statement->prepared, parameters);
  ok = store->driver->step (statement->prepared, &row, error);
  while (ok && row)
    {
      gpointer record = mtb_statement_read_record (statement);

      ok = func (record, data, error);
      mtb_record_unref (record);
      if (ok)
        ok = store->driver->step (statement->prepared, &row, error);
    }
  store->driver->reset (statement->prepared);
  return ok;
}

static gboolean
add_row (gpointer record, gpointer data, GError **error)
{
  g_ptr_array_add (data, mtb_record_ref (record));
  return TRUE;
}

/**
 * mtb_store_select:
 * @store: a store
 * @shape: what the rows are read into, column by column of the same name
 * @sql: a SELECT
 * @parameters: (nullable) (array zero-terminated=1): its values
 * @error: return location
 *
 * Returns: (transfer full): the rows as records of @shape
 */
GPtrArray *
mtb_store_select (MtbStore *store,
                  const MtbShape *shape,
                  const char *sql,
                  const MtbParameter *parameters,
                  GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (mtb_record_unref);

  if (!mtb_store_each (store, shape, sql, parameters, add_row, rows, error))
    return NULL;
  return g_steal_pointer (&rows);
}

/**
 * mtb_store_select_one:
 * @store: a store
 * @shape: what the row is read into
 * @sql: a SELECT
 * @parameters: (nullable) (array zero-terminated=1): its values
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the first row; %NULL without @error where there is none
 */
gpointer
mtb_store_select_one (MtbStore *store,
                      const MtbShape *shape,
                      const char *sql,
                      const MtbParameter *parameters,
                      GError **error)
{
  MtbStatement *statement =
    mtb_store_find_statement (store, shape, sql, mtb_statement_expand, error);
  gpointer record = NULL;
  gboolean row = FALSE;

  if (statement == NULL)
    return NULL;
  bind_parameters (store, statement->prepared, parameters);
  if (store->driver->step (statement->prepared, &row, error) && row)
    record = mtb_statement_read_record (statement);
  store->driver->reset (statement->prepared);
  return record;
}

typedef struct
{
  char *text;
  gint64 number;
} Scalar;

static gboolean
select_scalar (MtbStore *store,
               const char *sql,
               const MtbParameter *parameters,
               Scalar *scalar,
               GError **error)
{
  MtbPrepared *prepared = mtb_store_prepare (store, NULL, sql, mtb_statement_expand, error);
  gboolean row = FALSE;
  gboolean ok;

  *scalar = (Scalar){ NULL, MTB_ABSENT };
  if (prepared == NULL)
    return FALSE;
  bind_parameters (store, prepared, parameters);
  ok = store->driver->step (prepared, &row, error);
  if (ok && row)
    {
      scalar->number = store->driver->get_number (prepared, 0);
      scalar->text = g_strdup (store->driver->get_text (prepared, 0));
    }
  store->driver->reset (prepared);
  return ok;
}

/**
 * mtb_store_select_number:
 * @store: a store
 * @sql: a SELECT of one number
 * @parameters: (nullable) (array zero-terminated=1): its values
 * @number: (out): the number; %MTB_ABSENT where there is no row or it is NULL
 * @error: return location
 *
 * Returns: whether it could be asked
 */
gboolean
mtb_store_select_number (MtbStore *store,
                         const char *sql,
                         const MtbParameter *parameters,
                         gint64 *number,
                         GError **error)
{
  Scalar scalar;
  gboolean ok = select_scalar (store, sql, parameters, &scalar, error);

  *number = scalar.number;
  g_free (scalar.text);
  return ok;
}

/**
 * mtb_store_select_text:
 * @store: a store
 * @sql: a SELECT of one text
 * @parameters: (nullable) (array zero-terminated=1): its values
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the text; %NULL without @error where there is none
 */
char *
mtb_store_select_text (MtbStore *store,
                       const char *sql,
                       const MtbParameter *parameters,
                       GError **error)
{
  Scalar scalar;

  select_scalar (store, sql, parameters, &scalar, error);
  return scalar.text;
}

gboolean
mtb_store_run_prepared (MtbStore *store, MtbPrepared *prepared, GError **error)
{
  gboolean ok = store->driver->run (prepared, error);

  store->driver->reset (prepared);
  return ok;
}

/**
 * mtb_store_run:
 * @store: a store
 * @sql: a statement that gives no rows
 * @parameters: (nullable) (array zero-terminated=1): its values
 * @error: return location
 *
 * For the stores' own tables. Rows of a #MtbTable go by mtb_store_put() and its like. In a
 * transaction some databases tell of a failure only later, at the latest when it is to be committed.
 *
 * Returns: whether it went well, as far as is known
 */
gboolean
mtb_store_run (MtbStore *store, const char *sql, const MtbParameter *parameters, GError **error)
{
  MtbPrepared *prepared = mtb_store_prepare (store, NULL, sql, mtb_statement_expand, error);

  if (prepared == NULL)
    return FALSE;
  bind_parameters (store, prepared, parameters);
  return mtb_store_run_prepared (store, prepared, error);
}
