#pragma once

#include "mtb-call.h"
#include "mtb-error.h"
#include "mtb-pbx.h"
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
gboolean mtb_workflow_team_add (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_call_type_put (const MtbOccasion *occasion,
                                     gconstpointer data,
                                     GError **error);
gboolean mtb_workflow_threshold_set (const MtbOccasion *occasion,
                                     gconstpointer data,
                                     GError **error);
gboolean mtb_workflow_setting_set (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_epoch_begin (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_epoch_end (const MtbOccasion *occasion, gconstpointer data, GError **error);
gboolean mtb_workflow_subscriber_put (const MtbOccasion *occasion,
                                      gconstpointer data,
                                      GError **error);
gboolean mtb_workflow_card_measure (const MtbOccasion *occasion,
                                    gconstpointer data,
                                    GError **error);
gboolean mtb_workflow_pbx_observe (const MtbOccasion *occasion, gconstpointer data, GError **error);

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

/* What a command needs must be there, or the command is judged to be wrong. */
gpointer mtb_need (const MtbOccasion *occasion,
                   const MtbShape *shape,
                   const char *id,
                   const char *field,
                   const char *message,
                   GError **error);
gboolean
mtb_need_new (const MtbOccasion *occasion, const MtbShape *shape, const char *id, GError **error);
gboolean mtb_refuse (GError **error, MtbError code, const char *field, const char *message);

G_END_DECLS
