/* Calls that the PBX saw and nobody wrote up (R1), those of one person that are in the window. */

#include "mtb-query-private.h"

#include "mtb-call-query.h"
#include "mtb-pbx.h"
#include "mtb-report-query.h"
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
run_write_up (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbWriteUpSearch *search = arguments;
  g_autoptr (MtbPbxCallSearch) calls_search = mtb_record_new (mtb_pbx_calls_query.arguments);
  g_autoptr (GPtrArray) calls = NULL;
  GPtrArray *rows;

  mtb_record_assign (calls_search, search);
  calls_search->from = mtb_time_now () - MTB_WINDOW_DAYS * MTB_DAY;
  calls_search->part = MTB_CALL_PART_NOT_WRITTEN_UP;
  calls = mtb_pbx_calls_query.run (store, viewer, calls_search, error);
  if (calls == NULL)
    return NULL;
  rows = mtb_query_new_rows ();
  for (guint i = 0; i < calls->len; i++)
    {
      MtbWriteUpRow *row = mtb_record_new (&write_up_shape);

      mtb_record_assign (row, g_ptr_array_index (calls, i));
      g_ptr_array_add (rows, row);
    }
  return rows;
}

const MtbQuery mtb_write_up_query = {
  .name = "write_up",
  .arguments = &write_up_search_shape,
  .rows = &write_up_shape,
  .run = run_write_up,
};
