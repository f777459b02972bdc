#include "mtb-query-model.h"

#include "mtb-error.h"

#include <glib/gi18n.h>

/**
 * MtbQueryModel:
 *
 * The rows of a query as a list of #MtbItem. It asks without waiting, asks again whenever what the
 * desk holds has changed, and only the latest question counts. Rows that stay in their order keep
 * their items, and with them selection, focus and place in a view; what they say is renewed. `state`
 * is `idle` before the first question, then `loading`, `rows`, `empty` or `failed`, and `problem` then
 * says why; `refreshed` is emitted after each answer.
 */
struct _MtbQueryModel
{
  GObject parent_instance;

  MtbEngine *engine;
  const MtbQuery *query;
  gpointer arguments;
  GCancellable *cancellable;
  GPtrArray *items;
  const char *state;
  char *problem;
  gboolean asking;
  gboolean asked_again;
};

enum
{
  PROP_0,
  PROP_STATE,
  PROP_PROBLEM,
  PROP_N_ITEMS,
  N_PROPS
};

enum
{
  REFRESHED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return MTB_TYPE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return MTB_QUERY_MODEL (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  MtbQueryModel *self = MTB_QUERY_MODEL (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (MtbQueryModel,
                               mtb_query_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
set_state (MtbQueryModel *self, const char *state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* What a database or a file has to say of itself is nothing to a person. */
static void
set_problem (MtbQueryModel *self, const GError *error)
{
  g_free (self->problem);
  self->problem = g_strdup (g_error_matches (error, MTB_ERROR, MTB_ERROR_UNREACHABLE)
                                || g_error_matches (error, MTB_ERROR, MTB_ERROR_UNTRUSTED)
                              ? gettext (error->message)
                              : _ ("It is tried again by itself."));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
remove_items (MtbQueryModel *self, guint position, guint n)
{
  if (n == 0)
    return;
  g_ptr_array_remove_range (self->items, position, n);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n, 0);
}

static void
insert_items (MtbQueryModel *self, guint position, GPtrArray *rows, guint n)
{
  if (n == 0)
    return;
  for (guint i = position; i < position + n; i++)
    g_ptr_array_insert (self->items, (int) i, mtb_item_new (g_ptr_array_index (rows, i)));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, n);
}

/* Where each row is, from 1. */
static GHashTable *
index_rows (GPtrArray *rows)
{
  GHashTable *places = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = rows->len; i > 0; i--)
    g_hash_table_insert (places, (char *) mtb_record_get_id (g_ptr_array_index (rows, i - 1)),
                         GUINT_TO_POINTER (i));
  return places;
}

/* What is not among the rows goes, and what now comes before one above it that stays. */
static void
remove_others (MtbQueryModel *self, GPtrArray *rows)
{
  g_autoptr (GHashTable) places = index_rows (rows);
  g_autofree gboolean *stays = g_new (gboolean, self->items->len);
  guint latest = 0, n_going = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      MtbItem *item = g_ptr_array_index (self->items, i);
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, mtb_item_get_id (item)));

      stays[i] = place > latest;
      latest = MAX (latest, place);
    }
  for (guint i = self->items->len; i > 0; i--)
    if (!stays[i - 1])
      n_going++;
    else
      {
        remove_items (self, i, n_going);
        n_going = 0;
      }
  remove_items (self, 0, n_going);
}

static gboolean
has_item (MtbQueryModel *self, guint position, gconstpointer row)
{
  return position < self->items->len
         && g_str_equal (mtb_item_get_id (g_ptr_array_index (self->items, position)),
                         mtb_record_get_id (row));
}

/* All that is there stays and is in the order of the rows. */
static void
insert_others (MtbQueryModel *self, GPtrArray *rows)
{
  guint n_here = 0;

  for (guint i = 0; i < rows->len; i++)
    if (has_item (self, n_here, g_ptr_array_index (rows, i)))
      {
        insert_items (self, n_here, rows, i - n_here);
        mtb_item_renew (g_ptr_array_index (self->items, i), g_ptr_array_index (rows, i));
        n_here = i + 1;
      }
  insert_items (self, n_here, rows, rows->len - n_here);
}

/* What went and what came are never one change: for that GTK 4.8's selections look through every new
 * row for the old ones. */
