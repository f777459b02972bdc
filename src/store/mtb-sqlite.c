#include "mtb-driver-private.h"

#include "mtb-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#define BUSY_MS 10000
#define PRIVATE 0600
#define PRIMARY 0xff

/* What begins and ends a transaction: there are so many that parsing each would be felt. */
typedef enum
{
  BEGIN_READ,
  BEGIN_WRITE,
  COMMIT,
  ROLLBACK,
  N_BOUNDS,
} Bound;

static const char *const bounds[N_BOUNDS] = { "BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK" };

struct _MtbDatabase
{
  sqlite3 *handle;
  sqlite3_stmt *bounds[N_BOUNDS];
};

/* An sqlite3_stmt goes by this name here. */
#define STATEMENT(prepared) ((sqlite3_stmt *) (prepared))

static void
set_error (GError **error, sqlite3 *handle)
{
  int code = sqlite3_errcode (handle) & PRIMARY;
  gboolean damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;

  g_set_error (error, MTB_ERROR, damaged ? MTB_ERROR_DAMAGED : MTB_ERROR_STORAGE, "database: %s",
               sqlite3_errmsg (handle));
}

static gboolean
sqlite_execute (MtbDatabase *database, const char *script, GError **error)
{
  if (sqlite3_exec (database->handle, script, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  set_error (error, database->handle);
  return FALSE;
}

static gboolean
pass_bound (MtbDatabase *database, Bound bound, GError **error)
{
  sqlite3_stmt **statement = &database->bounds[bound];
  gboolean ok;

  if (*statement == NULL)
    sqlite3_prepare_v3 (database->handle, bounds[bound], -1, SQLITE_PREPARE_PERSISTENT, statement,
                        NULL);
  ok = *statement != NULL && sqlite3_step (*statement) == SQLITE_DONE;
  if (!ok)
    set_error (error, database->handle);
  sqlite3_reset (*statement);
  return ok;
}

static gboolean
sqlite_begin (MtbDatabase *database, MtbTransaction kind, GError **error)
{
  return pass_bound (database, kind == MTB_TRANSACTION_READ ? BEGIN_READ : BEGIN_WRITE, error);
}

static gboolean
sqlite_commit (MtbDatabase *database, GError **error)
{
  return pass_bound (database, COMMIT, error);
}

static void
sqlite_rollback (MtbDatabase *database)
{
  pass_bound (database, ROLLBACK, NULL);
}

static void
sqlite_close (MtbDatabase *database)
{
  for (guint i = 0; i < N_BOUNDS; i++)
    sqlite3_finalize (database->bounds[i]);
  sqlite3_close (database->handle);
  g_free (database);
}

static const char *
get_pragmas (MtbStoreMode mode)
{
  switch (mode)
    {
    case MTB_STORE_AUTHORITY:
      return "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=20000;"
             "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;";
    case MTB_STORE_PRECIOUS:
      return "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";
    case MTB_STORE_CACHE:
      return "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;"
             "PRAGMA temp_store=MEMORY;";
    case MTB_STORE_FILE:
      return "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;"
             "PRAGMA cache_size=-131072;";
    case MTB_STORE_CHECK:
      return "PRAGMA query_only=ON; PRAGMA cache_size=-32768; PRAGMA temp_store=FILE;";
    case MTB_STORE_READ_ONLY:
    default:
      return "PRAGMA query_only=ON; PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY;";
    }
}

static gboolean
reads_only (MtbStoreMode mode)
{
  return mode == MTB_STORE_READ_ONLY || mode == MTB_STORE_CHECK;
}

/* Nobody else on this machine reads what is in a database. What SQLite puts beside one has its mode. */
static void
make_private (const char *address, MtbStoreMode mode)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  gboolean is_file = *address != ':' && !reads_only (mode);
  int fd = is_file ? open (address, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, PRIVATE) : -1;

  if (fd >= 0)
    close (fd);
  if (mode != MTB_STORE_PRECIOUS && mode != MTB_STORE_CACHE)
    return;
  /* On a desk, those of a program before this too. None is opened for it: closing it would let go of
   * SQLite's locks. */
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (address, suffixes[i], NULL);

      g_chmod (path, PRIVATE);
    }
}

static gboolean
is_durable (MtbStoreMode mode)
{
  return mode == MTB_STORE_AUTHORITY || mode == MTB_STORE_PRECIOUS;
}

