/* The one place that decides what a command may do, on desks and servers alike. */

#include "mtb-workflow-private.h"

#include "mtb-viewer.h"

#include <glib/gi18n.h>

typedef struct
{
  const MtbCommand *command;
  MtbWorkflowFunc func;
} Entry;

static const Entry entries[] = {
  { &mtb_call_log, mtb_workflow_call_log },
  { &mtb_call_amend, mtb_workflow_call_amend },
  { &mtb_call_join, mtb_workflow_call_join },
  { &mtb_call_unjoin, mtb_workflow_call_unjoin },
  { &mtb_note_add, mtb_workflow_note_add },
  { &mtb_note_see, mtb_workflow_note_see },
  { &mtb_presence_move, mtb_workflow_presence_move },
  { &mtb_presence_lapse, mtb_workflow_presence_lapse },
  { &mtb_auxiliary_ask, mtb_workflow_auxiliary_ask },
  { &mtb_auxiliary_approve, mtb_workflow_auxiliary_approve },
  { &mtb_auxiliary_refuse, mtb_workflow_auxiliary_refuse },
  { &mtb_auxiliary_withdraw, mtb_workflow_auxiliary_withdraw },
  { &mtb_person_move, mtb_workflow_person_move },
  { &mtb_team_set, mtb_workflow_team_set },
  { &mtb_prospect_add, mtb_workflow_prospect_add },
  { &mtb_person_add, mtb_workflow_person_add },
  { &mtb_person_set, mtb_workflow_person_set },
  { &mtb_account_password, mtb_workflow_account_password },
  { &mtb_account_change, mtb_workflow_account_change },
  { &mtb_session_begin, mtb_workflow_session_begin },
  { &mtb_session_end, mtb_workflow_session_end },
  { &mtb_session_revoke, mtb_workflow_session_revoke },
  { &mtb_team_add, mtb_workflow_team_add },
  { &mtb_call_type_put, mtb_workflow_call_type_put },
  { &mtb_threshold_set, mtb_workflow_threshold_set },
  { &mtb_setting_set, mtb_workflow_setting_set },
  { &mtb_subscriber_put, mtb_workflow_subscriber_put },
  { &mtb_card_measure, mtb_workflow_card_measure },
  { &mtb_pbx_observe, mtb_workflow_pbx_observe },
  { &mtb_connection_report, mtb_workflow_connection_report },
  { &mtb_document_add, mtb_workflow_document_add },
  { &mtb_document_issue, mtb_workflow_document_issue },
  { &mtb_document_read, mtb_workflow_document_read },
  { &mtb_list_export, mtb_workflow_list_export },
  { &mtb_epoch_begin, mtb_workflow_epoch_begin },
  { &mtb_epoch_end, mtb_workflow_epoch_end },
};

static MtbWorkflowFunc
find_func (const MtbCommand *command)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    if (entries[i].command == command)
      return entries[i].func;
  g_assert_not_reached ();
}

/**
 * mtb_workflow_may:
 * @person: somebody
 * @command: a command
 *
 * Returns: whether a role of @person allows @command at all; the row's state may still forbid it
 */
gboolean
mtb_workflow_may (const MtbPerson *person, const MtbCommand *command)
{
  return person->active == 1 && (person->roles & command->roles) != 0;
}

/**
 * mtb_workflow_carry_out:
 * @occasion: the circumstances
 * @arguments: the command's arguments
 * @error: return location; a verdict where mtb_error_is_verdict() says so
 *
 * Checks a command fully, then writes the rows that follow from it. Where it fails with a verdict
 * nothing was written.
 *
 * Returns: whether it was carried out
 */
gboolean
mtb_workflow_carry_out (const MtbOccasion *occasion, gconstpointer arguments, GError **error)
{
  const MtbCommand *command = mtb_command_of (arguments);

  if (!mtb_workflow_may (occasion->person, command))
    return mtb_refuse (error, MTB_ERROR_FORBIDDEN, NULL, N_ ("Your role does not allow this"));
  if (occasion->head == NULL && mtb_command_is_online_only (command))
    return mtb_refuse (error, MTB_ERROR_ONLINE_ONLY, NULL, N_ ("This needs the server's word"));
  return mtb_record_check (arguments, error) && find_func (command) (occasion, arguments, error);
}

gboolean
mtb_refuse (GError **error, MtbError code, const char *field, const char *message)
{
  g_autoptr (GError) refusal = g_error_new_literal (MTB_ERROR, (int) code, message);

  mtb_error_set_field (refusal, field);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

gboolean
mtb_look_up (const MtbOccasion *occasion,
             const MtbShape *shape,
             const char *sql,
             const MtbParameter *parameters,
             gpointer *record,
             GError **error)
{
  g_autoptr (GError) failure = NULL;

  *record = mtb_store_select_one (occasion->store, shape, sql, parameters, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
mtb_find (const MtbOccasion *occasion,
          const MtbShape *shape,
          const char *id,
          gpointer *record,
          GError **error)
{
  g_autoptr (GError) failure = NULL;

  *record = mtb_store_get (occasion->store, shape, id, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gpointer
mtb_need (const MtbOccasion *occasion,
          const MtbShape *shape,
          const char *id,
          const char *field,
          const char *message,
          GError **error)
{
  gpointer record;

  if (mtb_find (occasion, shape, id, &record, error) && record == NULL)
    mtb_refuse (error, MTB_ERROR_NOT_FOUND, field, message);
  return record;
}

gboolean
mtb_need_new (const MtbOccasion *occasion, const MtbShape *shape, const char *id, GError **error)
{
  gpointer record;

  if (!mtb_find (occasion, shape, id, &record, error))
    return FALSE;
  if (record == NULL)
    return TRUE;
  mtb_record_unref (record);
  return mtb_refuse (error, MTB_ERROR_CONFLICT, "id", N_ ("This is already there"));
}

gboolean
mtb_need_sight (const MtbOccasion *occasion,
                const MtbTable *table,
                const char *scope,
                const char *field,
                const char *message,
                GError **error)
{
  g_autoptr (MtbViewer) viewer = mtb_viewer_load (occasion->store, occasion->person->id, error);

  if (viewer == NULL)
    return FALSE;
  return mtb_viewer_sees_scope (viewer, table, scope)
         || mtb_refuse (error, MTB_ERROR_NOT_FOUND, field, message);
}
