#include "mtb-temporary-password.h"

#include "mtb-text.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/**
 * MtbTemporaryPassword:
 *
 * Shows a temporary password, this once, to be told to whom it is for.
 */
#define MTB_TYPE_TEMPORARY_PASSWORD (mtb_temporary_password_get_type ())
G_DECLARE_FINAL_TYPE (MtbTemporaryPassword,
                      mtb_temporary_password,
                      MTB,
                      TEMPORARY_PASSWORD,
                      AdwMessageDialog)

struct _MtbTemporaryPassword
{
  AdwMessageDialog parent_instance;

  GtkLabel *password;
  GtkWidget *copy_button;

  char *plain;
};

G_DEFINE_FINAL_TYPE (MtbTemporaryPassword, mtb_temporary_password, ADW_TYPE_MESSAGE_DIALOG)

static void
copy (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbTemporaryPassword *self = MTB_TEMPORARY_PASSWORD (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->plain);
  gtk_button_set_icon_name (GTK_BUTTON (self->copy_button), "object-select-symbolic");
}

static void
mtb_temporary_password_finalize (GObject *object)
{
  g_free (MTB_TEMPORARY_PASSWORD (object)->plain);
  G_OBJECT_CLASS (mtb_temporary_password_parent_class)->finalize (object);
}

static void
mtb_temporary_password_class_init (MtbTemporaryPasswordClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mtb_temporary_password_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/admin/mtb-temporary-password.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbTemporaryPassword, copy_button);
  gtk_widget_class_bind_template_child (widget_class, MtbTemporaryPassword, password);

  gtk_widget_class_install_action (widget_class, "password.copy", NULL, copy);
}

static void
mtb_temporary_password_init (MtbTemporaryPassword *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_temporary_password_present:
 * @asker: who asked for it
 * @name: whom it is for
 * @password: the password
 *
 * Shows it.
 */
void
mtb_temporary_password_present (GtkWidget *asker, const char *name, const char *password)
{
  MtbTemporaryPassword *self =
    g_object_new (MTB_TYPE_TEMPORARY_PASSWORD, "transient-for", gtk_widget_get_root (asker), NULL);
  g_autofree char *heading = g_strdup_printf (_ ("A Password for %s"), name);
  g_autofree char *isolated = mtb_text_isolate (password);

  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self), heading);
  gtk_label_set_label (self->password, isolated);
  self->plain = g_strdup (password);
  gtk_window_present (GTK_WINDOW (self));
}
