#include "mtb-call-history.h"

#include "mtb-call.h"
#include "mtb-facts.h"
#include "mtb-query-model.h"
#include "mtb-setting.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

/**
 * MtbCallHistory:
 *
 * What a record said before each of its corrections: of each old version only what was changed
 * after it. It hides itself where there was none.
 */
struct _MtbCallHistory
{
  AdwBin parent_instance;

  GtkBox *versions_box;

  MtbQueryModel *versions;
  MtbQueryModel *types;
  MtbQueryModel *people;
  MtbCallVersion *current;
  char *call_id;
};

G_DEFINE_FINAL_TYPE (MtbCallHistory, mtb_call_history, ADW_TYPE_BIN)

static gboolean
is_same (const MtbField *field, gconstpointer a, gconstpointer b)
{
  return mtb_field_is_text (field)
           ? g_strcmp0 (mtb_field_get_text (field, a), mtb_field_get_text (field, b)) == 0
           : mtb_field_get_number (field, a) == mtb_field_get_number (field, b);
}

static char *
say_old_value (MtbCallHistory *self, const MtbField *field, const MtbCallVersion *version)
{
  const MtbCallType *type = NULL;
  char *words;

  if (g_str_equal (field->name, "type_id"))
    type = mtb_query_model_lookup (self->types, version->type_id);
  if (type != NULL)
    return g_strdup (mtb_text_pick (type->name, type->name_en));
  if (g_str_has_suffix (field->name, "_id"))
    return g_strdup (mtb_field_get_text (field, version) != NULL ? _ ("somebody else")
                                                                 : _ ("nobody"));
  words = mtb_text_field (field, version);
  return words != NULL ? words : g_strdup (_ ("nothing"));
}

static void
add_version (MtbCallHistory *self, const MtbCallVersion *old, const MtbCallVersion *next)
{
  const MtbShape *shape = &mtb_call_version_table.shape;
  const MtbPersonRow *person = mtb_query_model_lookup (self->people, old->replaced_by);
  g_autofree char *moment = mtb_text_moment (old->replaced_at);
  g_autofree char *heading =
    g_strdup_printf (_ ("Until %1$s, corrected by %2$s"), moment,
                     person != NULL ? person->display_name : _ ("somebody"));
  GtkWidget *label = gtk_label_new (heading);
  MtbFacts *facts = g_object_new (MTB_TYPE_FACTS, NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  for (guint i = 0; i < shape->n_fields; i++)
    {
      const MtbField *field = &shape->fields[i];
      const char *title = mtb_text_field_title (field->name);
      g_autofree char *words = NULL;

      if (title == NULL || is_same (field, old, next))
        continue;
      words = say_old_value (self, field, old);
      mtb_facts_add (facts, title, words);
    }
  gtk_box_append (self->versions_box, label);
  gtk_box_append (self->versions_box, GTK_WIDGET (facts));
}

static void
show_versions (MtbCallHistory *self)
{
  GListModel *versions = G_LIST_MODEL (self->versions);
  guint n_versions = g_list_model_get_n_items (versions);
  const MtbCallVersion *next = self->current;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->versions_box))) != NULL)
    gtk_box_remove (self->versions_box, child);
  gtk_widget_set_visible (GTK_WIDGET (self), n_versions > 0);
  for (guint i = 0; i < n_versions; i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (versions, i);

      add_version (self, mtb_item_get_record (item), next);
      next = mtb_item_get_record (item);
    }
}

static void
mtb_call_history_dispose (GObject *object)
{
  MtbCallHistory *self = MTB_CALL_HISTORY (object);

  g_clear_object (&self->versions);
  g_clear_object (&self->types);
  g_clear_object (&self->people);
  g_clear_pointer (&self->current, mtb_record_unref);
  g_clear_pointer (&self->call_id, g_free);

  G_OBJECT_CLASS (mtb_call_history_parent_class)->dispose (object);
}

static void
mtb_call_history_class_init (MtbCallHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_call_history_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/widgets/mtb-call-history.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbCallHistory, versions_box);
}

static void
mtb_call_history_init (MtbCallHistory *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_call_history_set_engine:
 * @self: a history
 * @engine: the engine to ask
 */
void
mtb_call_history_set_engine (MtbCallHistory *self, MtbEngine *engine)
{
  g_autoptr (MtbEverything) everything = mtb_record_new (mtb_people_query.arguments);

  g_return_if_fail (MTB_IS_CALL_HISTORY (self));

  self->versions = mtb_query_model_new (engine, &mtb_call_history_query);
  self->types = mtb_query_model_new (engine, &mtb_call_types_query);
  self->people = mtb_query_model_new (engine, &mtb_people_query);
  g_signal_connect_object (self->versions, "refreshed", G_CALLBACK (show_versions), self,
                           G_CONNECT_SWAPPED);
  mtb_query_model_ask (self->types, everything);
  mtb_query_model_ask (self->people, everything);
}

/**
 * mtb_call_history_show:
 * @self: a history
 * @call: the record as it stands
 */
void
mtb_call_history_show (MtbCallHistory *self, const MtbCallRow *call)
{
  g_autoptr (MtbCallRef) ref = mtb_record_new (mtb_call_history_query.arguments);
  gboolean prospect = call->customer_kind == MTB_CUSTOMER_PROSPECT;

  g_return_if_fail (MTB_IS_CALL_HISTORY (self));

  g_clear_pointer (&self->current, mtb_record_unref);
  self->current = mtb_record_new (&mtb_call_version_table.shape);
  mtb_record_assign (self->current, call);
  self->current->subscriber_id = prospect ? NULL : g_strdup (call->customer_id);
  self->current->prospect_id = prospect ? g_strdup (call->customer_id) : NULL;

  ref->id = g_strdup (call->id);
  if (g_strcmp0 (self->call_id, call->id) != 0)
    {
      g_free (self->call_id);
      self->call_id = g_strdup (call->id);
      mtb_query_model_clear (self->versions);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
    }
  mtb_query_model_ask (self->versions, ref);
}
