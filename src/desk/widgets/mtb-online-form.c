#include "mtb-online-form.h"

#include "mtb-error.h"
#include "mtb-labelled.h"

#include <glib/gi18n.h>

/**
 * MtbOnlineForm:
 *
 * A form whose commands need the server's word. Its `content` cannot be used while that cannot be
 * had; what was typed stays, and so does what is typed while the word is awaited. What is refused is marked at the #MtbLabelled that has the name of the
 * wrong field, or said below where there is none. `given` is emitted when all is done.
 */
struct _MtbOnlineForm
{
  AdwBin parent_instance;

  AdwBin *content;
  GtkRevealer *problem;
  GtkLabel *problem_words;

  MtbEngine *engine;
  GPtrArray *orders;
  guint n_edits;
  guint n_given;
};

G_DEFINE_FINAL_TYPE (MtbOnlineForm, mtb_online_form, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_CONTENT,
  N_PROPS
};

enum
{
  GIVEN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* GTK 4.8 does not tell an entry that is made insensitive that the focus is gone. */
static void
drop_focus (MtbOnlineForm *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_root_set_focus (root, NULL);
}

static void
show_state (MtbOnlineForm *self)
{
  gboolean online = mtb_online_form_can_give (self->engine);

  if (!online)
    drop_focus (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->content), online);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                               online ? NULL : _ ("This needs the server, which does not answer."));
}

/* With no field, the marks of all are taken away. */
static gboolean
mark_below (GtkWidget *root, const char *field, const char *message)
{
  gboolean marked = FALSE;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!MTB_IS_LABELLED (child))
      marked |= mark_below (child, field, message);
    else if (field == NULL || g_str_equal (gtk_widget_get_name (child), field))
      {
        mtb_labelled_set_error (MTB_LABELLED (child), message);
        if (message != NULL)
          gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD);
        marked = TRUE;
      }
  return marked;
}

static void go_on (MtbOnlineForm *self);

static void
on_given (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbOnlineForm) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mtb_engine_give_finish (MTB_ENGINE (engine), result, &error))
    {
      g_clear_pointer (&self->orders, g_ptr_array_unref);
      mtb_online_form_mark (self, mtb_error_get_field (error), gettext (error->message));
      return;
    }
  g_ptr_array_remove_index (self->orders, 0);
  go_on (self);
}

static void
go_on (MtbOnlineForm *self)
{
  if (self->orders->len > 0)
    {
      mtb_engine_give_async (self->engine, g_ptr_array_index (self->orders, 0), NULL, on_given,
                             g_object_ref (self));
      return;
    }
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  if (self->n_edits == self->n_given)
    self->n_edits = 0;
  g_signal_emit (self, signals[GIVEN], 0);
}

static void
give (MtbOnlineForm *self, GPtrArray *orders, guint n_given)
{
  if (self->orders != NULL)
    return;
  mtb_online_form_unmark (self);
  self->orders = g_ptr_array_ref (orders);
  self->n_given = n_given;
  go_on (self);
}

