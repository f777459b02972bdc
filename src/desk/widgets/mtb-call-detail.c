#include "mtb-call-detail.h"

#include "mtb-call-history.h"
#include "mtb-call.h"
#include "mtb-facts.h"
#include "mtb-join-box.h"
#include "mtb-link.h"
#include "mtb-note-box.h"
#include "mtb-query-model.h"
#include "mtb-text.h"
#include "mtb-time.h"

#include <glib/gi18n.h>

/**
 * MtbCallDetail:
 *
 * The record of a call as it stands, the notes on it, what it said before, and the call of the PBX that it is joined
 * with. Its buttons ask for `win.amend`, `page.open-customer` and
 * `win.copy-link`.
 */
struct _MtbCallDetail
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkLabel *name;
  GtkLabel *type;
  GtkImage *solved_icon;
  GtkLabel *solved;
  GtkButton *customer_button;
  GtkButton *amend_button;
  GtkActionable *link_button;
  MtbFacts *facts;
  GtkLabel *notes;
  GtkWidget *late;
  GtkLabel *late_words;
  GtkWidget *waits;
  MtbNoteBox *note_box;
  MtbJoinBox *join_box;
  MtbCallHistory *history;

  MtbEngine *engine;
  MtbQueryModel *calls;
  char *call_id;
};

G_DEFINE_FINAL_TYPE (MtbCallDetail, mtb_call_detail, ADW_TYPE_BIN)

static void
add_fact (MtbCallDetail *self, const char *title, const MtbCallRow *call, const char *property)
{
  g_autofree char *words = mtb_item_dup_words (call, property);

  mtb_facts_add (self->facts, title, words);
}

static void
add_moment (MtbCallDetail *self, const char *title, gint64 time_ms)
{
  g_autofree char *words = mtb_text_moment (time_ms);

  mtb_facts_add (self->facts, title, words);
}

static void
show_facts (MtbCallDetail *self, const MtbCallRow *call)
{
  g_autofree char *number = mtb_item_dup_words (call, "number");
  g_autofree char *wrap_up = NULL;

  if (call->wrap_up_s != MTB_ABSENT)
    wrap_up = mtb_text_duration (call->wrap_up_s);
  mtb_facts_clear (self->facts);
  add_fact (self, _ ("Began"), call, "when");
  add_fact (self, _ ("Length"), call, "length");
  mtb_facts_add (self->facts, _ ("After-call work"), wrap_up);
  add_fact (self, _ ("Direction"), call, "direction");
  mtb_facts_add_copyable (self->facts, _ ("Number"), number, call->number);
  add_fact (self, _ ("Resolution"), call, "resolution");
  add_fact (self, _ ("Written by"), call, "person");
  add_moment (self, _ ("Written at"), call->logged_at);
}

/* A record that came long after it was written is marked: its times are the desk's word alone. */
static void
show_lag (MtbCallDetail *self, const MtbCallRow *call)
{
  gboolean received = call->received_at != MTB_ABSENT;
  gint64 lag_s = received ? (call->received_at - call->logged_at) / MTB_SECOND : 0;
  g_autofree char *lag = mtb_text_duration (lag_s);
  g_autofree char *words =
    g_strdup_printf (_ ("The server received this %s after it was written."), lag);

  gtk_label_set_label (self->late_words, words);
  gtk_widget_set_visible (self->late, lag_s >= MTB_CALL_LAG_S);
  gtk_widget_set_visible (self->waits, !received);
}

static void
show_buttons (MtbCallDetail *self, const MtbCallRow *call)
{
  const MtbPerson *person = mtb_engine_get_person (self->engine);
  gboolean own = person != NULL && g_strcmp0 (person->id, call->person_id) == 0
                 && (person->roles & mtb_call_amend.roles) != 0;
  g_autofree char *link = mtb_link_new (MTB_LINK_CALL, call->id);
  gboolean opens = person != NULL && mtb_roles_open_cards (person->roles);

  gtk_widget_set_visible (GTK_WIDGET (self->amend_button), own);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->amend_button), "s", call->id);
  gtk_widget_set_visible (GTK_WIDGET (self->customer_button), call->customer_id != NULL && opens);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->customer_button), "s",
                                    call->customer_id != NULL ? call->customer_id : "");
  gtk_actionable_set_action_target (self->link_button, "s", link);
}

