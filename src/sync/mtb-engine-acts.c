/* What a window has the engine do, each beside the main thread. */

#include "mtb-engine-private.h"

#include "mtb-error.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

/* Something to be done beside the main thread, in the order in which it was asked for. */
typedef struct
{
  gboolean (*run) (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error);
  char *first;
  char *second;
  gpointer arguments;
} Job;

/* What was typed may have been a password. */
static void
free_secret (gpointer data)
{
  char *text = data;

  if (text != NULL)
    sodium_memzero (text, strlen (text));
  g_free (text);
}

static void
free_job (gpointer data)
{
  Job *job = data;

  free_secret (job->first);
  free_secret (job->second);
  mtb_record_unref (job->arguments);
  g_free (job);
}

/* What the machinery says is for the log; a person is told what it comes to. */
void
mtb_engine_fail (GTask *task, GError *error)
{
  const char *words = NULL;

  if (g_error_matches (error, MTB_ERROR, MTB_ERROR_STORAGE))
    words = N_ ("This computer cannot read or write its data; its disk may be full");
  else if (g_error_matches (error, MTB_ERROR, MTB_ERROR_DAMAGED))
    {
      words = N_ ("What this desk keeps was damaged and is fetched again; try again in a moment");
      mtb_engine_want_sync (g_task_get_source_object (task));
    }
  if (words != NULL)
    {
      g_message ("%s", error->message);
      g_free (error->message);
      error->message = g_strdup (words);
    }
  g_task_return_error (task, error);
}

static gboolean
do_nothing (gpointer data)
{
  return G_SOURCE_REMOVE;
}

void
mtb_thread_task_let_go (MtbThreadTask *task)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, do_nothing, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
  g_source_unref (source);
}

void
mtb_engine_run_job (gpointer item, gpointer data)
{
  g_autoptr (MtbThreadTask) task = item;
  MtbEngine *self = data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (job->run (self, job, g_task_get_cancellable (task), &error))
    g_task_return_boolean (task, TRUE);
  else
    mtb_engine_fail (task, g_steal_pointer (&error));
}

static void
run_job_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  mtb_engine_run_job (g_object_ref (task), source);
}

static GTask *
new_job (MtbEngine *self,
         gboolean (*run) (MtbEngine *, gpointer, GCancellable *, GError **),
         const char *first,
         const char *second,
         gpointer arguments,
         GCancellable *cancellable,
         GAsyncReadyCallback callback,
         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, run);
  job->run = run;
  job->first = g_strdup (first);
  job->second = g_strdup (second);
  job->arguments = arguments != NULL ? mtb_record_copy (arguments) : NULL;
  g_task_set_task_data (task, job, free_job);
  return task;
}

static gboolean
finish_job (MtbEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
begin_work (MtbEngine *self)
{
  MtbEngineState state;

  /* A desk without rows has nothing to show, so the first sync belongs to the sign-in. */
  state = mtb_client_must_change (self->client) ? MTB_ENGINE_PASSWORD_CHANGE : MTB_ENGINE_SYNCING;
  if (mtb_client_is_empty (self->client))
    mtb_engine_sync_and_tell (self);
  else
    mtb_engine_tell (self, &state);
  mtb_engine_set_active (self, TRUE);
  return TRUE;
}

static gboolean
restore (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  return mtb_client_restore (self->client, cancellable, error) && begin_work (self);
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
  g_autoptr (GTask) task =
    new_job (self, restore, NULL, NULL, NULL, cancellable, callback, user_data);

  g_task_run_in_thread (task, run_job_in_thread);
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
  return finish_job (self, result, error);
}

static gboolean
sign_in (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;

  return mtb_client_sign_in (self->client, job->first, job->second, cancellable, error)
         && begin_work (self);
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
  g_autoptr (GTask) task =
    new_job (self, sign_in, username, password, NULL, cancellable, callback, user_data);

  g_task_run_in_thread (task, run_job_in_thread);
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
  return finish_job (self, result, error);
}

static gboolean
sign_out (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  MtbEngineState state = MTB_ENGINE_SIGNED_OUT;

  mtb_engine_set_active (self, FALSE);
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
 * Ends the sign-in. What waits is sent before, where the server can be reached.
 */
void
mtb_engine_sign_out_async (MtbEngine *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  gboolean online = mtb_engine_get_state (self) == MTB_ENGINE_ONLINE;
  g_autoptr (GTask) task = new_job (self, online ? send_and_sign_out : sign_out, NULL, NULL, NULL,
                                    cancellable, callback, user_data);

  g_task_run_in_thread (task, run_job_in_thread);
}

/**
 * mtb_engine_sign_out_finish:
 * @self: an engine
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether nobody is signed in any more
 */
gboolean
mtb_engine_sign_out_finish (MtbEngine *self, GAsyncResult *result, GError **error)
{
  return finish_job (self, result, error);
}

static gboolean
change_password (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;

  if (!mtb_client_change_password (self->client, job->first, job->second, cancellable, error))
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
    new_job (self, change_password, old, new, NULL, cancellable, callback, user_data);

  g_task_run_in_thread (task, run_job_in_thread);
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
  return finish_job (self, result, error);
}

static void
run_reset_password (GTask *task, gpointer source, gpointer person_id, GCancellable *cancellable)
{
  MtbEngine *self = source;
  g_autoptr (GError) error = NULL;
  char *password = mtb_client_reset_password (self->client, person_id, cancellable, &error);

  if (password != NULL)
    g_task_return_pointer (task, password, free_secret);
  else
    mtb_engine_fail (task, g_steal_pointer (&error));
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
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, mtb_engine_reset_password_async);
  g_task_set_task_data (task, g_strdup (person_id), g_free);
  g_task_run_in_thread (task, run_reset_password);
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
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

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
  const Job *job = data;
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
  GTask *task = new_job (self, give, NULL, NULL, arguments, cancellable, callback, user_data);

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
  return finish_job (self, result, error);
}

static gboolean
open_card (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;

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
  g_autoptr (GTask) task =
    new_job (self, open_card, subscriber_id, NULL, NULL, cancellable, callback, user_data);

  g_task_run_in_thread (task, run_job_in_thread);
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
  return finish_job (self, result, error);
}

static void
run_list_refusals (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  MtbEngine *self = source;
  g_autoptr (GError) error = NULL;
  GPtrArray *refusals = mtb_client_list_refusals (self->client, &error);

  if (refusals != NULL)
    g_task_return_pointer (task, refusals, (GDestroyNotify) g_ptr_array_unref);
  else
    mtb_engine_fail (task, g_steal_pointer (&error));
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
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, mtb_engine_list_refusals_async);
  g_task_run_in_thread (task, run_list_refusals);
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
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
mend (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
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
  GTask *task = new_job (self, mend, command_id, NULL, arguments, cancellable, callback, user_data);

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
  return finish_job (self, result, error);
}

static gboolean
drop (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
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
  GTask *task = new_job (self, drop, command_id, NULL, NULL, cancellable, callback, user_data);

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
  return finish_job (self, result, error);
}
