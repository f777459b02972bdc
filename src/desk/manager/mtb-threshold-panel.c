#include "mtb-threshold-panel.h"

#include "mtb-id.h"
#include "mtb-list-pane.h"
#include "mtb-online-form.h"
#include "mtb-query-model.h"
#include "mtb-spin-digits.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

/**
 * MtbThresholdPanel:
 *
 * How long a call may wait before it counts as unanswered (R2): the value in force, another one to
 * set, and those that were in force before.
 */
struct _MtbThresholdPanel
{
  AdwBin parent_instance;

  GtkLabel *value;
  GtkLabel *since;
  MtbOnlineForm *form;
  GtkSpinButton *seconds;
  MtbListPane *pane;
  GtkNoSelection *rows;

  MtbEngine *engine;
  MtbQueryModel *thresholds;
  char *shown_id;
  gboolean loading;
};

G_DEFINE_FINAL_TYPE (MtbThresholdPanel, mtb_threshold_panel, ADW_TYPE_BIN)

/* What is being typed is left alone. */
static void
show_in_force (MtbThresholdPanel *self)
{
  g_autoptr (MtbItem) item = g_list_model_get_item (G_LIST_MODEL (self->thresholds), 0);
  const MtbThresholdRow *row = item != NULL ? mtb_item_get_record (item) : NULL;
  g_autofree char *value = NULL;
  g_autofree char *from = NULL;
  g_autofree char *since = NULL;

  if (row == NULL || g_strcmp0 (row->id, self->shown_id) == 0)
    return;
  g_free (self->shown_id);
  self->shown_id = g_strdup (row->id);
  value = mtb_item_dup_words (row, "threshold");
  from = mtb_text_moment (row->in_force_from);
  since = g_strdup_printf (_ ("In force since %s"), from);
  gtk_label_set_label (self->value, value);
  gtk_label_set_label (self->since, since);
  if (mtb_online_form_is_edited (self->form))
    return;
  self->loading = TRUE;
  gtk_spin_button_set_value (self->seconds, (double) row->wait_s);
  self->loading = FALSE;
}

static void
on_edited (MtbThresholdPanel *self)
{
  if (!self->loading)
    mtb_online_form_note_edit (self->form);
}

static void
on_set (MtbThresholdPanel *self)
{
  g_autoptr (MtbThresholdSet) threshold = mtb_record_new (&mtb_threshold_set.shape);

  gtk_spin_button_update (self->seconds);
  threshold->id = mtb_id_new (mtb_engine_get_now (self->engine));
  threshold->wait_s = gtk_spin_button_get_value_as_int (self->seconds);
  mtb_online_form_give (self->form, threshold);
}

static void
on_given (MtbThresholdPanel *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _ ("The new threshold counts"));
}

static void
mtb_threshold_panel_dispose (GObject *object)
{
  MtbThresholdPanel *self = MTB_THRESHOLD_PANEL (object);

  g_clear_object (&self->thresholds);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->shown_id, g_free);

  G_OBJECT_CLASS (mtb_threshold_panel_parent_class)->dispose (object);
}

static void
mtb_threshold_panel_class_init (MtbThresholdPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_threshold_panel_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/manager/mtb-threshold-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbThresholdPanel, form);
  gtk_widget_class_bind_template_child (widget_class, MtbThresholdPanel, pane);
  gtk_widget_class_bind_template_child (widget_class, MtbThresholdPanel, rows);
  gtk_widget_class_bind_template_child (widget_class, MtbThresholdPanel, seconds);
  gtk_widget_class_bind_template_child (widget_class, MtbThresholdPanel, since);
  gtk_widget_class_bind_template_child (widget_class, MtbThresholdPanel, value);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_given);
  gtk_widget_class_bind_template_callback (widget_class, on_set);
  mtb_spin_digits_bind (widget_class);

  g_type_ensure (MTB_TYPE_LIST_PANE);
  g_type_ensure (MTB_TYPE_ONLINE_FORM);
}

static void
mtb_threshold_panel_init (MtbThresholdPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_threshold_panel_set_engine:
 * @self: a threshold panel
 * @engine: the engine to ask and to give to
 */
void
mtb_threshold_panel_set_engine (MtbThresholdPanel *self, MtbEngine *engine)
{
  g_autoptr (MtbEverything) everything = mtb_record_new (mtb_thresholds_query.arguments);

  g_return_if_fail (MTB_IS_THRESHOLD_PANEL (self));

  self->engine = g_object_ref (engine);
  mtb_online_form_set_engine (self->form, engine);
  self->thresholds = mtb_query_model_new (engine, &mtb_thresholds_query);
  g_signal_connect_object (self->thresholds, "refreshed", G_CALLBACK (show_in_force), self,
                           G_CONNECT_SWAPPED);
  gtk_no_selection_set_model (self->rows, G_LIST_MODEL (self->thresholds));
  mtb_list_pane_set_model (self->pane, self->thresholds);
  mtb_query_model_ask (self->thresholds, everything);
}
