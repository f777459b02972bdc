#include "mtb-command.h"

#include "mtb-call.h"
#include "mtb-connection.h"
#include "mtb-document.h"
#include "mtb-export.h"
#include "mtb-presence.h"
#include "mtb-subscriber.h"

#include <glib/gi18n.h>

#define TELEPHONE_STAFF (MTB_ROLE_AGENT | MTB_ROLE_SUPERVISOR | MTB_ROLE_FOLLOWUP)
#define ANYBODY MTB_ROLES_HUMAN
#define STAFF (MTB_ROLES_HUMAN & ~MTB_ROLE_ADMIN)
#define LEADERS (MTB_ROLE_SUPERVISOR | MTB_ROLE_MANAGER)

static const MtbField call_log_fields[] = {
  MTB_FIELD (MtbCallLog, id, ID, .required = TRUE),
  MTB_FIELD (MtbCallLog, subscriber_id, ID),
  MTB_FIELD (MtbCallLog, prospect_id, ID),
  MTB_FIELD (MtbCallLog, number, TEXT, .max = 40),
  MTB_FIELD (MtbCallLog, direction, ENUM, .required = TRUE, .choices = mtb_direction_words),
  MTB_FIELD (MtbCallLog, type_id, ID, .required = TRUE),
  MTB_FIELD (MtbCallLog, resolution, ENUM, .required = TRUE, .choices = mtb_resolution_words),
  MTB_FIELD (MtbCallLog, solved, FLAG, .required = TRUE),
  MTB_FIELD (MtbCallLog, notes, TEXT),
  MTB_FIELD (MtbCallLog, started_at, TIME, .required = TRUE),
  MTB_FIELD (MtbCallLog, ended_at, TIME, .required = TRUE),
  MTB_FIELD (MtbCallLog, wrap_up_s, DURATION, .max = 86400),
  MTB_FIELD (MtbCallLog, pbx_call_id, ID),
};

const MtbCommand mtb_call_log = {
  .shape = MTB_SHAPE ("call.log", MtbCallLog, call_log_fields),
  .roles = TELEPHONE_STAFF,
  .title = N_ ("Write down a call"),
};

static const MtbField call_amend_fields[] = {
  MTB_FIELD (MtbCallAmend, id, ID, .required = TRUE),
  MTB_FIELD (MtbCallAmend, version_id, ID, .required = TRUE),
  MTB_FIELD (MtbCallAmend, version, INTEGER, .required = TRUE),
  MTB_FIELD (MtbCallAmend, subscriber_id, ID),
  MTB_FIELD (MtbCallAmend, prospect_id, ID),
  MTB_FIELD (MtbCallAmend, number, TEXT, .max = 40),
  MTB_FIELD (MtbCallAmend, direction, ENUM, .required = TRUE, .choices = mtb_direction_words),
  MTB_FIELD (MtbCallAmend, type_id, ID, .required = TRUE),
  MTB_FIELD (MtbCallAmend, resolution, ENUM, .required = TRUE, .choices = mtb_resolution_words),
  MTB_FIELD (MtbCallAmend, solved, FLAG, .required = TRUE),
  MTB_FIELD (MtbCallAmend, notes, TEXT),
};

const MtbCommand mtb_call_amend = {
  .shape = MTB_SHAPE ("call.amend", MtbCallAmend, call_amend_fields),
  .roles = TELEPHONE_STAFF,
  .title = N_ ("Correct the record of a call"),
};

static const MtbField call_join_fields[] = {
  MTB_FIELD (MtbCallJoin, call_id, ID, .required = TRUE),
  MTB_FIELD (MtbCallJoin, pbx_call_id, ID, .required = TRUE),
};

const MtbCommand mtb_call_join = {
  .shape = MTB_SHAPE ("call.join", MtbCallJoin, call_join_fields),
  .roles = TELEPHONE_STAFF,
  .title = N_ ("Join a record with the call that the PBX saw"),
};

const MtbCommand mtb_call_unjoin = {
  .shape = MTB_SHAPE ("call.unjoin", MtbCallJoin, call_join_fields),
  .roles = TELEPHONE_STAFF,
  .title = N_ ("Take a record and a call of the PBX apart"),
};

