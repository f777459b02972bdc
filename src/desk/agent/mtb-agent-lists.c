#include "mtb-agent-lists.h"

#include "mtb-aligned.h"
#include "mtb-call-filter.h"
#include "mtb-item-columns.h"
#include "mtb-list-holder.h"
#include "mtb-list-pane.h"
#include "mtb-listing.h"
#include "mtb-query-model.h"

#include <glib/gi18n.h>

#define WRITE_UP_LIMIT 200

/**
 * MtbAgentLists:
 *
 * What an agent may go on with: what is begun and not saved, the calls that the PBX saw and nobody
 * wrote up, and today's records. `draft-chosen`, `write-up-chosen` and `call-chosen` are emitted
 * with the item; `n-to-write-up` is how many wait.
 */
struct _MtbAgentLists
{
  AdwBin parent_instance;

  GtkWidget *drafts_section;
  GtkSingleSelection *drafts_selection;
  GtkFilterListModel *drafts_filtered;
  MtbListPane *write_up_pane;
  GtkSingleSelection *write_up_selection;
  MtbCallFilter *filter;
  MtbListPane *today_pane;
  GtkWidget *today_list;
  GtkSingleSelection *today_selection;

  MtbQueryModel *write_ups;
  GtkFilter *drafts_filter;
  char *open_draft_id;
  char *latest_call_id;
};

static void listing_init (MtbListingInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MtbAgentLists,
                               mtb_agent_lists,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (MTB_TYPE_LISTING, listing_init))

enum
{
  PROP_0,
  PROP_N_TO_WRITE_UP,
  N_PROPS
};

enum
{
  DRAFT_CHOSEN,
  WRITE_UP_CHOSEN,
  CALL_CHOSEN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* The others are in panes, which speak for themselves; what was begun is no query's. */
static const char *
get_list_name (MtbListing *listing)
{
  return gtk_widget_get_visible (MTB_AGENT_LISTS (listing)->drafts_section) ? "drafts" : NULL;
}

static const char *
get_list_title (MtbListing *listing)
{
  return _ ("Begun, not saved");
}

static void
describe (MtbListing *listing, MtbPaper *paper, GListModel *items)
{
  static const char *const columns[] = { "when", "direction", "name", "number", "notes", NULL };
  MtbAgentLists *self = MTB_AGENT_LISTS (listing);

  mtb_items_describe (G_LIST_MODEL (self->drafts_filtered), columns, paper);
}

static void
listing_init (MtbListingInterface *iface)
{
  iface->get_name = get_list_name;
  iface->get_title = get_list_title;
  iface->describe = describe;
}

static gboolean
is_not_open (gpointer item, gpointer user_data)
{
  MtbAgentLists *self = user_data;

  return g_strcmp0 (mtb_item_get_id (item), self->open_draft_id) != 0;
}

static void
emit_chosen (MtbAgentLists *self, guint signal, GtkSingleSelection *selection, guint position)
{
  g_autoptr (MtbItem) item = g_list_model_get_item (G_LIST_MODEL (selection), position);

  if (item != NULL)
    g_signal_emit (self, signals[signal], 0, item);
}

static void
on_draft_activated (MtbAgentLists *self, guint position)
{
  emit_chosen (self, DRAFT_CHOSEN, self->drafts_selection, position);
}

static void
on_write_up_activated (MtbAgentLists *self, guint position)
{
  emit_chosen (self, WRITE_UP_CHOSEN, self->write_up_selection, position);
}

static void
on_call_activated (MtbAgentLists *self, guint position)
{
  emit_chosen (self, CALL_CHOSEN, self->today_selection, position);
}

static void
show_drafts (MtbAgentLists *self)
{
  gtk_widget_set_visible (self->drafts_section,
                          g_list_model_get_n_items (G_LIST_MODEL (self->drafts_filtered)) > 0);
}

static void
on_write_ups_changed (MtbAgentLists *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TO_WRITE_UP]);
}

/* A list stays where it is when something comes in above; what was just written shall be seen. */
static void
on_today_refreshed (MtbAgentLists *self, MtbQueryModel *today)
{
  g_autoptr (MtbItem) latest = g_list_model_get_item (G_LIST_MODEL (today), 0);
  const char *id = latest != NULL ? mtb_item_get_id (latest) : NULL;

  if (g_strcmp0 (id, self->latest_call_id) == 0)
    return;
  g_free (self->latest_call_id);
  self->latest_call_id = g_strdup (id);
  gtk_widget_activate_action (self->today_list, "list.scroll-to-item", "u", 0u);
}

