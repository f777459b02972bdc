#pragma once

#include "mtb-engine.h"

G_BEGIN_DECLS

void mtb_query_all_async (MtbEngine *engine,
                          const MtbQuery *query,
                          gconstpointer arguments,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
GListModel *mtb_query_all_finish (MtbEngine *engine, GAsyncResult *result, GError **error);

G_END_DECLS