static const MtbField note_add_fields[] = {
  MTB_FIELD (MtbNoteAdd, id, ID, .required = TRUE),
  MTB_FIELD (MtbNoteAdd, call_id, ID, .required = TRUE),
  MTB_FIELD (MtbNoteAdd, text, TEXT, .required = TRUE, .max = 2000),
};

const MtbCommand mtb_note_add = {
  .shape = MTB_SHAPE ("note.add", MtbNoteAdd, note_add_fields),
  .roles = LEADERS | MTB_ROLE_QUALITY,
  .title = N_ ("Leave a note on a record"),
};

static const MtbField note_see_fields[] = {
  MTB_FIELD (MtbNoteSee, id, ID, .required = TRUE),
};

const MtbCommand mtb_note_see = {
  .shape = MTB_SHAPE ("note.see", MtbNoteSee, note_see_fields),
  .roles = ANYBODY,
  .title = N_ ("Read a note"),
};

static const MtbField presence_move_fields[] = {
  MTB_FIELD (MtbPresenceMove, id, ID, .required = TRUE),
  MTB_FIELD (MtbPresenceMove, act, ENUM, .required = TRUE, .choices = mtb_presence_act_words),
};

const MtbCommand mtb_presence_move = {
  .shape = MTB_SHAPE ("presence.move", MtbPresenceMove, presence_move_fields),
  .roles = STAFF,
  .title = N_ ("Change one's own state"),
};

static const MtbField presence_lapse_fields[] = {
  MTB_FIELD (MtbPresenceLapse, id, ID, .required = TRUE),
  MTB_FIELD (MtbPresenceLapse, person_id, ID, .required = TRUE),
  MTB_FIELD (MtbPresenceLapse, act, ENUM, .required = TRUE, .choices = mtb_presence_act_words),
  MTB_FIELD (MtbPresenceLapse, seen_at, TIME, .required = TRUE),
};

const MtbCommand mtb_presence_lapse = {
  .shape = MTB_SHAPE ("presence.lapse", MtbPresenceLapse, presence_lapse_fields),
  .roles = MTB_ROLE_OPERATOR,
  .flags = MTB_COMMAND_ONLINE_ONLY | MTB_COMMAND_INTERNAL,
  .title = N_ ("Note that nothing is heard of a desk"),
};

static const MtbField auxiliary_ask_fields[] = {
  MTB_FIELD (MtbAuxiliaryAsk, id, ID, .required = TRUE),
  MTB_FIELD (MtbAuxiliaryAsk,
             reason,
             ENUM,
             .required = TRUE,
             .choices = mtb_auxiliary_reason_words),
  MTB_FIELD (MtbAuxiliaryAsk,
             minutes,
             INTEGER,
             .required = TRUE,
             .min = 1,
             .max = MTB_AUXILIARY_MINUTES_MAX),
  MTB_FIELD (MtbAuxiliaryAsk, note, TEXT, .max = 400),
};

const MtbCommand mtb_auxiliary_ask = {
  .shape = MTB_SHAPE ("auxiliary.ask", MtbAuxiliaryAsk, auxiliary_ask_fields),
  .roles = STAFF,
  .title = N_ ("Ask for Auxiliary"),
};

static const MtbField auxiliary_decide_fields[] = {
  MTB_FIELD (MtbAuxiliaryDecide, id, ID, .required = TRUE),
  MTB_FIELD (MtbAuxiliaryDecide, presence_id, ID, .required = TRUE),
  MTB_FIELD (MtbAuxiliaryDecide, word, TEXT, .max = 400),
};

/* Auxiliary counts from its approval, so that dates from the server's receipt. */
const MtbCommand mtb_auxiliary_approve = {
  .shape = MTB_SHAPE ("auxiliary.approve", MtbAuxiliaryDecide, auxiliary_decide_fields),
  .roles = LEADERS,
  .flags = MTB_COMMAND_ONLINE_ONLY,
  .title = N_ ("Approve Auxiliary"),
};

const MtbCommand mtb_auxiliary_refuse = {
  .shape = MTB_SHAPE ("auxiliary.refuse", MtbAuxiliaryDecide, auxiliary_decide_fields),
  .roles = LEADERS,
  .flags = MTB_COMMAND_ONLINE_ONLY,
  .title = N_ ("Refuse Auxiliary"),
};

