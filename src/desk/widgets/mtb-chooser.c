#include "mtb-chooser.h"

#include "mtb-fold.h"
#include "mtb-steer.h"

/**
 * MtbChooser:
 *
 * An entry in which one chooses by typing the beginnings of words: what fits is listed below it,
 * the arrow keys move, Enter or Tab takes the marked one, Escape goes back. `value` is the id of
 * what is chosen; it may be set before the choices are known.
 */
struct _MtbChooser
{
  GtkEntry parent_instance;

  GtkPopover *popover;
  GtkListView *list;
  GtkSingleSelection *selection;
  GtkFilterListModel *fitting;

  GListStore *choices;
  GtkFilter *filter;
  char **words;
  char *value;
  gboolean writing;
};

G_DEFINE_FINAL_TYPE (MtbChooser, mtb_chooser, GTK_TYPE_ENTRY)

enum
{
  PROP_0,
  PROP_VALUE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
fits (gpointer item, gpointer user_data)
{
  MtbChooser *self = user_data;

  return self->words == NULL || mtb_choice_fits (item, (const char *const *) self->words);
}

static void
filter_by (MtbChooser *self, const char *text)
{
  g_strfreev (self->words);
  self->words = text != NULL ? mtb_fold_words (text) : NULL;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static MtbChoice *
find_choice (MtbChooser *self, guint *position)
{
  GListModel *model = G_LIST_MODEL (self->choices);

  for (guint i = 0; self->value != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (MtbChoice) choice = g_list_model_get_item (model, i);

      if (g_str_equal (mtb_choice_get_id (choice), self->value))
        {
          *position = i;
          return g_steal_pointer (&choice);
        }
    }
  return NULL;
}

static void
show_value (MtbChooser *self)
{
  guint position;
  g_autoptr (MtbChoice) choice = find_choice (self, &position);
  g_autofree char *title = choice != NULL ? mtb_choice_dup_full_title (choice) : g_strdup ("");

  self->writing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self), title);
  self->writing = FALSE;
}

static void
open_list (MtbChooser *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_popover_popup (self->popover);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, TRUE, -1);
}

static void
close_list (MtbChooser *self)
{
  gtk_popover_popdown (self->popover);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
}

static void
open_whole_list (MtbChooser *self)
{
  guint position = 0;
  g_autoptr (MtbChoice) choice = find_choice (self, &position);

  filter_by (self, NULL);
  gtk_single_selection_set_selected (self->selection, position);
  open_list (self);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

static gboolean
is_open (MtbChooser *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->popover));
}

static void
take_marked (MtbChooser *self)
{
  MtbChoice *choice = mtb_steer_get_chosen (self->list);

  close_list (self);
  mtb_chooser_set_value (self, choice != NULL ? mtb_choice_get_id (choice) : NULL);
  gtk_editable_set_position (GTK_EDITABLE (self), -1);
}

static void
on_changed (MtbChooser *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self));

  if (self->writing)
    return;
  filter_by (self, text);
  gtk_single_selection_set_selected (self->selection, 0);
  if (*text == '\0')
    mtb_chooser_set_value (self, NULL);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    open_list (self);
  else
    close_list (self);
}

static void
on_activate (MtbChooser *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!is_open (self))
    {
      open_whole_list (self);
      return;
    }
  take_marked (self);
  gtk_widget_child_focus (GTK_WIDGET (root), GTK_DIR_TAB_FORWARD);
}

static void
on_row_activated (MtbChooser *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  take_marked (self);
}

static void
on_icon_pressed (MtbChooser *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (is_open (self))
    close_list (self);
  else
    open_whole_list (self);
}

static void
on_focus_left (MtbChooser *self)
{
  close_list (self);
  show_value (self);
}

