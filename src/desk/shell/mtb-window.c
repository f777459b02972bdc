#include "mtb-window.h"

#include "mtb-about.h"
#include "mtb-password-dialog.h"
#include "mtb-password-page.h"
#include "mtb-preferences-window.h"
#include "mtb-preferences.h"
#include "mtb-shortcuts.h"
#include "mtb-sign-in-page.h"
#include "mtb-workspace.h"

#include <glib/gi18n.h>

/* Narrower than this, with text of the usual size, the sidebar shows icons alone. */
#define COMPACT_WIDTH 1240
#define USUAL_DPI (96 * 1024)

/**
 * MtbWindow:
 *
 * The one window: signing in, a password of one's own where the server wants that, then the desk of
 * whoever is signed in. Its keys do the same on every page that knows them, wherever the focus is.
 */
struct _MtbWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  MtbSignInPage *sign_in_page;
  MtbPasswordPage *password_page;

  MtbEngine *engine;
  MtbWorkspace *workspace;
};

G_DEFINE_FINAL_TYPE (MtbWindow, mtb_window, ADW_TYPE_APPLICATION_WINDOW)

static void
fold_sidebar (MtbWindow *self)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self));
  int width, dpi;
  gboolean narrow;

  g_object_get (self, "default-width", &width, NULL);
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  narrow = !gtk_window_is_maximized (GTK_WINDOW (self)) && width < COMPACT_WIDTH;
  if (self->workspace != NULL)
    g_object_set (self->workspace, "compact", narrow || dpi > USUAL_DPI * 5 / 4, NULL);
}

static GtkWidget *
add_workspace (MtbWindow *self)
{
  g_autofree char *folder = mtb_engine_dup_folder (self->engine);

  self->workspace = MTB_WORKSPACE (mtb_workspace_new (self->engine, folder));
  fold_sidebar (self);
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->workspace));
  return GTK_WIDGET (self->workspace);
}

/* For another person, or the same anew where every word of the old one is to be said otherwise: what
 * was begun is in the drafts. Nothing of a desk is seen before a password that has to be changed is
 * changed. */
static void
begin_anew (MtbWindow *self)
{
  GtkWidget *old = (GtkWidget *) g_steal_pointer (&self->workspace);
  gboolean must_change = mtb_engine_get_must_change (self->engine);
  gboolean signed_in = mtb_engine_get_person (self->engine) != NULL;

  gtk_stack_set_visible_child (self->stack, must_change ? GTK_WIDGET (self->password_page)
                                            : signed_in ? add_workspace (self)
                                                        : GTK_WIDGET (self->sign_in_page));
  if (old != NULL)
    gtk_stack_remove (self->stack, old);
  /* Last, since the stack has moved the focus on. */
  if (must_change)
    mtb_password_page_focus (self->password_page);
  else if (signed_in)
    mtb_workspace_focus (self->workspace);
  else
    mtb_sign_in_page_focus (self->sign_in_page);
}

/* Who has to change the password does not come past that by being cut off from the server. */
static gboolean
is_past_password (MtbWindow *self)
{
  MtbEngineState state = mtb_engine_get_state (self->engine);

  return state == MTB_ENGINE_SYNCING || state == MTB_ENGINE_ONLINE;
}

static void
on_state_changed (MtbWindow *self)
{
  gboolean asked = gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->password_page);

  if (mtb_engine_get_person (self->engine) != NULL
      && (asked ? is_past_password (self) : mtb_engine_get_must_change (self->engine)))
    begin_anew (self);
}

static void
on_toast (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  AdwToast *toast = adw_toast_new (g_variant_get_string (parameter, NULL));

  adw_toast_set_timeout (toast, 3);
  adw_toast_overlay_add_toast (MTB_WINDOW (widget)->toasts, toast);
}

static void
activate_page_action (MtbWindow *self, const char *name)
{
  if (self->workspace != NULL)
    mtb_workspace_activate_page_action (self->workspace, name);
}

static void
on_find (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  activate_page_action (MTB_WINDOW (widget), "page.find");
}

static void
on_new_call (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  activate_page_action (MTB_WINDOW (widget), "page.new");
}

