/* What is kept on this computer: how much it is, and emptying it. */

#include "mtb-engine-private.h"

static gboolean
measure (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  return mtb_engine_find (data, mtb_client_measure (self->client, error),
                          (GDestroyNotify) mtb_stock_free);
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
  g_autoptr (GTask) task =
    mtb_engine_new_job (self, measure, NULL, NULL, NULL, cancellable, callback, user_data);

  g_task_run_in_thread (task, mtb_engine_run_job_in_thread);
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
  return mtb_engine_finish_finding (self, result, error);
}

static gboolean
empty (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  gboolean ok = mtb_client_empty (self->client, error);

  mtb_engine_tell (self, NULL);
  mtb_engine_want_sync (self);
  return ok;
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
  g_autoptr (GTask) task =
    mtb_engine_new_job (self, empty, NULL, NULL, NULL, cancellable, callback, user_data);

  g_task_run_in_thread (task, mtb_engine_run_job_in_thread);
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
  return mtb_engine_finish_job (self, result, error);
}
