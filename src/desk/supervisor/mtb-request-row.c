#include "mtb-request-row.h"

#include "mtb-id.h"
#include "mtb-presence-query.h"

#include <glib/gi18n.h>

/**
 * MtbRequestRow:
 *
 * A request for Auxiliary that waits, to be approved or refused, a refusal with a word. It can be
 * answered only while the server can be reached, and once: from the click on its buttons do nothing,
 * unless the answer is refused. What was typed stays.
 */
struct _MtbRequestRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *note;
  GtkEditable *word;
  GtkLabel *problem;
  GtkWidget *buttons;

  MtbEngine *engine;
  MtbItem *item;
  gboolean answered;
};

G_DEFINE_FINAL_TYPE (MtbRequestRow, mtb_request_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  PROP_0,
  PROP_ITEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
show_problem (MtbRequestRow *self, const char *words, gboolean of_word)
{
  gtk_label_set_label (self->problem, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
  if (of_word)
    gtk_widget_add_css_class (GTK_WIDGET (self->word), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->word), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->word), GTK_ACCESSIBLE_STATE_INVALID,
                               of_word ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
on_word_changed (MtbRequestRow *self)
{
  show_problem (self, NULL, FALSE);
}

static void
show_state (MtbRequestRow *self)
{
  gtk_widget_set_sensitive (
    self->buttons, !self->answered && mtb_engine_get_state (self->engine) == MTB_ENGINE_ONLINE);
}

static void
on_decided (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbRequestRow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (mtb_engine_give_finish (MTB_ENGINE (engine), result, &error))
    return;
  self->answered = FALSE;
  show_state (self);
  show_problem (self, gettext (error->message), FALSE);
}

static void
decide (MtbRequestRow *self, const MtbCommand *command)
{
  const char *word = gtk_editable_get_text (self->word);
  g_autoptr (MtbAuxiliaryDecide) decision = mtb_record_new (&command->shape);

  decision->id = g_strdup (mtb_item_get_id (self->item));
  decision->presence_id = mtb_id_new (mtb_engine_get_now (self->engine));
  decision->word = *word != '\0' ? g_strdup (word) : NULL;
  self->answered = TRUE;
  show_state (self);
  mtb_engine_give_async (self->engine, decision, NULL, on_decided, g_object_ref (self));
}

static void
on_approve (MtbRequestRow *self)
{
  decide (self, &mtb_auxiliary_approve);
}

static void
on_refuse (MtbRequestRow *self)
{
  if (*gtk_editable_get_text (self->word) != '\0')
    {
      decide (self, &mtb_auxiliary_refuse);
      return;
    }
  show_problem (self, _ ("Say why it is refused"), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->word));
}

static void
mtb_request_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ITEM:
      g_value_set_object (value, MTB_REQUEST_ROW (object)->item);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_request_row_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ITEM:
      MTB_REQUEST_ROW (object)->item = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_request_row_dispose (GObject *object)
{
  MtbRequestRow *self = MTB_REQUEST_ROW (object);

  g_clear_object (&self->engine);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (mtb_request_row_parent_class)->dispose (object);
}

static void
mtb_request_row_class_init (MtbRequestRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_request_row_dispose;
  object_class->get_property = mtb_request_row_get_property;
  object_class->set_property = mtb_request_row_set_property;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL, MTB_TYPE_ITEM,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/supervisor/mtb-request-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbRequestRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, MtbRequestRow, note);
  gtk_widget_class_bind_template_child (widget_class, MtbRequestRow, problem);
  gtk_widget_class_bind_template_child (widget_class, MtbRequestRow, word);
  gtk_widget_class_bind_template_callback (widget_class, on_approve);
  gtk_widget_class_bind_template_callback (widget_class, on_refuse);
  gtk_widget_class_bind_template_callback (widget_class, on_word_changed);
}

static void
mtb_request_row_init (MtbRequestRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_request_row_new:
 * @engine: the engine to give to
 * @item: an #MtbAuxiliaryRow that waits
 *
 * Returns: a row for it
 */
GtkWidget *
mtb_request_row_new (MtbEngine *engine, MtbItem *item)
{
  MtbRequestRow *self = g_object_new (MTB_TYPE_REQUEST_ROW, "item", item, NULL);
  const MtbAuxiliaryRow *request = mtb_item_get_record (item);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "notify::state", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  request->person_name != NULL ? request->person_name : "", -1);
  gtk_widget_set_visible (self->note, request->note != NULL);
  show_state (self);
  return GTK_WIDGET (self);
}
