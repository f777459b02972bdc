#include "mtb-people-page.h"

#include "mtb-fold.h"
#include "mtb-id.h"
#include "mtb-list-pane.h"
#include "mtb-online-notice.h"
#include "mtb-person-form.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

/* The name in the stack of the form for who is no person yet. */
#define NEW_PERSON "new"

/**
 * MtbPeoplePage:
 *
 * The people of the department with their roles and teams, and whether they may sign in; beside
 * them a form for the chosen one. Everybody who was chosen keeps their form, so what was typed in
 * one waits there while another is looked at.
 */
struct _MtbPeoplePage
{
  MtbPage parent_instance;

  MtbOnlineNotice *notice;
  GtkEditable *text;
  GtkDropDown *activity;
  GtkLabel *count;
  MtbListPane *pane;
  GtkColumnView *view;
  GtkFilterListModel *shown;
  GtkSingleSelection *selection;
  GtkStack *forms;

  MtbQueryModel *people;
  MtbQueryModel *teams;
  GtkFilter *filter;
  char **words;
};

G_DEFINE_FINAL_TYPE (MtbPeoplePage, mtb_people_page, MTB_TYPE_PAGE)

/* In the order of the choices in the template. */
static const gint64 activities[] = { MTB_ABSENT, 1, 0 };

static gint64
get_activity (MtbPeoplePage *self)
{
  return activities[gtk_drop_down_get_selected (self->activity)];
}

static MtbPersonForm *
get_form (MtbPeoplePage *self)
{
  GtkWidget *form = gtk_stack_get_visible_child (self->forms);

  return MTB_IS_PERSON_FORM (form) ? MTB_PERSON_FORM (form) : NULL;
}

static gboolean
is_filtering (MtbPeoplePage *self)
{
  return get_activity (self) != MTB_ABSENT || *gtk_editable_get_text (self->text) != '\0';
}

static gboolean
fits (gpointer item, gpointer user_data)
{
  MtbPeoplePage *self = user_data;
  const MtbPersonRow *person = mtb_item_get_record (item);
  gint64 activity = get_activity (self);
  g_autofree char *roles = mtb_text_roles (person->roles);
  g_autofree char *all =
    g_strjoin (" ", person->display_name, person->username, roles,
               person->pbx_name != NULL ? person->pbx_name : "", person->team_name, NULL);
  g_autofree char *folded = mtb_fold (all);

  if (activity != MTB_ABSENT && person->active != activity)
    return FALSE;
  for (guint i = 0; self->words != NULL && self->words[i] != NULL; i++)
    if (strstr (folded, self->words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static void
show_count (MtbPeoplePage *self)
{
  guint n_all = g_list_model_get_n_items (G_LIST_MODEL (self->people));
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  g_autofree char *all = mtb_text_number (n_all);
  g_autofree char *shown = mtb_text_number (n_shown);
  g_autofree char *words =
    is_filtering (self)
      ? g_strdup_printf (ngettext ("%1$s of %2$s person", "%1$s of %2$s people", n_all), shown, all)
      : g_strdup_printf (ngettext ("%s person", "%s people", n_all), all);

  gtk_label_set_label (self->count, words);
}

static void
show_form (MtbPeoplePage *self, const char *name, const MtbPersonRow *person)
{
  if (gtk_stack_get_child_by_name (self->forms, name) == NULL)
    gtk_stack_add_named (
      self->forms, mtb_person_form_new (mtb_page_get_engine (MTB_PAGE (self)), self->teams, person),
      name);
  gtk_stack_set_visible_child_name (self->forms, name);
}

static void
on_selected (MtbPeoplePage *self)
{
  MtbItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item != NULL)
    show_form (self, mtb_item_get_id (item), mtb_item_get_record (item));
}

/* Whoever is shown is chosen in the list, where the filter lets them be. */
static void
select_shown (MtbPeoplePage *self)
{
  MtbPersonForm *form = get_form (self);
  GListModel *shown = G_LIST_MODEL (self->shown);

  for (guint i = 0; form != NULL && i < g_list_model_get_n_items (shown); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (shown, i);

      if (g_str_equal (mtb_item_get_id (item), mtb_person_form_get_id (form)))
        gtk_single_selection_set_selected (self->selection, i);
    }
}

static void
on_filter (MtbPeoplePage *self)
{
  if (self->people == NULL)
    return;
  g_strfreev (self->words);
  self->words = mtb_fold_words (gtk_editable_get_text (self->text));
  g_object_set (self->pane, "filtering", is_filtering (self), NULL);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  select_shown (self);
  show_count (self);
}

static void
on_refreshed (MtbPeoplePage *self)
{
  GtkWidget *form = gtk_widget_get_first_child (GTK_WIDGET (self->forms));

  for (; form != NULL; form = gtk_widget_get_next_sibling (form))
    {
      const MtbPersonRow *person = NULL;

      if (MTB_IS_PERSON_FORM (form))
        person =
          mtb_query_model_lookup (self->people, mtb_person_form_get_id (MTB_PERSON_FORM (form)));
      if (person == NULL)
        continue;
      mtb_person_form_renew (MTB_PERSON_FORM (form), person);
      /* Somebody new may be in the list before the word that they are saved. */
      gtk_stack_page_set_name (gtk_stack_get_page (self->forms, form), person->id);
    }
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  select_shown (self);
  show_count (self);
}

static void
focus_form (MtbPeoplePage *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->forms), GTK_DIR_TAB_FORWARD);
}

