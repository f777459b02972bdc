#pragma once

#include "mtb-draft.h"
#include "mtb-engine.h"

G_BEGIN_DECLS

MtbDraft *mtb_draft_for_write_up (const MtbWriteUpRow *row, gint64 now);
void mtb_draft_set_customer (MtbDraft *draft, const MtbCustomer *customer);
MtbDraft *mtb_draft_for_rest (const MtbDraft *saved, const MtbDraft *written, gint64 now);
void mtb_draft_open_call_async (MtbEngine *engine,
                                const char *call_id,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
void mtb_draft_open_refusal_async (MtbEngine *engine,
                                   MtbRefusal *refusal,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
MtbDraft *mtb_draft_open_finish (MtbEngine *engine, GAsyncResult *result, GError **error);

G_END_DECLS
