/* The whole answer to a query, which gives no more at a time than its limit. */

#include "mtb-query-all.h"

#include "mtb-item.h"

typedef struct
{
  const MtbQuery *query;
  gpointer arguments;
  GListStore *items;
  GHashTable *ids;
} All;

static void
free_all (gpointer data)
{
  All *all = data;

  mtb_record_unref (all->arguments);
  g_object_unref (all->items);
  g_hash_table_unref (all->ids);
  g_free (all);
}

static gint64
get_limit (All *all)
{
  const MtbField *field = mtb_shape_find (all->query->arguments, "limit");

  return field != NULL ? mtb_field_get_number (field, all->arguments) : MTB_ABSENT;
}

/* The next part may begin with what the last one ended with. */
static guint
add_rows (All *all, GPtrArray *rows)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < rows->len; i++)
    if (g_hash_table_add (all->ids, g_strdup (mtb_record_get_id (g_ptr_array_index (rows, i)))))
      g_ptr_array_add (items, mtb_item_new (g_ptr_array_index (rows, i)));
  g_list_store_splice (all->items, g_list_model_get_n_items (G_LIST_MODEL (all->items)), 0,
                       items->pdata, items->len);
  return items->len;
}

static void ask (GTask *task);

static void
on_answered (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  All *all = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = mtb_engine_ask_finish (MTB_ENGINE (engine), result, &error);
  guint n_new;

  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  n_new = add_rows (all, rows);
  if (n_new == 0 || all->query->go_on == NULL || rows->len < get_limit (all))
    {
      g_task_return_pointer (task, g_object_ref (all->items), g_object_unref);
      return;
    }
  all->query->go_on (all->arguments, g_ptr_array_index (rows, rows->len - 1));
  ask (task);
}

static void
ask (GTask *task)
{
  All *all = g_task_get_task_data (task);

  mtb_engine_ask_async (g_task_get_source_object (task), all->query, all->arguments,
                        g_task_get_cancellable (task), on_answered, g_object_ref (task));
}

/**
 * mtb_query_all_async:
 * @engine: the engine to ask
 * @query: what is asked
 * @arguments: a record of the query's arguments
 * @cancellable: (nullable): stops asking
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks, part after part, until there is no more. No part is read in the main thread.
 */
void
mtb_query_all_async (MtbEngine *engine,
                     const MtbQuery *query,
                     gconstpointer arguments,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (engine, cancellable, callback, user_data);
  All *all = g_new0 (All, 1);

  g_task_set_source_tag (task, mtb_query_all_async);
  all->query = query;
  all->arguments = mtb_record_copy (arguments);
  all->items = g_list_store_new (MTB_TYPE_ITEM);
  all->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_task_set_task_data (task, all, free_all);
  ask (task);
}

/**
 * mtb_query_all_finish:
 * @engine: the engine
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full) (element-type MtbItem): all rows, in their order
 */
GListModel *
mtb_query_all_finish (MtbEngine *engine, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
