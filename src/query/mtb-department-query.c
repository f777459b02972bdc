/* The department's short lists: its people, its types of call. */

#include "mtb-query-private.h"

#include "mtb-department-query.h"
#include "mtb-fold.h"
#include "mtb-setting.h"

static const MtbField everything_fields[] = {
  MTB_FIELD (MtbEverything, active, FLAG),
};

const MtbShape mtb_everything_shape = MTB_SHAPE ("everything", MtbEverything, everything_fields);

static const MtbField person_row_fields[] = {
  MTB_FIELD (MtbPersonRow, id, ID, .required = TRUE),
  MTB_FIELD (MtbPersonRow, username, TEXT, .required = TRUE),
  MTB_FIELD (MtbPersonRow, display_name, TEXT, .required = TRUE),
  MTB_FIELD (MtbPersonRow, roles, SET, .required = TRUE, .choices = mtb_role_words),
  MTB_FIELD (MtbPersonRow, team_id, ID),
  MTB_FIELD (MtbPersonRow, team_name, TEXT),
  MTB_FIELD (MtbPersonRow, pbx_name, TEXT),
  MTB_FIELD (MtbPersonRow, active, FLAG, .required = TRUE),
};

static const MtbShape person_row_shape = MTB_SHAPE ("person_row", MtbPersonRow, person_row_fields);

static GPtrArray *
run_list (MtbStore *store,
          const MtbViewer *viewer,
          MtbArea area,
          const MtbShape *shape,
          const char *sql,
          const MtbEverything *everything,
          GError **error)
{
  if (mtb_viewer_get_sight (viewer, area) != MTB_SIGHT_ALL)
    return mtb_query_new_rows ();
  return mtb_store_select (store, shape, sql,
                           MTB_PARAMETERS (MTB_NUMBER ("active", everything->active),
                                           MTB_NUMBER ("built_in", MTB_ROLES_BUILT_IN)),
                           error);
}

static GPtrArray *
run_people (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  return run_list (
    store, viewer, MTB_AREA_PEOPLE, &person_row_shape,
    "SELECT p.id, p.username, p.display_name, p.roles, p.team_id, t.name AS team_name, p.pbx_name,"
    " p.active FROM person p LEFT JOIN team t ON t.id = p.team_id"
    " WHERE (p.roles & CAST (:built_in AS BIGINT)) = 0"
    " AND (CAST (:active AS BIGINT) IS NULL OR p.active = :active)"
    " ORDER BY p.display_name, p.id",
    arguments, error);
}

const MtbQuery mtb_people_query = {
  .name = "people",
  .arguments = &mtb_everything_shape,
  .rows = &person_row_shape,
  .run = run_people,
};

static const MtbField person_search_fields[] = {
  MTB_FIELD (MtbPersonSearch, text, TEXT, .max = 200),
  MTB_FIELD (MtbPersonSearch, limit, INTEGER, .min = 1, .max = MTB_QUERY_ROWS_MAX),
};

static const MtbShape person_search_shape =
  MTB_SHAPE ("person_search", MtbPersonSearch, person_search_fields);

static gboolean
fits (const MtbPersonRow *row, char **typed)
{
  g_autofree char *text = g_strdup_printf ("%s %s", row->display_name, row->username);
  g_auto (GStrv) words = mtb_fold_words (text);

  return mtb_fold_fits ((const char *const *) words, (const char *const *) typed);
}

/* A department's people are few enough to be looked at one by one. */
static GPtrArray *
run_person_search (MtbStore *store,
                   const MtbViewer *viewer,
                   gconstpointer arguments,
                   GError **error)
{
  const MtbPersonSearch *search = arguments;
  gint64 limit = mtb_query_get_limit (search->limit);
  g_autoptr (MtbEverything) everything = mtb_record_new (&mtb_everything_shape);
  g_autoptr (GPtrArray) people = NULL;
  g_auto (GStrv) typed = mtb_fold_words (search->text != NULL ? search->text : "");
  GPtrArray *found;

  everything->active = 1;
  people = run_people (store, viewer, everything, error);
  if (people == NULL)
    return NULL;
  found = mtb_query_new_rows ();
  for (guint i = 0; i < people->len && found->len < limit; i++)
    if (fits (g_ptr_array_index (people, i), typed))
      g_ptr_array_add (found, mtb_record_ref (g_ptr_array_index (people, i)));
  return found;
}

const MtbQuery mtb_person_search_query = {
  .name = "person_search",
  .arguments = &person_search_shape,
  .rows = &person_row_shape,
  .run = run_person_search,
};

static GPtrArray *
run_call_types (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  return run_list (store, viewer, MTB_AREA_SETTINGS, &mtb_call_type_table.shape,
                   "SELECT $columns(t) FROM call_type t LEFT JOIN call_type g ON g.id = t.parent_id"
                   " WHERE CAST (:active AS BIGINT) IS NULL"
                   " OR (t.active = :active AND COALESCE (g.active, t.active) = :active)"
                   " ORDER BY COALESCE (g.position, t.position), COALESCE (g.id, t.id),"
                   " CASE WHEN t.parent_id IS NULL THEN 0 ELSE 1 END, t.position, t.id",
                   arguments, error);
}

const MtbQuery mtb_call_types_query = {
  .name = "call_types",
  .arguments = &mtb_everything_shape,
  .rows = &mtb_call_type_table.shape,
  .run = run_call_types,
};

static GPtrArray *
run_teams (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  return run_list (store, viewer, MTB_AREA_PEOPLE, &mtb_team_table.shape,
                   "SELECT $columns(t) FROM team t ORDER BY t.name, t.id", arguments, error);
}

const MtbQuery mtb_teams_query = {
  .name = "teams",
  .arguments = &mtb_everything_shape,
  .rows = &mtb_team_table.shape,
  .run = run_teams,
};

static const MtbField threshold_row_fields[] = {
  MTB_FIELD (MtbThresholdRow, id, ID, .required = TRUE),
  MTB_FIELD (MtbThresholdRow, wait_s, DURATION, .required = TRUE),
  MTB_FIELD (MtbThresholdRow, in_force_from, TIME, .required = TRUE),
  MTB_FIELD (MtbThresholdRow, in_force_until, TIME),
};

static const MtbShape threshold_row_shape =
  MTB_SHAPE ("threshold_row", MtbThresholdRow, threshold_row_fields);

static GPtrArray *
run_thresholds (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  GPtrArray *rows = run_list (store, viewer, MTB_AREA_SETTINGS, &threshold_row_shape,
                              "SELECT t.id, t.wait_s, t.in_force_from FROM threshold t"
                              " ORDER BY t.in_force_from DESC NULLS LAST, t.id",
                              arguments, error);

  for (guint i = 1; rows != NULL && i < rows->len; i++)
    {
      const MtbThresholdRow *later = g_ptr_array_index (rows, i - 1);
      MtbThresholdRow *row = g_ptr_array_index (rows, i);

      row->in_force_until = later->in_force_from;
    }
  return rows;
}

const MtbQuery mtb_thresholds_query = {
  .name = "thresholds",
  .arguments = &mtb_everything_shape,
  .rows = &threshold_row_shape,
  .run = run_thresholds,
};
