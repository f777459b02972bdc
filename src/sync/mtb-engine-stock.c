/* What is kept on this computer: how much it is, and emptying it. */

#include "mtb-engine-private.h"

static void
run_measure (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  MtbStock *stock = mtb_client_measure (MTB_ENGINE (source)->client, &error);

  if (stock != NULL)
    g_task_return_pointer (task, stock, (GDestroyNotify) mtb_stock_free);
  else
    mtb_engine_fail (task, error);
}

/**
 * mtb_engine_measure_async:
 * @self: an engine, with somebody signed in
 * @cancellable: (nullable): gives up
 * @callback: called on the main thread
 * @user_data: handed to @callback
 */
void
mtb_engine_measure_async (MtbEngine *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, mtb_engine_measure_async);
  g_task_run_in_thread (task, run_measure);
}

/**
 * mtb_engine_measure_finish:
 * @self: an engine
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): what is kept here
 */
MtbStock *
mtb_engine_measure_finish (MtbEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
run_empty (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  MtbEngine *self = source;
  GError *error = NULL;
  gboolean ok = mtb_client_empty (self->client, &error);

  mtb_engine_tell (self, NULL);
  mtb_engine_want_sync (self);
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    mtb_engine_fail (task, error);
}

/**
 * mtb_engine_empty_async:
 * @self: an engine, with somebody signed in
 * @cancellable: (nullable): gives up, if it has not begun
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Empties what the server has too; it is fetched again as soon as it can be. What waits to be sent and
 * what was refused stay.
 */
void
mtb_engine_empty_async (MtbEngine *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, mtb_engine_empty_async);
  g_task_run_in_thread (task, run_empty);
}

/**
 * mtb_engine_empty_finish:
 * @self: an engine
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether it is empty
 */
gboolean
mtb_engine_empty_finish (MtbEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