static const MtbField auxiliary_withdraw_fields[] = {
  MTB_FIELD (MtbAuxiliaryWithdraw, id, ID, .required = TRUE),
};

const MtbCommand mtb_auxiliary_withdraw = {
  .shape = MTB_SHAPE ("auxiliary.withdraw", MtbAuxiliaryWithdraw, auxiliary_withdraw_fields),
  .roles = STAFF,
  .title = N_ ("Withdraw a request for Auxiliary"),
};

static const MtbField prospect_add_fields[] = {
  MTB_FIELD (MtbProspectAdd, id, ID, .required = TRUE),
  MTB_FIELD (MtbProspectAdd, name, TEXT, .required = TRUE, .max = 200),
  MTB_FIELD (MtbProspectAdd, telephone, TEXT, .max = 40),
  MTB_FIELD (MtbProspectAdd, notes, TEXT),
};

const MtbCommand mtb_prospect_add = {
  .shape = MTB_SHAPE ("prospect.add", MtbProspectAdd, prospect_add_fields),
  .roles = TELEPHONE_STAFF | MTB_ROLE_MANAGER,
  .title = N_ ("Add a prospective customer"),
};

static const MtbField person_put_fields[] = {
  MTB_FIELD (MtbPersonPut, id, ID, .required = TRUE),
  MTB_FIELD (MtbPersonPut, username, TEXT, .required = TRUE, .max = 64),
  MTB_FIELD (MtbPersonPut, display_name, TEXT, .required = TRUE, .max = 120),
  MTB_FIELD (MtbPersonPut, roles, SET, .required = TRUE, .min = 1, .choices = mtb_role_words),
  MTB_FIELD (MtbPersonPut, team_id, ID),
  MTB_FIELD (MtbPersonPut, pbx_name, TEXT, .max = 80),
  MTB_FIELD (MtbPersonPut, active, FLAG, .required = TRUE),
};

const MtbCommand mtb_person_add = {
  .shape = MTB_SHAPE ("person.add", MtbPersonPut, person_put_fields),
  .roles = MTB_ROLE_ADMIN | MTB_ROLE_OPERATOR,
  .flags = MTB_COMMAND_ONLINE_ONLY,
  .title = N_ ("Add a person"),
};

const MtbCommand mtb_person_set = {
  .shape = MTB_SHAPE ("person.set", MtbPersonPut, person_put_fields),
  .roles = MTB_ROLE_ADMIN | MTB_ROLE_OPERATOR,
  .flags = MTB_COMMAND_ONLINE_ONLY,
  .title = N_ ("Change a person"),
};

static const MtbField person_ref_fields[] = {
  MTB_FIELD (MtbPersonRef, person_id, ID, .required = TRUE),
};

const MtbCommand mtb_account_password = {
  .shape = MTB_SHAPE ("account.password", MtbPersonRef, person_ref_fields),
  .roles = MTB_ROLE_ADMIN | MTB_ROLE_OPERATOR,
  .flags = MTB_COMMAND_ONLINE_ONLY | MTB_COMMAND_INTERNAL,
  .title = N_ ("Set a password"),
};

static const MtbField account_change_fields[] = {
  MTB_FIELD (MtbAccountChange, person_id, ID, .required = TRUE),
  MTB_FIELD (MtbAccountChange, session_id, ID, .required = TRUE),
};

const MtbCommand mtb_account_change = {
  .shape = MTB_SHAPE ("account.change", MtbAccountChange, account_change_fields),
  .roles = ANYBODY,
  .flags = MTB_COMMAND_ONLINE_ONLY | MTB_COMMAND_INTERNAL,
  .title = N_ ("Change one's own password"),
};

static const MtbField session_begin_fields[] = {
  MTB_FIELD (MtbSessionBegin, person_id, ID, .required = TRUE),
  MTB_FIELD (MtbSessionBegin, password_at, TIME),
};

const MtbCommand mtb_session_begin = {
  .shape = MTB_SHAPE ("session.begin", MtbSessionBegin, session_begin_fields),
  .roles = ANYBODY,
  .flags = MTB_COMMAND_ONLINE_ONLY | MTB_COMMAND_INTERNAL,
  .title = N_ ("Sign in"),
};

