/* PostgreSQL as the database of a department. A program that is linked with this knows its addresses.
 *
 * The connection is in pipeline mode. In a transaction, what gives no rows is sent and not waited
 * for; that it failed is heard with the next rows or with the commit. Rows are taken one by one as
 * they come; what is still to come is put aside where another statement is run meanwhile.
 *
 * That a transaction was undone is not waited for either; it is heard before anything else is asked.
 *
 * A connection that was lost is made again outside of a transaction. A commit of which nothing was
 * heard has failed, as far as anybody is told. */

#include "mtb-driver-private.h"

#include "mtb-error.h"
#include "mtb-postgresql-text.h"

#include <libpq-fe.h>

#define BOOLEAN_TYPE 16
#define NUMBER_LENGTH 24
#define MOST_UNHEARD 1000
#define REFUSED_US (G_TIME_SPAN_SECOND / 4)

struct _MtbDatabase
{
  PGconn *connection;
  char *uri;
  MtbStoreMode mode;
  guint n_connections; /* made until now */
  guint n_statements;
  GQueue
    unheard; /* of what was sent and not heard of yet, the statement if it was to be prepared */
  MtbPrepared *streaming;
  gboolean in_transaction;
  gboolean is_undoing; /* it was sent, and not heard of yet */
  char *failure; /* the first since the transaction began */
  gint64 refused_until;
};

struct _MtbPrepared
{
  MtbDatabase *database;
  char *text;
  char *name;
  GPtrArray *parameters;
  const char **values;
  char (*numbers)[NUMBER_LENGTH];
  guint connection; /* the last for which it was prepared */
  gboolean is_open;
  GQueue rows; /* those that were put aside */
  PGresult *row;
  char *failure; /* what ended the rows */
};

static gboolean
set_error (GError **error, const char *message)
{
  g_set_error (error, MTB_ERROR, MTB_ERROR_STORAGE, "database: %s", message);
  return FALSE;
}

static void
note_failure (MtbDatabase *self, const char *message)
{
  if (self->failure == NULL)
    self->failure = g_strchomp (g_strdup (message));
}

static gboolean
fail (MtbDatabase *self, GError **error)
{
  return set_error (error, self->failure);
}

