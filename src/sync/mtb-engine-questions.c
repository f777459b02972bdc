/* Questions are read by a connection of their own, so that none waits for news being written. Those
 * that go to the server wait on threads of their own, so that a keystroke does not wait for them. */

#include "mtb-engine-private.h"

#include "mtb-error.h"
#include "mtb-viewer.h"

#include <glib/gi18n.h>

static gboolean
open_reader (MtbEngine *self, GError **error)
{
  guint generation = 0;
  g_autofree char *uri = mtb_client_dup_cache_uri (self->client, &generation);

  if (uri == NULL)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED, N_ ("Sign in again"));
      return FALSE;
    }
  if (self->reader != NULL && generation == self->reader_generation
      && g_strcmp0 (uri, self->reader_uri) == 0)
    return TRUE;
  g_clear_pointer (&self->reader, mtb_store_close);
  self->reader = mtb_store_open (uri, MTB_STORE_READ_ONLY, error);
  g_free (self->reader_uri);
  self->reader_uri = g_steal_pointer (&uri);
  self->reader_generation = generation;
  return self->reader != NULL;
}

/* Lives on the main thread, then on one of the pools at a time. */
typedef struct
{
  const MtbQuery *query;
  GCancellable *turn; /* of whoever asked */
  gpointer arguments;
  gboolean is_reachable; /* the server, when it was asked */
  gboolean is_partial;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  mtb_record_unref (question->arguments);
  g_object_unref (question->turn);
  g_free (question);
}

/* All that is read for one answer is of one moment. */
static GPtrArray *
ask_reader (MtbEngine *self, const Question *question, GError **error)
{
  g_autoptr (MtbPerson) person = mtb_client_dup_person (self->client);
  g_autoptr (MtbViewer) viewer = NULL;
  GPtrArray *rows = NULL;

  if (!mtb_store_begin_read (self->reader, error))
    return NULL;
  viewer = mtb_viewer_load (self->reader, person != NULL ? person->id : "", error);
  if (viewer != NULL)
    rows = question->query->run (self->reader, viewer, question->arguments, error);
  mtb_store_rollback (self->reader);
  return rows;
}

static gboolean
is_beyond (MtbEngine *self, const Question *question)
{
  return question->query->is_beyond != NULL
         && question->query->is_beyond (self->reader, question->arguments,
                                        mtb_client_get_now (self->client));
}

/* Nobody sees what was read for another, or in another's rows. */
static void
return_rows (GTask *task, GPtrArray *rows, GError *error)
{
  const Question *question = g_task_get_task_data (task);

  if (mtb_engine_end_if_over (task, question->turn))
    {
      g_clear_pointer (&rows, g_ptr_array_unref);
      g_clear_error (&error);
    }
  else if (rows != NULL)
    g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
  else
    mtb_engine_fail (task, error);
}

void
mtb_engine_run_question (gpointer item, gpointer data)
{
  g_autoptr (MtbThreadTask) task = item;
  MtbEngine *self = data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  GPtrArray *rows = NULL;

  if (mtb_engine_end_if_over (task, question->turn))
    return;
  if (open_reader (self, &error))
    {
      question->is_partial = is_beyond (self, question);
      if (question->is_partial && question->is_reachable)
        {
          g_thread_pool_push (self->inquiries, g_steal_pointer (&task), NULL);
          return;
        }
      rows = ask_reader (self, question, &error);
    }
  if (rows == NULL)
    mtb_client_repair (self->client, self->reader_generation, &error);
  return_rows (task, rows, error);
}

/* Where the server does not answer, what is here has to do. */
void
mtb_engine_run_inquiry (gpointer item, gpointer data)
{
  g_autoptr (MtbThreadTask) task = item;
  MtbEngine *self = data;
  Question *question = g_task_get_task_data (task);
  GPtrArray *rows;

  if (mtb_engine_end_if_over (task, question->turn))
    return;
  rows = mtb_client_ask (self->client, question->query, question->arguments,
                         g_task_get_cancellable (task), NULL);
  question->is_partial = rows == NULL;
  question->is_reachable = FALSE;
  if (rows != NULL)
    return_rows (task, rows, NULL);
  else
    g_thread_pool_push (self->questions, g_steal_pointer (&task), NULL);
}

/**
 * mtb_engine_ask_async:
 * @self: an engine
 * @query: what to ask
 * @arguments: (transfer none): a record of its arguments' shape
 * @cancellable: (nullable): the answer is no longer wanted
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Asks the rows that are here; and the server, while it can be reached, where the answer may be about
 * more than these: a search where the desk keeps only a part of the directory, a report that begins
 * before the days that a desk keeps. Within these days the rows here give the same figures, at once.
 */
void
mtb_engine_ask_async (MtbEngine *self,
                      const MtbQuery *query,
                      gpointer arguments,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  g_task_set_source_tag (task, mtb_engine_ask_async);
  question->query = query;
  question->turn = mtb_engine_ref_turn (self);
  question->arguments = mtb_record_copy (arguments);
  question->is_reachable = self->state == MTB_ENGINE_ONLINE || self->state == MTB_ENGINE_SYNCING;
  g_task_set_task_data (task, question, free_question);
  g_thread_pool_push (self->questions, task, NULL);
}

/**
 * mtb_engine_ask_finish:
 * @self: an engine
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the rows, records of the query's shape
 */
GPtrArray *
mtb_engine_ask_finish (MtbEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * mtb_engine_ask_is_partial:
 * @self: an engine
 * @result: what the callback got
 *
 * Returns: whether the answer lacks what is beyond the rows here, since the server was not reached; a
 *   window that shows sums says so
 */
gboolean
mtb_engine_ask_is_partial (MtbEngine *self, GAsyncResult *result)
{
  const Question *question = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return question->is_partial;
}
