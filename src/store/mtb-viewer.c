/* Somebody who looks: a person with the people whose rows they see. Loaded for each answer, so that
 * no process remembers a right that was taken away. */

#include "mtb-viewer.h"

#include "mtb-error.h"

#include <glib/gi18n.h>

struct _MtbViewer
{
  MtbPerson *person;
  GHashTable *people;
};

static gboolean
load_team (MtbViewer *self, MtbStore *store, GError **error)
{
  g_autoptr (GPtrArray) team = NULL;

  if (self->person->team_id == NULL || (self->person->roles & MTB_ROLE_SUPERVISOR) == 0)
    return TRUE;
  team = mtb_store_select (store, &mtb_person_table.shape,
                           "SELECT $columns(t) FROM person t WHERE t.team_id = :team",
                           MTB_PARAMETERS (MTB_TEXT ("team", self->person->team_id)), error);
  for (guint i = 0; team != NULL && i < team->len; i++)
    g_hash_table_add (self->people, g_strdup (mtb_record_get_id (g_ptr_array_index (team, i))));
  return team != NULL;
}

/**
 * mtb_viewer_load:
 * @store: a store
 * @person_id: who looks
 * @error: return location, %MTB_ERROR_NOT_FOUND
 *
 * Returns: (transfer full): the viewer
 */
MtbViewer *
mtb_viewer_load (MtbStore *store, const char *person_id, GError **error)
{
  g_autoptr (MtbViewer) self = g_new0 (MtbViewer, 1);

  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (self->people, g_strdup (person_id));
  self->person = mtb_store_get (store, &mtb_person_table.shape, person_id, error);
  if (self->person == NULL)
    {
      if (error == NULL || *error == NULL)
        g_set_error_literal (error, MTB_ERROR, MTB_ERROR_NOT_FOUND, N_ ("There is no such person"));
      return NULL;
    }
  return load_team (self, store, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * mtb_viewer_free:
 * @viewer: (nullable) (transfer full): a viewer
 */
void
mtb_viewer_free (MtbViewer *viewer)
{
  if (viewer == NULL)
    return;
  mtb_record_unref (viewer->person);
  g_hash_table_unref (viewer->people);
  g_free (viewer);
}

/**
 * mtb_viewer_get_person:
 * @viewer: a viewer
 *
 * Returns: who looks
 */
const MtbPerson *
mtb_viewer_get_person (const MtbViewer *viewer)
{
  return viewer->person;
}

/**
 * mtb_viewer_get_sight:
 * @viewer: a viewer
 * @area: an area
 *
 * Returns: how much of @area the viewer sees
 */
MtbSight
mtb_viewer_get_sight (const MtbViewer *viewer, MtbArea area)
{
  return mtb_roles_get_sight (viewer->person->roles, area);
}

/**
 * mtb_viewer_list_people:
 * @viewer: a viewer
 *
 * Returns: (transfer container) (array zero-terminated=1): the keys of the viewer and of the people
 *   in the team that the viewer follows
 */
const char **
mtb_viewer_list_people (const MtbViewer *viewer)
{
  return (const char **) g_hash_table_get_keys_as_array (viewer->people, NULL);
}

/**
 * mtb_viewer_has_person:
 * @viewer: a viewer
 * @person_id: a person
 *
 * Returns: whether @person_id is the viewer or in the team that the viewer follows
 */
gboolean
mtb_viewer_has_person (const MtbViewer *viewer, const char *person_id)
{
  return g_hash_table_contains (viewer->people, person_id);
}

/**
 * mtb_viewer_sees_scope:
 * @viewer: a viewer
 * @table: a table
 * @scope: (nullable): whose row it is; %NULL or empty where it is nobody's or everybody's
 *
 * Returns: whether the viewer may see such a row
 */
gboolean
mtb_viewer_sees_scope (const MtbViewer *viewer, const MtbTable *table, const char *scope)
{
  gboolean nobody = scope == NULL || *scope == '\0';

  switch (mtb_viewer_get_sight (viewer, table->area))
    {
    case MTB_SIGHT_ALL:
      return TRUE;
    case MTB_SIGHT_TEAM:
      return nobody || mtb_viewer_has_person (viewer, scope);
    case MTB_SIGHT_OWN:
      return !nobody && g_str_equal (scope, viewer->person->id);
    case MTB_SIGHT_NONE:
    default:
      return FALSE;
    }
}