static void
on_new (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbPeoplePage *self = MTB_PEOPLE_PAGE (widget);
  g_autoptr (MtbPersonRow) person = mtb_record_new (mtb_people_query.rows);

  person->id = mtb_id_new (mtb_engine_get_now (mtb_page_get_engine (MTB_PAGE (self))));
  person->roles = MTB_ROLE_AGENT;
  person->active = 1;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  show_form (self, NEW_PERSON, person);
  focus_form (self);
}

/* Now they are somebody like the others, and another new person may be begun. */
static void
on_saved (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbPeoplePage *self = MTB_PEOPLE_PAGE (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  GtkWidget *form = gtk_stack_get_child_by_name (self->forms, NEW_PERSON);

  if (form != NULL && g_str_equal (mtb_person_form_get_id (MTB_PERSON_FORM (form)), id))
    gtk_stack_page_set_name (gtk_stack_get_page (self->forms, form), id);
  select_shown (self);
}

static void
on_save (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbPersonForm *form = get_form (MTB_PEOPLE_PAGE (widget));

  if (form != NULL)
    mtb_person_form_save (form);
}

static void
on_find (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (MTB_PEOPLE_PAGE (widget)->text));
}

static void
on_leave (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (MTB_PEOPLE_PAGE (widget)->view));
}

static void
mtb_people_page_activate (MtbPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (MTB_PEOPLE_PAGE (page)->view));
}

static void
mtb_people_page_constructed (GObject *object)
{
  MtbPeoplePage *self = MTB_PEOPLE_PAGE (object);
  MtbEngine *engine = mtb_page_get_engine (MTB_PAGE (self));
  g_autoptr (MtbEverything) everything = mtb_record_new (mtb_people_query.arguments);

  G_OBJECT_CLASS (mtb_people_page_parent_class)->constructed (object);

  mtb_online_notice_set_engine (self->notice, engine);
  self->people = mtb_query_model_new (engine, &mtb_people_query);
  self->teams = mtb_query_model_new (engine, &mtb_teams_query);
  self->filter = GTK_FILTER (gtk_custom_filter_new (fits, self, NULL));
  gtk_filter_list_model_set_filter (self->shown, self->filter);
  gtk_filter_list_model_set_model (self->shown, G_LIST_MODEL (self->people));
  mtb_list_pane_set_model (self->pane, self->people);
  g_signal_connect_object (self->people, "refreshed", G_CALLBACK (on_refreshed), self,
                           G_CONNECT_SWAPPED);
  mtb_query_model_ask (self->people, everything);
  mtb_query_model_ask (self->teams, everything);
}

static void
mtb_people_page_dispose (GObject *object)
{
  MtbPeoplePage *self = MTB_PEOPLE_PAGE (object);

  /* Who goes out of the list is filtered once more. */
  if (self->filter != NULL)
    gtk_filter_list_model_set_model (self->shown, NULL);
  g_clear_object (&self->people);
  g_clear_object (&self->teams);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->words, g_strfreev);

  G_OBJECT_CLASS (mtb_people_page_parent_class)->dispose (object);
}

static void
mtb_people_page_class_init (MtbPeoplePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MtbPageClass *page_class = MTB_PAGE_CLASS (klass);

  object_class->constructed = mtb_people_page_constructed;
  object_class->dispose = mtb_people_page_dispose;

  page_class->activate = mtb_people_page_activate;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/admin/mtb-people-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbPeoplePage, activity);
  gtk_widget_class_bind_template_child (widget_class, MtbPeoplePage, count);
  gtk_widget_class_bind_template_child (widget_class, MtbPeoplePage, forms);
  gtk_widget_class_bind_template_child (widget_class, MtbPeoplePage, notice);
  gtk_widget_class_bind_template_child (widget_class, MtbPeoplePage, pane);
  gtk_widget_class_bind_template_child (widget_class, MtbPeoplePage, selection);
  gtk_widget_class_bind_template_child (widget_class, MtbPeoplePage, shown);
  gtk_widget_class_bind_template_child (widget_class, MtbPeoplePage, text);
  gtk_widget_class_bind_template_child (widget_class, MtbPeoplePage, view);
  gtk_widget_class_bind_template_callback (widget_class, focus_form);
  gtk_widget_class_bind_template_callback (widget_class, on_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);

  gtk_widget_class_install_action (widget_class, "page.find", NULL, on_find);
  gtk_widget_class_install_action (widget_class, "page.leave", NULL, on_leave);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, on_new);
  gtk_widget_class_install_action (widget_class, "page.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "people.saved", "s", on_saved);

  g_type_ensure (MTB_TYPE_ITEM);
  g_type_ensure (MTB_TYPE_LIST_PANE);
  g_type_ensure (MTB_TYPE_ONLINE_NOTICE);
}

static void
mtb_people_page_init (MtbPeoplePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
