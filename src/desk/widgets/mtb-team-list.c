/* A drop-down of the teams, and of none as the last. */

#include "mtb-team-list.h"

#include "mtb-person.h"

#include <glib/gi18n.h>

/**
 * mtb_team_list_fill:
 * @list: a drop-down
 * @teams: #MtbTeam
 * @team_id: (nullable): which to choose; %NULL for none
 *
 * Lists the teams as they are now.
 */
void
mtb_team_list_fill (GtkDropDown *list, MtbQueryModel *teams, const char *team_id)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n_teams = g_list_model_get_n_items (G_LIST_MODEL (teams));
  guint chosen = team_id != NULL ? mtb_query_model_find (teams, team_id) : G_MAXUINT;

  for (guint i = 0; i < n_teams; i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (G_LIST_MODEL (teams), i);
      const MtbTeam *team = mtb_item_get_record (item);

      gtk_string_list_append (names, team->name);
    }
  gtk_string_list_append (names, _ ("No team"));
  gtk_drop_down_set_model (list, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (list, MIN (chosen, n_teams));
}

/**
 * mtb_team_list_dup_chosen:
 * @list: a drop-down that was filled
 * @teams: what it was filled with
 *
 * Returns: (transfer full) (nullable): the id of the chosen team; %NULL for none
 */
char *
mtb_team_list_dup_chosen (GtkDropDown *list, MtbQueryModel *teams)
{
  g_autoptr (MtbItem) team =
    g_list_model_get_item (G_LIST_MODEL (teams), gtk_drop_down_get_selected (list));

  return team != NULL ? g_strdup (mtb_item_get_id (team)) : NULL;
}
