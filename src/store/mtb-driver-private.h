#pragma once

#include "mtb-store.h"

G_BEGIN_DECLS

typedef struct _MtbDatabase MtbDatabase;
typedef struct _MtbPrepared MtbPrepared;

/**
 * MtbTransaction:
 * @MTB_TRANSACTION_READ: all that is read is of one moment
 * @MTB_TRANSACTION_WRITE: writes rows
 * @MTB_TRANSACTION_TABLES: makes or widens tables, one such transaction at a time
 */
typedef enum
{
  MTB_TRANSACTION_READ,
  MTB_TRANSACTION_WRITE,
  MTB_TRANSACTION_TABLES,
} MtbTransaction;

/**
 * MtbDriver:
 * @scheme: what a database's address begins with
 * @numbers_rows: how a column is declared that numbers the rows of its table by itself
 * @is_apart: whether it is asked in another process, and several questions are better asked as one
 * @kept_by_key: what is said at the end of a table that is kept in the order of its key, if anything
 *
 * What a database engine has to do for a #MtbStore, and all it has to do. Parameters are numbered
 * from 0 in the order of their first appearance in the text. Every failure is an error of
 * %MTB_ERROR_STORAGE, or of %MTB_ERROR_DAMAGED where the engine says that. Of a statement that is run
 * in a transaction it may be told later, at the latest by the commit. What is %NULL of the last two an
 * engine cannot do or does by itself: saying what is wrong with its own files, a text a fault, and
 * putting a database aside under another name.
 */
typedef struct
{
  const char *scheme;
  gboolean is_apart;
  const char *numbers_rows;
  const char *kept_by_key;
  MtbDatabase *(*open) (const char *address, MtbStoreMode mode, GError **error);
  void (*close) (MtbDatabase *database);
  gboolean (*execute) (MtbDatabase *database, const char *script, GError **error);
  gboolean (*begin) (MtbDatabase *database, MtbTransaction kind, GError **error);
  gboolean (*commit) (MtbDatabase *database, GError **error);
  void (*rollback) (MtbDatabase *database);
  MtbPrepared *(*prepare) (MtbDatabase *database, const char *sql, GError **error);
  void (*finalize) (MtbPrepared *prepared);
  int (*find_parameter) (MtbPrepared *prepared, const char *name);
  void (*bind_text) (MtbPrepared *prepared, int parameter, const char *value);
  void (*bind_number) (MtbPrepared *prepared, int parameter, gint64 value);
  gboolean (*run) (MtbPrepared *prepared, GError **error);
  gboolean (*step) (MtbPrepared *prepared, gboolean *row, GError **error);
  void (*reset) (MtbPrepared *prepared);
  int (*count_columns) (MtbPrepared *prepared);
  const char *(*get_column_name) (MtbPrepared *prepared, int column);
  const char *(*get_text) (MtbPrepared *prepared, int column);
  gint64 (*get_number) (MtbPrepared *prepared, int column);
  GPtrArray *(*list_columns) (MtbDatabase *database, const char *table, GError **error);
  gint64 (*get_data_version) (MtbDatabase *database);
  gboolean (*forget) (MtbDatabase *database, GError **error);
  GPtrArray *(*check) (MtbDatabase *database, GError **error);
  gboolean (*set_aside) (const char *address, const char *suffix, GError **error);
} MtbDriver;

extern const MtbDriver mtb_sqlite_driver;

void mtb_store_add_driver (const MtbDriver *driver);
const MtbDriver *mtb_store_get_driver (MtbStore *store);
MtbDatabase *mtb_store_get_database (MtbStore *store);

G_END_DECLS
