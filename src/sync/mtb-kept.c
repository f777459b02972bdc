/* Cards that were fetched, kept with their time beside the rows of the feed. */

#include "mtb-kept.h"

#include "mtb-error.h"
#include "mtb-schema.h"
#include "mtb-subscriber.h"
#include "mtb-time.h"

#define CARD_DAYS 90
#define CARD_CALLS 200

static const MtbField moment_fields[] = {
  MTB_FIELD (MtbCardMoment, id, ID, .required = TRUE),
  MTB_FIELD (MtbCardMoment, fetched_at, TIME, .required = TRUE),
};

static const MtbShape moment_shape = MTB_SHAPE ("kept_card", MtbCardMoment, moment_fields);

/* A call of the card, as the server told it. */
typedef struct
{
  char *id;
  char *customer_id;
  char *row;
} KeptCall;

static const MtbField kept_call_fields[] = {
  MTB_FIELD (KeptCall, id, ID, .required = TRUE),
  MTB_FIELD (KeptCall, customer_id, ID, .required = TRUE),
  MTB_FIELD (KeptCall, row, TEXT, .required = TRUE),
};

static const MtbShape kept_call_shape = MTB_SHAPE ("kept_call", KeptCall, kept_call_fields);

/**
 * mtb_kept_create:
 * @store: a cache's store
 * @error: return location
 *
 * Returns: whether there is room for cards
 */
gboolean
mtb_kept_create (MtbStore *store, GError **error)
{
  return mtb_schema_create (store, &moment_shape, error)
         && mtb_schema_create (store, &kept_call_shape, error)
         && mtb_schema_create_index (store, &kept_call_shape, "customer_id", FALSE, error);
}

static gboolean
put_member (MtbStore *store,
            JsonObject *body,
            const char *name,
            const MtbShape *shape,
            GError **error)
{
  JsonObject *object = mtb_json_get_object (body, name);
  gpointer record;
  gboolean ok;

  if (object == NULL)
    return TRUE;
  record = mtb_json_read_record (object, shape, error);
  ok = record != NULL && mtb_store_put (store, record, error);
  mtb_record_unref (record);
  return ok;
}

static gboolean
put_call (MtbStore *store, JsonObject *object, const char *customer_id, GError **error)
{
  g_autoptr (MtbCallRow) row = mtb_json_read_record (object, mtb_card_calls_query.rows, error);
  KeptCall *kept;
  gboolean ok;

  if (row == NULL)
    return FALSE;
  kept = mtb_record_new (&kept_call_shape);
  kept->id = g_strdup (row->id);
  kept->customer_id = g_strdup (customer_id);
  kept->row = mtb_json_write_record (row);
  ok = mtb_store_put (store, kept, error);
  mtb_record_unref (kept);
  return ok;
}

static gboolean
put_calls (MtbStore *store, JsonArray *calls, const char *customer_id, GError **error)
{
  if (!mtb_store_run (store, "DELETE FROM kept_call WHERE customer_id = :id",
                      MTB_PARAMETERS (MTB_TEXT ("id", customer_id)), error))
    return FALSE;
  for (guint i = 0; calls != NULL && i < json_array_get_length (calls); i++)
    if (!put_call (store, json_array_get_object_element (calls, i), customer_id, error))
      return FALSE;
  return TRUE;
}

static gboolean
put_moment (MtbStore *store, const char *id, gint64 now, GError **error)
{
  g_autoptr (MtbCardMoment) moment = mtb_record_new (&moment_shape);

  moment->id = g_strdup (id);
  moment->fetched_at = now;
  return mtb_store_put (store, moment, error);
}

/**
 * mtb_kept_take_card:
 * @store: a cache's store in a transaction
 * @body: the answer to `GET /v1/subscribers/ID`
 * @now: the time
 * @error: return location
 *
 * Returns: whether the card is kept
 */
gboolean
mtb_kept_take_card (MtbStore *store, JsonObject *body, gint64 now, GError **error)
{
  JsonObject *subscriber = mtb_json_get_object (body, "subscriber");
  const char *id = subscriber != NULL ? mtb_json_get_text (subscriber, "id") : NULL;

  if (id == NULL)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNREACHABLE,
                           "the server's answer cannot be read");
      return FALSE;
    }
  return put_member (store, body, "subscriber", &mtb_subscriber_table.shape, error)
         && put_member (store, body, "card", &mtb_card_table.shape, error)
         && put_calls (store, mtb_json_get_array (body, "calls"), id, error)
         && put_moment (store, id, now, error);
}

static GPtrArray *
run_moment (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  return mtb_store_select (store, &moment_shape,
                           "SELECT $columns(k) FROM kept_card k WHERE k.id = :id",
                           MTB_PARAMETERS (MTB_TEXT ("id", mtb_record_get_id (arguments))), error);
}

static GPtrArray *
list_own (MtbStore *store, const MtbViewer *viewer, const char *customer_id, GError **error)
{
  g_autoptr (MtbCallSearch) search = mtb_record_new (mtb_call_search_query.arguments);

  search->customer_id = g_strdup (customer_id);
  search->from = mtb_time_now () - CARD_DAYS * MTB_DAY;
  search->limit = CARD_CALLS;
  return mtb_call_search_query.run (store, viewer, search, error);
}

static int
compare_latest (gconstpointer a, gconstpointer b)
{
  const MtbCallRow *first = *(MtbCallRow *const *) a;
  const MtbCallRow *second = *(MtbCallRow *const *) b;

  return second->started_at > first->started_at   ? 1
         : second->started_at < first->started_at ? -1
                                                  : 0;
}

static gboolean
has_call (GPtrArray *rows, const char *id)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (mtb_record_get_id (g_ptr_array_index (rows, i)), id) == 0)
      return TRUE;
  return FALSE;
}

static GPtrArray *
run_calls (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const char *customer_id = mtb_record_get_id (arguments);
  g_autoptr (GPtrArray) rows = list_own (store, viewer, customer_id, error);
  g_autoptr (GPtrArray) kept = mtb_store_select (
    store, &kept_call_shape, "SELECT $columns(k) FROM kept_call k WHERE k.customer_id = :id",
    MTB_PARAMETERS (MTB_TEXT ("id", customer_id)), error);

  if (rows == NULL || kept == NULL)
    return NULL;
  for (guint i = 0; i < kept->len; i++)
    {
      const KeptCall *call = g_ptr_array_index (kept, i);
      gpointer row = has_call (rows, call->id)
                       ? NULL
                       : mtb_json_parse_record (call->row, mtb_card_calls_query.rows, NULL);

      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  g_ptr_array_sort (rows, compare_latest);
  return g_steal_pointer (&rows);
}

const MtbQuery mtb_card_moment_query = {
  .name = "card_moment",
  .arguments = &mtb_customer_ref_shape,
  .rows = &moment_shape,
  .run = run_moment,
};

const MtbQuery mtb_card_calls_query = {
  .name = "card_calls",
  .arguments = &mtb_customer_ref_shape,
  .rows = &mtb_call_row_shape,
  .run = run_calls,
};
