/* Making commands out of a draft, and giving them. */

#include "mtb-draft-save.h"

#include "mtb-error.h"
#include "mtb-time.h"

#include <glib/gi18n.h>

static void
complete (MtbDraft *draft, gint64 now)
{
  if (draft->started_at == MTB_ABSENT)
    draft->started_at = now;
  if (draft->ended_at == MTB_ABSENT)
    draft->ended_at = now;
  if (draft->wrap_from != MTB_ABSENT && draft->wrap_up_s == MTB_ABSENT)
    draft->wrap_up_s = CLAMP ((now - draft->wrap_from) / MTB_SECOND, 0, MTB_DAY / MTB_SECOND);
}

static const MtbCommand *
get_command (const MtbDraft *draft)
{
  return draft->version_id != NULL ? &mtb_call_amend : &mtb_call_log;
}

static void
on_given (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MtbDraft *draft = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean given = draft->command_id != NULL
                     ? mtb_engine_mend_finish (MTB_ENGINE (source), result, &error)
                     : mtb_engine_give_finish (MTB_ENGINE (source), result, &error);

  if (given)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
give_call (GTask *task)
{
  MtbEngine *engine = g_task_get_source_object (task);
  MtbDraft *draft = g_task_get_task_data (task);
  gpointer arguments = mtb_record_new (&get_command (draft)->shape);

  mtb_record_assign (arguments, draft);
  if (draft->command_id != NULL)
    mtb_engine_mend_async (engine, draft->command_id, arguments, NULL, on_given,
                           g_object_ref (task));
  else
    mtb_engine_give_async (engine, arguments, NULL, on_given, g_object_ref (task));
  mtb_record_unref (arguments);
}

static void
on_prospect_given (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MtbDraft *draft = g_task_get_task_data (task);
  GError *error = NULL;

  if (!mtb_engine_give_finish (MTB_ENGINE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  /* Noted down once, even if the call itself has to be corrected and saved again. */
  draft->customer_name = g_steal_pointer (&draft->prospect_name);
  give_call (task);
}

static void
give_prospect (GTask *task)
{
  MtbDraft *draft = g_task_get_task_data (task);
  g_autoptr (MtbProspectAdd) arguments = mtb_record_new (&mtb_prospect_add.shape);
  gboolean has_telephone = draft->prospect_telephone != NULL && *draft->prospect_telephone != '\0';

  arguments->id = g_strdup (draft->prospect_id);
  arguments->name = g_strdup (draft->prospect_name);
  arguments->telephone = g_strdup (has_telephone ? draft->prospect_telephone : draft->number);
  mtb_engine_give_async (g_task_get_source_object (task), arguments, NULL, on_prospect_given,
                         g_object_ref (task));
}

/**
 * mtb_draft_save_async:
 * @engine: the engine to give to
 * @draft: a draft, referenced; it is completed, and what was saved of it is noted in it
 * @callback: called when it is done
 * @user_data: given to @callback
 *
 * Gives the commands that @draft amounts to: the prospect where there is a new one, then the call.
 */
void
mtb_draft_save_async (MtbEngine *engine,
                      MtbDraft *draft,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (engine, NULL, callback, user_data);
  g_autoptr (MtbCallLog) trial = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, mtb_draft_save_async);
  g_task_set_task_data (task, mtb_record_ref (draft), mtb_record_unref);
  complete (draft, mtb_engine_get_now (engine));
  if (draft->prospect_name == NULL)
    {
      give_call (task);
      return;
    }
  /* So that no prospect is noted down for a call that is not complete. */
  trial = mtb_record_new (&get_command (draft)->shape);
  mtb_record_assign (trial, draft);
  if (mtb_record_check (trial, &error))
    give_prospect (task);
  else
    g_task_return_error (task, error);
}

/**
 * mtb_draft_save_finish:
 * @engine: the engine
 * @result: what the callback was given
 * @error: return location, see mtb_engine_give_finish()
 *
 * Returns: whether it was saved
 */
gboolean
mtb_draft_save_finish (MtbEngine *engine, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, engine), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
