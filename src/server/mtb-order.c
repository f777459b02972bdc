/* A command on its way to a verdict, and what the trail says of it. */

#include "mtb-order.h"

#include "mtb-audit.h"
#include "mtb-error.h"
#include "mtb-status.h"

#include <glib/gi18n.h>

/**
 * mtb_order_new:
 * @envelope: (transfer full): the command
 * @person_id: who gives it
 * @desk: (nullable): from which desk
 * @origin: (nullable): from which address
 *
 * Returns: (transfer full): an order without a verdict
 */
MtbOrder *
mtb_order_new (MtbEnvelope *envelope, const char *person_id, const char *desk, const char *origin)
{
  MtbOrder *order = g_new0 (MtbOrder, 1);

  order->envelope = envelope;
  order->person_id = g_strdup (person_id);
  order->desk = g_strdup (desk);
  order->origin = g_strdup (origin);
  return order;
}

/**
 * mtb_order_free:
 * @order: (nullable) (transfer full): an order
 */
void
mtb_order_free (MtbOrder *order)
{
  if (order == NULL)
    return;
  mtb_envelope_free (order->envelope);
  g_free (order->person_id);
  g_free (order->desk);
  g_free (order->origin);
  mtb_record_unref (order->attachment);
  mtb_verdict_free (order->verdict);
  g_clear_error (&order->failure);
  g_free (order);
}

/**
 * mtb_order_forget_verdict:
 * @order: an order
 *
 * Nothing has become of it: it is to be judged.
 */
void
mtb_order_forget_verdict (MtbOrder *order)
{
  g_clear_pointer (&order->verdict, mtb_verdict_free);
  order->repeated = FALSE;
  g_clear_error (&order->failure);
}

static char *
write_payload (const MtbEnvelope *envelope)
{
  return envelope->arguments != NULL ? mtb_json_write_record (envelope->arguments) : g_strdup ("");
}

/* Without the salt nobody can tell any more; who gave what stands there still. */
static gboolean
has_same_arguments (const MtbOrder *order, const MtbEntry *entry)
{
  g_autofree char *payload = NULL;
  g_autofree char *hash = NULL;

  if (entry->salt == NULL)
    return TRUE;
  payload = write_payload (order->envelope);
  hash = mtb_audit_hash_payload (entry->salt, payload);
  return g_str_equal (hash, entry->payload_hash);
}

/* The same id by the same person with the same arguments gets its verdict again; anything else that
 * comes under a known id learns nothing. */
static MtbVerdict *
make_verdict (const MtbOrder *order, const MtbEntry *entry)
{
  if (!g_str_equal (entry->person_id, order->person_id)
      || !g_str_equal (entry->type, order->envelope->type) || !has_same_arguments (order, entry))
    return mtb_verdict_new (order->envelope->id, 0,
                            mtb_status_new_error ("conflict", N_ ("This id is taken"), NULL));
  return mtb_verdict_new (entry->id, entry->seq,
                          g_str_equal (entry->status, "applied")
                            ? NULL
                            : mtb_status_new_error (entry->code, entry->message, entry->field));
}

/**
 * mtb_order_repeat_verdict:
 * @order: an order
 * @entry: what the trail has under its id
 *
 * Gives it the verdict that it has already, or the news that its id is taken.
 */
void
mtb_order_repeat_verdict (MtbOrder *order, const MtbEntry *entry)
{
  order->verdict = make_verdict (order, entry);
  order->repeated = TRUE;
}

/**
 * mtb_order_conclude:
 * @order: an order
 * @head: the head before it
 * @seq: its feed number
 * @now: when it came
 * @rejection: (nullable): why it is refused
 *
 * Gives it its verdict.
 *
 * Returns: (transfer full): its entry in the audit trail, sealed behind the head's
 */
MtbEntry *
mtb_order_conclude (MtbOrder *order,
                    const MtbHead *head,
                    gint64 seq,
                    gint64 now,
                    const GError *rejection)
{
  const MtbEnvelope *envelope = order->envelope;
  MtbEntry *entry = mtb_record_new (&mtb_entry_shape);

  entry->seq = seq;
  entry->id = g_strdup (envelope->id);
  entry->person_id = g_strdup (order->person_id);
  entry->desk = g_strdup (order->desk);
  entry->origin = g_strdup (order->origin);
  entry->type = g_strdup (envelope->type);
  entry->given_at = MIN (envelope->given_at, now);
  entry->received_at = now;
  entry->salt = mtb_audit_make_salt ();
  entry->payload = write_payload (envelope);
  entry->payload_hash = mtb_audit_hash_payload (entry->salt, entry->payload);
  entry->status = g_strdup (rejection == NULL ? "applied" : "rejected");
  if (rejection != NULL)
    {
      entry->code = g_strdup (mtb_status_get_code (rejection));
      entry->message = g_strdup (rejection->message);
      entry->field = g_strdup (mtb_error_get_field (rejection));
    }
  mtb_audit_seal (entry, head->audit_hash);
  order->verdict =
    mtb_verdict_new (entry->id, entry->seq, rejection != NULL ? g_error_copy (rejection) : NULL);
  return entry;
}
