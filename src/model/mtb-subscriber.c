#include "mtb-subscriber.h"

const char *const mtb_subscriber_status_words[] = { "active", "pending", "suspended", "ended",
                                                    NULL };

static const MtbField subscriber_fields[] = {
  MTB_FIELD (MtbSubscriber, id, ID, .required = TRUE),
  MTB_FIELD (MtbSubscriber, account_number, TEXT, .required = TRUE, .max = 40),
  MTB_FIELD (MtbSubscriber, username, TEXT, .required = TRUE, .max = 64),
  MTB_FIELD (MtbSubscriber, name, TEXT, .required = TRUE, .max = 200),
  MTB_FIELD (MtbSubscriber, name_folded, TEXT),
  MTB_FIELD (MtbSubscriber, telephone, TEXT, .max = 40),
  MTB_FIELD (MtbSubscriber, package, TEXT, .max = 80),
  MTB_FIELD (MtbSubscriber, tier, TEXT, .max = 80),
  MTB_FIELD (MtbSubscriber, status, ENUM, .required = TRUE, .choices = mtb_subscriber_status_words),
};

const MtbTable mtb_subscriber_table = {
  .shape = MTB_SHAPE ("subscriber", MtbSubscriber, subscriber_fields),
  .area = MTB_AREA_DIRECTORY,
  .words = MTB_LIST ("name", "telephone", "username", "account_number"),
};

static const MtbField card_fields[] = {
  MTB_FIELD (MtbCard, id, ID, .required = TRUE, .references = "subscriber"),
  MTB_FIELD (MtbCard, volume_allowed, VOLUME),
  MTB_FIELD (MtbCard, volume_up, VOLUME),
  MTB_FIELD (MtbCard, volume_down, VOLUME),
  MTB_FIELD (MtbCard, volume_browsing, VOLUME),
  MTB_FIELD (MtbCard, balance, MONEY),
  MTB_FIELD (MtbCard, currency, TEXT, .max = 3),
  MTB_FIELD (MtbCard, static_ip, TEXT, .max = 45),
  MTB_FIELD (MtbCard, bridge_mode, FLAG),
  MTB_FIELD (MtbCard, router, TEXT, .max = 80),
  MTB_FIELD (MtbCard, filter, FLAG),
  MTB_FIELD (MtbCard, measured_at, TIME),
};

const MtbTable mtb_card_table = {
  .shape = MTB_SHAPE ("card", MtbCard, card_fields),
  .area = MTB_AREA_CARD,
};

static const MtbField prospect_fields[] = {
  MTB_FIELD (MtbProspect, id, ID, .required = TRUE),
  MTB_FIELD (MtbProspect, name, TEXT, .required = TRUE, .max = 200),
  MTB_FIELD (MtbProspect, name_folded, TEXT),
  MTB_FIELD (MtbProspect, telephone, TEXT, .max = 40),
  MTB_FIELD (MtbProspect, notes, TEXT),
};

const MtbTable mtb_prospect_table = {
  .shape = MTB_SHAPE ("prospect", MtbProspect, prospect_fields),
  .area = MTB_AREA_DIRECTORY,
  .words = MTB_LIST ("name", "telephone"),
};
