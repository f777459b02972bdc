#include "mtb-mend-dialog.h"

#include "mtb-error.h"
#include "mtb-labelled.h"
#include "mtb-text.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/**
 * MtbMendDialog:
 *
 * Mends something refused for which no page has a form: the texts that were typed, each in an
 * entry. They come from the command's description, so every command has its dialog. It stays until
 * what was mended is taken.
 */
#define MTB_TYPE_MEND_DIALOG (mtb_mend_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MtbMendDialog, mtb_mend_dialog, MTB, MEND_DIALOG, AdwMessageDialog)

struct _MtbMendDialog
{
  AdwMessageDialog parent_instance;

  GtkBox *box;

  MtbEngine *engine;
  MtbRefusal *refusal;
  gpointer arguments;
  gboolean mending;
};

G_DEFINE_FINAL_TYPE (MtbMendDialog, mtb_mend_dialog, ADW_TYPE_MESSAGE_DIALOG)

static gboolean
is_editable (const MtbField *field)
{
  return field->type == MTB_TYPE_TEXT && mtb_text_field_title (field->name) != NULL;
}

static void
add_entry (MtbMendDialog *self, const MtbField *field)
{
  const char *text = mtb_field_get_text (field, self->arguments);
  GtkWidget *entry = gtk_entry_new ();
  MtbLabelled *labelled = g_object_new (MTB_TYPE_LABELLED, "label",
                                        mtb_text_field_title (field->name), "content", entry, NULL);

  gtk_widget_set_name (entry, field->name);
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_box_append (self->box, GTK_WIDGET (labelled));
}

/* The labels hold their entries. */
static GtkWidget *
get_entry (GtkWidget *labelled)
{
  g_autoptr (GtkWidget) entry = NULL;

  g_object_get (labelled, "content", &entry, NULL);
  return entry;
}

static void
collect (MtbMendDialog *self)
{
  const MtbShape *shape = mtb_record_get_shape (self->arguments);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      const MtbField *field = mtb_shape_find (shape, gtk_widget_get_name (get_entry (child)));
      const char *text = gtk_editable_get_text (GTK_EDITABLE (get_entry (child)));

      mtb_field_set_text (field, self->arguments, *text != '\0' ? text : NULL);
    }
}

/* At what is wrong, or above all where that is not here. */
static void
mark (MtbMendDialog *self, const GError *error)
{
  const char *field = mtb_error_get_field (error);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box));
  const char *above = gettext (error->message);

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      gboolean wrong = g_strcmp0 (gtk_widget_get_name (get_entry (child)), field) == 0;

      mtb_labelled_set_error (MTB_LABELLED (child), wrong ? gettext (error->message) : NULL);
      if (!wrong)
        continue;
      above = "";
      gtk_widget_grab_focus (get_entry (child));
    }
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self), above);
}

static void
on_mended (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbMendDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean mended = mtb_engine_mend_finish (MTB_ENGINE (engine), result, &error);

  self->mending = FALSE;
  if (self->engine == NULL)
    return;
  if (!mended)
    {
      mark (self, error);
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self))),
                              "win.toast", "s", _ ("Saved"));
  gtk_window_close (GTK_WINDOW (self));
}

static void
mtb_mend_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  MtbMendDialog *self = MTB_MEND_DIALOG (dialog);

  if (g_strcmp0 (response, "save") != 0 || self->mending)
    return;
  self->mending = TRUE;
  collect (self);
  mtb_engine_mend_async (self->engine, mtb_refusal_get_command_id (self->refusal), self->arguments,
                         NULL, on_mended, g_object_ref (self));
}

static gboolean
mtb_mend_dialog_close_request (GtkWindow *window)
{
  return MTB_MEND_DIALOG (window)->mending
         || GTK_WINDOW_CLASS (mtb_mend_dialog_parent_class)->close_request (window);
}

static void
mtb_mend_dialog_dispose (GObject *object)
{
  MtbMendDialog *self = MTB_MEND_DIALOG (object);

  g_clear_object (&self->engine);
  g_clear_object (&self->refusal);
  g_clear_pointer (&self->arguments, mtb_record_unref);

  G_OBJECT_CLASS (mtb_mend_dialog_parent_class)->dispose (object);
}

static void
mtb_mend_dialog_class_init (MtbMendDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);
  AdwMessageDialogClass *dialog_class = ADW_MESSAGE_DIALOG_CLASS (klass);

  object_class->dispose = mtb_mend_dialog_dispose;

  window_class->close_request = mtb_mend_dialog_close_request;

  dialog_class->response = mtb_mend_dialog_response;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/shell/mtb-mend-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbMendDialog, box);
}

static void
mtb_mend_dialog_init (MtbMendDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_mend_dialog_can_mend:
 * @refusal: what was refused
 *
 * Returns: whether a person typed anything in it that could be put right
 */
gboolean
mtb_mend_dialog_can_mend (MtbRefusal *refusal)
{
  const MtbShape *shape = &mtb_refusal_get_command (refusal)->shape;

  for (guint i = 0; i < shape->n_fields; i++)
    if (is_editable (&shape->fields[i]))
      return TRUE;
  return FALSE;
}

/**
 * mtb_mend_dialog_present:
 * @parent: the window
 * @engine: the engine to give to
 * @refusal: what was refused
 *
 * Opens a dialog that mends it.
 */
void
mtb_mend_dialog_present (GtkWindow *parent, MtbEngine *engine, MtbRefusal *refusal)
{
  MtbMendDialog *self = g_object_new (MTB_TYPE_MEND_DIALOG, "transient-for", parent, NULL);
  const MtbShape *shape = &mtb_refusal_get_command (refusal)->shape;

  self->engine = g_object_ref (engine);
  self->refusal = g_object_ref (refusal);
  self->arguments = mtb_record_copy (mtb_refusal_get_arguments (refusal));
  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self),
                                  gettext (mtb_refusal_get_command (refusal)->title));
  for (guint i = 0; i < shape->n_fields; i++)
    if (is_editable (&shape->fields[i]))
      add_entry (self, &shape->fields[i]);
  mark (self, mtb_refusal_get_reason (refusal));
  gtk_window_present (GTK_WINDOW (self));
}