static void
mtb_online_form_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MtbOnlineForm *self = MTB_ONLINE_FORM (object);

  switch (prop_id)
    {
    case PROP_CONTENT:
      g_value_set_object (value, adw_bin_get_child (self->content));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_online_form_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  MtbOnlineForm *self = MTB_ONLINE_FORM (object);

  switch (prop_id)
    {
    case PROP_CONTENT:
      adw_bin_set_child (self->content, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_online_form_dispose (GObject *object)
{
  MtbOnlineForm *self = MTB_ONLINE_FORM (object);

  g_clear_object (&self->engine);
  g_clear_pointer (&self->orders, g_ptr_array_unref);

  G_OBJECT_CLASS (mtb_online_form_parent_class)->dispose (object);
}

static void
mtb_online_form_class_init (MtbOnlineFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_online_form_dispose;
  object_class->get_property = mtb_online_form_get_property;
  object_class->set_property = mtb_online_form_set_property;

  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[GIVEN] = g_signal_new ("given", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/widgets/mtb-online-form.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbOnlineForm, content);
  gtk_widget_class_bind_template_child (widget_class, MtbOnlineForm, problem);
  gtk_widget_class_bind_template_child (widget_class, MtbOnlineForm, problem_words);
}

static void
mtb_online_form_init (MtbOnlineForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_online_form_can_give:
 * @engine: an engine
 *
 * Returns: whether the server's word can be had; for nothing but another password while it waits for
 *   that
 */
gboolean
mtb_online_form_can_give (MtbEngine *engine)
{
  MtbEngineState state = mtb_engine_get_state (engine);

  return state == MTB_ENGINE_ONLINE || state == MTB_ENGINE_PASSWORD_CHANGE;
}

/**
 * mtb_online_form_set_engine:
 * @self: a form
 * @engine: the engine to give to
 */
void
mtb_online_form_set_engine (MtbOnlineForm *self, MtbEngine *engine)
{
  g_return_if_fail (MTB_IS_ONLINE_FORM (self));

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "notify::state", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  show_state (self);
}

/**
 * mtb_online_form_is_giving:
 * @self: a form
 *
 * Returns: whether the server's word on what was given is still awaited; nothing else is given until
 *   then
 */
gboolean
mtb_online_form_is_giving (MtbOnlineForm *self)
{
  g_return_val_if_fail (MTB_IS_ONLINE_FORM (self), FALSE);

  return self->orders != NULL;
}

/**
 * mtb_online_form_note_edit:
 * @self: a form
 *
 * Notes that its person has changed something in it, and takes all marks away.
 */
void
mtb_online_form_note_edit (MtbOnlineForm *self)
{
  g_return_if_fail (MTB_IS_ONLINE_FORM (self));

  self->n_edits++;
  mtb_online_form_unmark (self);
}

/**
 * mtb_online_form_is_edited:
 * @self: a form
 *
 * Returns: whether its person has changed something that is not given: not before, and not with what
 *   is given now
 */
gboolean
mtb_online_form_is_edited (MtbOnlineForm *self)
{
  g_return_val_if_fail (MTB_IS_ONLINE_FORM (self), FALSE);

  return self->n_edits > 0;
}

/**
 * mtb_online_form_give:
 * @self: a form with an engine
 * @arguments: a record of a command's arguments as the form has them, referenced
 *
 * Gives it, unless the server's word on what was given before is still awaited.
 */
void
mtb_online_form_give (MtbOnlineForm *self, gpointer arguments)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (mtb_record_unref);

  g_ptr_array_add (orders, mtb_record_ref (arguments));
  mtb_online_form_give_all (self, orders);
}

/**
 * mtb_online_form_give_all:
 * @self: a form with an engine
 * @orders: (element-type gpointer): records of commands' arguments as the form has them
 *
 * Gives one after the other, up to the first that is refused; none while the server's word on what
 * was given before is still awaited.
 */
void
mtb_online_form_give_all (MtbOnlineForm *self, GPtrArray *orders)
{
  g_return_if_fail (MTB_IS_ONLINE_FORM (self));

  give (self, orders, self->n_edits);
}

/**
 * mtb_online_form_give_beside:
 * @self: a form with an engine
 * @orders: (element-type gpointer): records of commands' arguments
 *
 * As mtb_online_form_give_all(), where what is filled in is not given with them.
 */
void
mtb_online_form_give_beside (MtbOnlineForm *self, GPtrArray *orders)
{
  g_return_if_fail (MTB_IS_ONLINE_FORM (self));

  give (self, orders, 0);
}

/**
 * mtb_online_form_mark:
 * @self: a form
 * @field: (nullable): the name of what is wrong
 * @message: why, in the interface's language
 *
 * Marks the field and puts the focus there.
 */
void
mtb_online_form_mark (MtbOnlineForm *self, const char *field, const char *message)
{
  g_return_if_fail (MTB_IS_ONLINE_FORM (self));

  mtb_online_form_unmark (self);
  if (field != NULL && mark_below (GTK_WIDGET (self->content), field, message))
    return;
  gtk_label_set_label (self->problem_words, message);
  gtk_revealer_set_reveal_child (self->problem, TRUE);
}

/**
 * mtb_online_form_unmark:
 * @self: a form
 *
 * Takes all marks away.
 */
void
mtb_online_form_unmark (MtbOnlineForm *self)
{
  g_return_if_fail (MTB_IS_ONLINE_FORM (self));

  mark_below (GTK_WIDGET (self->content), NULL, NULL);
  gtk_revealer_set_reveal_child (self->problem, FALSE);
}

/**
 * mtb_online_form_dup_typed:
 * @entry: an entry of a form
 *
 * Returns: (transfer full) (nullable): what is typed there, without the blanks around it; %NULL where
 *   it is nothing
 */
char *
mtb_online_form_dup_typed (GtkEditable *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}
