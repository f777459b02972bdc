#pragma once

#include "mtb-store.h"

G_BEGIN_DECLS

GPtrArray *mtb_words_find (MtbStore *store,
                           const MtbTable *table,
                           const char *const *beginnings,
                           guint enough,
                           guint most,
                           GError **error);

/**
 * MtbWordsFaultFunc:
 * @id: (nullable): the key of the row; %NULL where there is none
 * @word: the word
 * @missing: whether the row says the word and is not found by it; otherwise it is the other way round
 * @data: what was given with the function
 */
typedef void (*MtbWordsFaultFunc) (const char *id,
                                   const char *word,
                                   gboolean missing,
                                   gpointer data);

gboolean mtb_words_verify (MtbStore *store,
                           const MtbTable *table,
                           MtbWordsFaultFunc func,
                           gpointer data,
                           gint64 *n_rows,
                           GError **error);

G_END_DECLS
