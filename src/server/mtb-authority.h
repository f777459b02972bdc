#pragma once

#include "mtb-ledger.h"
#include "mtb-order.h"
#include "mtb-totals.h"

G_BEGIN_DECLS

typedef struct _MtbAuthority MtbAuthority;

typedef gint64 (*MtbClock) (gpointer data);

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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbAuthority, mtb_authority_free)

G_END_DECLS
