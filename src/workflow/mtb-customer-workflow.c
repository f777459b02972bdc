/* Customers: subscribers as the provider's database tells of them, and prospects. */

#include "mtb-workflow-private.h"

#include "mtb-fold.h"
#include "mtb-subscriber.h"

gboolean
mtb_workflow_prospect_add (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbProspectAdd *arguments = data;
  g_autoptr (MtbProspect) prospect = mtb_record_new (&mtb_prospect_table.shape);

  if (!mtb_need_new (occasion, &mtb_prospect_table.shape, arguments->id, error))
    return FALSE;
  mtb_record_assign (prospect, arguments);
  prospect->name_folded = mtb_fold (prospect->name);
  return mtb_store_insert (occasion->store, prospect, error);
}

gboolean
mtb_workflow_subscriber_put (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbSubscriberPut *arguments = data;
  g_autoptr (MtbSubscriber) subscriber = mtb_record_new (&mtb_subscriber_table.shape);

  mtb_record_assign (subscriber, arguments);
  subscriber->name_folded = mtb_fold (subscriber->name);
  return mtb_store_put (occasion->store, subscriber, error);
}

gboolean
mtb_workflow_card_measure (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  g_autoptr (MtbCard) card = mtb_record_new (&mtb_card_table.shape);

  mtb_record_assign (card, data);
  return mtb_store_put (occasion->store, card, error);
}
