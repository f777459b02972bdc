#pragma once

#include "mtb-call-query.h"
#include "mtb-customer-query.h"
#include "mtb-json.h"

G_BEGIN_DECLS

/**
 * MtbCardMoment:
 * @id: the subscriber's
 * @fetched_at: when the card was last fetched
 */
typedef struct
{
  char *id;
  gint64 fetched_at;
} MtbCardMoment;

/* When a card was fetched: #MtbCustomerRef to one #MtbCardMoment, or none */
extern const MtbQuery mtb_card_moment_query;
/* The calls on a card: #MtbCustomerRef to #MtbCallRow, the latest first; what this desk has just
 * written is among them */
extern const MtbQuery mtb_card_calls_query;

MTB_DEFINE_RECORD_AUTOPTR (MtbCardMoment)

gboolean mtb_kept_create (MtbStore *store, GError **error);
gboolean mtb_kept_take_card (MtbStore *store, JsonObject *body, gint64 now, GError **error);

G_END_DECLS
