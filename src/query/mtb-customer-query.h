#pragma once

#include "mtb-query.h"

G_BEGIN_DECLS

/**
 * MtbCustomerKind:
 * @MTB_CUSTOMER_SUBSCRIBER: has a subscription
 * @MTB_CUSTOMER_PROSPECT: has none
 */
typedef enum
{
  MTB_CUSTOMER_SUBSCRIBER,
  MTB_CUSTOMER_PROSPECT,
} MtbCustomerKind;

/**
 * MtbCustomerSearch:
 * @text: what was typed: beginnings of words of the name, telephone, user name, account number
 * @limit: the most rows wanted
 */
typedef struct
{
  char *text;
  gint64 limit;
} MtbCustomerSearch;

/**
 * MtbCustomer:
 * @kind: a #MtbCustomerKind
 * @status: a #MtbSubscriberStatus; absent for a prospect
 *
 * Somebody who can be called, as a search finds them.
 */
typedef struct
{
  char *id;
  gint64 kind;
  char *name;
  char *name_folded;
  char *telephone;
  char *username;
  char *account_number;
  char *package;
  char *tier;
  gint64 status;
} MtbCustomer;

/**
 * MtbCustomerRef:
 *
 * Asks for one customer, subscriber or prospect.
 */
typedef struct
{
  char *id;
} MtbCustomerRef;

extern const char *const mtb_customer_kind_words[];
extern const MtbShape mtb_customer_ref_shape;

/* By what was typed: #MtbCustomerSearch to #MtbCustomer, best first */
extern const MtbQuery mtb_customer_search_query;
/* One by its id: #MtbCustomerRef to one #MtbCustomer, or none */
extern const MtbQuery mtb_customer_query;
/* The last known figures of one: #MtbCustomerRef to one #MtbCard, or none */
extern const MtbQuery mtb_card_query;

MTB_DEFINE_RECORD_AUTOPTR (MtbCustomerSearch)
MTB_DEFINE_RECORD_AUTOPTR (MtbCustomer)
MTB_DEFINE_RECORD_AUTOPTR (MtbCustomerRef)

G_END_DECLS
