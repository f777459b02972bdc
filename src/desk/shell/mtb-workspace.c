#include "mtb-workspace.h"

#include "mtb-duty-button.h"
#include "mtb-duty-notice.h"
#include "mtb-export-button.h"
#include "mtb-mend-dialog.h"
#include "mtb-notice.h"
#include "mtb-notifier.h"
#include "mtb-place-row.h"
#include "mtb-places.h"
#include "mtb-preferences.h"
#include "mtb-refused-page.h"
#include "mtb-sync-button.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

/**
 * MtbWorkspace:
 *
 * The desk of a person who is signed in: the places that their roles give them, and at the foot
 * how they stand. What takes away what had the focus asks for `workspace.focus`.
 */
struct _MtbWorkspace
{
  AdwBin parent_instance;

  GtkListBox *places;
  AdwAvatar *avatar;
  GtkLabel *person_name;
  GtkLabel *roles;
  MtbDutyButton *duty_button;
  AdwWindowTitle *title;
  MtbExportButton *export_button;
  MtbSyncButton *sync_button;
  MtbNotice *notice;
  MtbDutyNotice *duty_notice;
  GtkStack *pages;

  MtbEngine *engine;
  MtbPerson *person;
  MtbDrafts *drafts;
  MtbDuty *duty;
  MtbNotifier *notifier;
  gboolean compact;
};

G_DEFINE_FINAL_TYPE (MtbWorkspace, mtb_workspace, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_COMPACT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
is_not (MtbWorkspace *self, gboolean value)
{
  return !value;
}

static int
get_sidebar_width (MtbWorkspace *self, gboolean compact)
{
  return compact ? 54 : 192;
}

static MtbPage *
get_page (MtbWorkspace *self)
{
  return MTB_PAGE (gtk_stack_get_visible_child (self->pages));
}

/* A screen reader would hear of the other places too, which the stack only does not draw. */
static void
show_page (MtbWorkspace *self, MtbPage *page)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->pages));

  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (page));
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN,
                                 child != GTK_WIDGET (page), -1);
  adw_window_title_set_title (self->title, mtb_page_get_title (page));
  mtb_export_button_set_place (self->export_button, self->engine, GTK_WIDGET (page));
}

/* Where there is nothing to work on, the place itself has the focus. */
static void
focus_page (MtbWorkspace *self)
{
  GtkWidget *page = GTK_WIDGET (get_page (self));
  GtkWidget *focus;

  mtb_page_activate (MTB_PAGE (page));
  focus = gtk_root_get_focus (gtk_widget_get_root (page));
  if (focus == NULL || !gtk_widget_is_ancestor (focus, page))
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (self->places)));
}

static void
remember_place (MtbWorkspace *self, MtbPage *page)
{
  mtb_preferences_set_place (mtb_preferences_get_default (), self->person->id,
                             G_OBJECT_TYPE_NAME (page));
}

/* The focus stays in the list for whoever moves through it by keys. */
static void
on_place_selected (MtbWorkspace *self, GtkListBoxRow *row)
{
  if (row == NULL)
    return;
  show_page (self, mtb_place_row_get_page (MTB_PLACE_ROW (row)));
  remember_place (self, get_page (self));
}

static void
on_place_activated (MtbWorkspace *self)
{
  focus_page (self);
}

static void
on_focus (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  focus_page (MTB_WORKSPACE (widget));
}

static MtbPlaceRow *
get_row (MtbWorkspace *self, guint number)
{
  return (MtbPlaceRow *) gtk_list_box_get_row_at_index (self->places, (int) number);
}

static void
take_duty (MtbWorkspace *self)
{
  self->duty = mtb_duty_new (self->engine);
  gtk_widget_set_visible (GTK_WIDGET (self->duty_button), self->duty != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->duty_notice), self->duty != NULL);
  if (self->duty == NULL)
    return;
  mtb_duty_button_set_duty (self->duty_button, self->duty);
  mtb_duty_notice_set_duty (self->duty_notice, self->duty);
}

static void
on_activity (MtbWorkspace *self, GParamSpec *property, MtbPage *page)
{
  guint activity;

  g_object_get (page, "activity", &activity, NULL);
  if (self->duty != NULL)
    mtb_duty_follow (self->duty, activity);
}

