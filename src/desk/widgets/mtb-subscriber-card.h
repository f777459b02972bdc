#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_SUBSCRIBER_CARD (mtb_subscriber_card_get_type ())
G_DECLARE_FINAL_TYPE (MtbSubscriberCard, mtb_subscriber_card, MTB, SUBSCRIBER_CARD, AdwBin)

void mtb_subscriber_card_set_engine (MtbSubscriberCard *self, MtbEngine *engine);
void mtb_subscriber_card_show (MtbSubscriberCard *self, const char *customer_id);

G_END_DECLS
