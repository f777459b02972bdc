#include "mtb-request-list.h"

#include "mtb-double-click.h"
#include "mtb-list-pane.h"
#include "mtb-presence-query.h"
#include "mtb-presence.h"
#include "mtb-request-row.h"

#define LIMIT 100

/**
 * MtbRequestList:
 *
 * The requests for Auxiliary that wait for an answer.
 */
struct _MtbRequestList
{
  AdwBin parent_instance;

  GtkWidget *offline;
  MtbListPane *pane;
  GtkListBox *list;

  MtbEngine *engine;
  MtbQueryModel *requests;
};

G_DEFINE_FINAL_TYPE (MtbRequestList, mtb_request_list, ADW_TYPE_BIN)

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  return mtb_request_row_new (MTB_REQUEST_LIST (user_data)->engine, item);
}

/* Why nothing can be answered is said where there is something to answer. */
static void
show_state (MtbRequestList *self)
{
  gtk_widget_set_visible (self->offline,
                          mtb_engine_get_state (self->engine) != MTB_ENGINE_ONLINE
                            && g_list_model_get_n_items (G_LIST_MODEL (self->requests)) > 0);
}

static void
mtb_request_list_dispose (GObject *object)
{
  MtbRequestList *self = MTB_REQUEST_LIST (object);

  g_clear_object (&self->requests);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (mtb_request_list_parent_class)->dispose (object);
}

static void
mtb_request_list_class_init (MtbRequestListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_request_list_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/supervisor/mtb-request-list.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbRequestList, list);
  gtk_widget_class_bind_template_child (widget_class, MtbRequestList, offline);
  gtk_widget_class_bind_template_child (widget_class, MtbRequestList, pane);

  g_type_ensure (MTB_TYPE_LIST_PANE);
}

static void
mtb_request_list_init (MtbRequestList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_request_list_set_engine:
 * @self: a list of requests
 * @engine: the engine to ask and to give to
 */
void
mtb_request_list_set_engine (MtbRequestList *self, MtbEngine *engine)
{
  g_autoptr (MtbAuxiliarySearch) search = mtb_record_new (mtb_auxiliary_query.arguments);

  g_return_if_fail (MTB_IS_REQUEST_LIST (self));

  self->engine = g_object_ref (engine);
  self->requests = mtb_query_model_new (engine, &mtb_auxiliary_query);
  g_signal_connect_object (engine, "notify::state", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->requests, "refreshed", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->requests), make_row, self, NULL);
  mtb_double_click_guard (GTK_WIDGET (self->list), G_LIST_MODEL (self->requests));
  mtb_list_pane_set_model (self->pane, self->requests);
  search->decider_id = g_strdup (mtb_engine_get_person (engine)->id);
  search->status = MTB_AUXILIARY_ASKED;
  search->limit = LIMIT;
  mtb_query_model_ask (self->requests, search);
}

/**
 * mtb_request_list_get_model:
 * @self: a list of requests with an engine
 *
 * Returns: (transfer none): the requests
 */
MtbQueryModel *
mtb_request_list_get_model (MtbRequestList *self)
{
  g_return_val_if_fail (MTB_IS_REQUEST_LIST (self), NULL);

  return self->requests;
}
