/* Who is where, and the requests for Auxiliary. */

#include "mtb-query-private.h"

#include "mtb-presence-query.h"
#include "mtb-presence.h"

static const MtbField floor_search_fields[] = {
  MTB_FIELD (MtbFloorSearch, person_id, ID),
  MTB_FIELD (MtbFloorSearch, team_id, ID),
  MTB_FIELD (MtbFloorSearch, day_at, TIME),
};

static const MtbShape floor_search_shape =
  MTB_SHAPE ("floor_search", MtbFloorSearch, floor_search_fields);

static const MtbField floor_row_fields[] = {
  MTB_FIELD (MtbFloorRow, id, ID, .required = TRUE),
  MTB_FIELD (MtbFloorRow, display_name, TEXT, .required = TRUE),
  MTB_FIELD (MtbFloorRow, roles, SET, .required = TRUE, .choices = mtb_role_words),
  MTB_FIELD (MtbFloorRow, team_id, ID),
  MTB_FIELD (MtbFloorRow, team_name, TEXT),
  MTB_FIELD (MtbFloorRow, state, ENUM, .required = TRUE, .choices = mtb_presence_state_words),
  MTB_FIELD (MtbFloorRow, act, ENUM, .choices = mtb_presence_act_words),
  MTB_FIELD (MtbFloorRow, since, TIME),
  MTB_FIELD (MtbFloorRow, presence_id, ID),
  MTB_FIELD (MtbFloorRow, auxiliary_id, ID),
  MTB_FIELD (MtbFloorRow, auxiliary_status, ENUM, .choices = mtb_auxiliary_status_words),
  MTB_FIELD (MtbFloorRow, reason, ENUM, .choices = mtb_auxiliary_reason_words),
  MTB_FIELD (MtbFloorRow, minutes, INTEGER),
  MTB_FIELD (MtbFloorRow, due_at, TIME),
  MTB_FIELD (MtbFloorRow, answered, INTEGER),
  MTB_FIELD (MtbFloorRow, to_write_up, INTEGER),
  MTB_FIELD (MtbFloorRow, talk_s, DURATION),
  MTB_FIELD (MtbFloorRow, wrap_up_s, DURATION),
  MTB_FIELD (MtbFloorRow, suited, INTEGER),
  MTB_FIELD (MtbFloorRow, suits_s, DURATION),
};

static const MtbShape floor_row_shape = MTB_SHAPE ("floor_row", MtbFloorRow, floor_row_fields);

/* A row a person: what lasts, the request that is open, and the day's sums. */
#define SELECT_FLOOR \
  "SELECT p.id, p.display_name, p.roles, p.team_id, t.name AS team_name," \
  " COALESCE (s.state, 'off') AS state, s.act, s.started_at AS since, s.id AS presence_id," \
  " a.id AS auxiliary_id, a.status AS auxiliary_status, a.reason, a.minutes," \
  " a.started_at + a.minutes * 60000 AS due_at, COALESCE (g.answered, 0) AS answered," \
  " COALESCE (g.ended - g.written_up, 0) AS to_write_up, COALESCE (g.talk_s, 0) AS talk_s," \
  " COALESCE (g.wrap_up_s, 0) AS wrap_up_s," \
  " (SELECT CAST (COALESCE (SUM (r.suited), 0) AS BIGINT) FROM record_total r" \
  " WHERE r.person_id = p.id AND r.day_at = :day) AS suited," \
  " (SELECT CAST (COALESCE (SUM (r.suits_s), 0) AS BIGINT) FROM record_total r" \
  " WHERE r.person_id = p.id AND r.day_at = :day) AS suits_s" \
  " FROM person p LEFT JOIN team t ON t.id = p.team_id" \
  " LEFT JOIN presence s ON s.ended_at IS NULL AND s.person_id = p.id" \
  " LEFT JOIN auxiliary a ON a.status IN ('asked', 'approved', 'running') AND a.person_id = p.id" \
  " LEFT JOIN agent_total g ON g.person_id = p.id AND g.day_at = :day" \
  " WHERE p.active = 1 AND (p.roles & CAST (:roles AS BIGINT)) <> 0"

/* Of whose calls a floor is made. */
#define FLOOR_ROLES (MTB_ROLE_AGENT | MTB_ROLE_SUPERVISOR | MTB_ROLE_FOLLOWUP)