/* What a program wrote to the log that was killed before it was synced is read as committed by the next
 * one. Nobody is shown what could still be lost. */
static gboolean
sync_log (MtbDatabase *database, GError **error)
{
  sqlite3_file *log = NULL;

  sqlite3_file_control (database->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  if (log == NULL || log->pMethods == NULL
      || log->pMethods->xSync (log, SQLITE_SYNC_NORMAL) == SQLITE_OK)
    return TRUE;
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_STORAGE, "database: disk I/O error");
  return FALSE;
}

/* What cannot be written SQLite opens for reading alone, and keeps it so when it could be written again. */
static gboolean
check_writable (MtbDatabase *database, MtbStoreMode mode, GError **error)
{
  if (reads_only (mode) || sqlite3_db_readonly (database->handle, "main") == 0)
    return TRUE;
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_STORAGE, "the database cannot be written");
  return FALSE;
}

static MtbDatabase *
sqlite_open (const char *address, MtbStoreMode mode, GError **error)
{
  int flags = SQLITE_OPEN_READWRITE | (reads_only (mode) ? 0 : SQLITE_OPEN_CREATE);
  MtbDatabase *database = g_new0 (MtbDatabase, 1);

  make_private (address, mode);
  if (sqlite3_open_v2 (address, &database->handle, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK
      || sqlite3_busy_timeout (database->handle, BUSY_MS) != SQLITE_OK
      || sqlite3_exec (database->handle, get_pragmas (mode), NULL, NULL, NULL) != SQLITE_OK)
    {
      set_error (error, database->handle);
      g_prefix_error (error, "%s: ", address);
      sqlite_close (database);
      return NULL;
    }
  if (!check_writable (database, mode, error) || (is_durable (mode) && !sync_log (database, error)))
    {
      g_prefix_error (error, "%s: ", address);
      g_clear_pointer (&database, sqlite_close);
    }
  return database;
}

static MtbPrepared *
sqlite_prepare (MtbDatabase *database, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v3 (database->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL)
      != SQLITE_OK)
    {
      set_error (error, database->handle);
      g_prefix_error (error, "%s: ", sql);
      return NULL;
    }
  return (MtbPrepared *) statement;
}

static void
sqlite_finalize (MtbPrepared *prepared)
{
  sqlite3_finalize (STATEMENT (prepared));
}

static int
sqlite_find_parameter (MtbPrepared *prepared, const char *name)
{
  char word[64] = ":";

  g_strlcpy (word + 1, name, sizeof word - 1);
  return sqlite3_bind_parameter_index (STATEMENT (prepared), word) - 1;
}

/* What is bound stays where it is until the statement is reset, which clears the bindings. */
static void
sqlite_bind_text (MtbPrepared *prepared, int parameter, const char *value)
{
  if (value != NULL)
    sqlite3_bind_text (STATEMENT (prepared), parameter + 1, value, -1, SQLITE_STATIC);
  else
    sqlite3_bind_null (STATEMENT (prepared), parameter + 1);
}

static void
sqlite_bind_number (MtbPrepared *prepared, int parameter, gint64 value)
{
  if (value != MTB_ABSENT)
    sqlite3_bind_int64 (STATEMENT (prepared), parameter + 1, value);
  else
    sqlite3_bind_null (STATEMENT (prepared), parameter + 1);
}

static gboolean
sqlite_step (MtbPrepared *prepared, gboolean *row, GError **error)
{
  int result = sqlite3_step (STATEMENT (prepared));

  *row = result == SQLITE_ROW;
  if (result == SQLITE_ROW || result == SQLITE_DONE)
    return TRUE;
  set_error (error, sqlite3_db_handle (STATEMENT (prepared)));
  return FALSE;
}

static gboolean
sqlite_run (MtbPrepared *prepared, GError **error)
{
  gboolean row;

  return sqlite_step (prepared, &row, error);
}

static void
sqlite_reset (MtbPrepared *prepared)
{
  sqlite3_reset (STATEMENT (prepared));
  sqlite3_clear_bindings (STATEMENT (prepared));
}

static int
sqlite_count_columns (MtbPrepared *prepared)
{
  return sqlite3_column_count (STATEMENT (prepared));
}

static const char *
sqlite_get_column_name (MtbPrepared *prepared, int column)
{
  return sqlite3_column_name (STATEMENT (prepared), column);
}