static void
show_call (MtbCallDetail *self)
{
  const MtbCallRow *call = mtb_query_model_lookup (self->calls, self->call_id);
  g_autofree char *name = NULL;
  g_autofree char *type = NULL;
  g_autofree char *solved = NULL;
  g_autofree char *solved_icon = NULL;

  if (call == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "gone");
      return;
    }
  name = mtb_item_dup_words (call, "name");
  type = mtb_item_dup_words (call, "full-type");
  solved = mtb_item_dup_words (call, "solved");
  solved_icon = mtb_item_dup_words (call, "solved-icon");
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->type, type);
  gtk_label_set_label (self->solved, solved);
  gtk_image_set_from_icon_name (self->solved_icon, solved_icon);
  show_facts (self, call);
  gtk_label_set_label (self->notes, call->notes != NULL ? call->notes : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notes), call->notes != NULL && *call->notes != '\0');
  show_lag (self, call);
  show_buttons (self, call);
  mtb_note_box_show (self->note_box, call);
  mtb_join_box_show (self->join_box, call);
  mtb_call_history_show (self->history, call);
  gtk_stack_set_visible_child_name (self->stack, "call");
}

static void
mtb_call_detail_dispose (GObject *object)
{
  MtbCallDetail *self = MTB_CALL_DETAIL (object);

  g_clear_object (&self->calls);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->call_id, g_free);

  G_OBJECT_CLASS (mtb_call_detail_parent_class)->dispose (object);
}

static void
mtb_call_detail_class_init (MtbCallDetailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_call_detail_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/widgets/mtb-call-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbCallDetail, amend_button);
  gtk_widget_class_bind_template_child (widget_class, MtbCallDetail, customer_button);
  gtk_widget_class_bind_template_child (widget_class, MtbCallDetail, facts);
  gtk_widget_class_bind_template_child (widget_class, MtbCallDetail, history);
  gtk_widget_class_bind_template_child (widget_class, MtbCallDetail, join_box);
  gtk_widget_class_bind_template_child (widget_class, MtbCallDetail, late);
  gtk_widget_class_bind_template_child (widget_class, MtbCallDetail, late_words);
  gtk_widget_class_bind_template_child (widget_class, MtbCallDetail, link_button);
  gtk_widget_class_bind_template_child (widget_class, MtbCallDetail, name);
  gtk_widget_class_bind_template_child (widget_class, MtbCallDetail, note_box);
  gtk_widget_class_bind_template_child (widget_class, MtbCallDetail, notes);
  gtk_widget_class_bind_template_child (widget_class, MtbCallDetail, solved);
  gtk_widget_class_bind_template_child (widget_class, MtbCallDetail, solved_icon);
  gtk_widget_class_bind_template_child (widget_class, MtbCallDetail, stack);
  gtk_widget_class_bind_template_child (widget_class, MtbCallDetail, type);
  gtk_widget_class_bind_template_child (widget_class, MtbCallDetail, waits);

  g_type_ensure (MTB_TYPE_CALL_HISTORY);
  g_type_ensure (MTB_TYPE_FACTS);
  g_type_ensure (MTB_TYPE_JOIN_BOX);
  g_type_ensure (MTB_TYPE_NOTE_BOX);
}

static void
mtb_call_detail_init (MtbCallDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_call_detail_set_engine:
 * @self: a call detail
 * @engine: the engine to ask
 * @drafts: what its person has begun
 */
void
mtb_call_detail_set_engine (MtbCallDetail *self, MtbEngine *engine, MtbDrafts *drafts)
{
  g_return_if_fail (MTB_IS_CALL_DETAIL (self));

  self->engine = g_object_ref (engine);
  self->calls = mtb_query_model_new (engine, &mtb_call_query);
  g_signal_connect_object (self->calls, "refreshed", G_CALLBACK (show_call), self,
                           G_CONNECT_SWAPPED);
  mtb_note_box_set_engine (self->note_box, engine, drafts);
  mtb_join_box_set_engine (self->join_box, engine);
  mtb_call_history_set_engine (self->history, engine);
}

/**
 * mtb_call_detail_show:
 * @self: a call detail
 * @call_id: (nullable): the record; %NULL for none
 */
void
mtb_call_detail_show (MtbCallDetail *self, const char *call_id)
{
  g_autoptr (MtbCallRef) ref = mtb_record_new (mtb_call_query.arguments);
  g_autofree char *old = NULL;

  g_return_if_fail (MTB_IS_CALL_DETAIL (self));

  ref->id = g_strdup (call_id);
  old = g_steal_pointer (&self->call_id);
  self->call_id = g_strdup (call_id);
  if (call_id == NULL)
    {
      mtb_query_model_clear (self->calls);
      gtk_stack_set_visible_child_name (self->stack, "nothing");
      return;
    }
  mtb_query_model_ask (self->calls, ref);
}

/**
 * mtb_call_detail_save_note:
 * @self: a call detail
 *
 * Leaves the note that is written on the record, if any is.
 */
void
mtb_call_detail_save_note (MtbCallDetail *self)
{
  g_return_if_fail (MTB_IS_CALL_DETAIL (self));

  mtb_note_box_save (self->note_box);
}