static void
on_save (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  activate_page_action (MTB_WINDOW (widget), "page.save");
}

static void
on_amend (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_workspace_amend (MTB_WINDOW (widget)->workspace, g_variant_get_string (parameter, NULL));
}

static void
on_mend (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_workspace_mend (MTB_WINDOW (widget)->workspace, g_variant_get_string (parameter, NULL));
}

static void
on_show_records (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  const char *person_id, *name;

  g_variant_get (parameter, "(&s&s)", &person_id, &name);
  mtb_workspace_show_records (MTB_WINDOW (widget)->workspace, person_id, name);
}

static void
on_show_refused (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_workspace_show_refused (MTB_WINDOW (widget)->workspace);
}

static void
on_change_password (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_password_dialog_present (GTK_WINDOW (widget), MTB_WINDOW (widget)->engine);
}

static void
on_about (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_about_present (GTK_WINDOW (widget));
}

static void
on_shortcuts (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_shortcuts_present (GTK_APPLICATION_WINDOW (widget));
}

static void
on_preferences (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_preferences_window_present (GTK_WINDOW (widget), MTB_WINDOW (widget)->engine);
}

static void
on_signed_out (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mtb_engine_sign_out_finish (MTB_ENGINE (engine), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", gettext (error->message));
}

static void
sign_out (MtbWindow *self)
{
  mtb_engine_sign_out_async (self->engine, NULL, on_signed_out, g_object_ref (self));
}

static void
on_shift_ended (GObject *duty, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (mtb_duty_move_finish (MTB_DUTY (duty), result, &error))
    sign_out (self);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", gettext (error->message));
}

static void
on_sign_out_answered (MtbWindow *self, const char *response)
{
  MtbDuty *duty = self->workspace != NULL ? mtb_workspace_get_duty (self->workspace) : NULL;

  if (g_strcmp0 (response, "sign-out") == 0)
    sign_out (self);
  else if (g_strcmp0 (response, "end") == 0 && duty != NULL)
    mtb_duty_move_async (duty, MTB_PRESENCE_ACT_END, on_shift_ended, g_object_ref (self));
}

static void
ask_about_shift (MtbWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (
    GTK_WINDOW (self), _ ("End Your Shift Too?"),
    _ ("You are on shift. While nobody is signed in here, your time counts as away."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"), "sign-out",
                                    _ ("Only Sign Out"), "end", _ ("End Shift and Sign Out"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "end",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "end");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_sign_out_answered), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_sign_out (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbWindow *self = MTB_WINDOW (widget);
  MtbDuty *duty = self->workspace != NULL ? mtb_workspace_get_duty (self->workspace) : NULL;

  if (duty != NULL && mtb_duty_may (duty, MTB_PRESENCE_ACT_END))
    ask_about_shift (self);
  else
    sign_out (self);
}

static void
on_ask_break (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbWindow *self = MTB_WINDOW (widget);

  if (self->workspace != NULL)
    mtb_workspace_ask_break (self->workspace);
}

static gboolean
on_page_key (GtkWidget *widget, GVariant *name, gpointer user_data)
{
  activate_page_action (MTB_WINDOW (widget), g_variant_get_string (name, NULL));
  return TRUE;
}

static gboolean
on_place_key (GtkWidget *widget, GVariant *number, gpointer user_data)
{
  MtbWindow *self = MTB_WINDOW (widget);

  if (self->workspace == NULL)
    return FALSE;
  mtb_workspace_show_place (self->workspace, g_variant_get_uint32 (number));
  return TRUE;
}

static void
take_remembered_size (MtbWindow *self, MtbPreferences *preferences)
{
  int width, height;
  gboolean maximized;

  g_object_get (preferences, "window-width", &width, "window-height", &height, "window-maximized",
                &maximized, NULL);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
mtb_window_unmap (GtkWidget *widget)
{
  GtkWindow *window = GTK_WINDOW (widget);
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  g_object_set (mtb_preferences_get_default (), "window-width", width, "window-height", height,
                "window-maximized", gtk_window_is_maximized (window), NULL);

  GTK_WIDGET_CLASS (mtb_window_parent_class)->unmap (widget);
}

static void
mtb_window_dispose (GObject *object)
{
  MtbWindow *self = MTB_WINDOW (object);

  g_clear_object (&self->engine);

  G_OBJECT_CLASS (mtb_window_parent_class)->dispose (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint keyval;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_f, GDK_CONTROL_MASK, "page.find" },
    { GDK_KEY_n, GDK_CONTROL_MASK, "page.new" },
    { GDK_KEY_p, GDK_CONTROL_MASK, "page.new-prospect" },
    { GDK_KEY_t, GDK_CONTROL_MASK, "page.take-customer" },
    { GDK_KEY_e, GDK_CONTROL_MASK, "page.end-talk" },
    { GDK_KEY_F2, 0, "page.write-up" },
    { GDK_KEY_Escape, 0, "page.leave" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].keyval, keys[i].modifiers, on_page_key, "s",
                                  keys[i].action);
  for (guint i = 0; i < 9; i++)
    gtk_widget_class_add_binding (widget_class, GDK_KEY_1 + i, GDK_ALT_MASK, on_place_key, "u", i);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_question, GDK_CONTROL_MASK,
                                       "win.shortcuts", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_comma, GDK_CONTROL_MASK,
                                       "win.preferences", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F1, 0, "win.shortcuts", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_b, GDK_CONTROL_MASK, "win.ask-break",
                                       NULL);
}

static void
mtb_window_class_init (MtbWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_window_dispose;

  widget_class->unmap = mtb_window_unmap;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/shell/mtb-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbWindow, password_page);
  gtk_widget_class_bind_template_child (widget_class, MtbWindow, sign_in_page);
  gtk_widget_class_bind_template_child (widget_class, MtbWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, MtbWindow, toasts);
  gtk_widget_class_bind_template_callback (widget_class, fold_sidebar);

  gtk_widget_class_install_action (widget_class, "win.about", NULL, on_about);
  gtk_widget_class_install_action (widget_class, "win.amend", "s", on_amend);
  gtk_widget_class_install_action (widget_class, "win.ask-break", NULL, on_ask_break);
  gtk_widget_class_install_action (widget_class, "win.change-password", NULL, on_change_password);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, on_find);
  gtk_widget_class_install_action (widget_class, "win.mend", "s", on_mend);
  gtk_widget_class_install_action (widget_class, "win.new-call", NULL, on_new_call);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, on_preferences);
  gtk_widget_class_install_action (widget_class, "win.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, on_shortcuts);
  gtk_widget_class_install_action (widget_class, "win.show-records", "(ss)", on_show_records);
  gtk_widget_class_install_action (widget_class, "win.show-refused", NULL, on_show_refused);
  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, on_sign_out);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", on_toast);

  add_keys (widget_class);

  g_type_ensure (MTB_TYPE_PASSWORD_PAGE);
  g_type_ensure (MTB_TYPE_SIGN_IN_PAGE);
}

static void
mtb_window_init (MtbWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_window_new:
 * @application: the application
 * @engine: the engine, with nobody signed in
 * @server: the server's address
 * @demo: whether to offer the people of the demonstration
 *
 * Returns: the window
 */
GtkWidget *
mtb_window_new (GtkApplication *application, MtbEngine *engine, const char *server, gboolean demo)
{
  MtbWindow *self = g_object_new (MTB_TYPE_WINDOW, "application", application, NULL);
  MtbPreferences *preferences = mtb_preferences_get_default ();

  self->engine = g_object_ref (engine);
  mtb_sign_in_page_set_engine (self->sign_in_page, engine, server, demo);
  mtb_password_page_set_engine (self->password_page, engine);
  take_remembered_size (self, preferences);
  g_signal_connect_object (engine, "notify::person", G_CALLBACK (begin_anew), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::state", G_CALLBACK (on_state_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (preferences, "notify::digits", G_CALLBACK (begin_anew), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi",
                           G_CALLBACK (fold_sidebar), self, G_CONNECT_SWAPPED);
  begin_anew (self);
  return GTK_WIDGET (self);
}