/* A supervisor's floor is the team, a manager's everybody at the telephones; nobody else has one, but
 * all may ask about themselves. */
static char *
build_floor (const MtbFloorSearch *search, const MtbViewer *viewer)
{
  GString *sql = g_string_new (SELECT_FLOOR);

  g_string_append (sql, mtb_query_get_people_clause (viewer, MTB_AREA_PRESENCE));
  if (search->person_id != NULL)
    g_string_append (sql, " AND p.id = :person");
  else if (mtb_viewer_get_sight (viewer, MTB_AREA_PRESENCE) != MTB_SIGHT_ALL)
    g_string_append (sql, " AND p.id <> :viewer");
  if (search->team_id != NULL)
    g_string_append (sql, " AND p.team_id = :asked_team");
  g_string_append (sql, " ORDER BY p.display_name, p.id");
  return g_string_free (sql, FALSE);
}

static GPtrArray *
run_floor (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbFloorSearch *search = arguments;
  const MtbPerson *person = mtb_viewer_get_person (viewer);
  gboolean all = mtb_viewer_get_sight (viewer, MTB_AREA_PRESENCE) == MTB_SIGHT_ALL;
  g_autofree char *sql = build_floor (search, viewer);

  return mtb_store_select (
    store, &floor_row_shape, sql,
    MTB_PARAMETERS (
      MTB_TEXT ("viewer", person->id), MTB_TEXT ("team", person->team_id),
      MTB_TEXT ("person", search->person_id), MTB_TEXT ("asked_team", search->team_id),
      MTB_NUMBER ("day", search->day_at),
      MTB_NUMBER ("roles", all && search->person_id == NULL ? FLOOR_ROLES : MTB_ROLES_HUMAN)),
    error);
}

const MtbQuery mtb_floor_query = {
  .name = "floor",
  .arguments = &floor_search_shape,
  .rows = &floor_row_shape,
  .run = run_floor,
};

static const MtbField auxiliary_search_fields[] = {
  MTB_FIELD (MtbAuxiliarySearch, person_id, ID),
  MTB_FIELD (MtbAuxiliarySearch, decider_id, ID),
  MTB_FIELD (MtbAuxiliarySearch, status, ENUM, .choices = mtb_auxiliary_status_words),
  MTB_FIELD (MtbAuxiliarySearch, from, TIME),
  MTB_FIELD (MtbAuxiliarySearch, limit, INTEGER, .min = 1, .max = MTB_QUERY_ROWS_MAX),
};

static const MtbShape auxiliary_search_shape =
  MTB_SHAPE ("auxiliary_search", MtbAuxiliarySearch, auxiliary_search_fields);

static const MtbField auxiliary_row_fields[] = {
  MTB_FIELD (MtbAuxiliaryRow, id, ID, .required = TRUE),
  MTB_FIELD (MtbAuxiliaryRow, person_id, ID, .required = TRUE),
  MTB_FIELD (MtbAuxiliaryRow, person_name, TEXT),
  MTB_FIELD (MtbAuxiliaryRow,
             reason,
             ENUM,
             .required = TRUE,
             .choices = mtb_auxiliary_reason_words),
  MTB_FIELD (MtbAuxiliaryRow, minutes, INTEGER, .required = TRUE),
  MTB_FIELD (MtbAuxiliaryRow, note, TEXT),
  MTB_FIELD (MtbAuxiliaryRow,
             status,
             ENUM,
             .required = TRUE,
             .choices = mtb_auxiliary_status_words),
  MTB_FIELD (MtbAuxiliaryRow, asked_at, TIME, .required = TRUE),
  MTB_FIELD (MtbAuxiliaryRow, received_at, TIME),
  MTB_FIELD (MtbAuxiliaryRow, decided_by, ID),
  MTB_FIELD (MtbAuxiliaryRow, decided_by_name, TEXT),
  MTB_FIELD (MtbAuxiliaryRow, decided_at, TIME),
  MTB_FIELD (MtbAuxiliaryRow, word, TEXT),
  MTB_FIELD (MtbAuxiliaryRow, started_at, TIME),
  MTB_FIELD (MtbAuxiliaryRow, ended_at, TIME),
  MTB_FIELD (MtbAuxiliaryRow, due_at, TIME),
};

