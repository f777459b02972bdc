#pragma once

#include "mtb-store.h"

G_BEGIN_DECLS

typedef struct _MtbDatabase MtbDatabase;
typedef struct _MtbPrepared MtbPrepared;

/**
 * MtbDriver:
 * @scheme: what a database's address begins with
 * @numbers_rows: how a column is declared that numbers the rows of its table by itself
 * @kept_by_key: what is said at the end of a table that is kept in the order of its key, if anything
 *
 * What a database engine has to do for a #MtbStore, and all it has to do. Parameters are numbered
 * from 0 in the order of their first appearance in the text. Every failure is an error of
 * %MTB_ERROR_STORAGE.
 */
typedef struct
{
  const char *scheme;
  const char *numbers_rows;
  const char *kept_by_key;
  MtbDatabase *(*open) (const char *address, MtbStoreMode mode, GError **error);
  void (*close) (MtbDatabase *database);
  gboolean (*execute) (MtbDatabase *database, const char *script, GError **error);
  MtbPrepared *(*prepare) (MtbDatabase *database, const char *sql, GError **error);
  void (*finalize) (MtbPrepared *prepared);
  int (*find_parameter) (MtbPrepared *prepared, const char *name);
  void (*bind_text) (MtbPrepared *prepared, int parameter, const char *value);
  void (*bind_number) (MtbPrepared *prepared, int parameter, gint64 value);
  gboolean (*step) (MtbPrepared *prepared, gboolean *row, GError **error);
  void (*reset) (MtbPrepared *prepared);
  int (*count_columns) (MtbPrepared *prepared);
  const char *(*get_column_name) (MtbPrepared *prepared, int column);
  const char *(*get_text) (MtbPrepared *prepared, int column);
  gint64 (*get_number) (MtbPrepared *prepared, int column);
  GPtrArray *(*list_columns) (MtbDatabase *database, const char *table, GError **error);
  gint64 (*get_data_version) (MtbDatabase *database);
  gboolean (*forget) (MtbDatabase *database, GError **error);
} MtbDriver;

extern const MtbDriver mtb_sqlite_driver;

const MtbDriver *mtb_store_get_driver (MtbStore *store);
MtbDatabase *mtb_store_get_database (MtbStore *store);

G_END_DECLS
