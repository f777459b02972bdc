#include "mtb-connected-icon.h"

#include "mtb-text.h"

#include <glib/gi18n.h>

/**
 * MtbConnectedIcon:
 *
 * Whether a desk of a person is connected to the server, and since when not.
 */
struct _MtbConnectedIcon
{
  AdwBin parent_instance;

  GtkImage *icon;
  GtkLabel *since;

  MtbEngine *engine;
  char *person_id;
};

G_DEFINE_FINAL_TYPE (MtbConnectedIcon, mtb_connected_icon, ADW_TYPE_BIN)

static char *
say_connection (gboolean connected, const char *moment)
{
  if (connected)
    return g_strdup (_ ("Connected"));
  return *moment != '\0' ? g_strdup_printf (_ ("Not connected since %s"), moment)
                         : g_strdup (_ ("Not connected"));
}

/**
 * mtb_connected_icon_say:
 * @engine: the engine that knows who is connected
 * @person_id: a person
 *
 * Returns: (transfer full): whether a desk of theirs is connected, and since when not
 */
char *
mtb_connected_icon_say (MtbEngine *engine, const char *person_id)
{
  g_autofree char *moment = NULL;

  if (!mtb_engine_knows_connected (engine))
    return g_strdup (_ ("Not known"));
  moment = mtb_text_moment (mtb_engine_get_gone_since (engine, person_id));
  return say_connection (mtb_engine_is_connected (engine, person_id), moment);
}

static void
show_connection (MtbConnectedIcon *self)
{
  gboolean known = self->person_id != NULL && mtb_engine_knows_connected (self->engine);
  gboolean connected = known && mtb_engine_is_connected (self->engine, self->person_id);
  gint64 gone_since =
    known ? mtb_engine_get_gone_since (self->engine, self->person_id) : MTB_ABSENT;
  g_autofree char *briefly = mtb_text_briefly (gone_since);
  g_autofree char *words =
    known ? mtb_connected_icon_say (self->engine, self->person_id) : g_strdup (_ ("Not known"));

  gtk_image_set_from_icon_name (self->icon, !known      ? NULL
                                            : connected ? "network-transmit-receive-symbolic"
                                                        : "network-offline-symbolic");
  gtk_label_set_label (self->since, briefly);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
}

static void
mtb_connected_icon_dispose (GObject *object)
{
  MtbConnectedIcon *self = MTB_CONNECTED_ICON (object);

  g_clear_object (&self->engine);
  g_clear_pointer (&self->person_id, g_free);

  G_OBJECT_CLASS (mtb_connected_icon_parent_class)->dispose (object);
}

static void
mtb_connected_icon_class_init (MtbConnectedIconClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mtb_connected_icon_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/supervisor/mtb-connected-icon.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbConnectedIcon, icon);
  gtk_widget_class_bind_template_child (widget_class, MtbConnectedIcon, since);
}

static void
mtb_connected_icon_init (MtbConnectedIcon *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_connected_icon_new:
 * @engine: the engine that knows who is connected
 *
 * Returns: a mark for nobody yet
 */
GtkWidget *
mtb_connected_icon_new (MtbEngine *engine)
{
  MtbConnectedIcon *self = g_object_new (MTB_TYPE_CONNECTED_ICON, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "connected-changed", G_CALLBACK (show_connection), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * mtb_connected_icon_set_person:
 * @self: a mark
 * @person_id: of whom it tells
 */
void
mtb_connected_icon_set_person (MtbConnectedIcon *self, const char *person_id)
{
  g_return_if_fail (MTB_IS_CONNECTED_ICON (self));

  g_free (self->person_id);
  self->person_id = g_strdup (person_id);
  show_connection (self);
}