static const MtbShape auxiliary_row_shape =
  MTB_SHAPE ("auxiliary_row", MtbAuxiliaryRow, auxiliary_row_fields);

#define SELECT_AUXILIARY \
  "SELECT a.id, a.person_id, p.display_name AS person_name, a.reason, a.minutes, a.note, a.status," \
  " a.asked_at, a.received_at, a.decided_by, d.display_name AS decided_by_name, a.decided_at," \
  " a.word, a.started_at, a.ended_at, a.started_at + a.minutes * 60000 AS due_at" \
  " FROM auxiliary a JOIN person p ON p.id = a.person_id" \
  " LEFT JOIN person d ON d.id = a.decided_by WHERE 1 = 1"

static char *
build_auxiliary (const MtbAuxiliarySearch *search, const MtbViewer *viewer)
{
  GString *sql = g_string_new (SELECT_AUXILIARY);

  g_string_append (sql, mtb_query_get_people_clause (viewer, MTB_AREA_PRESENCE));
  if (search->person_id != NULL)
    g_string_append (sql, " AND a.person_id = :person");
  if (search->decider_id != NULL)
    g_string_append (sql, " AND a.person_id <> :decider");
  if (search->status != MTB_ABSENT)
    g_string_append (sql, " AND a.status = :status");
  if (search->from != MTB_ABSENT)
    g_string_append (sql, " AND a.asked_at >= :from");
  g_string_append (sql, " ORDER BY a.asked_at DESC NULLS LAST, a.id DESC LIMIT :limit");
  return g_string_free (sql, FALSE);
}

static GPtrArray *
run_auxiliary (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbAuxiliarySearch *search = arguments;
  const MtbPerson *person = mtb_viewer_get_person (viewer);
  g_autofree char *sql = build_auxiliary (search, viewer);
  const char *status =
    search->status != MTB_ABSENT ? mtb_auxiliary_status_words[search->status] : NULL;

  return mtb_store_select (
    store, &auxiliary_row_shape, sql,
    MTB_PARAMETERS (MTB_TEXT ("viewer", person->id), MTB_TEXT ("team", person->team_id),
                    MTB_TEXT ("person", search->person_id), MTB_TEXT ("status", status),
                    MTB_TEXT ("decider", search->decider_id), MTB_NUMBER ("from", search->from),
                    MTB_NUMBER ("limit", mtb_query_get_limit (search->limit))),
    error);
}

const MtbQuery mtb_auxiliary_query = {
  .name = "auxiliary",
  .arguments = &auxiliary_search_shape,
  .rows = &auxiliary_row_shape,
  .run = run_auxiliary,
};

static const MtbField presence_search_fields[] = {
  MTB_FIELD (MtbPresenceSearch, person_id, ID, .required = TRUE),
  MTB_FIELD (MtbPresenceSearch, from, TIME),
  MTB_FIELD (MtbPresenceSearch, until, TIME),
};

static const MtbShape presence_search_shape =
  MTB_SHAPE ("presence_search", MtbPresenceSearch, presence_search_fields);

/* Stretches follow each other without a gap, so the one that lasts at a moment is the one that began
 * last before it. */
static GPtrArray *
run_presence (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbPresenceSearch *search = arguments;

  if (!mtb_viewer_sees_scope (viewer, &mtb_presence_table, search->person_id))
    return mtb_query_new_rows ();
  return mtb_store_select (
    store, &mtb_presence_table.shape,
    "SELECT $columns(s) FROM presence s WHERE s.person_id = :person"
    " AND s.started_at >= COALESCE ((SELECT MAX (x.started_at) FROM presence x"
    " WHERE x.person_id = :person AND x.started_at <= :from), 0)"
    " AND (CAST (:until AS BIGINT) IS NULL OR s.started_at < :until)"
    " ORDER BY s.started_at NULLS LAST, s.id",
    MTB_PARAMETERS (MTB_TEXT ("person", search->person_id), MTB_NUMBER ("from", search->from),
                    MTB_NUMBER ("until", search->until)),
    error);
}

const MtbQuery mtb_presence_query = {
  .name = "presence",
  .arguments = &presence_search_shape,
  .rows = &mtb_presence_table.shape,
  .run = run_presence,
};