static void
take_rows (MtbQueryModel *self, GPtrArray *rows)
{
  guint n_old = self->items->len;

  remove_others (self, rows);
  insert_others (self, rows);
  if (n_old != rows->len)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static void ask (MtbQueryModel *self);

static void
on_answered (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbQueryModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mtb_engine_ask_finish (MTB_ENGINE (engine), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->asking = FALSE;
  if (rows != NULL)
    take_rows (self, rows);
  set_problem (self, error);
  set_state (self, rows == NULL ? "failed" : rows->len > 0 ? "rows" : "empty");
  g_signal_emit (self, signals[REFRESHED], 0);
  if (self->asked_again)
    ask (self);
}

static void
ask (MtbQueryModel *self)
{
  self->asking = TRUE;
  self->asked_again = FALSE;
  mtb_engine_ask_async (self->engine, self->query, self->arguments, self->cancellable, on_answered,
                        g_object_ref (self));
}

static void
stop_asking (MtbQueryModel *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->asking = FALSE;
  self->asked_again = FALSE;
}

static void
mtb_query_model_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MtbQueryModel *self = MTB_QUERY_MODEL (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_static_string (value, self->state);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->items->len);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_query_model_dispose (GObject *object)
{
  MtbQueryModel *self = MTB_QUERY_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (mtb_query_model_parent_class)->dispose (object);
}

static void
mtb_query_model_finalize (GObject *object)
{
  MtbQueryModel *self = MTB_QUERY_MODEL (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->arguments, mtb_record_unref);
  g_ptr_array_unref (self->items);

  G_OBJECT_CLASS (mtb_query_model_parent_class)->finalize (object);
}

static void
mtb_query_model_class_init (MtbQueryModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mtb_query_model_dispose;
  object_class->finalize = mtb_query_model_finalize;
  object_class->get_property = mtb_query_model_get_property;

  properties[PROP_STATE] =
    g_param_spec_string ("state", NULL, NULL, "idle", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROBLEM] =
    g_param_spec_string ("problem", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[REFRESHED] = g_signal_new ("refreshed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mtb_query_model_init (MtbQueryModel *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  self->state = "idle";
}

/**
 * mtb_query_model_new:
 * @engine: the engine to ask
 * @query: what is asked
 *
 * Returns: (transfer full): an empty model, see mtb_query_model_ask()
 */
MtbQueryModel *
mtb_query_model_new (MtbEngine *engine, const MtbQuery *query)
{
  MtbQueryModel *self;

  g_return_val_if_fail (MTB_IS_ENGINE (engine), NULL);

  self = g_object_new (MTB_TYPE_QUERY_MODEL, NULL);
  self->engine = g_object_ref (engine);
  self->query = query;
  g_signal_connect_object (engine, "changed", G_CALLBACK (mtb_query_model_refresh), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * mtb_query_model_ask:
 * @self: a model
 * @arguments: a record of the query's arguments, referenced
 *
 * Asks, now and whenever something has changed.
 */
void
mtb_query_model_ask (MtbQueryModel *self, gpointer arguments)
{
  g_return_if_fail (MTB_IS_QUERY_MODEL (self));
  g_return_if_fail (arguments != NULL);

  stop_asking (self);
  mtb_record_ref (arguments);
  mtb_record_unref (self->arguments);
  self->arguments = arguments;
  if (self->items->len == 0)
    set_state (self, "loading");
  ask (self);
}

/**
 * mtb_query_model_get_query:
 * @self: a model
 *
 * Returns: what it asks
 */
const MtbQuery *
mtb_query_model_get_query (MtbQueryModel *self)
{
  g_return_val_if_fail (MTB_IS_QUERY_MODEL (self), NULL);

  return self->query;
}

/**
 * mtb_query_model_get_arguments:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): what it asks with
 */
gconstpointer
mtb_query_model_get_arguments (MtbQueryModel *self)
{
  g_return_val_if_fail (MTB_IS_QUERY_MODEL (self), NULL);

  return self->arguments;
}

/**
 * mtb_query_model_is_cut:
 * @self: a model
 *
 * Returns: whether it has as many rows as were wanted, so that there may be more
 */
gboolean
mtb_query_model_is_cut (MtbQueryModel *self)
{
  const MtbField *limit;

  g_return_val_if_fail (MTB_IS_QUERY_MODEL (self), FALSE);

  limit = mtb_shape_find (self->query->arguments, "limit");
  return limit != NULL && self->arguments != NULL && self->query->go_on != NULL
         && self->items->len >= mtb_field_get_number (limit, self->arguments);
}

/**
 * mtb_query_model_refresh:
 * @self: a model
 *
 * Asks the same again, if anything was asked.
 */
void
mtb_query_model_refresh (MtbQueryModel *self)
{
  g_return_if_fail (MTB_IS_QUERY_MODEL (self));

  if (self->arguments == NULL)
    return;
  if (self->asking)
    self->asked_again = TRUE;
  else
    ask (self);
}

/**
 * mtb_query_model_tick:
 * @self: a model
 *
 * Lets its rows say how long by now.
 */
void
mtb_query_model_tick (MtbQueryModel *self)
{
  gint64 now;

  g_return_if_fail (MTB_IS_QUERY_MODEL (self));

  now = mtb_engine_get_now (self->engine);
  for (guint i = 0; i < self->items->len; i++)
    mtb_item_tick (g_ptr_array_index (self->items, i), now);
}

/**
 * mtb_query_model_clear:
 * @self: a model
 *
 * Asks no more, and shows nothing.
 */
void
mtb_query_model_clear (MtbQueryModel *self)
{
  guint n_items;

  g_return_if_fail (MTB_IS_QUERY_MODEL (self));

  stop_asking (self);
  g_clear_pointer (&self->arguments, mtb_record_unref);
  n_items = self->items->len;
  remove_items (self, 0, n_items);
  if (n_items > 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
  set_state (self, "idle");
}

/**
 * mtb_query_model_find:
 * @self: a model
 * @id: (nullable): the id of a row
 *
 * Returns: its position, or %G_MAXUINT
 */
guint
mtb_query_model_find (MtbQueryModel *self, const char *id)
{
  g_return_val_if_fail (MTB_IS_QUERY_MODEL (self), G_MAXUINT);

  for (guint i = 0; id != NULL && i < self->items->len; i++)
    if (g_str_equal (mtb_item_get_id (g_ptr_array_index (self->items, i)), id))
      return i;
  return G_MAXUINT;
}

/**
 * mtb_query_model_lookup:
 * @self: a model
 * @id: (nullable): the id of a row
 *
 * Returns: (transfer none) (nullable): its record
 */
gpointer
mtb_query_model_lookup (MtbQueryModel *self, const char *id)
{
  guint position = mtb_query_model_find (self, id);

  return position != G_MAXUINT ? mtb_item_get_record (g_ptr_array_index (self->items, position))
                               : NULL;
}
