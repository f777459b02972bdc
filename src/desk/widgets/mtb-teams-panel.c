#include "mtb-teams-panel.h"

#include "mtb-id.h"
#include "mtb-labelled.h"
#include "mtb-list-pane.h"
#include "mtb-listing.h"
#include "mtb-online-form.h"
#include "mtb-query-model.h"
#include "mtb-team-list.h"
#include "mtb-team-row.h"

#include <glib/gi18n.h>

/**
 * MtbTeamsPanel:
 *
 * The teams with the numbers of their people, and beside them the people of the chosen one. Those
 * who are in no team come last.
 */
struct _MtbTeamsPanel
{
  AdwBin parent_instance;

  GtkListBox *list;
  MtbOnlineForm *add_form;
  GtkEditable *new_name;
  MtbOnlineForm *name_form;
  GtkEditable *name;
  MtbListPane *pane;
  GtkFilterListModel *members;
  GtkWidget *view;
  GtkSingleSelection *selection;
  GtkWidget *move_hint;
  MtbOnlineForm *move_form;
  MtbLabelled *move_field;
  GtkDropDown *target;

  MtbEngine *engine;
  MtbQueryModel *teams;
  MtbQueryModel *people;
  GtkFilter *filter;
  char *shown_id;
};

static void listing_init (MtbListingInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MtbTeamsPanel,
                               mtb_teams_panel,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (MTB_TYPE_LISTING, listing_init))

static const char *
get_list_name (MtbListing *listing)
{
  return "teams";
}

static const char *
get_list_title (MtbListing *listing)
{
  return _ ("Teams");
}

static void
describe (MtbListing *listing, MtbPaper *paper, GListModel *items)
{
  MtbTeamsPanel *self = MTB_TEAMS_PANEL (listing);
  GtkListBoxRow *row;

  mtb_paper_add_column (paper, _ ("Team"), MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, _ ("People"), MTB_PAPER_FIGURE);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    mtb_team_row_describe (MTB_TEAM_ROW (row), paper);
}

static void
listing_init (MtbListingInterface *iface)
{
  iface->get_name = get_list_name;
  iface->get_title = get_list_title;
  iface->describe = describe;
}

static const char *
get_team_id (MtbTeamsPanel *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? mtb_team_row_get_id (MTB_TEAM_ROW (row)) : NULL;
}

static gboolean
belongs (gpointer item, gpointer user_data)
{
  const MtbPersonRow *person = mtb_item_get_record (item);

  return g_strcmp0 (person->team_id, get_team_id (user_data)) == 0;
}

static const MtbPersonRow *
get_member (MtbTeamsPanel *self)
{
  MtbItem *item = gtk_single_selection_get_selected_item (self->selection);

  return item != NULL ? mtb_item_get_record (item) : NULL;
}

static void
show_member (MtbTeamsPanel *self)
{
  const MtbPersonRow *member = get_member (self);
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->move_form), member != NULL);
  gtk_widget_set_visible (
    self->move_hint, member == NULL && g_list_model_get_n_items (G_LIST_MODEL (self->members)) > 0);
  if (member == NULL)
    return;
  words = g_strdup_printf (_ ("Move %s to"), member->display_name);
  g_object_set (self->move_field, "label", words, NULL);
}

static void
on_member_selected (MtbTeamsPanel *self)
{
  mtb_online_form_unmark (self->move_form);
  show_member (self);
}

static void
on_selected (MtbTeamsPanel *self)
{
  const MtbTeam *team;

  if (self->teams == NULL)
    return;
  team = mtb_query_model_lookup (self->teams, get_team_id (self));
  if (g_strcmp0 (self->shown_id, get_team_id (self)) != 0)
    {
      g_free (self->shown_id);
      self->shown_id = g_strdup (get_team_id (self));
      gtk_editable_set_text (self->name, team != NULL ? team->name : "");
    }
  gtk_widget_set_visible (GTK_WIDGET (self->name_form), team != NULL);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  show_member (self);
}

static guint
count_people (MtbTeamsPanel *self, const char *team_id)
{
  GListModel *people = G_LIST_MODEL (self->people);
  guint n_people = 0;

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (people, i);
      const MtbPersonRow *person = mtb_item_get_record (item);

      n_people += g_strcmp0 (person->team_id, team_id) == 0;
    }
  return n_people;
}

static MtbTeamRow *
get_row (MtbTeamsPanel *self, guint place)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) place);

  if (row == NULL)
    {
      row = g_object_new (MTB_TYPE_TEAM_ROW, NULL);
      gtk_list_box_append (self->list, GTK_WIDGET (row));
    }
  return MTB_TEAM_ROW (row);
}

/* Teams are added and renamed, never taken away, so rows only become more. */
static void
show_teams (MtbTeamsPanel *self)
{
  GListModel *teams = G_LIST_MODEL (self->teams);
  guint n_teams = g_list_model_get_n_items (teams);
  g_autofree char *chosen = g_strdup (get_team_id (self));
  g_autofree char *target = mtb_team_list_dup_chosen (self->target, self->teams);
  MtbTeamRow *row = get_row (self, n_teams);

  mtb_team_row_show (row, NULL, _ ("In no team"), count_people (self, NULL));
  for (guint i = 0; i < n_teams; i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (teams, i);
      const MtbTeam *team = mtb_item_get_record (item);

      mtb_team_row_show (get_row (self, i), team->id, team->name, count_people (self, team->id));
      if (self->shown_id == NULL ? i == 0 : g_strcmp0 (team->id, chosen) == 0)
        row = get_row (self, i);
    }
  mtb_team_list_fill (self->target, self->teams, target);
  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  on_selected (self);
}

