/* What is asked and not fed: search, the *User Info* card. */

#include "mtb-service-private.h"

#include "mtb-call-query.h"
#include "mtb-customer-query.h"
#include "mtb-error.h"
#include "mtb-subscriber.h"
#include "mtb-time.h"

#include <glib/gi18n.h>

#define CARD_DAYS 90
#define CARD_CALLS 200
#define SEARCH_MAX 100

gboolean
mtb_resource_fail_forbidden (GError **error)
{
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_FORBIDDEN, N_ ("Your role does not allow this"));
  return FALSE;
}

gboolean
mtb_resource_check_may_ask (MtbExchange *exchange, const MtbQuery *query, GError **error)
{
  return mtb_viewer_get_sight (exchange->viewer, query->area) == MTB_SIGHT_ALL
         || mtb_resource_fail_forbidden (error);
}

void
mtb_resource_append_rows (MtbExchange *exchange, const char *name, const GPtrArray *rows)
{
  mtb_json_append_member (exchange->json, name);
  g_string_append_c (exchange->json, '[');
  for (guint i = 0; i < rows->len; i++)
    {
      if (i > 0)
        g_string_append_c (exchange->json, ',');
      mtb_json_append_record (exchange->json, g_ptr_array_index (rows, i));
    }
  g_string_append_c (exchange->json, ']');
}

static gboolean
append_answer (MtbExchange *exchange,
               const char *name,
               const MtbQuery *query,
               gconstpointer arguments,
               GError **error)
{
  g_autoptr (GPtrArray) rows = query->run (exchange->store, exchange->viewer, arguments, error);

  if (rows == NULL)
    return FALSE;
  mtb_resource_append_rows (exchange, name, rows);
  return TRUE;
}

gboolean
mtb_resource_get_subscribers (MtbExchange *exchange, GError **error)
{
  g_autoptr (MtbCustomerSearch) search = mtb_record_new (mtb_customer_search_query.arguments);
  const char *text = mtb_request_get (exchange->request, "q");

  if (!mtb_resource_check_may_ask (exchange, &mtb_customer_search_query, error))
    return FALSE;
  search->text = g_strdup (text != NULL ? text : "");
  search->limit = CLAMP (mtb_request_get_number (exchange->request, "limit", 50), 1, SEARCH_MAX);
  return mtb_record_check (search, error)
         && append_answer (exchange, mtb_customer_search_query.member, &mtb_customer_search_query,
                           search, error);
}

static gboolean
append_calls (MtbExchange *exchange, const char *id, GError **error)
{
  g_autoptr (MtbCallSearch) search = mtb_record_new (mtb_call_search_query.arguments);

  search->customer_id = g_strdup (id);
  search->from = mtb_service_get_now (exchange->service) - CARD_DAYS * MTB_DAY;
  search->limit = CARD_CALLS;
  return append_answer (exchange, "calls", &mtb_call_search_query, search, error);
}

gboolean
mtb_resource_get_subscriber (MtbExchange *exchange, GError **error)
{
  g_autofree char *id = mtb_exchange_dup_segment (exchange);
  g_autoptr (MtbSubscriber) subscriber = NULL;
  g_autoptr (MtbCard) card = NULL;

  if (!mtb_roles_open_cards (mtb_viewer_get_person (exchange->viewer)->roles))
    return mtb_resource_fail_forbidden (error);
  subscriber = mtb_store_get (exchange->store, &mtb_subscriber_table.shape, id, error);
  if (subscriber == NULL)
    {
      if (*error == NULL)
        g_set_error_literal (error, MTB_ERROR, MTB_ERROR_NOT_FOUND,
                             N_ ("There is no such subscriber"));
      return FALSE;
    }
  card = mtb_store_get (exchange->store, &mtb_card_table.shape, id, error);
  if (*error != NULL)
    return FALSE;
  mtb_json_append_member (exchange->json, "subscriber");
  mtb_json_append_record (exchange->json, subscriber);
  if (card != NULL)
    {
      mtb_json_append_member (exchange->json, "card");
      mtb_json_append_record (exchange->json, card);
    }
  return append_calls (exchange, id, error);
}

gboolean
mtb_resource_get_health (MtbExchange *exchange, GError **error)
{
  mtb_json_append_text_member (exchange->json, "status", "ok");
  return TRUE;
}