static const char *
sqlite_get_text (MtbPrepared *prepared, int column)
{
  return (const char *) sqlite3_column_text (STATEMENT (prepared), column);
}

static gint64
sqlite_get_number (MtbPrepared *prepared, int column)
{
  gint64 number = sqlite3_column_int64 (STATEMENT (prepared), column);

  /* NULL reads as 0. */
  if (number == 0 && sqlite3_column_type (STATEMENT (prepared), column) == SQLITE_NULL)
    return MTB_ABSENT;
  return number;
}

/* The first column of all rows. */
static GPtrArray *
list_texts (MtbDatabase *database, const char *sql, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (database->handle, sql, -1, &statement, NULL);

  while (result == SQLITE_OK || result == SQLITE_ROW)
    {
      result = sqlite3_step (statement);
      if (result == SQLITE_ROW)
        g_ptr_array_add (texts, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
    }
  if (result != SQLITE_DONE)
    set_error (error, database->handle);
  sqlite3_finalize (statement);
  return result == SQLITE_DONE ? g_steal_pointer (&texts) : NULL;
}

static GPtrArray *
sqlite_list_columns (MtbDatabase *database, const char *table, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT name FROM pragma_table_info('%s')", table);

  return list_texts (database, sql, error);
}

/* Changes when another connection has committed. */
static gint64
sqlite_get_data_version (MtbDatabase *database)
{
  sqlite3_stmt *statement = NULL;
  gint64 version = 0;

  if (sqlite3_prepare_v2 (database->handle, "PRAGMA data_version", -1, &statement, NULL)
        == SQLITE_OK
      && sqlite3_step (statement) == SQLITE_ROW)
    version = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return version;
}

/* What was deleted is overwritten in the database, and still stands in the log before it. */
static gboolean
sqlite_forget (MtbDatabase *database, GError **error)
{
  if (sqlite3_wal_checkpoint_v2 (database->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL)
      == SQLITE_OK)
    return TRUE;
  set_error (error, database->handle);
  return FALSE;
}

static GPtrArray *
sqlite_check (MtbDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) faults = list_texts (database, "PRAGMA integrity_check", error);

  if (faults != NULL && faults->len == 1 && g_str_equal (g_ptr_array_index (faults, 0), "ok"))
    g_ptr_array_set_size (faults, 0);
  return g_steal_pointer (&faults);
}

/* To leave its journal a database has to be nobody else's, and then all of it is in the one file. */
static gboolean
sqlite_set_aside (const char *address, const char *suffix, GError **error)
{
  g_autofree char *name = g_strconcat (address, suffix, NULL);
  MtbDatabase *database = sqlite_open (address, MTB_STORE_AUTHORITY, error);
  gboolean ok = database != NULL && sqlite_execute (database, "PRAGMA journal_mode=DELETE", error);

  if (database != NULL)
    sqlite_close (database);
  if (!ok)
    g_prefix_error (error, "%s: stop the server, and whatever else has it open: ", address);
  if (!ok || g_rename (address, name) == 0)
    return ok;
  g_set_error (error, MTB_ERROR, MTB_ERROR_STORAGE, "%s: %s", name, g_strerror (errno));
  return FALSE;
}

const MtbDriver mtb_sqlite_driver = {
  .scheme = "sqlite",
  .numbers_rows = "INTEGER PRIMARY KEY",
  .kept_by_key = " WITHOUT ROWID",
  .open = sqlite_open,
  .close = sqlite_close,
  .execute = sqlite_execute,
  .begin = sqlite_begin,
  .commit = sqlite_commit,
  .rollback = sqlite_rollback,
  .prepare = sqlite_prepare,
  .finalize = sqlite_finalize,
  .find_parameter = sqlite_find_parameter,
  .bind_text = sqlite_bind_text,
  .bind_number = sqlite_bind_number,
  .run = sqlite_run,
  .step = sqlite_step,
  .reset = sqlite_reset,
  .count_columns = sqlite_count_columns,
  .get_column_name = sqlite_get_column_name,
  .get_text = sqlite_get_text,
  .get_number = sqlite_get_number,
  .list_columns = sqlite_list_columns,
  .get_data_version = sqlite_get_data_version,
  .forget = sqlite_forget,
  .check = sqlite_check,
  .set_aside = sqlite_set_aside,
};

/* Nobody asks SQLite how much memory it takes, and to count it costs a lock at each piece. */
__attribute__ ((constructor)) static void
count_no_memory (void)
{
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
}