static void
describe_people (MtbTeamsPanel *self, MtbPaper *paper)
{
  const MtbTeam *team = mtb_query_model_lookup (self->teams, get_team_id (self));

  mtb_paper_add_fact (paper, _ ("Team"), team != NULL ? team->name : _ ("In no team"));
}

static void
on_add (MtbTeamsPanel *self)
{
  g_autoptr (MtbTeamPut) team = mtb_record_new (&mtb_team_add.shape);

  team->id = mtb_id_new (mtb_engine_get_now (self->engine));
  team->name = g_strstrip (g_strdup (gtk_editable_get_text (self->new_name)));
  mtb_online_form_give (self->add_form, team);
}

static void
on_added (MtbTeamsPanel *self)
{
  gtk_editable_set_text (self->new_name, "");
}

static void
on_rename (MtbTeamsPanel *self)
{
  g_autoptr (MtbTeamPut) team = mtb_record_new (&mtb_team_set.shape);

  team->id = g_strdup (get_team_id (self));
  team->name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  mtb_online_form_give (self->name_form, team);
}

static void
on_renamed (MtbTeamsPanel *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", C_ ("form", "Saved"));
}

static void
on_move (MtbTeamsPanel *self)
{
  g_autoptr (MtbPersonMove) move = mtb_record_new (&mtb_person_move.shape);

  move->person_id = g_strdup (get_member (self)->id);
  move->team_id = mtb_team_list_dup_chosen (self->target, self->teams);
  mtb_online_form_give (self->move_form, move);
}

/* The form goes with whom it moved. */
static void
on_moved (MtbTeamsPanel *self)
{
  gtk_widget_grab_focus (self->view);
}

static void
on_edited (MtbTeamsPanel *self)
{
  mtb_online_form_unmark (self->add_form);
  mtb_online_form_unmark (self->name_form);
}

static void
mtb_teams_panel_dispose (GObject *object)
{
  MtbTeamsPanel *self = MTB_TEAMS_PANEL (object);

  g_clear_object (&self->teams);
  g_clear_object (&self->people);
  g_clear_object (&self->engine);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->shown_id, g_free);

  G_OBJECT_CLASS (mtb_teams_panel_parent_class)->dispose (object);
}

static void
mtb_teams_panel_class_init (MtbTeamsPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_teams_panel_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/widgets/mtb-teams-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbTeamsPanel, add_form);
  gtk_widget_class_bind_template_child (widget_class, MtbTeamsPanel, list);
  gtk_widget_class_bind_template_child (widget_class, MtbTeamsPanel, members);
  gtk_widget_class_bind_template_child (widget_class, MtbTeamsPanel, move_field);
  gtk_widget_class_bind_template_child (widget_class, MtbTeamsPanel, move_form);
  gtk_widget_class_bind_template_child (widget_class, MtbTeamsPanel, move_hint);
  gtk_widget_class_bind_template_child (widget_class, MtbTeamsPanel, name);
  gtk_widget_class_bind_template_child (widget_class, MtbTeamsPanel, name_form);
  gtk_widget_class_bind_template_child (widget_class, MtbTeamsPanel, new_name);
  gtk_widget_class_bind_template_child (widget_class, MtbTeamsPanel, pane);
  gtk_widget_class_bind_template_child (widget_class, MtbTeamsPanel, selection);
  gtk_widget_class_bind_template_child (widget_class, MtbTeamsPanel, target);
  gtk_widget_class_bind_template_child (widget_class, MtbTeamsPanel, view);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_added);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_member_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_move);
  gtk_widget_class_bind_template_callback (widget_class, on_moved);
  gtk_widget_class_bind_template_callback (widget_class, on_rename);
  gtk_widget_class_bind_template_callback (widget_class, on_renamed);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);

  g_type_ensure (MTB_TYPE_LABELLED);
  g_type_ensure (MTB_TYPE_LIST_PANE);
  g_type_ensure (MTB_TYPE_ONLINE_FORM);
}

static void
mtb_teams_panel_init (MtbTeamsPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_teams_panel_set_engine:
 * @self: a panel
 * @engine: the engine to ask and to give to
 */
void
mtb_teams_panel_set_engine (MtbTeamsPanel *self, MtbEngine *engine)
{
  g_autoptr (MtbEverything) everything = mtb_record_new (mtb_teams_query.arguments);

  g_return_if_fail (MTB_IS_TEAMS_PANEL (self));

  everything->active = 1;
  self->engine = g_object_ref (engine);
  self->teams = mtb_query_model_new (engine, &mtb_teams_query);
  self->people = mtb_query_model_new (engine, &mtb_people_query);
  self->filter = GTK_FILTER (gtk_custom_filter_new (belongs, self, NULL));
  gtk_filter_list_model_set_filter (self->members, self->filter);
  gtk_filter_list_model_set_model (self->members, G_LIST_MODEL (self->people));
  mtb_list_pane_set_model (self->pane, self->people);
  g_signal_connect_object (self->pane, "describing", G_CALLBACK (describe_people), self,
                           G_CONNECT_SWAPPED);
  mtb_online_form_set_engine (self->add_form, engine);
  mtb_online_form_set_engine (self->name_form, engine);
  mtb_online_form_set_engine (self->move_form, engine);
  g_signal_connect_object (self->teams, "refreshed", G_CALLBACK (show_teams), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->people, "refreshed", G_CALLBACK (show_teams), self,
                           G_CONNECT_SWAPPED);
  mtb_query_model_ask (self->teams, everything);
  mtb_query_model_ask (self->people, everything);
}