static gboolean
has_gone_well (const PGresult *result)
{
  switch (PQresultStatus (result))
    {
    case PGRES_EMPTY_QUERY:
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_SINGLE_TUPLE:
    case PGRES_PIPELINE_SYNC:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
note_result (MtbDatabase *self, const PGresult *result)
{
  const char *message = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);

  if (message == NULL)
    message = *PQresultErrorMessage (result) != '\0' ? PQresultErrorMessage (result)
                                                     : "what was sent before has failed";
  note_failure (self, message);
}

static void
ignore_notice (void *data, const PGresult *result)
{
  g_debug ("database: %s", PQresultErrorMessage (result));
}

/* Answers with the encoding and with whether text is in the order of its bytes. Who holds the head and
 * is not heard of any more has to let go. A plan is made once, often while a table is still so small
 * that reading all of it looks best, and would be kept while it grows: what has an index goes by it.
 * What has none then looks so dear that it would be compiled, which takes far longer. */
#define SET_UP \
  "SELECT set_config ('idle_in_transaction_session_timeout', '60s', false)," \
  " set_config ('default_transaction_read_only', '%s', false)," \
  " set_config ('client_min_messages', 'warning', false)," \
  " set_config ('enable_seqscan', 'off', false), set_config ('jit', 'off', false)," \
  " set_config ('synchronous_commit', CASE WHEN current_setting ('synchronous_commit')" \
  " IN ('on', 'remote_apply') THEN current_setting ('synchronous_commit') ELSE 'on' END, false)," \
  " current_setting ('server_encoding'), 'a' > 'B'"

static gboolean
set_up (MtbDatabase *self, GError **error)
{
  g_autofree char *sql = g_strdup_printf (SET_UP, self->mode == MTB_STORE_AUTHORITY ? "off" : "on");
  PGresult *result = PQexec (self->connection, sql);
  gboolean ok = has_gone_well (result);

  if (!ok)
    set_error (error, PQresultErrorMessage (result));
  else if (!g_str_equal (PQgetvalue (result, 0, 6), "UTF8")
           || !g_str_equal (PQgetvalue (result, 0, 7), "t"))
    ok = set_error (error, "it must be in UTF8 and in the order of bytes; make one with createdb"
                           " --template=template0 --encoding=UTF8 --lc-collate=C NAME");
  PQclear (result);
  return ok && PQenterPipelineMode (self->connection) == 1;
}

/* What stands before the address it may change, what stands behind it not. */
static PGconn *
reach (const char *uri)
{
  static const char *const names[] = {
    "connect_timeout",  "keepalives_idle", "tcp_user_timeout", "target_session_attrs",
    "application_name", "dbname",          "client_encoding",  NULL,
  };
  const char *values[] = { "10", "30", "60000", "read-write", "mutabaa", uri, "UTF8", NULL };

  return PQconnectdbParams (names, values, 1);
}

/* Who has just failed does not wait again for each of those who come behind. */
static gboolean
reconnect (MtbDatabase *self, GError **error)
{
  gboolean ok;

  if (g_get_monotonic_time () < self->refused_until)
    return set_error (error, "it cannot be reached");
  g_clear_pointer (&self->connection, PQfinish);
  g_queue_clear (&self->unheard);
  self->is_undoing = FALSE;
  self->connection = reach (self->uri);
  PQsetNoticeReceiver (self->connection, ignore_notice, NULL);
  self->n_connections++;
  ok = PQstatus (self->connection) == CONNECTION_OK
         ? set_up (self, error)
         : set_error (error, g_strchomp (PQerrorMessage (self->connection)));
  if (ok)
    return TRUE;
  g_clear_pointer (&self->connection, PQfinish);
  self->refused_until = g_get_monotonic_time () + REFUSED_US;
  return FALSE;
}

static void
postgresql_close (MtbDatabase *self)
{
  PQfinish (self->connection);
  g_queue_clear (&self->unheard);
  g_free (self->failure);
  g_free (self->uri);
  g_free (self);
}

static MtbDatabase *
postgresql_open (const char *address, MtbStoreMode mode, GError **error)
{
  MtbDatabase *self = NULL;

  if (mode != MTB_STORE_AUTHORITY && mode != MTB_STORE_READ_ONLY && mode != MTB_STORE_CHECK)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_INVALID,
                           "what is kept here is a file, as sqlite:PATH");
      return NULL;
    }
  self = g_new0 (MtbDatabase, 1);
  self->uri = g_strconcat ("postgresql:", address, NULL);
  self->mode = mode;
  g_queue_init (&self->unheard);
  if (reconnect (self, error))
    return self;
  postgresql_close (self);
  return NULL;
}

/* Hears of one thing that was sent. Where it has to end as @tag says, anything else is a failure. */
static void
hear (MtbDatabase *self, MtbPrepared *preparing, const char *tag)
{
  gboolean ok = tag == NULL;
  PGresult *result;

  while ((result = PQgetResult (self->connection)) != NULL)
    {
      if (!has_gone_well (result))
        {
          note_result (self, result);
          if (preparing != NULL)
            preparing->connection = 0;
        }
      ok = ok || g_str_equal (PQcmdStatus (result), tag);
      PQclear (result);
    }
  if (!ok)
    note_failure (self, "it has not committed");
}

static void
hear_sync (MtbDatabase *self)
{
  PGresult *result = PQgetResult (self->connection);

  if (PQresultStatus (result) != PGRES_PIPELINE_SYNC)
    note_failure (self, PQerrorMessage (self->connection));
  PQclear (result);
}

static void
sync_pipeline (MtbDatabase *self)
{
  if (PQpipelineSync (self->connection) != 1)
    note_failure (self, PQerrorMessage (self->connection));
}

/* Hears of everything but the last @n_left. */
static void
hear_all (MtbDatabase *self, guint n_left)
{
  while (g_queue_get_length (&self->unheard) > n_left)
    hear (self, g_queue_pop_head (&self->unheard), NULL);
}

/* Waits for all that was sent; the last has to end as @tag says, if anything. */
static void
settle (MtbDatabase *self, const char *tag)
{
  sync_pipeline (self);
  if (tag != NULL)
    {
      hear_all (self, 1);
      hear (self, g_queue_pop_head (&self->unheard), tag);
    }
  hear_all (self, 0);
  hear_sync (self);
}