static gboolean
on_key_pressed (MtbChooser *self, guint keyval, guint keycode, GdkModifierType state)
{
  gboolean open = is_open (self);

  switch (keyval)
    {
    case GDK_KEY_Escape:
      if (!open)
        return GDK_EVENT_PROPAGATE;
      close_list (self);
      show_value (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Tab:
      if (open)
        take_marked (self);
      return GDK_EVENT_PROPAGATE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      if (open)
        return GDK_EVENT_PROPAGATE;
      open_whole_list (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
mtb_chooser_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MtbChooser *self = MTB_CHOOSER (widget);

  GTK_WIDGET_CLASS (mtb_chooser_parent_class)->size_allocate (widget, width, height, baseline);
  gtk_widget_set_size_request (GTK_WIDGET (self->popover), width, -1);
  gtk_popover_present (self->popover);
}

static void
mtb_chooser_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MtbChooser *self = MTB_CHOOSER (object);

  switch (prop_id)
    {
    case PROP_VALUE:
      g_value_set_string (value, self->value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_chooser_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_VALUE:
      mtb_chooser_set_value (MTB_CHOOSER (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_chooser_dispose (GObject *object)
{
  MtbChooser *self = MTB_CHOOSER (object);

  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;

  G_OBJECT_CLASS (mtb_chooser_parent_class)->dispose (object);
}

static void
mtb_chooser_finalize (GObject *object)
{
  MtbChooser *self = MTB_CHOOSER (object);

  g_clear_object (&self->choices);
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_pointer (&self->value, g_free);

  G_OBJECT_CLASS (mtb_chooser_parent_class)->finalize (object);
}

static void
mtb_chooser_class_init (MtbChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_chooser_dispose;
  object_class->finalize = mtb_chooser_finalize;
  object_class->get_property = mtb_chooser_get_property;
  object_class->set_property = mtb_chooser_set_property;

  widget_class->size_allocate = mtb_chooser_size_allocate;

  properties[PROP_VALUE] =
    g_param_spec_string ("value", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/widgets/mtb-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbChooser, fitting);
  gtk_widget_class_bind_template_child (widget_class, MtbChooser, list);
  gtk_widget_class_bind_template_child (widget_class, MtbChooser, popover);
  gtk_widget_class_bind_template_child (widget_class, MtbChooser, selection);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_focus_left);
  gtk_widget_class_bind_template_callback (widget_class, on_icon_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);

  g_type_ensure (MTB_TYPE_CHOICE);
}

static void
mtb_chooser_init (MtbChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->choices = g_list_store_new (MTB_TYPE_CHOICE);
  self->filter = GTK_FILTER (gtk_custom_filter_new (fits, self, NULL));
  gtk_filter_list_model_set_filter (self->fitting, self->filter);
  gtk_filter_list_model_set_model (self->fitting, G_LIST_MODEL (self->choices));
  g_object_unref (self->filter);
  mtb_steer (GTK_WIDGET (self), self->list);
}

/**
 * mtb_chooser_set_choices:
 * @self: a chooser
 * @choices: (element-type MtbChoice): what can be chosen, in order
 */
void
mtb_chooser_set_choices (MtbChooser *self, GPtrArray *choices)
{
  g_return_if_fail (MTB_IS_CHOOSER (self));

  g_list_store_splice (self->choices, 0, g_list_model_get_n_items (G_LIST_MODEL (self->choices)),
                       choices->pdata, choices->len);
  if (!is_open (self))
    show_value (self);
}

/**
 * mtb_chooser_get_value:
 * @self: a chooser
 *
 * Returns: (nullable): the id of what is chosen
 */
const char *
mtb_chooser_get_value (MtbChooser *self)
{
  g_return_val_if_fail (MTB_IS_CHOOSER (self), NULL);

  return self->value;
}

/**
 * mtb_chooser_set_value:
 * @self: a chooser
 * @value: (nullable): the id of what shall be chosen
 */
void
mtb_chooser_set_value (MtbChooser *self, const char *value)
{
  gboolean changed;

  g_return_if_fail (MTB_IS_CHOOSER (self));

  changed = g_strcmp0 (self->value, value) != 0;
  if (changed)
    {
      g_autofree char *old = self->value;

      self->value = g_strdup (value);
    }
  show_value (self);
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}
