#include "mtb-toasts.h"

#include <glib/gi18n.h>

#define SECONDS 3
/* Long enough to see that it was the wrong one. */
#define UNDO_SECONDS 8

/**
 * MtbToasts:
 *
 * What is said in passing over its `content`. Where a slip is likely, Undo is offered with it: where
 * there is an opposite, that is done; else the act itself is held back until the toast is gone. What
 * is held back and never done, because the program ended, has lost nothing. One Undo is offered at a
 * time: the next ends it.
 */
struct _MtbToasts
{
  AdwBin parent_instance;

  AdwToastOverlay *overlay;
  AdwToast *undo;
};

G_DEFINE_FINAL_TYPE (MtbToasts, mtb_toasts, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_CONTENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
on_undo_gone (MtbToasts *self, AdwToast *toast)
{
  if (self->undo == toast)
    g_clear_object (&self->undo);
}

static void
end_undo (MtbToasts *self)
{
  g_autoptr (AdwToast) toast = g_steal_pointer (&self->undo);

  if (toast != NULL)
    adw_toast_dismiss (toast);
}

static void
mtb_toasts_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MtbToasts *self = MTB_TOASTS (object);

  switch (prop_id)
    {
    case PROP_CONTENT:
      g_value_set_object (value, adw_toast_overlay_get_child (self->overlay));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_toasts_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MtbToasts *self = MTB_TOASTS (object);

  switch (prop_id)
    {
    case PROP_CONTENT:
      adw_toast_overlay_set_child (self->overlay, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_toasts_dispose (GObject *object)
{
  MtbToasts *self = MTB_TOASTS (object);

  g_clear_object (&self->undo);

  G_OBJECT_CLASS (mtb_toasts_parent_class)->dispose (object);
}

static void
mtb_toasts_class_init (MtbToastsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mtb_toasts_dispose;
  object_class->get_property = mtb_toasts_get_property;
  object_class->set_property = mtb_toasts_set_property;

  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mtb_toasts_init (MtbToasts *self)
{
  self->overlay = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->overlay));
}

/* libadwaita gives the button that closes a toast an icon and no name. */
static void
name_close_button (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Close"), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_close_button (child);
}

/* What libadwaita 1.2 takes for a title is markup, and words are data. */
static AdwToast *
make_toast (const char *words)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);

  return adw_toast_new (markup);
}

static void
add_toast (MtbToasts *self, AdwToast *toast)
{
  GtkWidget *content = adw_toast_overlay_get_child (self->overlay);

  adw_toast_overlay_add_toast (self->overlay, toast);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->overlay)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != content)
      name_close_button (child);
}

/**
 * mtb_toasts_say:
 * @self: toasts
 * @words: what to say, in the interface's language
 */
void
mtb_toasts_say (MtbToasts *self, const char *words)
{
  AdwToast *toast;

  g_return_if_fail (MTB_IS_TOASTS (self));

  toast = make_toast (words);
  adw_toast_set_timeout (toast, SECONDS);
  add_toast (self, toast);
}

/**
 * mtb_toasts_offer_undo:
 * @widget: a widget in a window with toasts
 * @words: what was done, in the interface's language
 *
 * Says it, and offers to undo it. #AdwToast::button-clicked is emitted when the person does,
 * #AdwToast::dismissed when it is over, in either case.
 *
 * Returns: (transfer none): the toast
 */
AdwToast *
mtb_toasts_offer_undo (GtkWidget *widget, const char *words)
{
  MtbToasts *self = MTB_TOASTS (gtk_widget_get_ancestor (widget, MTB_TYPE_TOASTS));
  AdwToast *toast;

  g_return_val_if_fail (self != NULL, NULL);

  end_undo (self);
  toast = make_toast (words);
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  self->undo = g_object_ref (toast);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_undo_gone), self, G_CONNECT_SWAPPED);
  add_toast (self, toast);
  return toast;
}

/**
 * mtb_toasts_undo:
 * @self: toasts
 *
 * Undoes what is offered to be undone.
 *
 * Returns: whether anything was
 */
gboolean
mtb_toasts_undo (MtbToasts *self)
{
  g_return_val_if_fail (MTB_IS_TOASTS (self), FALSE);

  if (self->undo == NULL)
    return FALSE;
  g_signal_emit_by_name (self->undo, "button-clicked");
  end_undo (self);
  return TRUE;
}

/**
 * mtb_toasts_offers_undo:
 * @self: toasts
 *
 * Returns: whether something can be undone now
 */
gboolean
mtb_toasts_offers_undo (MtbToasts *self)
{
  g_return_val_if_fail (MTB_IS_TOASTS (self), FALSE);

  return self->undo != NULL;
}
