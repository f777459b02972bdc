/* Who works with the engine: signing in and out, and passwords. */

#include "mtb-engine-private.h"

#include "mtb-error.h"

static gboolean
begin_work (MtbEngine *self, GCancellable *turn)
{
  MtbEngineState state;

  if (!mtb_engine_activate (self, turn))
    return FALSE;
  /* A desk without rows has nothing to show, so the first sync belongs to the sign-in. */
  state = mtb_client_must_change (self->client) ? MTB_ENGINE_PASSWORD_CHANGE : MTB_ENGINE_SYNCING;
  if (mtb_client_is_empty (self->client))
    mtb_engine_sync_and_tell (self);
  else
    mtb_engine_tell_unless (self, turn, &state);
  mtb_engine_want_sync (self);
  return !g_cancellable_is_cancelled (turn);
}

/* Whoever leaves gives up signing in, too. */
static gboolean
restore (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  const MtbEngineJob *job = data;

  return mtb_client_restore (self->client, job->turn, error) && begin_work (self, job->turn);
}

/**
 * mtb_engine_restore_async:
 * @self: an engine that nobody has signed in to
 * @cancellable: (nullable): gives up
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Goes on with the sign-in that was kept when the program ended, see mtb_engine_set_secrets().
 */
void
mtb_engine_restore_async (MtbEngine *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  mtb_engine_begin_turn (self);
  task = mtb_engine_new_job (self, restore, NULL, NULL, NULL, cancellable, callback, user_data);
  g_task_run_in_thread (task, mtb_engine_run_job_in_thread);
}

/**
 * mtb_engine_restore_finish:
 * @self: an engine
 * @result: what the callback got
 * @error: return location, %MTB_ERROR_UNAUTHORIZED where the person has to sign in
 *
 * Returns: whether the person may work
 */
gboolean
mtb_engine_restore_finish (MtbEngine *self, GAsyncResult *result, GError **error)
{
  return mtb_engine_finish_job (self, result, error);
}

static gboolean
sign_in (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  const MtbEngineJob *job = data;

  return mtb_client_sign_in (self->client, job->first, job->second, job->turn, error)
         && begin_work (self, job->turn);
}

/**
 * mtb_engine_sign_in_async:
 * @self: an engine
 * @username: what was typed
 * @password: what was typed
 * @cancellable: (nullable): gives up
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Signs in, at the server or, without it, at this desk alone.
 */
void
mtb_engine_sign_in_async (MtbEngine *self,
                          const char *username,
                          const char *password,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  mtb_engine_begin_turn (self);
  task =
    mtb_engine_new_job (self, sign_in, username, password, NULL, cancellable, callback, user_data);
  g_task_run_in_thread (task, mtb_engine_run_job_in_thread);
}

/**
 * mtb_engine_sign_in_finish:
 * @self: an engine
 * @result: what the callback got
 * @error: return location, %MTB_ERROR_UNAUTHORIZED
 *
 * Returns: whether the person may work
 */
gboolean
mtb_engine_sign_in_finish (MtbEngine *self, GAsyncResult *result, GError **error)
{
  return mtb_engine_finish_job (self, result, error);
}

static gboolean
sign_out (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  MtbEngineState state = MTB_ENGINE_SIGNED_OUT;

  mtb_engine_deactivate (self);
  mtb_client_sign_out (self->client, cancellable);
  mtb_engine_tell (self, &state);
  return TRUE;
}

/* What was just given is heard of now and not at the next sign-in. */
static gboolean
send_and_sign_out (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  mtb_engine_sync_and_tell (self);
  return sign_out (self, data, cancellable, error);
}

/**
 * mtb_engine_sign_out_async:
 * @self: an engine
 * @cancellable: (nullable): gives up telling the server
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Ends the sign-in, after all that was given. What waits is sent before, where the server can be reached.
 */
void
mtb_engine_sign_out_async (MtbEngine *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  gboolean online = mtb_engine_get_state (self) == MTB_ENGINE_ONLINE;
  GTask *task = mtb_engine_new_job (self, online ? send_and_sign_out : sign_out, NULL, NULL, NULL,
                                    cancellable, callback, user_data);

  g_thread_pool_push (self->gives, task, NULL);
}

/**
 * mtb_engine_sign_out_finish:
 * @self: an engine
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether the person is not signed in any more
 */
gboolean
mtb_engine_sign_out_finish (MtbEngine *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) failure = NULL;

  /* Whoever asks twice has left with the first. */
  if (mtb_engine_finish_job (self, result, &failure)
      || g_error_matches (failure, MTB_ERROR, MTB_ERROR_UNAUTHORIZED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
change_password (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  const MtbEngineJob *job = data;

  if (!mtb_client_change_password (self->client, job->first, job->second, job->turn, error))
    return FALSE;
  mtb_engine_want_sync (self);
  return TRUE;
}

/**
 * mtb_engine_change_password_async:
 * @self: an engine with somebody signed in
 * @old: their password
 * @new: what it shall be
 * @cancellable: (nullable): gives up
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Changes the person's own password. Their sign-ins elsewhere end, this one goes on.
 */
void
mtb_engine_change_password_async (MtbEngine *self,
                                  const char *old,
                                  const char *new,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task =
    mtb_engine_new_job (self, change_password, old, new, NULL, cancellable, callback, user_data);

  g_task_run_in_thread (task, mtb_engine_run_job_in_thread);
}

/**
 * mtb_engine_change_password_finish:
 * @self: an engine
 * @result: what the callback got
 * @error: return location; mtb_error_get_field() is `old` or `new` where one of them is wrong,
 *   %MTB_ERROR_UNREACHABLE without the server
 *
 * Returns: whether it is changed
 */
gboolean
mtb_engine_change_password_finish (MtbEngine *self, GAsyncResult *result, GError **error)
{
  return mtb_engine_finish_job (self, result, error);
}

static gboolean
reset_password (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  MtbEngineJob *job = data;

  return mtb_engine_find (job,
                          mtb_client_reset_password (self->client, job->first, cancellable, error),
                          mtb_engine_free_secret);
}

/**
 * mtb_engine_reset_password_async:
 * @self: an engine with an administrator signed in
 * @person_id: somebody
 * @cancellable: (nullable): gives up
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Has the server make a temporary password, which the person has to change when they sign in with
 * it. Their sign-ins end.
 */
void
mtb_engine_reset_password_async (MtbEngine *self,
                                 const char *person_id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = mtb_engine_new_job (self, reset_password, person_id, NULL, NULL,
                                               cancellable, callback, user_data);

  g_task_run_in_thread (task, mtb_engine_run_job_in_thread);
}

/**
 * mtb_engine_reset_password_finish:
 * @self: an engine
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the password, which is not told again
 */
char *
mtb_engine_reset_password_finish (MtbEngine *self, GAsyncResult *result, GError **error)
{
  return mtb_engine_finish_finding (self, result, error);
}
