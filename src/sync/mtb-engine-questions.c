/* Questions are read by a connection of their own, so that none waits for news being written. */

#include "mtb-engine-private.h"

#include "mtb-error.h"
#include "mtb-setting.h"
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

typedef struct
{
  const MtbQuery *query;
  gpointer arguments;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  mtb_record_unref (question->arguments);
  g_free (question);
}

/* Where the desk keeps only a part of the directory, the server is asked if it answers. */
static GPtrArray *
search_server (MtbEngine *self, const Question *question, GCancellable *cancellable)
{
  g_autofree char *keep = NULL;

  if (question->query != &mtb_customer_search_query)
    return NULL;
  keep =
    mtb_store_select_text (self->reader, "SELECT value FROM setting WHERE name = :name",
                           MTB_PARAMETERS (MTB_TEXT ("name", MTB_SETTING_DIRECTORY_KEEP)), NULL);
  return g_strcmp0 (keep, "dealt_with") == 0
           ? mtb_client_search (self->client, question->arguments, cancellable, NULL)
           : NULL;
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

static GPtrArray *
answer_question (MtbEngine *self,
                 const Question *question,
                 GCancellable *cancellable,
                 GError **error)
{
  GPtrArray *rows;

  if (!open_reader (self, error))
    return NULL;
  rows = search_server (self, question, cancellable);
  return rows != NULL ? rows : ask_reader (self, question, error);
}

void
mtb_engine_run_question (gpointer item, gpointer data)
{
  g_autoptr (GTask) task = item;
  MtbEngine *self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  if (g_task_return_error_if_cancelled (task))
    return;
  rows = answer_question (self, g_task_get_task_data (task), g_task_get_cancellable (task), &error);
  if (rows != NULL)
    g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
  else
    mtb_engine_fail (task, g_steal_pointer (&error));
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
 * Asks the rows that are here.
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
  question->arguments = mtb_record_copy (arguments);
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
