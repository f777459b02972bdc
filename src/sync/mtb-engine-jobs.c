/* What is done for a window beside the main thread: a task each, with what it needs. */

#include "mtb-engine-private.h"

#include "mtb-error.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

/* What was typed may have been a password. */
void
mtb_engine_free_secret (gpointer data)
{
  char *text = data;

  if (text != NULL)
    sodium_memzero (text, strlen (text));
  g_free (text);
}

static void
free_job (gpointer data)
{
  MtbEngineJob *job = data;

  mtb_engine_free_secret (job->first);
  mtb_engine_free_secret (job->second);
  mtb_record_unref (job->arguments);
  g_clear_pointer (&job->found, job->free_found);
  g_object_unref (job->turn);
  g_free (job);
}

gboolean
mtb_engine_end_if_over (GTask *task, GCancellable *turn)
{
  if (g_task_return_error_if_cancelled (task))
    return TRUE;
  if (!g_cancellable_is_cancelled (turn))
    return FALSE;
  g_task_return_new_error (task, MTB_ERROR, MTB_ERROR_UNAUTHORIZED, "%s", N_ ("Sign in again"));
  return TRUE;
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
  MtbEngineJob *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (mtb_engine_end_if_over (task, job->turn))
    return;
  ok = job->run (self, job, g_task_get_cancellable (task), &error);
  if (ok && job->found == NULL)
    g_task_return_boolean (task, TRUE);
  else if (mtb_engine_end_if_over (task, job->turn))
    return;
  else if (ok)
    g_task_return_boolean (task, TRUE);
  else
    mtb_engine_fail (task, g_steal_pointer (&error));
}

void
mtb_engine_run_job_in_thread (GTask *task,
                              gpointer source,
                              gpointer data,
                              GCancellable *cancellable)
{
  mtb_engine_run_job (g_object_ref (task), source);
}

GTask *
mtb_engine_new_job (MtbEngine *self,
                    gboolean (*run) (MtbEngine *, gpointer, GCancellable *, GError **),
                    const char *first,
                    const char *second,
                    gpointer arguments,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  MtbEngineJob *job = g_new0 (MtbEngineJob, 1);

  g_task_set_source_tag (task, run);
  job->run = run;
  job->turn = mtb_engine_ref_turn (self);
  job->first = g_strdup (first);
  job->second = g_strdup (second);
  job->arguments = arguments != NULL ? mtb_record_copy (arguments) : NULL;
  g_task_set_task_data (task, job, free_job);
  return task;
}

gboolean
mtb_engine_finish_job (MtbEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* For a job that looks for something: whether it has. */
gboolean
mtb_engine_find (MtbEngineJob *job, gpointer found, GDestroyNotify free_found)
{
  job->found = found;
  job->free_found = free_found;
  return found != NULL;
}

gpointer
mtb_engine_finish_finding (MtbEngine *self, GAsyncResult *result, GError **error)
{
  MtbEngineJob *job = g_task_get_task_data (G_TASK (result));

  return mtb_engine_finish_job (self, result, error) ? g_steal_pointer (&job->found) : NULL;
}
