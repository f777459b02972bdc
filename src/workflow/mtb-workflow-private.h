#pragma once

#include "mtb-call.h"
#include "mtb-error.h"
#include "mtb-pbx.h"
#include "mtb-presence.h"
#include "mtb-workflow.h"

G_BEGIN_DECLS

typedef gboolean (*MtbWorkflowFunc) (const MtbOccasion *occasion,
                                     gconstpointer arguments,
                                     GError **error);

gboolean mtb_workflow_call_log (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_call_amend (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_call_join (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_call_unjoin (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_prospect_add (const MtbOccasion *occasion,
                                    gconstpointer data,
                                    GError **error);
gboolean mtb_workflow_person_add (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_person_set (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_account_password (const MtbOccasion *occasion,
                                        gconstpointer data,
                                        GError **error);
gboolean mtb_workflow_session_begin (const MtbOccasion *occasion,
                                     gconstpointer data,
                                     GError **error);
gboolean mtb_workflow_session_end (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_account_change (const MtbOccasion *occasion,
                                      gconstpointer data,
                                      GError **error);
gboolean mtb_workflow_session_revoke (const MtbOccasion *occasion,
                                      gconstpointer data,
                                      GError **error);
gboolean mtb_workflow_connection_report (const MtbOccasion *occasion,
                                         gconstpointer data,
                                         GError **error);

/* Whoever has left: each desk of theirs hears that it is to empty itself. */
gboolean mtb_account_dismiss (const MtbOccasion *occasion, const char *person_id, GError **error);

gboolean mtb_workflow_team_add (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_call_type_put (const MtbOccasion *occasion,
                                     gconstpointer data,
                                     GError **error);
gboolean mtb_workflow_threshold_set (const MtbOccasion *occasion,
                                     gconstpointer data,
                                     GError **error);
gboolean mtb_workflow_setting_set (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_list_export (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_epoch_begin (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_epoch_end (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_subscriber_put (const MtbOccasion *occasion,
                                      gconstpointer data,
                                      GError **error);
gboolean mtb_workflow_card_measure (const MtbOccasion *occasion,
                                    gconstpointer data,
                                    GError **error);
gboolean mtb_workflow_note_add (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_note_see (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_presence_move (const MtbOccasion *occasion,
                                     gconstpointer data,
                                     GError **error);
gboolean mtb_workflow_presence_lapse (const MtbOccasion *occasion,
                                      gconstpointer data,
                                      GError **error);
gboolean mtb_workflow_auxiliary_ask (const MtbOccasion *occasion,
                                     gconstpointer data,
                                     GError **error);
gboolean mtb_workflow_auxiliary_approve (const MtbOccasion *occasion,
                                         gconstpointer data,
                                         GError **error);
gboolean mtb_workflow_auxiliary_refuse (const MtbOccasion *occasion,
                                        gconstpointer data,
                                        GError **error);
gboolean mtb_workflow_auxiliary_withdraw (const MtbOccasion *occasion,
                                          gconstpointer data,
                                          GError **error);
gboolean mtb_workflow_person_move (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_team_set (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_pbx_observe (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_document_add (const MtbOccasion *occasion,
                                    gconstpointer data,
                                    GError **error);
gboolean mtb_workflow_document_issue (const MtbOccasion *occasion,
                                      gconstpointer data,
                                      GError **error);
gboolean mtb_workflow_document_read (const MtbOccasion *occasion,
                                     gconstpointer data,
                                     GError **error);

gboolean mtb_join_record (const MtbOccasion *occasion, const MtbCall *call, GError **error);
gboolean mtb_join_pbx_call (const MtbOccasion *occasion,
                            const MtbPbxCall *pbx_call,
                            GError **error);
gboolean mtb_join (const MtbOccasion *occasion,
                   const MtbCall *call,
                   const char *pbx_call_id,
                   const char *joined_by,
                   gboolean joined,
                   GError **error);

/**
 * MtbPresenceStep:
 * @person_id: who moves
 * @act: a #MtbPresenceAct
 * @at: when
 * @id: the id that the new stretch will have
 */
typedef struct
{
  const char *person_id;
  gint64 act;
  gint64 at;
  const char *id;
} MtbPresenceStep;

gboolean mtb_presence_step (const MtbOccasion *occasion,
                            const MtbPresenceStep *step,
                            GError **error);
gboolean mtb_presence_follow (const MtbOccasion *occasion,
                              const MtbPresenceStep *step,
                              GError **error);
gboolean mtb_presence_read_state (const MtbOccasion *occasion,
                                  const char *person_id,
                                  gint64 *state,
                                  GError **error);

gboolean mtb_auxiliary_read_approved (const MtbOccasion *occasion,
                                      const char *person_id,
                                      MtbAuxiliary **approved,
                                      GError **error);
gboolean
mtb_auxiliary_start (const MtbOccasion *occasion, MtbAuxiliary *request, gint64 at, GError **error);
gboolean
mtb_auxiliary_end (const MtbOccasion *occasion, MtbAuxiliary *request, gint64 at, GError **error);
gboolean mtb_auxiliary_resume (const MtbOccasion *occasion, const char *id, GError **error);
gboolean mtb_auxiliary_withdraw_all (const MtbOccasion *occasion,
                                     const char *person_id,
                                     GError **error);

/* What a command needs must be there, or the command is judged to be wrong. */
gpointer mtb_need (const MtbOccasion *occasion,
                   const MtbShape *shape,
                   const char *id,
                   const char *field,
                   const char *message,
                   GError **error);
gboolean
mtb_need_new (const MtbOccasion *occasion, const MtbShape *shape, const char *id, GError **error);
/* What may be there or not: FALSE is an error, and *record is NULL where there is none. */
gboolean mtb_look_up (const MtbOccasion *occasion,
                      const MtbShape *shape,
                      const char *sql,
                      const MtbParameter *parameters,
                      gpointer *record,
                      GError **error);
gboolean mtb_find (const MtbOccasion *occasion,
                   const MtbShape *shape,
                   const char *id,
                   gpointer *record,
                   GError **error);
/* What somebody does not see is not there for them. */
gboolean mtb_need_sight (const MtbOccasion *occasion,
                         const MtbTable *table,
                         const char *scope,
                         const char *field,
                         const char *message,
                         GError **error);
gboolean mtb_refuse (GError **error, MtbError code, const char *field, const char *message);

G_END_DECLS
