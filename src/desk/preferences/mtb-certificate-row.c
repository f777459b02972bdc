#include "mtb-certificate-row.h"

#include "mtb-text.h"

#include <glib/gi18n.h>

/**
 * MtbCertificateRow:
 *
 * Who may vouch for the server: the system's certificate authorities, or the one in a file of the
 * organisation's, which is chosen here.
 */
struct _MtbCertificateRow
{
  AdwActionRow parent_instance;

  GtkWidget *forget;

  char *path;
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (MtbCertificateRow, mtb_certificate_row, ADW_TYPE_ACTION_ROW)

enum
{
  PROP_0,
  PROP_PATH,
};

static void
set_path (MtbCertificateRow *self, const char *path)
{
  gboolean is_own = path != NULL && *path != '\0';
  g_autofree char *shown = is_own ? mtb_text_isolate (path) : NULL;

  if (g_strcmp0 (self->path, path) == 0)
    return;
  g_free (self->path);
  self->path = g_strdup (path);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), is_own ? shown : _ ("The system's"));
  gtk_widget_set_visible (self->forget, is_own);
  g_object_notify (G_OBJECT (self), "path");
}

static void
on_chosen (GtkNativeDialog *chooser, int response, gpointer user_data)
{
  MtbCertificateRow *self = user_data;
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    set_path (self, path);
  g_clear_object (&self->chooser);
}

static void
on_choose (MtbCertificateRow *self)
{
  g_set_object (&self->chooser, NULL);
  self->chooser = gtk_file_chooser_native_new (
    _ ("Your Organisation's Certificate"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
    GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_forget (MtbCertificateRow *self)
{
  set_path (self, "");
}

static void
mtb_certificate_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, MTB_CERTIFICATE_ROW (object)->path);
}

static void
mtb_certificate_row_set_property (GObject *object,
                                  guint prop_id,
                                  const GValue *value,
                                  GParamSpec *pspec)
{
  set_path (MTB_CERTIFICATE_ROW (object), g_value_get_string (value));
}

static void
mtb_certificate_row_dispose (GObject *object)
{
  MtbCertificateRow *self = MTB_CERTIFICATE_ROW (object);

  g_clear_object (&self->chooser);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (mtb_certificate_row_parent_class)->dispose (object);
}

static void
mtb_certificate_row_class_init (MtbCertificateRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_certificate_row_dispose;
  object_class->get_property = mtb_certificate_row_get_property;
  object_class->set_property = mtb_certificate_row_set_property;

  /**
   * MtbCertificateRow:path:
   *
   * The file, empty for the system's authorities.
   */
  g_object_class_install_property (
    object_class, PROP_PATH,
    g_param_spec_string ("path", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/preferences/mtb-certificate-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbCertificateRow, forget);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
  gtk_widget_class_bind_template_callback (widget_class, on_forget);
}

static void
mtb_certificate_row_init (MtbCertificateRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