const MtbCommand mtb_session_end = {
  .shape = MTB_SHAPE ("session.end", MtbPersonRef, person_ref_fields),
  .roles = ANYBODY,
  .flags = MTB_COMMAND_ONLINE_ONLY | MTB_COMMAND_INTERNAL,
  .title = N_ ("Sign out"),
};

static const MtbField session_revoke_fields[] = {
  MTB_FIELD (MtbSessionRevoke, session_id, ID, .required = TRUE),
  MTB_FIELD (MtbSessionRevoke, wipe, FLAG, .required = TRUE),
};

const MtbCommand mtb_session_revoke = {
  .shape = MTB_SHAPE ("session.revoke", MtbSessionRevoke, session_revoke_fields),
  .roles = MTB_ROLE_ADMIN | MTB_ROLE_OPERATOR,
  .flags = MTB_COMMAND_ONLINE_ONLY,
  .title = N_ ("End a sign-in"),
};

static const MtbField person_move_fields[] = {
  MTB_FIELD (MtbPersonMove, person_id, ID, .required = TRUE),
  MTB_FIELD (MtbPersonMove, team_id, ID),
};

const MtbCommand mtb_person_move = {
  .shape = MTB_SHAPE ("person.move", MtbPersonMove, person_move_fields),
  .roles = MTB_ROLE_ADMIN | MTB_ROLE_MANAGER | MTB_ROLE_OPERATOR,
  .flags = MTB_COMMAND_ONLINE_ONLY,
  .title = N_ ("Move a person to another team"),
};

static const MtbField team_put_fields[] = {
  MTB_FIELD (MtbTeamPut, id, ID, .required = TRUE),
  MTB_FIELD (MtbTeamPut, name, TEXT, .required = TRUE, .max = 120),
};

const MtbCommand mtb_team_add = {
  .shape = MTB_SHAPE ("team.add", MtbTeamPut, team_put_fields),
  .roles = MTB_ROLE_ADMIN | MTB_ROLE_MANAGER | MTB_ROLE_OPERATOR,
  .flags = MTB_COMMAND_ONLINE_ONLY,
  .title = N_ ("Add a team"),
};

const MtbCommand mtb_team_set = {
  .shape = MTB_SHAPE ("team.set", MtbTeamPut, team_put_fields),
  .roles = MTB_ROLE_ADMIN | MTB_ROLE_MANAGER | MTB_ROLE_OPERATOR,
  .flags = MTB_COMMAND_ONLINE_ONLY,
  .title = N_ ("Rename a team"),
};

static const MtbField call_type_put_fields[] = {
  MTB_FIELD (MtbCallTypePut, id, ID, .required = TRUE),
  MTB_FIELD (MtbCallTypePut, parent_id, ID),
  MTB_FIELD (MtbCallTypePut, name, TEXT, .required = TRUE, .max = 80),
  MTB_FIELD (MtbCallTypePut, name_en, TEXT, .required = TRUE, .max = 80),
  MTB_FIELD (MtbCallTypePut, suits_s, DURATION, .min = 1, .max = 7200),
  MTB_FIELD (MtbCallTypePut, position, INTEGER, .required = TRUE),
  MTB_FIELD (MtbCallTypePut, active, FLAG, .required = TRUE),
};

const MtbCommand mtb_call_type_put = {
  .shape = MTB_SHAPE ("call_type.put", MtbCallTypePut, call_type_put_fields),
  .roles = MTB_ROLE_MANAGER | MTB_ROLE_OPERATOR,
  .flags = MTB_COMMAND_ONLINE_ONLY,
  .title = N_ ("Set a type of call"),
};

static const MtbField threshold_set_fields[] = {
  MTB_FIELD (MtbThresholdSet, id, ID, .required = TRUE),
  MTB_FIELD (MtbThresholdSet, wait_s, DURATION, .required = TRUE, .min = 1, .max = 3600),
};

const MtbCommand mtb_threshold_set = {
  .shape = MTB_SHAPE ("threshold.set", MtbThresholdSet, threshold_set_fields),
  .roles = MTB_ROLE_MANAGER | MTB_ROLE_OPERATOR,
  .flags = MTB_COMMAND_ONLINE_ONLY,
  .title = N_ ("Set the waiting threshold"),
};