static void
add_page (MtbWorkspace *self, MtbPage *page)
{
  GtkWidget *row = mtb_place_row_new (page);

  gtk_stack_add_child (self->pages, GTK_WIDGET (page));
  gtk_stack_page_set_title (gtk_stack_get_page (self->pages, GTK_WIDGET (page)),
                            mtb_page_get_title (page));
  g_object_bind_property (self, "compact", row, "compact", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (page, "notify::activity", G_CALLBACK (on_activity), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (self->places, row);
}

/* The first, where the person has not been here or has that place no more. */
static guint
find_last_place (MtbWorkspace *self)
{
  g_autofree char *place =
    mtb_preferences_dup_place (mtb_preferences_get_default (), self->person->id);

  for (guint i = 0; get_row (self, i) != NULL; i++)
    if (g_strcmp0 (G_OBJECT_TYPE_NAME (mtb_place_row_get_page (get_row (self, i))), place) == 0)
      return i;
  return 0;
}

static void
mtb_workspace_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MtbWorkspace *self = MTB_WORKSPACE (object);

  switch (prop_id)
    {
    case PROP_COMPACT:
      g_value_set_boolean (value, self->compact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_workspace_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MtbWorkspace *self = MTB_WORKSPACE (object);

  switch (prop_id)
    {
    case PROP_COMPACT:
      self->compact = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_workspace_dispose (GObject *object)
{
  MtbWorkspace *self = MTB_WORKSPACE (object);

  g_clear_object (&self->notifier);
  g_clear_object (&self->duty);
  g_clear_object (&self->drafts);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (mtb_workspace_parent_class)->dispose (object);
}

static void
mtb_workspace_finalize (GObject *object)
{
  MtbWorkspace *self = MTB_WORKSPACE (object);

  g_clear_pointer (&self->person, mtb_record_unref);

  G_OBJECT_CLASS (mtb_workspace_parent_class)->finalize (object);
}

static void
mtb_workspace_class_init (MtbWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_workspace_dispose;
  object_class->finalize = mtb_workspace_finalize;
  object_class->get_property = mtb_workspace_get_property;
  object_class->set_property = mtb_workspace_set_property;

  properties[PROP_COMPACT] =
    g_param_spec_boolean ("compact", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/shell/mtb-workspace.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbWorkspace, avatar);
  gtk_widget_class_bind_template_child (widget_class, MtbWorkspace, duty_button);
  gtk_widget_class_bind_template_child (widget_class, MtbWorkspace, duty_notice);
  gtk_widget_class_bind_template_child (widget_class, MtbWorkspace, export_button);
  gtk_widget_class_bind_template_child (widget_class, MtbWorkspace, notice);
  gtk_widget_class_bind_template_child (widget_class, MtbWorkspace, pages);
  gtk_widget_class_bind_template_child (widget_class, MtbWorkspace, person_name);
  gtk_widget_class_bind_template_child (widget_class, MtbWorkspace, places);
  gtk_widget_class_bind_template_child (widget_class, MtbWorkspace, roles);
  gtk_widget_class_bind_template_child (widget_class, MtbWorkspace, sync_button);
  gtk_widget_class_bind_template_child (widget_class, MtbWorkspace, title);
  gtk_widget_class_bind_template_callback (widget_class, get_sidebar_width);
  gtk_widget_class_bind_template_callback (widget_class, is_not);
  gtk_widget_class_bind_template_callback (widget_class, on_place_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_place_selected);

  gtk_widget_class_install_action (widget_class, "workspace.focus", NULL, on_focus);

  g_type_ensure (MTB_TYPE_DUTY_BUTTON);
  g_type_ensure (MTB_TYPE_DUTY_NOTICE);
  g_type_ensure (MTB_TYPE_EXPORT_BUTTON);
  g_type_ensure (MTB_TYPE_NOTICE);
  g_type_ensure (MTB_TYPE_SYNC_BUTTON);
}

static void
mtb_workspace_init (MtbWorkspace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
on_drafts_failed (MtbWorkspace *self, const char *words)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", words);
}

/* A desk that is dismissed keeps nothing of the person, until they have signed in again. */
static void
on_state_changed (MtbWorkspace *self)
{
  if (mtb_engine_get_state (self->engine) == MTB_ENGINE_DISMISSED)
    mtb_drafts_forget (self->drafts);
  else
    mtb_drafts_keep (self->drafts);
}

static void
show_person (MtbWorkspace *self)
{
  g_autofree char *roles = mtb_text_roles (self->person->roles);

  adw_avatar_set_text (self->avatar, self->person->display_name);
  gtk_label_set_label (self->person_name, self->person->display_name);
  gtk_label_set_label (self->roles, roles);
}

/**
 * mtb_workspace_new:
 * @engine: the engine, with somebody signed in
 * @folder: where that person's desk keeps what is not finished
 *
 * Returns: the person's desk
 */
GtkWidget *
mtb_workspace_new (MtbEngine *engine, const char *folder)
{
  MtbWorkspace *self = g_object_new (MTB_TYPE_WORKSPACE, NULL);
  g_autoptr (GPtrArray) pages = NULL;

  self->engine = g_object_ref (engine);
  self->person = mtb_record_copy (mtb_engine_get_person (engine));
  self->drafts = mtb_drafts_new (folder, self->person->id);
  g_signal_connect_object (self->drafts, "failed", G_CALLBACK (on_drafts_failed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::state", G_CALLBACK (on_state_changed), self,
                           G_CONNECT_SWAPPED);
  mtb_sync_button_set_engine (self->sync_button, engine);
  mtb_notice_set_engine (self->notice, engine);
  show_person (self);
  take_duty (self);
  self->notifier = mtb_notifier_new (engine, self->duty);
  pages = mtb_places_new (engine, self->drafts);
  for (guint i = 0; i < pages->len; i++)
    add_page (self, g_ptr_array_index (pages, i));
  mtb_workspace_show_place (self, find_last_place (self));
  return GTK_WIDGET (self);
}

/**
 * mtb_workspace_renew:
 * @self: a workspace
 * @person: (nullable): who is signed in, as the desk knows them now
 *
 * Shows what is said of its person otherwise than before.
 *
 * Returns: whether it is still their desk: for another person, or one with other roles, it is not
 */
gboolean
mtb_workspace_renew (MtbWorkspace *self, const MtbPerson *person)
{
  MtbPerson *copy;

  g_return_val_if_fail (MTB_IS_WORKSPACE (self), FALSE);

  if (person == NULL || !g_str_equal (person->id, self->person->id)
      || person->roles != self->person->roles)
    return FALSE;
  copy = mtb_record_copy (person);
  mtb_record_unref (self->person);
  self->person = copy;
  show_person (self);
  return TRUE;
}

/**
 * mtb_workspace_focus:
 * @self: a workspace that is shown
 *
 * Puts the focus where work begins.
 */
void
mtb_workspace_focus (MtbWorkspace *self)
{
  g_return_if_fail (MTB_IS_WORKSPACE (self));

  focus_page (self);
}

/**
 * mtb_workspace_get_place:
 * @self: a workspace
 * @number: which of the places, from 0
 *
 * Returns: (transfer none) (nullable): its page; %NULL where there are not so many
 */
MtbPage *
mtb_workspace_get_place (MtbWorkspace *self, guint number)
{
  g_return_val_if_fail (MTB_IS_WORKSPACE (self), NULL);

  return get_row (self, number) != NULL ? mtb_place_row_get_page (get_row (self, number)) : NULL;
}

/**
 * mtb_workspace_knows:
 * @self: a workspace
 * @action: an action that pages may have
 *
 * Returns: whether one of the places has it
 */
gboolean
mtb_workspace_knows (MtbWorkspace *self, const char *action)
{
  MtbPage *page;

  for (guint i = 0; (page = mtb_workspace_get_place (self, i)) != NULL; i++)
    if (mtb_page_knows (page, action))
      return TRUE;
  return FALSE;
}

/**
 * mtb_workspace_may:
 * @self: a workspace
 * @action: an action that pages may have
 *
 * Returns: whether it can be done now at the place that is seen
 */
gboolean
mtb_workspace_may (MtbWorkspace *self, const char *action)
{
  g_return_val_if_fail (MTB_IS_WORKSPACE (self), FALSE);

  return mtb_page_may (get_page (self), action);
}

/**
 * mtb_workspace_activate:
 * @self: a workspace
 * @action: an action of pages, or of the person's own state
 * @target: (nullable): what it is told
 *
 * Does it, wherever the focus is; pages that do not have it ignore it.
 */
void
mtb_workspace_activate (MtbWorkspace *self, const char *action, GVariant *target)
{
  gboolean of_duty = g_str_has_prefix (action, "duty.");
  GtkWidget *widget;

  g_return_if_fail (MTB_IS_WORKSPACE (self));

  widget = of_duty ? GTK_WIDGET (self->duty_button) : GTK_WIDGET (get_page (self));
  gtk_widget_activate_action_variant (widget, action, target);
}

static void
select_place (MtbWorkspace *self, guint number)
{
  if (get_row (self, number) != NULL)
    gtk_list_box_select_row (self->places, GTK_LIST_BOX_ROW (get_row (self, number)));
}

/**
 * mtb_workspace_show_place:
 * @self: a workspace
 * @number: which of the places, from 0
 *
 * Goes there, if there are so many.
 */
void
mtb_workspace_show_place (MtbWorkspace *self, guint number)
{
  g_return_if_fail (MTB_IS_WORKSPACE (self));

  select_place (self, number);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    focus_page (self);
}

static MtbRefusedPage *
find_refused_page (MtbWorkspace *self, guint *number)
{
  for (*number = 0; get_row (self, *number) != NULL; (*number)++)
    if (MTB_IS_REFUSED_PAGE (mtb_place_row_get_page (get_row (self, *number))))
      return MTB_REFUSED_PAGE (mtb_place_row_get_page (get_row (self, *number)));
  return NULL;
}

/**
 * mtb_workspace_show_refused:
 * @self: a workspace
 *
 * Goes to what was refused.
 */
void
mtb_workspace_show_refused (MtbWorkspace *self)
{
  guint number;

  g_return_if_fail (MTB_IS_WORKSPACE (self));

  if (find_refused_page (self, &number) != NULL)
    mtb_workspace_show_place (self, number);
}

/**
 * mtb_workspace_get_duty:
 * @self: a workspace
 *
 * Returns: (transfer none) (nullable): how its person stands; %NULL where the role knows no shifts
 */
MtbDuty *
mtb_workspace_get_duty (MtbWorkspace *self)
{
  g_return_val_if_fail (MTB_IS_WORKSPACE (self), NULL);

  return self->duty;
}

/**
 * mtb_workspace_ask_break:
 * @self: a workspace
 *
 * Opens what a break is asked for with.
 */
void
mtb_workspace_ask_break (MtbWorkspace *self)
{
  g_return_if_fail (MTB_IS_WORKSPACE (self));

  if (self->duty != NULL)
    mtb_duty_button_ask_break (self->duty_button);
}

/**
 * mtb_workspace_show_sync:
 * @self: a workspace
 *
 * Says how the desk stands with its server.
 */
void
mtb_workspace_show_sync (MtbWorkspace *self)
{
  g_return_if_fail (MTB_IS_WORKSPACE (self));

  mtb_sync_button_open (self->sync_button);
}

static gboolean
is_opened (MtbPage *page, MtbLinkKind kind, const char *id)
{
  if (kind == MTB_LINK_PLACE)
    return g_strcmp0 (gtk_widget_get_name (GTK_WIDGET (page)), id) == 0;
  return mtb_page_open (page, kind, id);
}

/**
 * mtb_workspace_open:
 * @self: a workspace
 * @kind: what shall be opened
 * @id: which
 *
 * Opens it at the first of the person's places that does such.
 *
 * Returns: whether there is one
 */
gboolean
mtb_workspace_open (MtbWorkspace *self, MtbLinkKind kind, const char *id)
{
  MtbPage *page;

  for (guint i = 0; (page = mtb_workspace_get_place (self, i)) != NULL; i++)
    if (is_opened (page, kind, id))
      {
        mtb_workspace_show_place (self, i);
        return TRUE;
      }
  return FALSE;
}

/**
 * mtb_workspace_amend:
 * @self: a workspace
 * @call_id: a record of a call
 *
 * Opens the record to be corrected at the place where that is done.
 */
void
mtb_workspace_amend (MtbWorkspace *self, const char *call_id)
{
  g_return_if_fail (MTB_IS_WORKSPACE (self));

  for (guint i = 0; get_row (self, i) != NULL; i++)
    if (mtb_page_amend (mtb_place_row_get_page (get_row (self, i)), call_id))
      {
        select_place (self, i);
        return;
      }
}

/**
 * mtb_workspace_show_records:
 * @self: a workspace
 * @person_id: a person
 * @name: what they are called
 *
 * Goes to what this person wrote down.
 */
void
mtb_workspace_show_records (MtbWorkspace *self, const char *person_id, const char *name)
{
  g_return_if_fail (MTB_IS_WORKSPACE (self));

  for (guint i = 0; get_row (self, i) != NULL; i++)
    if (mtb_page_show_records (mtb_place_row_get_page (get_row (self, i)), person_id, name))
      {
        mtb_workspace_show_place (self, i);
        return;
      }
}

/**
 * mtb_workspace_mend:
 * @self: a workspace
 * @command_id: what was refused
 *
 * Opens it to be mended at the place where such is written, or in a dialog where there is none.
 */
void
mtb_workspace_mend (MtbWorkspace *self, const char *command_id)
{
  MtbRefusedPage *refused;
  MtbRefusal *refusal;
  guint number;

  g_return_if_fail (MTB_IS_WORKSPACE (self));

  refused = find_refused_page (self, &number);
  refusal = refused != NULL ? mtb_refused_page_find (refused, command_id) : NULL;
  if (refusal == NULL)
    return;
  for (guint i = 0; get_row (self, i) != NULL; i++)
    if (mtb_page_mend (mtb_place_row_get_page (get_row (self, i)), refusal))
      {
        select_place (self, i);
        return;
      }
  mtb_mend_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->engine,
                           refusal);
}
