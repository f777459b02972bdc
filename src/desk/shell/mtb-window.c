#include "mtb-window.h"

#include "mtb-about.h"
#include "mtb-keys.h"
#include "mtb-link-check.h"
#include "mtb-palette.h"
#include "mtb-password-dialog.h"
#include "mtb-password-page.h"
#include "mtb-preferences-window.h"
#include "mtb-preferences.h"
#include "mtb-shortcuts.h"
#include "mtb-sign-in-page.h"
#include "mtb-text-size.h"
#include "mtb-toasts.h"
#include "mtb-workspace.h"

#include <glib/gi18n.h>

/* Narrower than this, with text of the usual size, the sidebar shows icons alone. */
#define COMPACT_WIDTH 1240

/**
 * MtbWindow:
 *
 * The one window: signing in, a password of one's own where the server wants that, then the desk of
 * whoever is signed in. Its keys do the same on every page that knows them, wherever the focus is. A
 * link that comes while nobody is signed in, or while the first data are on their way, is opened
 * after that, or goes with whoever leaves before.
 */
struct _MtbWindow
{
  AdwApplicationWindow parent_instance;

  MtbToasts *toasts;
  GtkStack *stack;
  MtbSignInPage *sign_in_page;
  MtbPasswordPage *password_page;

  MtbEngine *engine;
  MtbWorkspace *workspace;
  char *link;
};

G_DEFINE_FINAL_TYPE (MtbWindow, mtb_window, ADW_TYPE_APPLICATION_WINDOW)

static void
fold_sidebar (MtbWindow *self)
{
  int width;
  gboolean narrow;

  g_object_get (self, "default-width", &width, NULL);
  narrow = !gtk_window_is_maximized (GTK_WINDOW (self)) && width < COMPACT_WIDTH;
  if (self->workspace != NULL)
    g_object_set (self->workspace, "compact", narrow || mtb_text_size_is_large (), NULL);
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

/* Whoever left meanwhile wanted to see it, not who came after them. */
static void
on_link_checked (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbWorkspace) workspace = user_data;
  MtbWindow *self = MTB_WINDOW (gtk_widget_get_root (GTK_WIDGET (workspace)));
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  MtbLinkKind kind;
  gboolean found = mtb_link_check_finish (MTB_ENGINE (engine), result, &kind, &id, &error);

  if (self == NULL)
    return;
  if (!found)
    mtb_toasts_say (self->toasts, gettext (error->message));
  else if (!mtb_workspace_open (workspace, kind, id))
    mtb_toasts_say (self->toasts, _ ("None of your places shows this"));
}

static void
open_link (MtbWindow *self)
{
  g_autofree char *link = NULL;

  MtbEngineState state = mtb_engine_get_state (self->engine);

  /* What it is about may still be on its way. */
  if (self->link == NULL || self->workspace == NULL || state == MTB_ENGINE_SYNCING
      || state == MTB_ENGINE_SIGNED_OUT)
    return;
  link = g_steal_pointer (&self->link);
  mtb_link_check_async (self->engine, link, on_link_checked, g_object_ref (self->workspace));
}

/* For another person or other roles, or where every word is to be said otherwise: what was begun is in
 * the drafts. Nothing of a desk is seen before a password that has to be changed is changed. */
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
  open_link (self);
}

/* What is open over the window shows what is the person's, too. */
static gboolean
is_over (GtkWindow *window, MtbWindow *self)
{
  GtkWindow *below = gtk_window_get_transient_for (window);

  return below != NULL && (below == GTK_WINDOW (self) || is_over (below, self));
}

/* So is a link that was not opened yet. */
static void
take_away_what_was_theirs (MtbWindow *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *window = windows; window != NULL; window = window->next)
    if (is_over (window->data, self))
      gtk_window_close (window->data);
  g_clear_pointer (&self->link, g_free);
}

/* Whoever writes goes on writing where only their name, say, is another. */
static void
on_person_changed (MtbWindow *self)
{
  const MtbPerson *person = mtb_engine_get_person (self->engine);

  if (person == NULL)
    take_away_what_was_theirs (self);
  if (self->workspace == NULL || !mtb_workspace_renew (self->workspace, person))
    begin_anew (self);
}

static void
on_open_link (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbWindow *self = MTB_WINDOW (widget);
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  MtbLinkKind kind;

  if (!mtb_link_parse (g_variant_get_string (parameter, NULL), &kind, &id, &error))
    {
      mtb_toasts_say (self->toasts, gettext (error->message));
      return;
    }
  g_free (self->link);
  self->link = g_variant_dup_string (parameter, NULL);
  if (self->workspace == NULL)
    mtb_toasts_say (self->toasts, _ ("The link is opened when you have signed in"));
  open_link (self);
}

static void
on_copy_link (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
  mtb_toasts_say (MTB_WINDOW (widget)->toasts, _ ("Link copied"));
}

static void
on_toast (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_toasts_say (MTB_WINDOW (widget)->toasts, g_variant_get_string (parameter, NULL));
}

/* Whether there is a desk, and nobody is leaving it. */
static gboolean
is_at_work (MtbWindow *self)
{
  return self->workspace != NULL && gtk_widget_get_sensitive (GTK_WIDGET (self->workspace));
}

/* Whether something of the table of keys can be done here and now. */
static gboolean
may (MtbWindow *self, const char *action)
{
  if (g_str_equal (action, "win.shortcuts") || g_str_equal (action, "win.about")
      || g_str_equal (action, "win.preferences"))
    return TRUE;
  if (!is_at_work (self))
    return FALSE;
  if (g_str_equal (action, "win.undo"))
    return mtb_toasts_offers_undo (self->toasts);
  if (g_str_equal (action, "win.ask-break"))
    return mtb_workspace_get_duty (self->workspace) != NULL;
  return g_str_has_prefix (action, "win.") || mtb_workspace_may (self->workspace, action);
}