static const MtbField setting_set_fields[] = {
  MTB_FIELD (MtbSettingSet, name, TEXT, .required = TRUE, .max = 40),
  MTB_FIELD (MtbSettingSet, value, TEXT, .required = TRUE, .max = 400),
};

const MtbCommand mtb_setting_set = {
  .shape = MTB_SHAPE ("setting.set", MtbSettingSet, setting_set_fields),
  .roles = MTB_ROLE_ADMIN | MTB_ROLE_OPERATOR,
  .flags = MTB_COMMAND_ONLINE_ONLY,
  .title = N_ ("Change a setting"),
};

static const MtbField subscriber_put_fields[] = {
  MTB_FIELD (MtbSubscriberPut, id, ID, .required = TRUE),
  MTB_FIELD (MtbSubscriberPut, account_number, TEXT, .required = TRUE, .max = 40),
  MTB_FIELD (MtbSubscriberPut, username, TEXT, .required = TRUE, .max = 64),
  MTB_FIELD (MtbSubscriberPut, name, TEXT, .required = TRUE, .max = 200),
  MTB_FIELD (MtbSubscriberPut, telephone, TEXT, .max = 40),
  MTB_FIELD (MtbSubscriberPut, package, TEXT, .max = 80),
  MTB_FIELD (MtbSubscriberPut, tier, TEXT, .max = 80),
  MTB_FIELD (MtbSubscriberPut,
             status,
             ENUM,
             .required = TRUE,
             .choices = mtb_subscriber_status_words),
};

const MtbCommand mtb_subscriber_put = {
  .shape = MTB_SHAPE ("subscriber.put", MtbSubscriberPut, subscriber_put_fields),
  .roles = MTB_ROLE_CONNECTOR,
  .flags = MTB_COMMAND_ONLINE_ONLY,
  .title = N_ ("Take over a subscriber"),
};

static const MtbField card_measure_fields[] = {
  MTB_FIELD (MtbCardMeasure, id, ID, .required = TRUE),
  MTB_FIELD (MtbCardMeasure, volume_allowed, VOLUME),
  MTB_FIELD (MtbCardMeasure, volume_up, VOLUME),
  MTB_FIELD (MtbCardMeasure, volume_down, VOLUME),
  MTB_FIELD (MtbCardMeasure, volume_browsing, VOLUME),
  MTB_FIELD (MtbCardMeasure, balance, MONEY),
  MTB_FIELD (MtbCardMeasure, currency, TEXT, .max = 3),
  MTB_FIELD (MtbCardMeasure, static_ip, TEXT, .max = 45),
  MTB_FIELD (MtbCardMeasure, bridge_mode, FLAG),
  MTB_FIELD (MtbCardMeasure, router, TEXT, .max = 80),
  MTB_FIELD (MtbCardMeasure, filter, FLAG),
  MTB_FIELD (MtbCardMeasure, measured_at, TIME, .required = TRUE),
};

const MtbCommand mtb_card_measure = {
  .shape = MTB_SHAPE ("card.measure", MtbCardMeasure, card_measure_fields),
  .roles = MTB_ROLE_CONNECTOR,
  .flags = MTB_COMMAND_ONLINE_ONLY,
  .title = N_ ("Take over a subscriber's figures"),
};

static const MtbField pbx_observe_fields[] = {
  MTB_FIELD (MtbPbxObserve, id, ID, .required = TRUE),
  MTB_FIELD (MtbPbxObserve, happened_at, TIME, .required = TRUE),
  MTB_FIELD (MtbPbxObserve, reference, TEXT, .max = 80),
  MTB_FIELD (MtbPbxObserve, queue, TEXT, .max = 80),
  MTB_FIELD (MtbPbxObserve, agent_name, TEXT, .max = 80),
  MTB_FIELD (MtbPbxObserve, event, TEXT, .required = TRUE, .max = 40),
  MTB_FIELD (MtbPbxObserve, data1, TEXT, .max = 400),
  MTB_FIELD (MtbPbxObserve, data2, TEXT, .max = 400),
  MTB_FIELD (MtbPbxObserve, data3, TEXT, .max = 400),
  MTB_FIELD (MtbPbxObserve, data4, TEXT, .max = 400),
  MTB_FIELD (MtbPbxObserve, data5, TEXT, .max = 400),
  MTB_FIELD (MtbPbxObserve, source, TEXT, .max = 80),
};

