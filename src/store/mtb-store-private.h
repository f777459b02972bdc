#pragma once

#include "mtb-driver-private.h"

G_BEGIN_DECLS

struct _MtbStore
{
  const MtbDriver *driver;
  MtbDatabase *database;
  GHashTable *statements;
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
gboolean mtb_store_run_prepared (MtbStore *store, MtbPrepared *prepared, GError **error);

G_END_DECLS
