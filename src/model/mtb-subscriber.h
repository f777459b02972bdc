#pragma once

#include "mtb-table.h"

G_BEGIN_DECLS

/**
 * MtbSubscriberStatus:
 * @MTB_SUBSCRIBER_ACTIVE: in use
 * @MTB_SUBSCRIBER_PENDING: not yet activated
 * @MTB_SUBSCRIBER_SUSPENDED: stopped, for instance for want of payment
 * @MTB_SUBSCRIBER_ENDED: no longer a subscriber
 */
typedef enum
{
  MTB_SUBSCRIBER_ACTIVE,
  MTB_SUBSCRIBER_PENDING,
  MTB_SUBSCRIBER_SUSPENDED,
  MTB_SUBSCRIBER_ENDED,
} MtbSubscriberStatus;

/**
 * MtbSubscriber:
 * @name_folded: what names are sorted by, see mtb_fold()
 * @telephone: as written, with its area code
 * @tier: the step of the data-exchange package
 * @status: a #MtbSubscriberStatus
 *
 * What the directory says of a subscriber.
 */
typedef struct
{
  char *id;
  char *account_number;
  char *username;
  char *name;
  char *name_folded;
  char *telephone;
  char *package;
  char *tier;
  gint64 status;
} MtbSubscriber;

/**
 * MtbCard:
 * @id: the subscriber's
 * @volume_allowed: bytes a month; absent where there is no limit
 * @volume_up: bytes sent in the month
 * @volume_down: bytes received in the month
 * @volume_browsing: bytes of browsing in the month
 * @balance: minor units of @currency
 * @bridge_mode: whether the router is a bridge
 * @filter: whether a line filter is installed
 * @measured_at: when the source of these figures was read
 *
 * What the *User Info* card adds: it changes every day, so it is asked for and never fed.
 */
typedef struct
{
  char *id;
  gint64 volume_allowed;
  gint64 volume_up;
  gint64 volume_down;
  gint64 volume_browsing;
  gint64 balance;
  char *currency;
  char *static_ip;
  gint64 bridge_mode;
  char *router;
  gint64 filter;
  gint64 measured_at;
} MtbCard;

/**
 * MtbProspect:
 *
 * Somebody who called and is no subscriber.
 */
typedef struct
{
  char *id;
  char *name;
  char *name_folded;
  char *telephone;
  char *notes;
} MtbProspect;

extern const char *const mtb_subscriber_status_words[];
extern const MtbTable mtb_subscriber_table;
extern const MtbTable mtb_card_table;
extern const MtbTable mtb_prospect_table;

MTB_DEFINE_RECORD_AUTOPTR (MtbSubscriber)
MTB_DEFINE_RECORD_AUTOPTR (MtbCard)
MTB_DEFINE_RECORD_AUTOPTR (MtbProspect)

G_END_DECLS
