#include "mtb-call-history.h"

#include "mtb-call.h"
#include "mtb-facts.h"
#include "mtb-item-columns.h"
#include "mtb-listing.h"
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
  MtbCallRow *call;
  MtbCallVersion *current;
};

static void listing_init (MtbListingInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MtbCallHistory,
                               mtb_call_history,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (MTB_TYPE_LISTING, listing_init))

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

/* What a version said of a field that was changed after it. */
typedef struct
{
  const char *title;
  char *words;
} Change;

static void
clear_change (gpointer data)
{
  g_free (((Change *) data)->words);
}

static GArray *
list_changes (MtbCallHistory *self, const MtbCallVersion *old, const MtbCallVersion *next)
{
  const MtbShape *shape = &mtb_call_version_table.shape;
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (Change));

  g_array_set_clear_func (changes, clear_change);
  for (guint i = 0; i < shape->n_fields; i++)
    {
      const MtbField *field = &shape->fields[i];
      Change change = { mtb_text_field_title (field->name), NULL };

      if (change.title == NULL || is_same (field, old, next))
        continue;
      change.words = say_old_value (self, field, old);
      g_array_append_val (changes, change);
    }
  return changes;
}

static const char *
get_corrector (MtbCallHistory *self, const MtbCallVersion *old)
{
  const MtbPersonRow *person = mtb_query_model_lookup (self->people, old->replaced_by);

  return person != NULL ? person->display_name : _ ("somebody");
}

static void
show_version (MtbCallHistory *self, const MtbCallVersion *old, const MtbCallVersion *next)
{
  g_autoptr (GArray) changes = list_changes (self, old, next);
  g_autofree char *moment = mtb_text_moment (old->replaced_at);
  g_autofree char *heading =
    g_strdup_printf (_ ("Until %1$s, corrected by %2$s"), moment, get_corrector (self, old));
  GtkWidget *label = gtk_label_new (heading);
  MtbFacts *facts = g_object_new (MTB_TYPE_FACTS, NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  for (guint i = 0; i < changes->len; i++)
    mtb_facts_add (facts, g_array_index (changes, Change, i).title,
                   g_array_index (changes, Change, i).words);
  gtk_box_append (self->versions_box, label);
  gtk_box_append (self->versions_box, GTK_WIDGET (facts));
}

static void
describe_version (MtbCallHistory *self,
                  const MtbCallVersion *old,
                  const MtbCallVersion *next,
                  MtbPaper *paper)
{
  g_autoptr (GArray) changes = list_changes (self, old, next);

  for (guint i = 0; i < changes->len; i++)
    {
      mtb_paper_add_moment (paper, old->replaced_at);
      mtb_paper_add_cell (paper, get_corrector (self, old), NULL);
      mtb_paper_add_cell (paper, g_array_index (changes, Change, i).title, NULL);
      mtb_paper_add_cell (paper, g_array_index (changes, Change, i).words, NULL);
    }
}

/* The latest first, each beside what came after it: to the paper, or to be seen where it is %NULL. */
static void
tell_versions (MtbCallHistory *self, MtbPaper *paper)
{
  GListModel *versions = G_LIST_MODEL (self->versions);
  const MtbCallVersion *next = self->current;

  for (guint i = 0; i < g_list_model_get_n_items (versions); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (versions, i);
      const MtbCallVersion *old = mtb_item_get_record (item);

      if (paper != NULL)
        describe_version (self, old, next, paper);
      else
        show_version (self, old, next);
      next = old;
    }
}

static gboolean
has_versions (MtbCallHistory *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->versions)) > 0;
}

static void
show_versions (MtbCallHistory *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->versions_box))) != NULL)
    gtk_box_remove (self->versions_box, child);
  gtk_widget_set_visible (GTK_WIDGET (self), has_versions (self));
  tell_versions (self, NULL);
}

static const char *
get_list_name (MtbListing *listing)
{
  return has_versions (MTB_CALL_HISTORY (listing)) ? "corrections" : NULL;
}

static const char *
get_list_title (MtbListing *listing)
{
  return _ ("Corrections of this record");
}

/* A row for each value that was replaced. */
static void
describe (MtbListing *listing, MtbPaper *paper, GListModel *items)
{
  MtbCallHistory *self = MTB_CALL_HISTORY (listing);

  mtb_item_add_call (self->call, paper);
  mtb_paper_add_column (paper, _ ("Until"), MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, _ ("Corrected by"), MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, _ ("What was corrected"), MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, _ ("What it said before"), MTB_PAPER_TEXT);
  tell_versions (self, paper);
}

static void
listing_init (MtbListingInterface *iface)
{
  iface->get_name = get_list_name;
  iface->get_title = get_list_title;
  iface->describe = describe;
}

static void
mtb_call_history_dispose (GObject *object)
{
  MtbCallHistory *self = MTB_CALL_HISTORY (object);

  g_clear_object (&self->versions);
  g_clear_object (&self->types);
  g_clear_object (&self->people);
  g_clear_pointer (&self->call, mtb_record_unref);
  g_clear_pointer (&self->current, mtb_record_unref);

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
  gboolean another;

  g_return_if_fail (MTB_IS_CALL_HISTORY (self));

  another = self->call == NULL || !g_str_equal (self->call->id, call->id);
  g_clear_pointer (&self->call, mtb_record_unref);
  self->call = mtb_record_copy (call);
  g_clear_pointer (&self->current, mtb_record_unref);
  self->current = mtb_record_new (&mtb_call_version_table.shape);
  mtb_record_assign (self->current, call);
  self->current->subscriber_id = prospect ? NULL : g_strdup (call->customer_id);
  self->current->prospect_id = prospect ? g_strdup (call->customer_id) : NULL;

  if (another)
    {
      mtb_query_model_clear (self->versions);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
    }
  ref->id = g_strdup (call->id);
  mtb_query_model_ask (self->versions, ref);
}