static void
activate (MtbWindow *self, const char *action, GVariant *target)
{
  if (g_str_has_prefix (action, "win."))
    gtk_widget_activate_action_variant (GTK_WIDGET (self), action, target);
  else if (is_at_work (self))
    mtb_workspace_activate (self->workspace, action, target);
}

static gboolean
on_key (GtkWidget *widget, const MtbKey *key, GVariant *target)
{
  MtbWindow *self = MTB_WINDOW (widget);

  if (!may (self, key->action))
    return FALSE;
  activate (self, key->action, target);
  return TRUE;
}

static void
on_undo (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_toasts_undo (MTB_WINDOW (widget)->toasts);
}

/* The palette itself is open, and lists the places. */
static gboolean
is_offered (MtbWindow *self, const MtbKey *key)
{
  return key->action != NULL && key->n_targets == 0 && !g_str_equal (key->action, "win.palette")
         && may (self, key->action);
}

static GPtrArray *
list_here (MtbWindow *self)
{
  GPtrArray *here = g_ptr_array_new_with_free_func (g_object_unref);
  MtbDuty *duty = mtb_workspace_get_duty (self->workspace);
  MtbPage *page;

  for (guint i = 0; (page = mtb_workspace_get_place (self->workspace, i)) != NULL; i++)
    g_ptr_array_add (here, mtb_found_new_place (page, i));
  for (const MtbKey *key = mtb_keys; key->title != NULL; key++)
    if (is_offered (self, key))
      g_ptr_array_add (here, mtb_found_new_key (key));
  for (const MtbDutyAct *act = mtb_duty_acts; duty != NULL && act->title != NULL; act++)
    if (mtb_duty_offers (duty, act->act))
      g_ptr_array_add (here, mtb_found_new_duty (act));
  return here;
}

static void
on_chosen (MtbWindow *self, MtbFound *found)
{
  activate (self, mtb_found_get_action (found), mtb_found_get_target (found));
}

static void
on_palette (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbWindow *self = MTB_WINDOW (widget);
  g_autoptr (GPtrArray) here = NULL;
  MtbPalette *palette;

  if (!is_at_work (self))
    return;
  here = list_here (self);
  palette = mtb_palette_new (GTK_WINDOW (self), self->engine, here);
  g_signal_connect_object (palette, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (palette));
}

static void
on_find (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  activate (MTB_WINDOW (widget), "page.find", NULL);
}

static void
on_new_call (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  activate (MTB_WINDOW (widget), "page.new", NULL);
}

static void
on_go_to (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbWindow *self = MTB_WINDOW (widget);

  if (is_at_work (self))
    mtb_workspace_show_place (self->workspace, g_variant_get_uint32 (parameter));
}

static void
on_show_sync (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_workspace_show_sync (MTB_WINDOW (widget)->workspace);
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
  mtb_shortcuts_present (GTK_WINDOW (widget), MTB_WINDOW (widget)->workspace);
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

  if (self->workspace != NULL)
    gtk_widget_set_sensitive (GTK_WIDGET (self->workspace), TRUE);
  if (!mtb_engine_sign_out_finish (MTB_ENGINE (engine), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", gettext (error->message));
}

/* What was saved after that would not be kept. The focus goes first: GTK 4.8 misses it in an entry that
 * is insensitive. */
static void
sign_out (MtbWindow *self)
{
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  if (self->workspace != NULL)
    gtk_widget_set_sensitive (GTK_WIDGET (self->workspace), FALSE);
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

  if (is_at_work (self))
    mtb_workspace_ask_break (self->workspace);
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
mtb_window_finalize (GObject *object)
{
  MtbWindow *self = MTB_WINDOW (object);

  g_clear_pointer (&self->link, g_free);

  G_OBJECT_CLASS (mtb_window_parent_class)->finalize (object);
}

static void
mtb_window_class_init (MtbWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_window_dispose;
  object_class->finalize = mtb_window_finalize;

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
  gtk_widget_class_install_action (widget_class, "win.copy-link", "s", on_copy_link);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, on_find);
  gtk_widget_class_install_action (widget_class, "win.go-to", "u", on_go_to);
  gtk_widget_class_install_action (widget_class, "win.mend", "s", on_mend);
  gtk_widget_class_install_action (widget_class, "win.new-call", NULL, on_new_call);
  gtk_widget_class_install_action (widget_class, "win.open-link", "s", on_open_link);
  gtk_widget_class_install_action (widget_class, "win.palette", NULL, on_palette);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, on_preferences);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, on_shortcuts);
  gtk_widget_class_install_action (widget_class, "win.show-records", "(ss)", on_show_records);
  gtk_widget_class_install_action (widget_class, "win.show-refused", NULL, on_show_refused);
  gtk_widget_class_install_action (widget_class, "win.show-sync", NULL, on_show_sync);
  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, on_sign_out);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", on_toast);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, on_undo);

  g_type_ensure (MTB_TYPE_PASSWORD_PAGE);
  g_type_ensure (MTB_TYPE_SIGN_IN_PAGE);
  g_type_ensure (MTB_TYPE_TOASTS);
}

static void
mtb_window_init (MtbWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mtb_keys_bind (GTK_WIDGET (self), on_key);
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
  g_signal_connect_object (engine, "notify::person", G_CALLBACK (on_person_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::must-change", G_CALLBACK (begin_anew), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (preferences, "notify::digits", G_CALLBACK (begin_anew), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi",
                           G_CALLBACK (fold_sidebar), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::state", G_CALLBACK (open_link), self,
                           G_CONNECT_SWAPPED);
  begin_anew (self);
  return GTK_WIDGET (self);
}
