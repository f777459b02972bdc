#pragma once

#include "mtb-store.h"

G_BEGIN_DECLS

#define MTB_WORDS_SCHEMA \
  "CREATE TABLE IF NOT EXISTS word (word TEXT NOT NULL, tbl TEXT NOT NULL, row_id TEXT NOT NULL," \
  " PRIMARY KEY (word, tbl, row_id)) WITHOUT ROWID;" \
  "CREATE INDEX IF NOT EXISTS word_row ON word (row_id, word);"

gboolean mtb_words_update (MtbStore *store,
                           const MtbTable *table,
                           gconstpointer before,
                           gconstpointer after,
                           GError **error);

G_END_DECLS
