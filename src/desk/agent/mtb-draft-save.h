#pragma once

#include "mtb-draft.h"
#include "mtb-engine.h"

G_BEGIN_DECLS

void mtb_draft_save_async (MtbEngine *engine,
                           MtbDraft *draft,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean mtb_draft_save_finish (MtbEngine *engine, GAsyncResult *result, GError **error);

G_END_DECLS
