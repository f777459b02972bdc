/* What a window has the engine do, each beside the main thread. */

#include "mtb-engine-private.h"

#include "mtb-error.h"

#include <glib/gi18n.h>

/* Whoever waits for the server's word is told at once, with all that was typed still before them, so
 * what is refused is not kept to be mended as well. */
static gboolean
take_word (MtbEngine *self, const char *id, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (mtb_client_get_verdict (self->client, id, &reason))
    return TRUE;
  if (mtb_error_is_verdict (reason))
    mtb_client_drop (self->client, id, NULL);
  mtb_engine_tell (self, NULL);
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static gboolean
give (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  const MtbEngineJob *job = data;
  g_autofree char *id = mtb_client_give (self->client, job->arguments, error);

  mtb_engine_tell (self, NULL);
  if (id == NULL)
    return FALSE;
  if (mtb_command_is_online_only (mtb_command_of (job->arguments)))
    {
      mtb_engine_sync_and_tell (self);
      return take_word (self, id, error);
    }
  mtb_engine_want_sync (self);
  return TRUE;
}

/**
 * mtb_engine_give_async:
 * @self: an engine
 * @arguments: (transfer none): a record of a command's arguments
 * @cancellable: (nullable): gives up, if it has not begun
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Gives a command. One that needs the server's word waits for it; any other is done when it is
 * durably kept here, and goes out by itself.
 */
void
mtb_engine_give_async (MtbEngine *self,
                       gpointer arguments,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task =
    mtb_engine_new_job (self, give, NULL, NULL, arguments, cancellable, callback, user_data);

  if (mtb_command_is_online_only (mtb_command_of (arguments)) && self->state != MTB_ENGINE_ONLINE)
    {
      g_task_return_new_error (task, MTB_ERROR, MTB_ERROR_ONLINE_ONLY, "%s",
                               N_ ("This needs the server's word"));
      g_object_unref (task);
      return;
    }
  g_thread_pool_push (self->gives, task, NULL);
}

/**
 * mtb_engine_give_finish:
 * @self: an engine
 * @result: what the callback got
 * @error: return location; mtb_error_get_field() names what is wrong
 *
 * Returns: whether it was given
 */
gboolean
mtb_engine_give_finish (MtbEngine *self, GAsyncResult *result, GError **error)
{
  return mtb_engine_finish_job (self, result, error);
}

static gboolean
open_card (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  const MtbEngineJob *job = data;

  return mtb_client_fetch_card (self->client, job->first, cancellable, error);
}

/**
 * mtb_engine_open_card_async:
 * @self: an engine
 * @subscriber_id: a subscriber
 * @cancellable: (nullable): gives up
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Fetches the *User Info* card; then #mtb_card_query, #mtb_card_calls_query and
 * #mtb_card_moment_query tell what it says.
 */
void
mtb_engine_open_card_async (MtbEngine *self,
                            const char *subscriber_id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = mtb_engine_new_job (self, open_card, subscriber_id, NULL, NULL,
                                               cancellable, callback, user_data);

  g_task_run_in_thread (task, mtb_engine_run_job_in_thread);
}

/**
 * mtb_engine_open_card_finish:
 * @self: an engine
 * @result: what the callback got
 * @error: return location, %MTB_ERROR_UNREACHABLE where only what is kept can be shown
 *
 * Returns: whether the card is fresh
 */
gboolean
mtb_engine_open_card_finish (MtbEngine *self, GAsyncResult *result, GError **error)
{
  return mtb_engine_finish_job (self, result, error);
}

static gboolean
list_refusals (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  return mtb_engine_find (data, mtb_client_list_refusals (self->client, error),
                          (GDestroyNotify) g_ptr_array_unref);
}

/**
 * mtb_engine_list_refusals_async:
 * @self: an engine
 * @cancellable: (nullable): gives up
 * @callback: called on the main thread
 * @user_data: handed to @callback
 */
void
mtb_engine_list_refusals_async (MtbEngine *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task =
    mtb_engine_new_job (self, list_refusals, NULL, NULL, NULL, cancellable, callback, user_data);

  g_task_run_in_thread (task, mtb_engine_run_job_in_thread);
}

/**
 * mtb_engine_list_refusals_finish:
 * @self: an engine
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (element-type MtbRefusal): what the person has to mend or drop
 */
GPtrArray *
mtb_engine_list_refusals_finish (MtbEngine *self, GAsyncResult *result, GError **error)
{
  return mtb_engine_finish_finding (self, result, error);
}

static gboolean
mend (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  const MtbEngineJob *job = data;
  gboolean ok = mtb_client_mend (self->client, job->first, job->arguments, error);

  mtb_engine_tell (self, NULL);
  mtb_engine_want_sync (self);
  return ok;
}

/**
 * mtb_engine_mend_async:
 * @self: an engine
 * @command_id: the command that was refused
 * @arguments: (transfer none): what it says now, about the same rows
 * @cancellable: (nullable): gives up, if it has not begun
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Gives a refused command again, and what waits with it.
 */
void
mtb_engine_mend_async (MtbEngine *self,
                       const char *command_id,
                       gpointer arguments,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task =
    mtb_engine_new_job (self, mend, command_id, NULL, arguments, cancellable, callback, user_data);

  g_thread_pool_push (self->gives, task, NULL);
}

/**
 * mtb_engine_mend_finish:
 * @self: an engine
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether it was given again
 */
gboolean
mtb_engine_mend_finish (MtbEngine *self, GAsyncResult *result, GError **error)
{
  return mtb_engine_finish_job (self, result, error);
}

static gboolean
drop (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  const MtbEngineJob *job = data;
  gboolean ok = mtb_client_drop (self->client, job->first, error);

  mtb_engine_tell (self, NULL);
  return ok;
}

/**
 * mtb_engine_drop_async:
 * @self: an engine
 * @command_id: the command that was refused
 * @cancellable: (nullable): gives up, if it has not begun
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Gives up a refused command.
 */
void
mtb_engine_drop_async (MtbEngine *self,
                       const char *command_id,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task =
    mtb_engine_new_job (self, drop, command_id, NULL, NULL, cancellable, callback, user_data);

  g_thread_pool_push (self->gives, task, NULL);
}

/**
 * mtb_engine_drop_finish:
 * @self: an engine
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether it is given up
 */
gboolean
mtb_engine_drop_finish (MtbEngine *self, GAsyncResult *result, GError **error)
{
  return mtb_engine_finish_job (self, result, error);
}
