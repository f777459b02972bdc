#include "mtb-join-box.h"

#include "mtb-list-pane.h"
#include "mtb-query-model.h"
#include "mtb-toasts.h"

#include <glib/gi18n.h>

#define CANDIDATES_LIMIT 50

/**
 * MtbJoinBox:
 *
 * Whether a record is joined with a call that the PBX saw, and the ways to join it with one that
 * nobody wrote up and to take the two apart, each of which can be undone.
 */
struct _MtbJoinBox
{
  AdwBin parent_instance;

  GtkImage *icon;
  GtkLabel *words;
  GtkMenuButton *join_button;
  GtkButton *unjoin_button;
  GtkPopover *popover;
  MtbListPane *pane;
  GtkSingleSelection *selection;
  GtkLabel *problem;

  MtbEngine *engine;
  MtbQueryModel *candidates;
  char *call_id;
  char *person_id;
  char *pbx_call_id;
  MtbCallJoin *opposite; /* of what was given last */
  gboolean joining;
};

G_DEFINE_FINAL_TYPE (MtbJoinBox, mtb_join_box, ADW_TYPE_BIN)

static void
show_problem (MtbJoinBox *self, const GError *error)
{
  gtk_label_set_label (self->problem, error != NULL ? gettext (error->message) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
}

static void
on_undone (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbJoinBox) self = user_data;
  g_autoptr (GError) error = NULL;

  mtb_engine_give_finish (MTB_ENGINE (engine), result, &error);
  show_problem (self, error);
}

static void
on_undo (MtbJoinBox *self)
{
  g_autoptr (MtbCallJoin) opposite = g_steal_pointer (&self->opposite);

  if (opposite != NULL)
    mtb_engine_give_async (self->engine, opposite, NULL, on_undone, g_object_ref (self));
}

static void
on_given (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbJoinBox) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean given = mtb_engine_give_finish (MTB_ENGINE (engine), result, &error);
  AdwToast *toast;

  show_problem (self, error);
  if (!given || self->opposite == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  toast =
    mtb_toasts_offer_undo (GTK_WIDGET (self), self->joining ? _ ("Joined") : _ ("Taken apart"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo), self, G_CONNECT_SWAPPED);
}

static MtbCallJoin *
make_arguments (MtbJoinBox *self, const MtbCommand *command, const char *pbx_call_id)
{
  MtbCallJoin *arguments = mtb_record_new (&command->shape);

  arguments->call_id = g_strdup (self->call_id);
  arguments->pbx_call_id = g_strdup (pbx_call_id);
  return arguments;
}

static void
give (MtbJoinBox *self, gboolean joining, const char *pbx_call_id)
{
  g_autoptr (MtbCallJoin) arguments =
    make_arguments (self, joining ? &mtb_call_join : &mtb_call_unjoin, pbx_call_id);

  mtb_record_unref (self->opposite);
  self->opposite = make_arguments (self, joining ? &mtb_call_unjoin : &mtb_call_join, pbx_call_id);
  self->joining = joining;
  mtb_engine_give_async (self->engine, arguments, NULL, on_given, g_object_ref (self));
}

static void
on_unjoin_clicked (MtbJoinBox *self)
{
  give (self, FALSE, self->pbx_call_id);
}

static void
on_candidate_activated (MtbJoinBox *self, guint position)
{
  g_autoptr (MtbItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  gtk_popover_popdown (self->popover);
  give (self, TRUE, mtb_item_get_id (item));
}

static void
on_popover_mapped (MtbJoinBox *self)
{
  g_autoptr (MtbWriteUpSearch) search = mtb_record_new (mtb_write_up_query.arguments);

  search->person_id = g_strdup (self->person_id);
  search->limit = CANDIDATES_LIMIT;
  mtb_query_model_ask (self->candidates, search);
}

static gboolean
may_join (MtbJoinBox *self)
{
  const MtbPerson *person = mtb_engine_get_person (self->engine);

  return person != NULL && (person->roles & mtb_call_join.roles) != 0
         && (g_strcmp0 (person->id, self->person_id) == 0
             || (person->roles & MTB_ROLE_SUPERVISOR) != 0);
}

static void
mtb_join_box_dispose (GObject *object)
{
  MtbJoinBox *self = MTB_JOIN_BOX (object);

  g_clear_object (&self->candidates);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->call_id, g_free);
  g_clear_pointer (&self->person_id, g_free);
  g_clear_pointer (&self->pbx_call_id, g_free);
  g_clear_pointer (&self->opposite, mtb_record_unref);

  G_OBJECT_CLASS (mtb_join_box_parent_class)->dispose (object);
}

static void
mtb_join_box_class_init (MtbJoinBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_join_box_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/widgets/mtb-join-box.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbJoinBox, icon);
  gtk_widget_class_bind_template_child (widget_class, MtbJoinBox, join_button);
  gtk_widget_class_bind_template_child (widget_class, MtbJoinBox, pane);
  gtk_widget_class_bind_template_child (widget_class, MtbJoinBox, popover);
  gtk_widget_class_bind_template_child (widget_class, MtbJoinBox, problem);
  gtk_widget_class_bind_template_child (widget_class, MtbJoinBox, selection);
  gtk_widget_class_bind_template_child (widget_class, MtbJoinBox, unjoin_button);
  gtk_widget_class_bind_template_child (widget_class, MtbJoinBox, words);
  gtk_widget_class_bind_template_callback (widget_class, on_candidate_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_popover_mapped);
  gtk_widget_class_bind_template_callback (widget_class, on_unjoin_clicked);

  g_type_ensure (MTB_TYPE_ITEM);
  g_type_ensure (MTB_TYPE_LIST_PANE);
}

static void
mtb_join_box_init (MtbJoinBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_join_box_set_engine:
 * @self: a join box
 * @engine: the engine to ask and to give to
 */
void
mtb_join_box_set_engine (MtbJoinBox *self, MtbEngine *engine)
{
  g_return_if_fail (MTB_IS_JOIN_BOX (self));

  self->engine = g_object_ref (engine);
  self->candidates = mtb_query_model_new (engine, &mtb_write_up_query);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->candidates));
  mtb_list_pane_set_model (self->pane, self->candidates);
}

static void
take_string (char **place, const char *text)
{
  g_autofree char *old = *place;

  *place = g_strdup (text);
}

/**
 * mtb_join_box_show:
 * @self: a join box
 * @call: the record
 */
void
mtb_join_box_show (MtbJoinBox *self, const MtbCallRow *call)
{
  gboolean joined = call->pbx_call_id != NULL;

  g_return_if_fail (MTB_IS_JOIN_BOX (self));

  if (g_strcmp0 (self->call_id, call->id) != 0)
    gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  take_string (&self->call_id, call->id);
  take_string (&self->person_id, call->person_id);
  take_string (&self->pbx_call_id, call->pbx_call_id);
  gtk_image_set_from_icon_name (self->icon,
                                joined ? "emblem-ok-symbolic" : "window-close-symbolic");
  gtk_label_set_label (self->words, joined ? _ ("Joined with a call that the PBX saw")
                                           : _ ("Not joined with a call of the PBX"));
  gtk_widget_set_visible (GTK_WIDGET (self->join_button), !joined && may_join (self));
  gtk_widget_set_visible (GTK_WIDGET (self->unjoin_button), joined && may_join (self));
}