const MtbCommand mtb_pbx_observe = {
  .shape = MTB_SHAPE ("pbx.observe", MtbPbxObserve, pbx_observe_fields),
  .roles = MTB_ROLE_CONNECTOR,
  .flags = MTB_COMMAND_ONLINE_ONLY,
  .title = N_ ("Take over a line of the PBX's log"),
};

static const MtbField connection_report_fields[] = {
  MTB_FIELD (MtbConnectionReport, id, ID, .required = TRUE),
  MTB_FIELD (MtbConnectionReport,
             kind,
             ENUM,
             .required = TRUE,
             .choices = mtb_connection_kind_words),
  MTB_FIELD (MtbConnectionReport, name, TEXT, .required = TRUE, .max = 80),
  MTB_FIELD (MtbConnectionReport,
             state,
             ENUM,
             .required = TRUE,
             .choices = mtb_connection_state_words),
  MTB_FIELD (MtbConnectionReport, detail, TEXT, .max = 400),
  MTB_FIELD (MtbConnectionReport, last_at, TIME),
};

const MtbCommand mtb_connection_report = {
  .shape = MTB_SHAPE ("connection.report", MtbConnectionReport, connection_report_fields),
  .roles = MTB_ROLE_CONNECTOR | MTB_ROLE_OPERATOR,
  .flags = MTB_COMMAND_ONLINE_ONLY | MTB_COMMAND_INTERNAL,
  .title = N_ ("Say how a connection stands"),
};

static const MtbField document_add_fields[] = {
  MTB_FIELD (MtbDocumentAdd, id, ID, .required = TRUE),
  MTB_FIELD (MtbDocumentAdd, number, TEXT, .required = TRUE, .max = MTB_DOCUMENT_NUMBER_MAX),
  MTB_FIELD (MtbDocumentAdd, title, TEXT, .required = TRUE, .max = MTB_DOCUMENT_TITLE_MAX),
  MTB_FIELD (MtbDocumentAdd, title_en, TEXT, .required = TRUE, .max = MTB_DOCUMENT_TITLE_MAX),
};

const MtbCommand mtb_document_add = {
  .shape = MTB_SHAPE ("document.add", MtbDocumentAdd, document_add_fields),
  .roles = MTB_ROLE_MANAGER | MTB_ROLE_OPERATOR,
  .flags = MTB_COMMAND_ONLINE_ONLY,
  .title = N_ ("Add a controlled document"),
};

static const MtbField document_issue_fields[] = {
  MTB_FIELD (MtbDocumentIssue, id, ID, .required = TRUE),
  MTB_FIELD (MtbDocumentIssue, document_id, ID, .required = TRUE),
  MTB_FIELD (MtbDocumentIssue, issue, INTEGER, .required = TRUE, .max = MTB_DOCUMENT_ISSUE_MAX),
  MTB_FIELD (MtbDocumentIssue, version, INTEGER, .required = TRUE, .max = MTB_DOCUMENT_ISSUE_MAX),
  MTB_FIELD (MtbDocumentIssue, dated, TEXT, .required = TRUE, .max = 10),
  MTB_FIELD (MtbDocumentIssue, prepared_by, TEXT, .required = TRUE, .max = MTB_DOCUMENT_NAME_MAX),
  MTB_FIELD (MtbDocumentIssue, reviewed_by, TEXT, .required = TRUE, .max = MTB_DOCUMENT_NAME_MAX),
  MTB_FIELD (MtbDocumentIssue, approved_by, TEXT, .required = TRUE, .max = MTB_DOCUMENT_NAME_MAX),
  MTB_FIELD (MtbDocumentIssue, text, TEXT, .required = TRUE, .max = MTB_DOCUMENT_TEXT_MAX),
};

const MtbCommand mtb_document_issue = {
  .shape = MTB_SHAPE ("document.issue", MtbDocumentIssue, document_issue_fields),
  .roles = MTB_ROLE_MANAGER | MTB_ROLE_OPERATOR,
  .flags = MTB_COMMAND_ONLINE_ONLY,
  .title = N_ ("Issue a version of a controlled document"),
};