static void
stop_streaming (MtbDatabase *self)
{
  hear_sync (self);
  self->streaming = NULL;
}

/* Reads the rest of the rows that come now, to be given later or not at all. */
static void
put_aside (MtbDatabase *self, gboolean kept)
{
  MtbPrepared *prepared = self->streaming;
  PGresult *result;

  while ((result = PQgetResult (self->connection)) != NULL)
    {
      if (!has_gone_well (result))
        {
          note_result (self, result);
          g_free (prepared->failure);
          prepared->failure = g_strdup (self->failure);
        }
      if (kept && PQresultStatus (result) == PGRES_SINGLE_TUPLE)
        g_queue_push_tail (&prepared->rows, g_steal_pointer (&result));
      PQclear (result);
    }
  stop_streaming (self);
}

static void
hear_undone (MtbDatabase *self)
{
  hear_all (self, 0);
  hear_sync (self);
  self->is_undoing = FALSE;
}

/* A transaction in which something has failed does nothing any more. */
static gboolean
be_ready (MtbDatabase *self, GError **error)
{
  if (self->streaming != NULL)
    put_aside (self, TRUE);
  if (self->in_transaction)
    return self->failure == NULL || fail (self, error);
  if (self->is_undoing)
    hear_undone (self);
  g_clear_pointer (&self->failure, g_free);
  return (self->connection != NULL && PQconsumeInput (self->connection) == 1
          && PQstatus (self->connection) == CONNECTION_OK)
         || reconnect (self, error);
}

static gboolean
note_sent (MtbDatabase *self, MtbPrepared *preparing, int sent)
{
  if (sent == 1)
    g_queue_push_tail (&self->unheard, preparing);
  else
    note_failure (self, PQerrorMessage (self->connection));
  return sent == 1;
}

static gboolean
send_text (MtbDatabase *self, const char *sql)
{
  return note_sent (self, NULL,
                    PQsendQueryParams (self->connection, sql, 0, NULL, NULL, NULL, NULL, 0));
}

static gboolean
send_prepared (MtbPrepared *prepared, GError **error)
{
  MtbDatabase *self = prepared->database;
  gboolean ok = be_ready (self, error);

  if (!ok)
    return FALSE;
  if (prepared->connection != self->n_connections)
    {
      prepared->connection = self->n_connections;
      ok = note_sent (self, prepared,
                      PQsendPrepare (self->connection, prepared->name, prepared->text, 0, NULL));
    }
  ok = ok
       && note_sent (self, NULL,
                     PQsendQueryPrepared (self->connection, prepared->name,
                                          (int) prepared->parameters->len, prepared->values, NULL,
                                          NULL, 0));
  return ok || fail (self, error);
}

static gboolean
postgresql_execute (MtbDatabase *self, const char *script, GError **error)
{
  PGresult *result;

  if (!be_ready (self, error))
    return FALSE;
  settle (self, NULL);
  if (self->failure != NULL)
    return fail (self, error);
  PQexitPipelineMode (self->connection);
  result = PQexec (self->connection, script);
  if (!has_gone_well (result))
    note_result (self, result);
  PQclear (result);
  PQenterPipelineMode (self->connection);
  return self->failure == NULL || fail (self, error);
}

static gboolean
postgresql_begin (MtbDatabase *self, MtbTransaction kind, GError **error)
{
  gboolean ok = be_ready (self, error);

  if (!ok)
    return FALSE;
  ok = send_text (self, kind == MTB_TRANSACTION_READ
                          ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                          : "BEGIN ISOLATION LEVEL READ COMMITTED");
  /* Of two who make the same table at once, one would fail. */
  if (ok && kind == MTB_TRANSACTION_TABLES)
    ok = send_text (self, "SELECT pg_advisory_xact_lock (7311062)");
  self->in_transaction = ok;
  return ok || fail (self, error);
}

/* The commit of a transaction that has failed ends well, but for its word. */
static gboolean
postgresql_commit (MtbDatabase *self, GError **error)
{
  if (!be_ready (self, error))
    return FALSE;
  if (send_text (self, "COMMIT"))
    settle (self, "COMMIT");
  if (self->failure != NULL)
    return fail (self, error);
  self->in_transaction = FALSE;
  return TRUE;
}

