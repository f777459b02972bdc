#include "mtb-stock-group.h"

#include "mtb-preferences.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

/**
 * MtbStockGroup:
 *
 * What this computer keeps of who is signed in: where, how much and as of when, and what the
 * department allows. What the server has too can be emptied. Nothing is seen while nobody is signed
 * in, or with a temporary password only.
 */
struct _MtbStockGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *folder;
  GtkLabel *size;
  GtkLabel *contact;
  GtkLabel *directory;
  GtkLabel *offline;

  MtbEngine *engine;
  MtbStock *stock;
};

G_DEFINE_FINAL_TYPE (MtbStockGroup, mtb_stock_group, ADW_TYPE_PREFERENCES_GROUP)

static void
show_size (MtbStockGroup *self)
{
  g_autofree char *megabytes = mtb_text_megabytes (self->stock->bytes);
  g_autofree char *number = mtb_text_number (self->stock->n_rows);
  g_autofree char *records =
    g_strdup_printf (ngettext ("%s record", "%s records", (gulong) self->stock->n_rows), number);
  /* Translators: how many records, and how many megabytes they take. */
  g_autofree char *words = g_strdup_printf (C_ ("kept", "%1$s, %2$s MB"), records, megabytes);

  gtk_label_set_label (self->size, words);
}

static void
show_allowed (MtbStockGroup *self)
{
  g_autofree char *number = mtb_text_number (self->stock->offline_days);
  g_autofree char *days =
    g_strdup_printf (ngettext ("%s day", "%s days", (gulong) self->stock->offline_days), number);

  gtk_label_set_label (self->offline, days);
  gtk_label_set_label (self->directory, self->stock->whole_directory ? _ ("All of them")
                                                                     : _ ("Those dealt with here"));
}

static void
show_stock (MtbStockGroup *self)
{
  g_autofree char *contact = mtb_text_moment (mtb_engine_get_last_contact (self->engine));
  g_autofree char *folder = NULL;

  gtk_label_set_label (self->contact, contact);
  if (self->stock == NULL)
    return;
  folder = mtb_text_isolate (self->stock->folder);
  adw_action_row_set_subtitle (self->folder, folder);
  show_size (self);
  show_allowed (self);
}

static void
on_measured (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbStockGroup) self = user_data;
  MtbStock *stock = mtb_engine_measure_finish (MTB_ENGINE (engine), result, NULL);

  if (stock == NULL || self->engine == NULL)
    {
      mtb_stock_free (stock);
      return;
    }
  mtb_stock_free (self->stock);
  self->stock = stock;
  show_stock (self);
}

static void
measure (MtbStockGroup *self)
{
  gboolean signed_in =
    mtb_engine_get_person (self->engine) != NULL && !mtb_engine_get_must_change (self->engine);

  gtk_widget_set_visible (GTK_WIDGET (self), signed_in);
  if (signed_in)
    mtb_engine_measure_async (self->engine, NULL, on_measured, g_object_ref (self));
}

static void
on_emptied (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  g_autoptr (GError) error = NULL;
  gboolean emptied = mtb_engine_empty_finish (MTB_ENGINE (engine), result, &error);

  gtk_widget_activate_action (window, "win.toast", "s",
                              emptied ? _ ("Emptied; it is fetched again")
                                      : gettext (error->message));
}

static void
on_answered (MtbStockGroup *self, const char *response)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  if (g_strcmp0 (response, "empty") == 0)
    mtb_engine_empty_async (self->engine, NULL, on_emptied,
                            g_object_ref (gtk_window_get_transient_for (window)));
}

/* Without the server there is nothing to work on afterwards: who asks for it should know. */
static void
on_empty (MtbStockGroup *self)
{
  gboolean online = mtb_engine_get_state (self->engine) == MTB_ENGINE_ONLINE;
  GtkWidget *dialog = adw_message_dialog_new (
    GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Empty What Is Kept Here?"),
    online ? _ ("It is fetched again from the server. What waits to be sent stays.")
           : _ ("The server cannot be reached: until it can, this desk is empty. What waits to be "
                "sent stays."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"), "empty",
                                    _ ("Empty"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "empty",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answered), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
mtb_stock_group_dispose (GObject *object)
{
  MtbStockGroup *self = MTB_STOCK_GROUP (object);

  g_clear_object (&self->engine);
  g_clear_pointer (&self->stock, mtb_stock_free);

  G_OBJECT_CLASS (mtb_stock_group_parent_class)->dispose (object);
}

static void
mtb_stock_group_class_init (MtbStockGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mtb_stock_group_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/preferences/mtb-stock-group.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbStockGroup, contact);
  gtk_widget_class_bind_template_child (widget_class, MtbStockGroup, directory);
  gtk_widget_class_bind_template_child (widget_class, MtbStockGroup, folder);
  gtk_widget_class_bind_template_child (widget_class, MtbStockGroup, offline);
  gtk_widget_class_bind_template_child (widget_class, MtbStockGroup, size);
  gtk_widget_class_bind_template_callback (widget_class, on_empty);
}

static void
mtb_stock_group_init (MtbStockGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_stock_group_set_engine:
 * @self: a stock group
 * @engine: the engine
 */
void
mtb_stock_group_set_engine (MtbStockGroup *self, MtbEngine *engine)
{
  g_return_if_fail (MTB_IS_STOCK_GROUP (self));

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "changed", G_CALLBACK (measure), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::must-change", G_CALLBACK (measure), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::last-contact", G_CALLBACK (show_stock), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (mtb_preferences_get_default (), "notify::digits",
                           G_CALLBACK (show_stock), self, G_CONNECT_SWAPPED);
  show_stock (self);
  measure (self);
}
