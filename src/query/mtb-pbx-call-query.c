/* The calls behind a figure. */

#include "mtb-query-private.h"

#include "mtb-pbx.h"
#include "mtb-report-query.h"

const char *const mtb_call_part_words[] = {
  "offered", "answered", "unanswered",     "left_after", "answered_late",
  "short",   "waiting",  "not_written_up", NULL,
};

static const MtbField pbx_call_search_fields[] = {
  MTB_FIELD (MtbPbxCallSearch, from, TIME),
  MTB_FIELD (MtbPbxCallSearch, until, TIME),
  MTB_FIELD (MtbPbxCallSearch, queue, TEXT, .max = 80),
  MTB_FIELD (MtbPbxCallSearch, person_id, ID),
  MTB_FIELD (MtbPbxCallSearch, part, ENUM, .choices = mtb_call_part_words),
  MTB_FIELD (MtbPbxCallSearch, limit, INTEGER, .min = 1, .max = MTB_QUERY_ROWS_MAX),
};

static const MtbShape pbx_call_search_shape =
  MTB_SHAPE ("pbx_call_search", MtbPbxCallSearch, pbx_call_search_fields);

static const MtbField pbx_call_row_fields[] = {
  MTB_FIELD (MtbPbxCallRow, id, ID, .required = TRUE),
  MTB_FIELD (MtbPbxCallRow, queue, TEXT, .required = TRUE),
  MTB_FIELD (MtbPbxCallRow, number, TEXT),
  MTB_FIELD (MtbPbxCallRow, person_id, ID),
  MTB_FIELD (MtbPbxCallRow, person_name, TEXT),
  MTB_FIELD (MtbPbxCallRow, customer_id, ID),
  MTB_FIELD (MtbPbxCallRow, customer_kind, ENUM, .choices = mtb_customer_kind_words),
  MTB_FIELD (MtbPbxCallRow, customer_name, TEXT),
  MTB_FIELD (MtbPbxCallRow, entered_at, TIME, .required = TRUE),
  MTB_FIELD (MtbPbxCallRow, connected_at, TIME),
  MTB_FIELD (MtbPbxCallRow, ended_at, TIME),
  MTB_FIELD (MtbPbxCallRow, wait_s, DURATION),
  MTB_FIELD (MtbPbxCallRow, talk_s, DURATION),
  MTB_FIELD (MtbPbxCallRow, outcome, ENUM, .required = TRUE, .choices = mtb_outcome_words),
  MTB_FIELD (MtbPbxCallRow, threshold_s, DURATION),
  MTB_FIELD (MtbPbxCallRow, call_id, ID),
};

static const MtbShape pbx_call_row_shape =
  MTB_SHAPE ("pbx_call_row", MtbPbxCallRow, pbx_call_row_fields);

static GPtrArray *
run_pbx_calls (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  return mtb_query_new_rows ();
}

const MtbQuery mtb_pbx_calls_query = {
  .name = "pbx_calls",
  .arguments = &pbx_call_search_shape,
  .rows = &pbx_call_row_shape,
  .run = run_pbx_calls,
};
