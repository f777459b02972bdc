/* `/v1/changes`: the rows that a person is owed, as they change. */

#include "mtb-service-private.h"

#include "mtb-error.h"
#include "mtb-feed.h"
#include "mtb-limits.h"

#define PAGE 1000

/* Rows of before what somebody may see has changed are not theirs any more. */
gboolean
mtb_resource_check_sight (MtbExchange *exchange, gint64 after, GError **error)
{
  const char *person_id = mtb_viewer_get_person (exchange->viewer)->id;
  gint64 sight_seq;

  if (!mtb_store_select_number (exchange->store,
                                "SELECT seq FROM sight_change WHERE person_id = :id",
                                MTB_PARAMETERS (MTB_TEXT ("id", person_id)), &sight_seq, error))
    return FALSE;
  if (sight_seq == MTB_ABSENT || after >= sight_seq)
    return TRUE;
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_GONE, "what you may see has changed");
  return FALSE;
}

static gboolean
check_cursor (MtbExchange *exchange, gint64 after, GError **error)
{
  if (!mtb_ledger_check_history (exchange->store, exchange->head,
                                 mtb_request_get (exchange->request, "epoch"),
                                 mtb_request_get (exchange->request, "head"), error))
    return FALSE;
  if (after <= exchange->head->seq)
    return mtb_resource_check_sight (exchange, after, error);
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_MISMATCH,
                       "this desk has seen more than this server has");
  return FALSE;
}

static gboolean
append_change (gint64 seq, const MtbTable *table, const char *id, gconstpointer row, gpointer data)
{
  GString *json = data;

  mtb_message_append_change (json, seq, table != NULL ? table->shape.name : MTB_CHANGE_WINDOW, id,
                             row);
  return json->len < MTB_PAGE_BYTES;
}

static gboolean
read_cursor (MtbExchange *exchange, gint64 *after, GError **error)
{
  gboolean is_there = mtb_request_get (exchange->request, "after") != NULL;

  *after = mtb_request_get_number (exchange->request, "after", is_there ? -1 : 0);
  if (*after >= 0)
    return TRUE;
  mtb_error_set_invalid (error, "after", "a cursor is a feed number");
  return FALSE;
}

gboolean
mtb_resource_get_changes (MtbExchange *exchange, GError **error)
{
  const MtbLimits *limits = mtb_service_get_limits (exchange->service);
  gint64 after;
  gint64 limit = mtb_request_get_number (exchange->request, "limit", PAGE);
  gint64 next;

  if (!read_cursor (exchange, &after, error) || !check_cursor (exchange, after, error))
    return FALSE;
  mtb_json_append_member (exchange->json, "changes");
  g_string_append_c (exchange->json, '[');
  if (!mtb_feed_read (exchange->store, exchange->viewer, exchange->head, after,
                      (guint) CLAMP (limit, 1, limits->page_rows), append_change, exchange->json,
                      &next, error))
    return FALSE;
  g_string_append_c (exchange->json, ']');
  mtb_json_append_number_member (exchange->json, "next", next);
  mtb_json_append_member (exchange->json, "more");
  g_string_append (exchange->json, next < exchange->head->seq ? "true" : "false");
  return TRUE;
}