static void
mtb_agent_lists_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MtbAgentLists *self = MTB_AGENT_LISTS (object);

  switch (prop_id)
    {
    case PROP_N_TO_WRITE_UP:
      g_value_set_uint (value, self->write_ups != NULL
                                 ? g_list_model_get_n_items (G_LIST_MODEL (self->write_ups))
                                 : 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_agent_lists_dispose (GObject *object)
{
  MtbAgentLists *self = MTB_AGENT_LISTS (object);

  g_clear_object (&self->write_ups);
  g_clear_pointer (&self->open_draft_id, g_free);
  g_clear_pointer (&self->latest_call_id, g_free);

  G_OBJECT_CLASS (mtb_agent_lists_parent_class)->dispose (object);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name, MTB_TYPE_AGENT_LISTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 1, MTB_TYPE_ITEM);
}

static void
mtb_agent_lists_class_init (MtbAgentListsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_agent_lists_dispose;
  object_class->get_property = mtb_agent_lists_get_property;

  properties[PROP_N_TO_WRITE_UP] = g_param_spec_uint ("n-to-write-up", NULL, NULL, 0, G_MAXUINT, 0,
                                                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[DRAFT_CHOSEN] = new_signal ("draft-chosen");
  signals[WRITE_UP_CHOSEN] = new_signal ("write-up-chosen");
  signals[CALL_CHOSEN] = new_signal ("call-chosen");

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/agent/mtb-agent-lists.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbAgentLists, drafts_filtered);
  gtk_widget_class_bind_template_child (widget_class, MtbAgentLists, drafts_section);
  gtk_widget_class_bind_template_child (widget_class, MtbAgentLists, drafts_selection);
  gtk_widget_class_bind_template_child (widget_class, MtbAgentLists, filter);
  gtk_widget_class_bind_template_child (widget_class, MtbAgentLists, today_list);
  gtk_widget_class_bind_template_child (widget_class, MtbAgentLists, today_pane);
  gtk_widget_class_bind_template_child (widget_class, MtbAgentLists, today_selection);
  gtk_widget_class_bind_template_child (widget_class, MtbAgentLists, write_up_pane);
  gtk_widget_class_bind_template_child (widget_class, MtbAgentLists, write_up_selection);
  gtk_widget_class_bind_template_callback (widget_class, on_call_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_draft_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_write_up_activated);

  g_type_ensure (MTB_TYPE_ALIGNED);
  g_type_ensure (MTB_TYPE_CALL_FILTER);
  g_type_ensure (MTB_TYPE_LIST_HOLDER);
  g_type_ensure (MTB_TYPE_LIST_PANE);
}

static void
mtb_agent_lists_init (MtbAgentLists *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->drafts_filter = GTK_FILTER (gtk_custom_filter_new (is_not_open, self, NULL));
  gtk_filter_list_model_set_filter (self->drafts_filtered, self->drafts_filter);
  g_object_unref (self->drafts_filter);
  g_signal_connect_swapped (self->drafts_filtered, "items-changed", G_CALLBACK (show_drafts), self);
}

/**
 * mtb_agent_lists_set_engine:
 * @self: agent's lists
 * @engine: the engine to ask, with somebody signed in
 * @drafts: what that person has begun
 */
void
mtb_agent_lists_set_engine (MtbAgentLists *self, MtbEngine *engine, MtbDrafts *drafts)
{
  const char *person_id = mtb_engine_get_person (engine)->id;
  g_autoptr (MtbWriteUpSearch) search = mtb_record_new (mtb_write_up_query.arguments);
  MtbQueryModel *today;

  g_return_if_fail (MTB_IS_AGENT_LISTS (self));

  gtk_filter_list_model_set_model (self->drafts_filtered,
                                   mtb_drafts_get_model (drafts, &mtb_draft_shape));

  self->write_ups = mtb_query_model_new (engine, &mtb_write_up_query);
  g_signal_connect_object (self->write_ups, "notify::n-items", G_CALLBACK (on_write_ups_changed),
                           self, G_CONNECT_SWAPPED);
  gtk_single_selection_set_model (self->write_up_selection, G_LIST_MODEL (self->write_ups));
  mtb_list_pane_set_model (self->write_up_pane, self->write_ups);
  search->person_id = g_strdup (person_id);
  search->limit = WRITE_UP_LIMIT;
  mtb_query_model_ask (self->write_ups, search);

  mtb_call_filter_set_engine (self->filter, engine, person_id);
  today = mtb_call_filter_get_model (self->filter);
  g_signal_connect_object (today, "refreshed", G_CALLBACK (on_today_refreshed), self,
                           G_CONNECT_SWAPPED);
  gtk_single_selection_set_model (self->today_selection, G_LIST_MODEL (today));
  mtb_list_pane_set_model (self->today_pane, today);
  g_signal_connect_object (self->today_pane, "describing", G_CALLBACK (mtb_call_filter_describe),
                           self->filter, G_CONNECT_SWAPPED);
}

/**
 * mtb_agent_lists_set_open:
 * @self: agent's lists
 * @draft_id: (nullable): the draft that is open in the form, which is not listed
 */
void
mtb_agent_lists_set_open (MtbAgentLists *self, const char *draft_id)
{
  g_return_if_fail (MTB_IS_AGENT_LISTS (self));

  if (g_strcmp0 (self->open_draft_id, draft_id) == 0)
    return;
  g_free (self->open_draft_id);
  self->open_draft_id = g_strdup (draft_id);
  gtk_filter_changed (self->drafts_filter, GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * mtb_agent_lists_open_write_up:
 * @self: agent's lists
 *
 * Chooses the call that has waited longest to be written up.
 *
 * Returns: whether there is one
 */
gboolean
mtb_agent_lists_open_write_up (MtbAgentLists *self)
{
  g_return_val_if_fail (MTB_IS_AGENT_LISTS (self), FALSE);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->write_ups)) == 0)
    return FALSE;
  on_write_up_activated (self, 0);
  return TRUE;
}
