#pragma once

#include "mtb-store.h"

G_BEGIN_DECLS

GPtrArray *mtb_words_find (MtbStore *store,
                           const MtbTable *table,
                           const char *const *beginnings,
                           guint enough,
                           guint most,
                           GError **error);

G_END_DECLS
