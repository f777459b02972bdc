#pragma once

#include "mtb-ledger.h"
#include "mtb-message.h"

G_BEGIN_DECLS

/**
 * MtbOrder:
 * @envelope: the command
 * @person_id: who gives it
 * @desk: (nullable): from which desk
 * @origin: (nullable): from which address
 * @received_at: when it came; 0 where that is when it is judged
 * @attachment: (nullable): a record that is written along, and not told in the trail
 * @verdict: (nullable): the verdict; %NULL where there is none yet
 * @repeated: whether the verdict was there before
 * @failure: (nullable): why there is none: the machinery failed, or it is put off until the
 *   recovery ends
 *
 * A command to be judged, and what became of it.
 */
typedef struct
{
  MtbEnvelope *envelope;
  char *person_id;
  char *desk;
  char *origin;
  gint64 received_at;
  gpointer attachment;
  MtbVerdict *verdict;
  gboolean repeated;
  GError *failure;
} MtbOrder;

MtbOrder *
mtb_order_new (MtbEnvelope *envelope, const char *person_id, const char *desk, const char *origin);
void mtb_order_free (MtbOrder *order);
void mtb_order_forget_verdict (MtbOrder *order);
void mtb_order_repeat_verdict (MtbOrder *order, const MtbEntry *entry);
MtbEntry *mtb_order_conclude (MtbOrder *order,
                              const MtbHead *head,
                              gint64 seq,
                              gint64 now,
                              const GError *rejection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbOrder, mtb_order_free)

G_END_DECLS