/* Behind what has failed nothing is done until it is heard. */
static void
postgresql_rollback (MtbDatabase *self)
{
  if (!self->in_transaction)
    return;
  if (self->streaming != NULL)
    put_aside (self, TRUE);
  if (!g_queue_is_empty (&self->unheard))
    settle (self, NULL);
  if (PQstatus (self->connection) == CONNECTION_OK && send_text (self, "ROLLBACK"))
    {
      sync_pipeline (self);
      self->is_undoing = TRUE;
    }
  self->in_transaction = FALSE;
  g_clear_pointer (&self->failure, g_free);
}

static MtbPrepared *
postgresql_prepare (MtbDatabase *database, const char *sql, GError **error)
{
  MtbPrepared *self = g_new0 (MtbPrepared, 1);

  self->database = database;
  self->name = g_strdup_printf ("s%u", database->n_statements++);
  self->parameters = g_ptr_array_new_with_free_func (g_free);
  self->text = mtb_postgresql_number_parameters (sql, self->parameters);
  self->values = g_new0 (const char *, self->parameters->len + 1);
  self->numbers = g_malloc0_n (self->parameters->len + 1, NUMBER_LENGTH);
  g_queue_init (&self->rows);
  return self;
}

static void
postgresql_reset (MtbPrepared *self)
{
  if (self->database->streaming == self)
    put_aside (self->database, FALSE);
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
  g_snprintf (self->numbers[parameter], NUMBER_LENGTH, "%" G_GINT64_FORMAT, value);
  self->values[parameter] = value != MTB_ABSENT ? self->numbers[parameter] : NULL;
}

static gboolean
postgresql_run (MtbPrepared *self, GError **error)
{
  MtbDatabase *database = self->database;

  if (!send_prepared (self, error))
    return FALSE;
  if (!database->in_transaction || g_queue_get_length (&database->unheard) > MOST_UNHEARD)
    settle (database, NULL);
  return database->failure == NULL || fail (database, error);
}

static gboolean
start_rows (MtbPrepared *self, GError **error)
{
  MtbDatabase *database = self->database;

  if (!send_prepared (self, error))
    return FALSE;
  sync_pipeline (database);
  hear_all (database, 1);
  g_queue_clear (&database->unheard);
  PQsetSingleRowMode (database->connection);
  database->streaming = self;
  self->is_open = TRUE;
  return TRUE;
}

/* Takes the next row off the connection. */
static void
take_row (MtbPrepared *self)
{
  MtbDatabase *database = self->database;

  self->row = PQgetResult (database->connection);
  if (PQresultStatus (self->row) == PGRES_SINGLE_TUPLE)
    return;
  if (self->row == NULL || !has_gone_well (self->row))
    {
      note_result (database, self->row);
      self->failure = g_strdup (database->failure);
    }
  g_clear_pointer (&self->row, PQclear);
  put_aside (database, FALSE);
}

static gboolean
postgresql_step (MtbPrepared *self, gboolean *row, GError **error)
{
  *row = FALSE;
  if (!self->is_open && !start_rows (self, error))
    return FALSE;
  g_clear_pointer (&self->row, PQclear);
  if (self->database->streaming == self)
    take_row (self);
  else
    self->row = g_queue_pop_head (&self->rows);
  *row = self->row != NULL;
  return *row || self->failure == NULL || set_error (error, self->failure);
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
  return set_error (error, "it keeps what was deleted for a while");
}

static const MtbDriver postgresql_driver = {
  .scheme = "postgresql",
  .is_apart = TRUE,
  .numbers_rows = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
  .kept_by_key = "",
  .open = postgresql_open,
  .close = postgresql_close,
  .execute = postgresql_execute,
  .begin = postgresql_begin,
  .commit = postgresql_commit,
  .rollback = postgresql_rollback,
  .prepare = postgresql_prepare,
  .finalize = postgresql_finalize,
  .find_parameter = postgresql_find_parameter,
  .bind_text = postgresql_bind_text,
  .bind_number = postgresql_bind_number,
  .run = postgresql_run,
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