static const MtbField document_read_fields[] = {
  MTB_FIELD (MtbDocumentRead, version_id, ID, .required = TRUE),
};

const MtbCommand mtb_document_read = {
  .shape = MTB_SHAPE ("document.read", MtbDocumentRead, document_read_fields),
  .roles = STAFF,
  .title = N_ ("Acknowledge a controlled document"),
};

static const MtbField list_export_fields[] = {
  MTB_FIELD (MtbListExport, id, ID, .required = TRUE),
  MTB_FIELD (MtbListExport, list, TEXT, .required = TRUE, .max = 80),
  MTB_FIELD (MtbListExport, format, ENUM, .required = TRUE, .choices = mtb_export_format_words),
  MTB_FIELD (MtbListExport, n_rows, INTEGER, .required = TRUE, .max = G_MAXINT32),
};

const MtbCommand mtb_list_export = {
  .shape = MTB_SHAPE ("list.export", MtbListExport, list_export_fields),
  .roles = ANYBODY,
  .title = N_ ("Take a list out of the desk"),
};

static const MtbField epoch_begin_fields[] = {
  MTB_FIELD (MtbEpochBegin, epoch, ID, .required = TRUE),
};

const MtbCommand mtb_epoch_begin = {
  .shape = MTB_SHAPE ("epoch.begin", MtbEpochBegin, epoch_begin_fields),
  .roles = MTB_ROLE_OPERATOR,
  .flags = MTB_COMMAND_ONLINE_ONLY | MTB_COMMAND_INTERNAL,
  .title = N_ ("Begin a new history"),
};

const MtbCommand mtb_epoch_end = {
  .shape = MTB_SHAPE ("epoch.end", MtbEpochBegin, epoch_begin_fields),
  .roles = MTB_ROLE_OPERATOR,
  .flags = MTB_COMMAND_ONLINE_ONLY | MTB_COMMAND_INTERNAL,
  .title = N_ ("End the recovery of what was lost"),
};

const MtbCommand *const mtb_commands[] = {
  &mtb_call_log,
  &mtb_call_amend,
  &mtb_call_join,
  &mtb_call_unjoin,
  &mtb_note_add,
  &mtb_note_see,
  &mtb_presence_move,
  &mtb_presence_lapse,
  &mtb_auxiliary_ask,
  &mtb_auxiliary_approve,
  &mtb_auxiliary_refuse,
  &mtb_auxiliary_withdraw,
  &mtb_prospect_add,
  &mtb_person_add,
  &mtb_person_set,
  &mtb_person_move,
  &mtb_account_password,
  &mtb_session_begin,
  &mtb_session_end,
  &mtb_team_add,
  &mtb_team_set,
  &mtb_call_type_put,
  &mtb_threshold_set,
  &mtb_setting_set,
  &mtb_subscriber_put,
  &mtb_card_measure,
  &mtb_pbx_observe,
  &mtb_list_export,
  &mtb_epoch_begin,
  &mtb_epoch_end,
  &mtb_account_change,
  &mtb_session_revoke,
  &mtb_connection_report,
  &mtb_document_add,
  &mtb_document_issue,
  &mtb_document_read,
  NULL,
};

/**
 * mtb_command_find:
 * @name: a command's name
 *
 * Returns: (nullable): the command
 */
const MtbCommand *
mtb_command_find (const char *name)
{
  for (guint i = 0; mtb_commands[i] != NULL; i++)
    if (g_str_equal (mtb_commands[i]->shape.name, name))
      return mtb_commands[i];
  return NULL;
}

/**
 * mtb_command_of:
 * @arguments: a record of arguments
 *
 * Returns: the command
 */
const MtbCommand *
mtb_command_of (gconstpointer arguments)
{
  /* A command's first member is its shape. */
  return (const MtbCommand *) mtb_record_get_shape (arguments);
}

/**
 * mtb_command_is_online_only:
 * @command: a command
 *
 * Returns: whether it needs the authority's word
 */
gboolean
mtb_command_is_online_only (const MtbCommand *command)
{
  return (command->flags & MTB_COMMAND_ONLINE_ONLY) != 0;
}
