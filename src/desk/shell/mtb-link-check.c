/* Whether what a link leads to can be shown to whoever is signed in, and else the words for it. */

#include "mtb-link-check.h"

#include "mtb-document-query.h"
#include "mtb-error.h"

#include <glib/gi18n.h>

typedef struct
{
  MtbLinkKind kind;
  char *id;
} Check;

static void
free_check (gpointer data)
{
  Check *check = data;

  g_free (check->id);
  g_free (check);
}

static void
on_card_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (mtb_engine_open_card_finish (MTB_ENGINE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, MTB_ERROR, MTB_ERROR_NOT_FOUND)
           || g_error_matches (error, MTB_ERROR, MTB_ERROR_FORBIDDEN))
    g_task_return_new_error (task, MTB_ERROR, MTB_ERROR_NOT_FOUND,
                             N_ ("There is no such customer, or you may not see them"));
  else
    g_task_return_new_error (task, MTB_ERROR, MTB_ERROR_NOT_FOUND,
                             N_ ("This customer is not known here, and the server cannot be "
                                 "reached"));
}

static void
on_customer_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Check *check = g_task_get_task_data (task);
  g_autoptr (GPtrArray) rows = mtb_engine_ask_finish (MTB_ENGINE (source), result, NULL);

  if (rows != NULL && rows->len > 0)
    g_task_return_boolean (task, TRUE);
  else
    mtb_engine_open_card_async (MTB_ENGINE (source), check->id, NULL, on_card_opened,
                                g_steal_pointer (&task));
}

static gboolean
has_row (GPtrArray *rows, const char *id)
{
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (g_strcmp0 (mtb_record_get_id (g_ptr_array_index (rows, i)), id) == 0)
      return TRUE;
  return FALSE;
}

static void
on_rows_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Check *check = g_task_get_task_data (task);
  g_autoptr (GPtrArray) rows = mtb_engine_ask_finish (MTB_ENGINE (source), result, NULL);

  if (has_row (rows, check->id))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (
      task, MTB_ERROR, MTB_ERROR_NOT_FOUND,
      check->kind == MTB_LINK_CALL
        ? N_ ("This record is not on this desk, or you may not see it")
        : N_ ("There is no such document, or this desk does not have it yet"));
}

static void
ask_customer (MtbEngine *engine, GTask *task, const char *id)
{
  g_autoptr (MtbCustomerRef) ref = mtb_record_new (mtb_customer_query.arguments);

  ref->id = g_strdup (id);
  mtb_engine_ask_async (engine, &mtb_customer_query, ref, NULL, on_customer_found, task);
}

static void
ask_call (MtbEngine *engine, GTask *task, const char *id)
{
  g_autoptr (MtbCallRef) ref = mtb_record_new (mtb_call_query.arguments);

  ref->id = g_strdup (id);
  mtb_engine_ask_async (engine, &mtb_call_query, ref, NULL, on_rows_found, task);
}

/* Of all that are listed. */
static void
ask_documents (MtbEngine *engine, GTask *task)
{
  g_autoptr (MtbEverything) everything = mtb_record_new (mtb_documents_query.arguments);

  everything->active = 1;
  mtb_engine_ask_async (engine, &mtb_documents_query, everything, NULL, on_rows_found, task);
}

/**
 * mtb_link_check_async:
 * @engine: the engine, with somebody signed in
 * @link: a link, see mtb_link_parse()
 * @callback: called on the main thread
 * @user_data: given to @callback
 *
 * Looks whether what it leads to can be shown. A customer who is not known here is asked of the
 * server; places answer for themselves.
 */
void
mtb_link_check_async (MtbEngine *engine,
                      const char *link,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (engine, NULL, callback, user_data);
  Check *check = g_new0 (Check, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, mtb_link_check_async);
  g_task_set_task_data (task, check, free_check);
  if (!mtb_link_parse (link, &check->kind, &check->id, &error))
    g_task_return_error (task, error);
  else if (check->kind == MTB_LINK_SUBSCRIBER)
    ask_customer (engine, g_steal_pointer (&task), check->id);
  else if (check->kind == MTB_LINK_CALL)
    ask_call (engine, g_steal_pointer (&task), check->id);
  else if (check->kind == MTB_LINK_DOCUMENT)
    ask_documents (engine, g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * mtb_link_check_finish:
 * @engine: the engine
 * @result: what the callback was given
 * @kind: (out): what it leads to
 * @id: (out) (transfer full): which
 * @error: return location, %MTB_ERROR_INVALID or %MTB_ERROR_NOT_FOUND with the words for it
 *
 * Returns: whether it can be shown
 */
gboolean
mtb_link_check_finish (MtbEngine *engine,
                       GAsyncResult *result,
                       MtbLinkKind *kind,
                       char **id,
                       GError **error)
{
  const Check *check = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, engine), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *kind = check->kind;
  *id = g_strdup (check->id);
  return TRUE;
}
