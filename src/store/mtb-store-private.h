#pragma once

#include "mtb-driver-private.h"

G_BEGIN_DECLS

struct _MtbStore
{
  const MtbDriver *driver;
  MtbDatabase *database;
  GHashTable *statements;
  GHashTable *ahead; /* rows by their keys, in a transaction that reads ahead */
  MtbJournal journal;
  gpointer journal_data;
};

/* Makes the text of a statement, when it is asked for the first time. */
typedef char *(*MtbExpandFunc) (const char *sql, const MtbShape *shape);

/* A statement that is kept, known by the shape and the text that it was asked with. Its fields are
 * those of the shape that its columns are read into, and NULL before the first row. */
typedef struct
{
  const MtbShape *shape;
  const char *sql;
  const MtbDriver *driver;
  MtbPrepared *prepared;
  int n_columns;
  const MtbField **fields;
} MtbStatement;

GHashTable *mtb_statements_new (void);
char *mtb_statement_expand (const char *sql, const MtbShape *shape);
gpointer mtb_statement_read_record (MtbStatement *statement);
MtbStatement *mtb_store_find_statement (MtbStore *store,
                                        const MtbShape *shape,
                                        const char *sql,
                                        MtbExpandFunc func,
                                        GError **error);
MtbPrepared *mtb_store_prepare (MtbStore *store,
                                const MtbShape *shape,
                                const char *sql,
                                MtbExpandFunc func,
                                GError **error);
gboolean mtb_ahead_find (MtbStore *store, const MtbShape *shape, const char *id, gpointer *record);
void mtb_ahead_keep (MtbStore *store, gconstpointer record);
void mtb_ahead_forget (MtbStore *store, const MtbShape *shape, const char *id);
void mtb_ahead_end (MtbStore *store);
gboolean mtb_store_run_prepared (MtbStore *store, MtbPrepared *prepared, GError **error);

G_END_DECLS
