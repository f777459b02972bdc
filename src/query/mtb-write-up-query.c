/* Calls that the PBX saw and nobody wrote up (R1). */

#include "mtb-query-private.h"

#include "mtb-call-query.h"
#include "mtb-pbx.h"
#include "mtb-time.h"

static const MtbField write_up_search_fields[] = {
  MTB_FIELD (MtbWriteUpSearch, person_id, ID, .required = TRUE),
  MTB_FIELD (MtbWriteUpSearch, limit, INTEGER, .min = 1, .max = MTB_QUERY_ROWS_MAX),
};

static const MtbShape write_up_search_shape =
  MTB_SHAPE ("write_up_search", MtbWriteUpSearch, write_up_search_fields);

static const MtbField write_up_fields[] = {
  MTB_FIELD (MtbWriteUpRow, id, ID, .required = TRUE),
  MTB_FIELD (MtbWriteUpRow, queue, TEXT, .required = TRUE),
  MTB_FIELD (MtbWriteUpRow, number, TEXT),
  MTB_FIELD (MtbWriteUpRow, entered_at, TIME, .required = TRUE),
  MTB_FIELD (MtbWriteUpRow, connected_at, TIME),
  MTB_FIELD (MtbWriteUpRow, ended_at, TIME),
  MTB_FIELD (MtbWriteUpRow, wait_s, DURATION),
  MTB_FIELD (MtbWriteUpRow, talk_s, DURATION),
  MTB_FIELD (MtbWriteUpRow, outcome, ENUM, .required = TRUE, .choices = mtb_outcome_words),
  MTB_FIELD (MtbWriteUpRow, customer_id, ID),
  MTB_FIELD (MtbWriteUpRow, customer_kind, ENUM, .choices = mtb_customer_kind_words),
  MTB_FIELD (MtbWriteUpRow, customer_name, TEXT),
};

static const MtbShape write_up_shape = MTB_SHAPE ("write_up", MtbWriteUpRow, write_up_fields);

static GPtrArray *
select_calls (MtbStore *store, const MtbWriteUpSearch *search, GError **error)
{
  return mtb_store_select (
    store, &write_up_shape,
    "SELECT p.id, p.queue, p.number, p.entered_at, p.connected_at, p.ended_at, p.wait_s, p.talk_s,"
    " p.outcome FROM pbx_call p WHERE p.person_id = :person AND p.entered_at >= :from"
    " AND p.outcome IN ('completed', 'transferred') AND NOT EXISTS"
    " (SELECT 1 FROM call_link l WHERE l.pbx_call_id = p.id AND l.joined = 1)"
    " ORDER BY p.entered_at, p.id LIMIT :limit",
    MTB_PARAMETERS (MTB_TEXT ("person", search->person_id),
                    MTB_NUMBER ("from", mtb_time_now () - MTB_WINDOW_DAYS * MTB_DAY),
                    MTB_NUMBER ("limit", mtb_query_get_limit (search->limit))),
    error);
}

static gboolean
name_customer (MtbStore *store, const MtbViewer *viewer, MtbWriteUpRow *row, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbCustomer) customer =
    mtb_customer_find_by_number (store, viewer, row->number, &failure);

  if (customer != NULL)
    {
      row->customer_id = g_strdup (customer->id);
      row->customer_kind = customer->kind;
      row->customer_name = g_strdup (customer->name);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static GPtrArray *
run_write_up (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbWriteUpSearch *search = arguments;
  g_autoptr (GPtrArray) rows = NULL;

  if (!mtb_viewer_sees_scope (viewer, &mtb_pbx_call_table, search->person_id))
    return mtb_query_new_rows ();
  rows = select_calls (store, search, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!name_customer (store, viewer, g_ptr_array_index (rows, i), error))
      return NULL;
  return g_steal_pointer (&rows);
}

const MtbQuery mtb_write_up_query = {
  .name = "write_up",
  .arguments = &write_up_search_shape,
  .rows = &write_up_shape,
  .run = run_write_up,
};
