/* Making drafts out of what is there already. */

#include "mtb-draft-opener.h"

#include "mtb-error.h"
#include "mtb-id.h"

#include <glib/gi18n.h>

static void
set_customer_id (MtbDraft *draft, gint64 kind, const char *id)
{
  g_clear_pointer (&draft->subscriber_id, g_free);
  g_clear_pointer (&draft->prospect_id, g_free);
  if (kind == MTB_CUSTOMER_PROSPECT)
    draft->prospect_id = g_strdup (id);
  else
    draft->subscriber_id = g_strdup (id);
}

/**
 * mtb_draft_set_customer:
 * @draft: a draft
 * @customer: who called
 *
 * Notes the customer, and the number too where none is written yet.
 */
void
mtb_draft_set_customer (MtbDraft *draft, const MtbCustomer *customer)
{
  set_customer_id (draft, customer->kind, customer->id);
  g_clear_pointer (&draft->prospect_name, g_free);
  g_clear_pointer (&draft->prospect_telephone, g_free);
  g_free (draft->customer_name);
  draft->customer_name = g_strdup (customer->name);
  if (draft->number == NULL || mtb_draft_is_blank (draft))
    {
      g_free (draft->number);
      draft->number = g_strdup (customer->telephone);
    }
}

/**
 * mtb_draft_for_write_up:
 * @row: a call that the PBX saw
 * @now: the engine's time, from which the after-call work is counted
 *
 * Returns: (transfer full): a draft with what the PBX knows
 */
MtbDraft *
mtb_draft_for_write_up (const MtbWriteUpRow *row, gint64 now)
{
  g_autofree char *id = mtb_id_new (now);
  MtbDraft *draft = mtb_draft_new (id);

  draft->pbx_call_id = g_strdup (row->id);
  draft->number = g_strdup (row->number);
  draft->started_at = row->connected_at;
  draft->ended_at = row->ended_at;
  draft->wrap_from = now;
  draft->customer_name = g_strdup (row->customer_name);
  if (row->customer_id != NULL)
    set_customer_id (draft, row->customer_kind, row->customer_id);
  return draft;
}

static gboolean
has_same_prospect (const MtbDraft *a, const MtbDraft *b)
{
  return g_strcmp0 (a->prospect_id, b->prospect_id) == 0
         && g_strcmp0 (a->prospect_name, b->prospect_name) == 0
         && g_strcmp0 (a->prospect_telephone, b->prospect_telephone) == 0;
}

static gboolean
says_same (const MtbDraft *a, const MtbDraft *b)
{
  g_autoptr (MtbCallAmend) record_a = mtb_record_new (&mtb_call_amend.shape);
  g_autoptr (MtbCallAmend) record_b = mtb_record_new (&mtb_call_amend.shape);

  mtb_record_assign (record_a, a);
  mtb_record_assign (record_b, b);
  return mtb_record_equal (record_a, record_b) && has_same_prospect (a, b);
}

/* Who was noted down with the record is new no more; who was described otherwise since is another. */
static void
take_prospect (MtbDraft *draft, const MtbDraft *saved, gint64 now)
{
  if (draft->prospect_name == NULL)
    return;
  if (has_same_prospect (draft, saved))
    {
      g_free (draft->customer_name);
      draft->customer_name = g_steal_pointer (&draft->prospect_name);
      g_clear_pointer (&draft->prospect_telephone, g_free);
      return;
    }
  g_free (draft->prospect_id);
  draft->prospect_id = mtb_id_new (now);
}

/**
 * mtb_draft_for_rest:
 * @saved: a draft as it was saved
 * @written: the same draft as it is now
 * @now: the engine's time
 *
 * Returns: (transfer full) (nullable): a draft that corrects the record by what was written since; %NULL
 *   where nothing was
 */
