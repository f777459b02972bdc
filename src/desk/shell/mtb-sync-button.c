#include "mtb-sync-button.h"

#include "mtb-fetch-bar.h"
#include "mtb-popover-keys.h"
#include "mtb-sync-words.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

/**
 * MtbSyncButton:
 *
 * How the desk stands with its server: an icon with the number of what waits to be sent, and on
 * being asked the whole of it in words, with what can be done about it.
 */
struct _MtbSyncButton
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkImage *icon;
  GtkLabel *count;
  GtkImage *big_icon;
  GtkLabel *title;
  GtkLabel *advice;
  MtbFetchBar *fetch_bar;
  GtkLabel *waiting;
  GtkLabel *contact;
  GtkWidget *retry;
  GtkWidget *sign_in;
  GtkEditable *password;
  GtkLabel *problem;
  GtkWidget *refused;
  GtkLabel *refused_words;

  MtbEngine *engine;
};

G_DEFINE_FINAL_TYPE (MtbSyncButton, mtb_sync_button, ADW_TYPE_BIN)

static void
show_count (MtbSyncButton *self, const MtbSyncWords *words)
{
  guint n_waiting = mtb_engine_get_n_waiting (self->engine);
  g_autofree char *waiting = mtb_sync_words_dup_waiting (self->engine);
  /* Translators: the state of the connection and what waits to be sent. */
  g_autofree char *name = g_strdup_printf (C_ ("sync", "%1$s. %2$s"), words->title, waiting);
  g_autofree char *count = mtb_text_number (n_waiting);

  gtk_label_set_label (self->count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count), n_waiting > 0);
  gtk_label_set_label (self->waiting, waiting);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static void
show_contact (MtbSyncButton *self)
{
  gint64 last_contact = mtb_engine_get_last_contact (self->engine);
  g_autofree char *moment = mtb_text_moment (last_contact);
  g_autofree char *words = g_strdup_printf (_ ("Last contact with the server: %s"), moment);

  gtk_label_set_label (self->contact, words);
  gtk_widget_set_visible (GTK_WIDGET (self->contact), last_contact != MTB_ABSENT);
}

static void
show_refused (MtbSyncButton *self)
{
  guint n_refused = mtb_engine_get_n_refused (self->engine);
  g_autofree char *words = g_strdup_printf (
    ngettext ("%u record was refused", "%u records were refused", n_refused), n_refused);

  words = mtb_text_localize (g_steal_pointer (&words));
  gtk_label_set_label (self->refused_words, words);
  gtk_widget_set_visible (self->refused, n_refused > 0);
}

static void
show_state (MtbSyncButton *self)
{
  MtbEngineState state = mtb_engine_get_state (self->engine);
  g_autoptr (MtbSyncWords) words = mtb_sync_words_new (self->engine);

  gtk_image_set_from_icon_name (self->icon, words->icon_name);
  gtk_image_set_from_icon_name (self->big_icon, words->icon_name);
  gtk_label_set_label (self->title, words->title);
  gtk_label_set_label (self->advice, words->advice);
  show_count (self, words);
  show_contact (self);
  show_refused (self);
  gtk_widget_set_visible (self->retry,
                          !words->busy
                            && (state == MTB_ENGINE_OFFLINE || state == MTB_ENGINE_ONLINE
                                || state == MTB_ENGINE_UNTRUSTED));
  gtk_widget_set_visible (self->sign_in, words->sign_in);
}

static void
on_retry_clicked (MtbSyncButton *self)
{
  mtb_engine_sync_now (self->engine);
}

static void
on_signed_in (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbSyncButton) self = user_data;
  g_autoptr (GError) error = NULL;

  mtb_engine_sign_in_finish (MTB_ENGINE (engine), result, &error);
  gtk_label_set_label (self->problem, error != NULL ? gettext (error->message) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
  if (error == NULL)
    gtk_menu_button_popdown (self->button);
}

static void
on_password_given (MtbSyncButton *self)
{
  const MtbPerson *person = mtb_engine_get_person (self->engine);
  g_autofree char *password = g_strdup (gtk_editable_get_text (self->password));

  gtk_editable_set_text (self->password, "");
  if (person != NULL && *password != '\0')
    mtb_engine_sign_in_async (self->engine, person->username, password, NULL, on_signed_in,
                              g_object_ref (self));
}

static void
on_refused_clicked (MtbSyncButton *self)
{
  gtk_menu_button_popdown (self->button);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-refused", NULL);
}

static void
mtb_sync_button_dispose (GObject *object)
{
  MtbSyncButton *self = MTB_SYNC_BUTTON (object);

  g_clear_object (&self->engine);

  G_OBJECT_CLASS (mtb_sync_button_parent_class)->dispose (object);
}

static void
mtb_sync_button_class_init (MtbSyncButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_sync_button_dispose;

  g_type_ensure (MTB_TYPE_FETCH_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/shell/mtb-sync-button.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbSyncButton, advice);
  gtk_widget_class_bind_template_child (widget_class, MtbSyncButton, big_icon);
  gtk_widget_class_bind_template_child (widget_class, MtbSyncButton, button);
  gtk_widget_class_bind_template_child (widget_class, MtbSyncButton, contact);
  gtk_widget_class_bind_template_child (widget_class, MtbSyncButton, count);
  gtk_widget_class_bind_template_child (widget_class, MtbSyncButton, fetch_bar);
  gtk_widget_class_bind_template_child (widget_class, MtbSyncButton, icon);
  gtk_widget_class_bind_template_child (widget_class, MtbSyncButton, password);
  gtk_widget_class_bind_template_child (widget_class, MtbSyncButton, problem);
  gtk_widget_class_bind_template_child (widget_class, MtbSyncButton, refused);
  gtk_widget_class_bind_template_child (widget_class, MtbSyncButton, refused_words);
  gtk_widget_class_bind_template_child (widget_class, MtbSyncButton, retry);
  gtk_widget_class_bind_template_child (widget_class, MtbSyncButton, sign_in);
  gtk_widget_class_bind_template_child (widget_class, MtbSyncButton, title);
  gtk_widget_class_bind_template_child (widget_class, MtbSyncButton, waiting);
  gtk_widget_class_bind_template_callback (widget_class, on_password_given);
  gtk_widget_class_bind_template_callback (widget_class, on_refused_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked);
}

static void
mtb_sync_button_init (MtbSyncButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mtb_popover_keys_pass_on (self->button);
}

/**
 * mtb_sync_button_set_engine:
 * @self: a sync button
 * @engine: the engine
 */
void
mtb_sync_button_set_engine (MtbSyncButton *self, MtbEngine *engine)
{
  g_return_if_fail (MTB_IS_SYNC_BUTTON (self));

  self->engine = g_object_ref (engine);
  mtb_fetch_bar_set_engine (self->fetch_bar, engine);
  g_signal_connect_object (engine, "notify", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  show_state (self);
}

/**
 * mtb_sync_button_open:
 * @self: a sync button
 *
 * Says the whole of it.
 */
void
mtb_sync_button_open (MtbSyncButton *self)
{
  g_return_if_fail (MTB_IS_SYNC_BUTTON (self));

  gtk_menu_button_popup (self->button);
}
