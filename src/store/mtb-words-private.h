#pragma once

#include "mtb-words.h"

G_BEGIN_DECLS

/* The column that numbers the rows of a searched table, in this database alone. */
#define MTB_WORDS_ROW "row_n"

GHashTable *mtb_words_collect (const MtbTable *table, gconstpointer record);
gboolean mtb_words_create (MtbStore *store, const MtbTable *table, GError **error);
gboolean mtb_words_update (MtbStore *store,
                           const MtbTable *table,
                           gconstpointer before,
                           gconstpointer after,
                           GError **error);

G_END_DECLS
