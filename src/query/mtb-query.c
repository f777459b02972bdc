#include "mtb-query-private.h"

#include "mtb-administration-query.h"
#include "mtb-call-query.h"
#include "mtb-department-query.h"
#include "mtb-document-query.h"
#include "mtb-note-query.h"
#include "mtb-presence-query.h"
#include "mtb-report-query.h"

#define ROWS_DEFAULT 100

const MtbQuery *const mtb_queries[] = {
  &mtb_customer_search_query,
  &mtb_customer_query,
  &mtb_card_query,
  &mtb_call_search_query,
  &mtb_call_query,
  &mtb_call_history_query,
  &mtb_write_up_query,
  &mtb_people_query,
  &mtb_call_types_query,
  &mtb_teams_query,
  &mtb_thresholds_query,
  &mtb_floor_query,
  &mtb_presence_query,
  &mtb_auxiliary_query,
  &mtb_notes_query,
  &mtb_calls_report_query,
  &mtb_pbx_calls_query,
  &mtb_session_query,
  &mtb_connections_query,
  &mtb_settings_query,
  &mtb_documents_query,
  &mtb_document_versions_query,
  &mtb_document_text_query,
  &mtb_document_readers_query,
  &mtb_person_search_query,
  NULL,
};

/**
 * mtb_query_find:
 * @name: a query's name
 *
 * Returns: (nullable): the query
 */
const MtbQuery *
mtb_query_find (const char *name)
{
  for (guint i = 0; mtb_queries[i] != NULL; i++)
    if (g_str_equal (mtb_queries[i]->name, name))
      return mtb_queries[i];
  return NULL;
}

/**
 * mtb_query_find_resource:
 * @path: a path at the server
 *
 * Returns: (nullable): the query that is answered there
 */
const MtbQuery *
mtb_query_find_resource (const char *path)
{
  for (guint i = 0; mtb_queries[i] != NULL; i++)
    if (g_strcmp0 (mtb_queries[i]->resource, path) == 0)
      return mtb_queries[i];
  return NULL;
}

GPtrArray *
mtb_query_new_rows (void)
{
  return g_ptr_array_new_with_free_func (mtb_record_unref);
}

gint64
mtb_query_get_limit (gint64 asked)
{
  return asked != MTB_ABSENT ? CLAMP (asked, 1, MTB_QUERY_ROWS_MAX) : ROWS_DEFAULT;
}

/* Lets through the rows of those people p whom the viewer sees in an area; :viewer is the viewer, :team
 * the viewer's. */
const char *
mtb_query_get_people_clause (const MtbViewer *viewer, MtbArea area)
{
  switch (mtb_viewer_get_sight (viewer, area))
    {
    case MTB_SIGHT_ALL:
      return "";
    case MTB_SIGHT_TEAM:
      return " AND (p.id = :viewer OR p.team_id = :team)";
    case MTB_SIGHT_OWN:
      return " AND p.id = :viewer";
    case MTB_SIGHT_NONE:
    default:
      return " AND 1 = 0";
    }
}
