/* What the administrator looks after: sign-ins, connections, settings. */

#include "mtb-administration-query.h"

#include "mtb-error.h"
#include "mtb-ledger.h"
#include "mtb-query-private.h"
#include "mtb-setting.h"
#include "mtb-time.h"

#include <glib/gi18n.h>

#define SESSIONS "/v1/sessions"

static const MtbField session_search_fields[] = {
  MTB_FIELD (MtbSessionSearch, person_id, ID),
};

static const MtbShape session_search_shape =
  MTB_SHAPE ("session_search", MtbSessionSearch, session_search_fields);

static const MtbField session_row_fields[] = {
  MTB_FIELD (MtbSessionRow, id, ID, .required = TRUE),
  MTB_FIELD (MtbSessionRow, person_id, ID, .required = TRUE),
  MTB_FIELD (MtbSessionRow, person_name, TEXT),
  MTB_FIELD (MtbSessionRow, desk, TEXT),
  MTB_FIELD (MtbSessionRow, origin, TEXT),
  MTB_FIELD (MtbSessionRow, began_at, TIME, .required = TRUE),
  MTB_FIELD (MtbSessionRow, seen_at, TIME, .required = TRUE),
  MTB_FIELD (MtbSessionRow, expires_at, TIME, .required = TRUE),
};

static const MtbShape session_row_shape =
  MTB_SHAPE ("session_row", MtbSessionRow, session_row_fields);

/**
 * mtb_sessions_list:
 * @store: an authority's store
 * @person_id: (nullable): whose; %NULL for everybody's
 * @now: the time
 * @error: return location
 *
 * A desk is heard of through its lease, so that no request has to be noted down.
 *
 * Returns: (transfer full) (element-type MtbSessionRow): the sign-ins that have not ended, the latest
 *   first
 */
GPtrArray *
mtb_sessions_list (MtbStore *store, const char *person_id, gint64 now, GError **error)
{
  return mtb_store_select (
    store, &session_row_shape,
    "SELECT s.id, s.person_id, p.display_name AS person_name, s.desk, s.origin,"
    " s.created_at AS began_at,"
    " CASE WHEN l.seen_at > s.created_at THEN l.seen_at ELSE s.created_at END AS seen_at,"
    " s.expires_at FROM session s"
    " LEFT JOIN person p ON p.id = s.person_id"
    " LEFT JOIN lease l ON l.id = COALESCE (s.person_id || '/' || s.desk, s.person_id)"
    " WHERE s.expires_at > :now AND COALESCE (s.dismissed, 0) = 0"
    " AND (CAST (:person AS TEXT) IS NULL OR s.person_id = :person)"
    " ORDER BY s.created_at DESC NULLS LAST, s.id",
    MTB_PARAMETERS (MTB_NUMBER ("now", now), MTB_TEXT ("person", person_id)), error);
}

static GPtrArray *
run_sessions (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbSessionSearch *search = arguments;

  if (mtb_viewer_get_sight (viewer, MTB_AREA_SIGN_INS) != MTB_SIGHT_ALL)
    return mtb_query_new_rows ();
  if (mtb_ledger_is_there (store))
    return mtb_sessions_list (store, search->person_id, mtb_time_now (), error);
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNREACHABLE,
                       N_ ("The server alone knows this, and it cannot be reached"));
  return NULL;
}

static gboolean
is_always_beyond (MtbStore *cache, gconstpointer arguments, gint64 now)
{
  return TRUE;
}

const MtbQuery mtb_session_query = {
  .name = "sessions",
  .arguments = &session_search_shape,
  .rows = &session_row_shape,
  .resource = SESSIONS,
  .member = "sessions",
  .area = MTB_AREA_SIGN_INS,
  .is_beyond = is_always_beyond,
  .run = run_sessions,
};

static GPtrArray *
list_table (MtbStore *store,
            const MtbViewer *viewer,
            const MtbTable *table,
            const char *sql,
            GError **error)
{
  if (mtb_viewer_get_sight (viewer, table->area) != MTB_SIGHT_ALL)
    return mtb_query_new_rows ();
  return mtb_store_select (store, &table->shape, sql, NULL, error);
}

static GPtrArray *
run_connections (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  return list_table (store, viewer, &mtb_connection_table,
                     "SELECT $columns(t) FROM connection t ORDER BY t.kind, t.name, t.id", error);
}

const MtbQuery mtb_connections_query = {
  .name = "connections",
  .arguments = &mtb_everything_shape,
  .rows = &mtb_connection_table.shape,
  .run = run_connections,
};

static GPtrArray *
run_settings (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  return list_table (store, viewer, &mtb_setting_table,
                     "SELECT $columns(t) FROM setting t ORDER BY t.name, t.id", error);
}

const MtbQuery mtb_settings_query = {
  .name = "settings",
  .arguments = &mtb_everything_shape,
  .rows = &mtb_setting_table.shape,
  .run = run_settings,
};
