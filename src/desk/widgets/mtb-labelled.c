#include "mtb-labelled.h"

/**
 * MtbLabelled:
 *
 * A control of a form with its label above and, where something is wrong with it, the words for it
 * below; assistive technology hears both.
 */
struct _MtbLabelled
{
  AdwBin parent_instance;

  AdwBin *content;
  GtkRevealer *error;
  GtkLabel *message;

  char *label;
};

G_DEFINE_FINAL_TYPE (MtbLabelled, mtb_labelled, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_LABEL,
  PROP_CONTENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
tell_label (MtbLabelled *self)
{
  GtkWidget *content = adw_bin_get_child (self->content);

  if (content != NULL && self->label != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (content), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    self->label, -1);
}

static void
mtb_labelled_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MtbLabelled *self = MTB_LABELLED (object);

  switch (prop_id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_CONTENT:
      g_value_set_object (value, adw_bin_get_child (self->content));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_labelled_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MtbLabelled *self = MTB_LABELLED (object);

  switch (prop_id)
    {
    case PROP_LABEL:
      g_free (self->label);
      self->label = g_value_dup_string (value);
      tell_label (self);
      break;
    case PROP_CONTENT:
      adw_bin_set_child (self->content, g_value_get_object (value));
      tell_label (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_labelled_finalize (GObject *object)
{
  MtbLabelled *self = MTB_LABELLED (object);

  g_clear_pointer (&self->label, g_free);

  G_OBJECT_CLASS (mtb_labelled_parent_class)->finalize (object);
}

static void
mtb_labelled_class_init (MtbLabelledClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = mtb_labelled_finalize;
  object_class->get_property = mtb_labelled_get_property;
  object_class->set_property = mtb_labelled_set_property;

  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/widgets/mtb-labelled.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbLabelled, content);
  gtk_widget_class_bind_template_child (widget_class, MtbLabelled, error);
  gtk_widget_class_bind_template_child (widget_class, MtbLabelled, message);
}

static void
mtb_labelled_init (MtbLabelled *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_labelled_set_error:
 * @self: a labelled control
 * @message: (nullable): what is wrong, in the interface's language; %NULL for nothing
 *
 * Marks the control, and says why.
 */
void
mtb_labelled_set_error (MtbLabelled *self, const char *message)
{
  GtkWidget *content;

  g_return_if_fail (MTB_IS_LABELLED (self));

  content = adw_bin_get_child (self->content);
  gtk_revealer_set_reveal_child (self->error, message != NULL);
  if (message != NULL)
    {
      gtk_label_set_label (self->message, message);
      gtk_widget_add_css_class (content, "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (content), GTK_ACCESSIBLE_STATE_INVALID,
                                   GTK_ACCESSIBLE_INVALID_TRUE, -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (content), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      message, -1);
    }
  else
    {
      gtk_widget_remove_css_class (content, "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (content), GTK_ACCESSIBLE_STATE_INVALID);
      gtk_accessible_reset_property (GTK_ACCESSIBLE (content), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
    }
}
