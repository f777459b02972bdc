#include "mtb-password-dialog.h"

#include "mtb-online-notice.h"
#include "mtb-password-form.h"

#include <glib/gi18n.h>

/**
 * MtbPasswordDialog:
 *
 * Lets whoever is signed in choose another password.
 */
#define MTB_TYPE_PASSWORD_DIALOG (mtb_password_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MtbPasswordDialog, mtb_password_dialog, MTB, PASSWORD_DIALOG, AdwWindow)

struct _MtbPasswordDialog
{
  AdwWindow parent_instance;

  MtbOnlineNotice *notice;
  MtbPasswordForm *form;
};

G_DEFINE_FINAL_TYPE (MtbPasswordDialog, mtb_password_dialog, ADW_TYPE_WINDOW)

static void
on_changed (MtbPasswordDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self))),
                              "win.toast", "s", _ ("Your password is changed"));
  gtk_window_close (GTK_WINDOW (self));
}

static void
mtb_password_dialog_class_init (MtbPasswordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/shell/mtb-password-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbPasswordDialog, form);
  gtk_widget_class_bind_template_child (widget_class, MtbPasswordDialog, notice);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  g_type_ensure (MTB_TYPE_ONLINE_NOTICE);
  g_type_ensure (MTB_TYPE_PASSWORD_FORM);
}

static void
mtb_password_dialog_init (MtbPasswordDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_password_dialog_present:
 * @parent: the window
 * @engine: the engine that somebody is signed in with
 *
 * Opens the dialog.
 */
void
mtb_password_dialog_present (GtkWindow *parent, MtbEngine *engine)
{
  MtbPasswordDialog *self = g_object_new (MTB_TYPE_PASSWORD_DIALOG, "transient-for", parent, NULL);

  mtb_online_notice_set_engine (self->notice, engine);
  mtb_password_form_set_engine (self->form, engine);
  gtk_window_present (GTK_WINDOW (self));
  mtb_password_form_clear (self->form);
}
