/* `POST /v1/commands`: commands in, verdicts out, in their order. */

#include "mtb-service-private.h"

#include "mtb-error.h"
#include "mtb-metrics.h"

static gboolean
check_history (MtbExchange *exchange, JsonObject *body, GError **error)
{
  const char *epoch = mtb_json_get_text (body, "epoch");

  return epoch == NULL
         || mtb_ledger_check_history (exchange->store, exchange->head, epoch,
                                      mtb_json_get_text (body, "head"), error);
}

static gboolean
check_batch (MtbExchange *exchange, JsonObject *body, GError **error)
{
  int max = mtb_service_get_limits (exchange->service)->batch_commands;
  JsonArray *commands = mtb_json_get_array (body, "commands");

  if (commands == NULL || json_array_get_length (commands) <= (guint) max)
    return TRUE;
  mtb_metrics_add (MTB_METRIC_REFUSED, MTB_LABELS ("batch"), 1);
  g_set_error (error, MTB_ERROR, MTB_ERROR_TOO_LARGE, "a batch has at most %d commands", max);
  return FALSE;
}

static GPtrArray *
make_orders (MtbExchange *exchange, GPtrArray *envelopes)
{
  GPtrArray *orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_order_free);

  g_ptr_array_set_free_func (envelopes, NULL);
  for (guint i = 0; i < envelopes->len; i++)
    g_ptr_array_add (orders,
                     mtb_order_new (g_ptr_array_index (envelopes, i), exchange->session->person_id,
                                    exchange->session->desk, exchange->request->origin));
  return orders;
}

/* What has no verdict yet is left out: the desk keeps it and asks again. An answer without any says
 * that all was put off, and that what was given after it may come: nothing comes past a failure. */
static gboolean
append_results (MtbExchange *exchange, GPtrArray *orders, GError **error)
{
  g_autoptr (GPtrArray) verdicts = g_ptr_array_new ();
  const GError *failure = NULL;

  for (guint i = 0; i < orders->len; i++)
    {
      const MtbOrder *order = g_ptr_array_index (orders, i);

      if (order->verdict != NULL)
        g_ptr_array_add (verdicts, order->verdict);
      else if (failure == NULL && !mtb_error_is_verdict (order->failure))
        failure = order->failure;
    }
  if (verdicts->len == 0 && failure != NULL)
    {
      g_propagate_error (error, g_error_copy (failure));
      return FALSE;
    }
  mtb_message_append_verdicts (exchange->json, verdicts);
  return TRUE;
}

gboolean
mtb_resource_post_commands (MtbExchange *exchange, GError **error)
{
  g_autoptr (JsonObject) body = mtb_exchange_read_body (exchange, error);
  g_autoptr (GPtrArray) envelopes = NULL;
  g_autoptr (GPtrArray) orders = NULL;

  if (body == NULL || !check_batch (exchange, body, error)
      || !check_history (exchange, body, error))
    return FALSE;
  envelopes = mtb_message_read_commands (body, error);
  if (envelopes == NULL)
    return FALSE;
  orders = make_orders (exchange, envelopes);
  mtb_exchange_judge (exchange, orders);
  return append_results (exchange, orders, error);
}
