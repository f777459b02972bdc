#include "mtb-refusal-row.h"

#include "mtb-error.h"
#include "mtb-facts.h"
#include "mtb-mend-dialog.h"
#include "mtb-query-model.h"
#include "mtb-setting.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

/**
 * MtbRefusalRow:
 *
 * Something that the server refused: what it was, why, and all that was typed. Its buttons ask for
 * `win.mend` and `page.drop`.
 */
struct _MtbRefusalRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *title;
  GtkLabel *when;
  GtkLabel *reason;
  GtkWidget *waits;
  MtbFacts *facts;
  GtkActionable *mend_button;
  GtkActionable *drop_button;

  MtbRefusal *refusal;
  MtbQueryModel *customers;
  MtbQueryModel *types;
};

G_DEFINE_FINAL_TYPE (MtbRefusalRow, mtb_refusal_row, GTK_TYPE_LIST_BOX_ROW)

static char *
say_value (MtbRefusalRow *self, const MtbField *field, gconstpointer arguments)
{
  const MtbCustomer *customer = NULL;
  const MtbCallType *type = NULL;
  const char *id = mtb_field_is_text (field) ? mtb_field_get_text (field, arguments) : NULL;

  if (g_str_equal (field->name, "type_id"))
    type = mtb_query_model_lookup (self->types, id);
  else if (g_str_has_suffix (field->name, "_id"))
    customer = mtb_query_model_lookup (self->customers, id);
  if (type != NULL)
    return g_strdup (mtb_text_pick (type->name, type->name_en));
  return customer != NULL ? g_strdup (customer->name) : mtb_text_field (field, arguments);
}

static void
show_facts (MtbRefusalRow *self)
{
  gconstpointer arguments = mtb_refusal_get_arguments (self->refusal);
  const MtbShape *shape = mtb_record_get_shape (arguments);

  mtb_facts_clear (self->facts);
  for (guint i = 0; i < shape->n_fields; i++)
    {
      const char *title = mtb_text_field_title (shape->fields[i].name);
      g_autofree char *value = NULL;

      if (title == NULL)
        continue;
      value = say_value (self, &shape->fields[i], arguments);
      mtb_facts_add (self->facts, title, value);
    }
}

/* All that was typed, in one cell. */
static char *
say_typed (MtbRefusalRow *self)
{
  gconstpointer arguments = mtb_refusal_get_arguments (self->refusal);
  const MtbShape *shape = mtb_record_get_shape (arguments);
  GString *typed = g_string_new (NULL);

  for (guint i = 0; i < shape->n_fields; i++)
    {
      const char *title = mtb_text_field_title (shape->fields[i].name);
      g_autofree char *value =
        title != NULL ? say_value (self, &shape->fields[i], arguments) : NULL;

      if (value != NULL && *value != '\0')
        g_string_append_printf (typed, "%s%s: %s", typed->len > 0 ? "\n" : "", title, value);
    }
  return g_string_free (typed, FALSE);
}

static char *
say_reason (const GError *reason)
{
  const char *field = mtb_error_get_field (reason);
  const char *title = field != NULL ? mtb_text_field_title (field) : NULL;

  if (title == NULL)
    return g_strdup (gettext (reason->message));
  /* Translators: a field of a form, and what is wrong with it. */
  return g_strdup_printf (C_ ("refusal", "%1$s: %2$s"), title, gettext (reason->message));
}

static void
mtb_refusal_row_dispose (GObject *object)
{
  MtbRefusalRow *self = MTB_REFUSAL_ROW (object);

  g_clear_object (&self->customers);
  g_clear_object (&self->types);
  g_clear_object (&self->refusal);

  G_OBJECT_CLASS (mtb_refusal_row_parent_class)->dispose (object);
}

static void
mtb_refusal_row_class_init (MtbRefusalRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_refusal_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/shell/mtb-refusal-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbRefusalRow, drop_button);
  gtk_widget_class_bind_template_child (widget_class, MtbRefusalRow, facts);
  gtk_widget_class_bind_template_child (widget_class, MtbRefusalRow, mend_button);
  gtk_widget_class_bind_template_child (widget_class, MtbRefusalRow, reason);
  gtk_widget_class_bind_template_child (widget_class, MtbRefusalRow, title);
  gtk_widget_class_bind_template_child (widget_class, MtbRefusalRow, waits);
  gtk_widget_class_bind_template_child (widget_class, MtbRefusalRow, when);

  g_type_ensure (MTB_TYPE_FACTS);
}

static void
mtb_refusal_row_init (MtbRefusalRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
look_up_names (MtbRefusalRow *self, MtbEngine *engine)
{
  gconstpointer arguments = mtb_refusal_get_arguments (self->refusal);
  const MtbField *field = mtb_shape_find (mtb_record_get_shape (arguments), "subscriber_id");
  g_autoptr (MtbEverything) everything = mtb_record_new (mtb_call_types_query.arguments);
  g_autoptr (MtbCustomerRef) ref = mtb_record_new (mtb_customer_query.arguments);

  self->types = mtb_query_model_new (engine, &mtb_call_types_query);
  self->customers = mtb_query_model_new (engine, &mtb_customer_query);
  g_signal_connect_object (self->types, "refreshed", G_CALLBACK (show_facts), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->customers, "refreshed", G_CALLBACK (show_facts), self,
                           G_CONNECT_SWAPPED);
  mtb_query_model_ask (self->types, everything);
  ref->id = field != NULL ? g_strdup (mtb_field_get_text (field, arguments)) : NULL;
  if (ref->id != NULL)
    mtb_query_model_ask (self->customers, ref);
}

/**
 * mtb_refusal_row_new:
 * @engine: the engine to ask for names
 * @refusal: what was refused
 *
 * Returns: a row for it
 */
GtkWidget *
mtb_refusal_row_new (MtbEngine *engine, MtbRefusal *refusal)
{
  MtbRefusalRow *self = g_object_new (MTB_TYPE_REFUSAL_ROW, NULL);
  const char *command_id = mtb_refusal_get_command_id (refusal);
  g_autofree char *reason = say_reason (mtb_refusal_get_reason (refusal));
  g_autofree char *when = mtb_text_moment (mtb_refusal_get_given_at (refusal));

  self->refusal = g_object_ref (refusal);
  gtk_label_set_label (self->title, gettext (mtb_refusal_get_command (refusal)->title));
  gtk_label_set_label (self->when, when);
  gtk_label_set_label (self->reason, reason);
  gtk_widget_set_visible (self->waits, mtb_refusal_get_waits (refusal));
  gtk_actionable_set_action_target (self->mend_button, "s", command_id);
  gtk_actionable_set_action_target (self->drop_button, "s", command_id);
  gtk_widget_set_visible (GTK_WIDGET (self->mend_button), mtb_mend_dialog_can_mend (refusal));
  look_up_names (self, engine);
  return GTK_WIDGET (self);
}

/**
 * mtb_refusal_row_describe:
 * @self: a row
 * @paper: paper with columns for what it was, when, why, and what was typed
 *
 * Adds what it shows as a row of a table.
 */
void
mtb_refusal_row_describe (MtbRefusalRow *self, MtbPaper *paper)
{
  g_autofree char *typed = NULL;

  g_return_if_fail (MTB_IS_REFUSAL_ROW (self));

  typed = say_typed (self);
  mtb_paper_add_cell (paper, gtk_label_get_label (self->title), NULL);
  mtb_paper_add_moment (paper, mtb_refusal_get_given_at (self->refusal));
  mtb_paper_add_cell (paper, gtk_label_get_label (self->reason), NULL);
  mtb_paper_add_cell (paper, typed, NULL);
}