MtbDraft *
mtb_draft_for_rest (const MtbDraft *saved, const MtbDraft *written, gint64 now)
{
  MtbDraft *draft;

  if (says_same (saved, written))
    return NULL;
  draft = mtb_record_copy (written);
  g_free (draft->version_id);
  draft->version_id = mtb_id_new (now);
  draft->version = saved->version_id != NULL ? saved->version + 1 : 1;
  g_clear_pointer (&draft->command_id, g_free);
  g_clear_pointer (&draft->pbx_call_id, g_free);
  if (draft->ended_at == MTB_ABSENT)
    draft->ended_at = now;
  draft->wrap_from = MTB_ABSENT;
  take_prospect (draft, saved, now);
  return draft;
}

static void
on_call_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MtbDraft *draft = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = mtb_engine_ask_finish (MTB_ENGINE (source), result, &error);
  const MtbCallRow *row;

  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (rows->len == 0)
    {
      g_task_return_new_error (task, MTB_ERROR, MTB_ERROR_NOT_FOUND,
                               N_ ("There is no such record"));
      return;
    }
  row = g_ptr_array_index (rows, 0);
  mtb_record_assign (draft, row);
  if (row->customer_id != NULL)
    set_customer_id (draft, row->customer_kind, row->customer_id);
  /* It has been joined, or not; correcting it does not change that. */
  g_clear_pointer (&draft->pbx_call_id, g_free);
  draft->version_id = mtb_id_new (mtb_engine_get_now (MTB_ENGINE (source)));
  g_task_return_pointer (task, mtb_record_ref (draft), mtb_record_unref);
}

/**
 * mtb_draft_open_call_async:
 * @engine: the engine to ask
 * @call_id: a record
 * @callback: called with the draft, see mtb_draft_open_finish()
 * @user_data: given to @callback
 *
 * Makes a draft that corrects a record.
 */
void
mtb_draft_open_call_async (MtbEngine *engine,
                           const char *call_id,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (MtbCallRef) ref = mtb_record_new (mtb_call_query.arguments);
  GTask *task = g_task_new (engine, NULL, callback, user_data);

  g_task_set_source_tag (task, mtb_draft_open_call_async);
  g_task_set_task_data (task, mtb_draft_new (call_id), mtb_record_unref);
  ref->id = g_strdup (call_id);
  mtb_engine_ask_async (engine, &mtb_call_query, ref, NULL, on_call_found, task);
}

static void
on_customer_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MtbDraft *draft = g_task_get_task_data (task);
  g_autoptr (GPtrArray) rows = mtb_engine_ask_finish (MTB_ENGINE (source), result, NULL);

  /* The name only helps to recognise the customer. */
  if (rows != NULL && rows->len > 0)
    draft->customer_name = g_strdup (((const MtbCustomer *) g_ptr_array_index (rows, 0))->name);
  g_task_return_pointer (task, mtb_record_ref (draft), mtb_record_unref);
}

/**
 * mtb_draft_open_refusal_async:
 * @engine: the engine to ask
 * @refusal: a refused `call.log` or `call.amend`
 * @callback: called with the draft, see mtb_draft_open_finish()
 * @user_data: given to @callback
 *
 * Makes a draft that mends what was refused.
 */
void
mtb_draft_open_refusal_async (MtbEngine *engine,
                              MtbRefusal *refusal,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (MtbCustomerRef) ref = mtb_record_new (mtb_customer_query.arguments);
  GTask *task = g_task_new (engine, NULL, callback, user_data);
  MtbDraft *draft = mtb_record_new (&mtb_draft_shape);

  g_task_set_source_tag (task, mtb_draft_open_refusal_async);
  g_task_set_task_data (task, draft, mtb_record_unref);
  mtb_record_assign (draft, mtb_refusal_get_arguments (refusal));
  draft->command_id = g_strdup (mtb_refusal_get_command_id (refusal));
  ref->id = g_strdup (draft->subscriber_id != NULL ? draft->subscriber_id : draft->prospect_id);
  if (ref->id != NULL)
    {
      mtb_engine_ask_async (engine, &mtb_customer_query, ref, NULL, on_customer_found, task);
      return;
    }
  g_task_return_pointer (task, mtb_record_ref (draft), mtb_record_unref);
  g_object_unref (task);
}

/**
 * mtb_draft_open_finish:
 * @engine: the engine
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the draft, or %NULL with @error
 */
MtbDraft *
mtb_draft_open_finish (MtbEngine *engine, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, engine), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
