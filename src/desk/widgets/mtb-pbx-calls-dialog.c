#include "mtb-pbx-calls-dialog.h"

#include "mtb-export-button.h"
#include "mtb-list-export.h"
#include "mtb-list-pane.h"
#include "mtb-query-model.h"
#include "mtb-text.h"
#include "mtb-toasts.h"

#include <glib/gi18n.h>

#define LIMIT 1000

/**
 * MtbPbxCallsDialog:
 *
 * The calls of the PBX behind a figure, and how many of them this person sees: totals are of all
 * teams, calls of one's own. Closed, one is where one was.
 */
struct _MtbPbxCallsDialog
{
  AdwWindow parent_instance;

  MtbToasts *toasts;
  AdwWindowTitle *title;
  MtbExportButton *export_button;
  MtbListPane *pane;
  GtkColumnView *view;
  GtkSingleSelection *selection;

  MtbEngine *engine;
  MtbQueryModel *calls;
  gint64 n_calls;
};

G_DEFINE_FINAL_TYPE (MtbPbxCallsDialog, mtb_pbx_calls_dialog, ADW_TYPE_WINDOW)

static void
show_count (MtbPbxCallsDialog *self)
{
  guint n_seen = g_list_model_get_n_items (G_LIST_MODEL (self->calls));
  g_autofree char *seen = mtb_text_number (n_seen);
  g_autofree char *all = mtb_text_number (self->n_calls);
  g_autofree char *words = NULL;

  if (n_seen >= LIMIT)
    words = g_strdup_printf (ngettext ("The first %s call", "The first %s calls", n_seen), seen);
  else if (self->n_calls != MTB_ABSENT && self->n_calls > n_seen)
    words = g_strdup_printf (_ ("%1$s of %2$s: the others were taken by other teams"), seen, all);
  else
    words = g_strdup_printf (ngettext ("%s call", "%s calls", n_seen), seen);
  adw_window_title_set_subtitle (self->title, words);
}

static void
on_toast (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_toasts_say (MTB_PBX_CALLS_DIALOG (widget)->toasts, g_variant_get_string (parameter, NULL));
}

static gboolean
on_export_key (GtkWidget *widget, GVariant *format, gpointer user_data)
{
  mtb_list_export_begin_main (widget, MTB_PBX_CALLS_DIALOG (widget)->engine,
                              (MtbExportFormat) g_variant_get_uint32 (format));
  return TRUE;
}

static void
mtb_pbx_calls_dialog_dispose (GObject *object)
{
  MtbPbxCallsDialog *self = MTB_PBX_CALLS_DIALOG (object);

  g_clear_object (&self->calls);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (mtb_pbx_calls_dialog_parent_class)->dispose (object);
}

static void
mtb_pbx_calls_dialog_class_init (MtbPbxCallsDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_pbx_calls_dialog_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/widgets/mtb-pbx-calls-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbPbxCallsDialog, export_button);
  gtk_widget_class_bind_template_child (widget_class, MtbPbxCallsDialog, pane);
  gtk_widget_class_bind_template_child (widget_class, MtbPbxCallsDialog, selection);
  gtk_widget_class_bind_template_child (widget_class, MtbPbxCallsDialog, title);
  gtk_widget_class_bind_template_child (widget_class, MtbPbxCallsDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, MtbPbxCallsDialog, view);

  gtk_widget_class_install_action (widget_class, "win.toast", "s", on_toast);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, on_export_key, "u",
                                MTB_EXPORT_PAPER);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_e, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                on_export_key, "u", MTB_EXPORT_CSV);

  g_type_ensure (MTB_TYPE_EXPORT_BUTTON);
  g_type_ensure (MTB_TYPE_ITEM);
  g_type_ensure (MTB_TYPE_LIST_PANE);
  g_type_ensure (MTB_TYPE_TOASTS);
}

static void
mtb_pbx_calls_dialog_init (MtbPbxCallsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_pbx_calls_dialog_present:
 * @parent: the window
 * @engine: the engine to ask
 * @search: which calls; its limit is set
 * @title: what they are
 * @n_calls: how many there are by the figure, or %MTB_ABSENT
 *
 * Opens the calls behind a figure.
 */
void
mtb_pbx_calls_dialog_present (GtkWindow *parent,
                              MtbEngine *engine,
                              MtbPbxCallSearch *search,
                              const char *title,
                              gint64 n_calls)
{
  MtbPbxCallsDialog *self = g_object_new (MTB_TYPE_PBX_CALLS_DIALOG, "transient-for", parent, NULL);

  self->engine = g_object_ref (engine);
  self->n_calls = n_calls;
  self->calls = mtb_query_model_new (engine, &mtb_pbx_calls_query);
  g_signal_connect_object (self->calls, "refreshed", G_CALLBACK (show_count), self,
                           G_CONNECT_SWAPPED);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->calls));
  mtb_list_pane_set_model (self->pane, self->calls);
  g_object_set (self->pane, "list-title", title, NULL);
  mtb_export_button_set_place (self->export_button, engine, GTK_WIDGET (self));
  adw_window_title_set_title (self->title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
  search->limit = LIMIT;
  mtb_query_model_ask (self->calls, search);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
