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

GHashTable *mtb_statements_new (GDestroyNotify finalize);
char *mtb_statement_expand (const char *sql, const MtbShape *shape);
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
