/* A connection to PostgreSQL, which is in pipeline mode. In a transaction, what gives no rows is sent and
 * not waited for; that it failed is heard with the next rows or with the commit. Rows are taken one by one
 * as they come; what is still to come is put aside where another statement is run meanwhile.
 *
 * That a transaction was undone is not waited for either; it is heard before anything else is asked.
 *
 * A connection that was lost is made again outside of a transaction. A commit of which nothing was
 * heard has failed, as far as anybody is told. */

#include "mtb-postgresql-private.h"

#include "mtb-error.h"

#define MOST_UNHEARD 1000
#define REFUSED_US (G_TIME_SPAN_SECOND / 4)

gboolean
mtb_postgresql_set_error (GError **error, const char *message)
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
  return mtb_postgresql_set_error (error, self->failure);
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
 * What has none then looks so dear that it would be compiled, which takes far longer. Who checks
 * holds nothing, and may wait for as long as a whole copy is read. */
#define SET_UP \
  "SELECT set_config ('idle_in_transaction_session_timeout', '%s', false)," \
  " set_config ('default_transaction_read_only', '%s', false)," \
  " set_config ('client_min_messages', 'warning', false)," \
  " set_config ('enable_seqscan', 'off', false), set_config ('jit', 'off', false)," \
  " set_config ('synchronous_commit', CASE WHEN current_setting ('synchronous_commit')" \
  " IN ('on', 'remote_apply') THEN current_setting ('synchronous_commit') ELSE 'on' END, false)," \
  " current_setting ('server_encoding'), 'a' > 'B'"

static gboolean
set_up (MtbDatabase *self, GError **error)
{
  g_autofree char *sql = g_strdup_printf (SET_UP, self->mode == MTB_STORE_CHECK ? "0" : "60s",
                                          self->mode == MTB_STORE_AUTHORITY ? "off" : "on");
  PGresult *result = PQexec (self->connection, sql);
  gboolean ok = has_gone_well (result);

  if (!ok)
    mtb_postgresql_set_error (error, PQresultErrorMessage (result));
  else if (!g_str_equal (PQgetvalue (result, 0, 6), "UTF8")
           || !g_str_equal (PQgetvalue (result, 0, 7), "t"))
    ok = mtb_postgresql_set_error (
      error, "it must be in UTF8 and in the order of bytes; make one with createdb"
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
    return mtb_postgresql_set_error (error, "it cannot be reached");
  g_clear_pointer (&self->connection, PQfinish);
  g_queue_clear (&self->unheard);
  self->is_undoing = FALSE;
  self->connection = reach (self->uri);
  PQsetNoticeReceiver (self->connection, ignore_notice, NULL);
  self->n_connections++;
  ok = PQstatus (self->connection) == CONNECTION_OK
         ? set_up (self, error)
         : mtb_postgresql_set_error (error, g_strchomp (PQerrorMessage (self->connection)));
  if (ok)
    return TRUE;
  g_clear_pointer (&self->connection, PQfinish);
  self->refused_until = g_get_monotonic_time () + REFUSED_US;
  return FALSE;
}

void
mtb_postgresql_close (MtbDatabase *self)
{
  PQfinish (self->connection);
  g_queue_clear (&self->unheard);
  g_free (self->failure);
  g_free (self->uri);
  g_free (self);
}

MtbDatabase *
mtb_postgresql_open (const char *address, MtbStoreMode mode, GError **error)
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
  mtb_postgresql_close (self);
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
void
mtb_postgresql_put_aside (MtbDatabase *self, gboolean kept)
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
    mtb_postgresql_put_aside (self, TRUE);
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

gboolean
mtb_postgresql_execute (MtbDatabase *self, const char *script, GError **error)
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

gboolean
mtb_postgresql_begin (MtbDatabase *self, MtbTransaction kind, GError **error)
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
gboolean
mtb_postgresql_commit (MtbDatabase *self, GError **error)
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
void
mtb_postgresql_rollback (MtbDatabase *self)
{
  if (!self->in_transaction)
    return;
  if (self->streaming != NULL)
    mtb_postgresql_put_aside (self, TRUE);
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

gboolean
mtb_postgresql_run (MtbPrepared *self, GError **error)
{
  MtbDatabase *database = self->database;

  if (!send_prepared (self, error))
    return FALSE;
  if (!database->in_transaction || g_queue_get_length (&database->unheard) > MOST_UNHEARD)
    settle (database, NULL);
  return database->failure == NULL || fail (database, error);
}

gboolean
mtb_postgresql_start_rows (MtbPrepared *self, GError **error)
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
void
mtb_postgresql_take_row (MtbPrepared *self)
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
  mtb_postgresql_put_aside (database, FALSE);
}
