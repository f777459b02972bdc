#pragma once

#include "mtb-ledger.h"
#include "mtb-message.h"
#include "mtb-totals.h"

G_BEGIN_DECLS

typedef struct _MtbAuthority MtbAuthority;

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

typedef gint64 (*MtbClock) (gpointer data);

MtbOrder *
mtb_order_new (MtbEnvelope *envelope, const char *person_id, const char *desk, const char *origin);
void mtb_order_free (MtbOrder *order);

MtbAuthority *mtb_authority_open (const char *database, GError **error);
void mtb_authority_free (MtbAuthority *authority);
void mtb_authority_set_clock (MtbAuthority *authority, MtbClock clock, gpointer data);
MtbStore *mtb_authority_get_store (MtbAuthority *authority);
MtbHead *mtb_authority_dup_head (MtbAuthority *authority);
gint64 mtb_authority_get_now (MtbAuthority *authority);
void mtb_authority_judge (MtbAuthority *authority, GPtrArray *orders);
gboolean mtb_authority_apply (MtbAuthority *authority, GPtrArray *orders, GError **error);
gboolean mtb_authority_command (MtbAuthority *authority,
                                const char *person_id,
                                gpointer arguments,
                                const char *command_id,
                                gpointer attachment,
                                GError **error);
gboolean mtb_authority_move_window (MtbAuthority *authority, GError **error);
gboolean mtb_authority_recount (MtbAuthority *authority, MtbTotalsFault *fault, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbOrder, mtb_order_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbAuthority, mtb_authority_free)

G_END_DECLS
