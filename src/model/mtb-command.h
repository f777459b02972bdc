#pragma once

#include "mtb-record.h"
#include "mtb-role.h"

G_BEGIN_DECLS

/**
 * MtbCommandFlags:
 * @MTB_COMMAND_ONLINE_ONLY: needs the authority's word: not applied on a cache beforehand, never
 *   sent later unasked
 * @MTB_COMMAND_INTERNAL: given by the server and its tools alone, never taken over the wire
 */
typedef enum
{
  MTB_COMMAND_ONLINE_ONLY = 1 << 0,
  MTB_COMMAND_INTERNAL = 1 << 1,
} MtbCommandFlags;

/**
 * MtbCommand:
 * @shape: its name and arguments
 * @roles: who may give it, a set of #MtbRole; the workflow says more
 * @flags: #MtbCommandFlags
 * @title: what it does, in English, to be translated
 *
 * A word of the vocabulary: everything that changes business data is one of these.
 */
typedef struct
{
  MtbShape shape;
  gint64 roles;
  MtbCommandFlags flags;
  const char *title;
} MtbCommand;

/**
 * MtbCallLog:
 *
 * `call.log`: writes a call down; the fields are those of #MtbCall.
 */
typedef struct
{
  char *id;
  char *subscriber_id;
  char *prospect_id;
  char *number;
  gint64 direction;
  char *type_id;
  gint64 resolution;
  gint64 solved;
  char *notes;
  gint64 started_at;
  gint64 ended_at;
  gint64 wrap_up_s;
  char *pbx_call_id;
} MtbCallLog;

/**
 * MtbCallAmend:
 * @id: the record
 * @version_id: the id that the kept old version will have
 * @version: the version that was read; another one in its place is a conflict
 *
 * `call.amend`: corrects a record; what is not in here stays.
 */
typedef struct
{
  char *id;
  char *version_id;
  gint64 version;
  char *subscriber_id;
  char *prospect_id;
  char *number;
  gint64 direction;
  char *type_id;
  gint64 resolution;
  gint64 solved;
  char *notes;
} MtbCallAmend;

/**
 * MtbCallJoin:
 *
 * `call.join` and `call.unjoin`: this record and this call of the PBX are, or are not, the same.
 */
typedef struct
{
  char *call_id;
  char *pbx_call_id;
} MtbCallJoin;

/**
 * MtbNoteAdd:
 * @id: the note's
 *
 * `note.add`: a word on the record of a call, for the person who wrote it.
 */
typedef struct
{
  char *id;
  char *call_id;
  char *text;
} MtbNoteAdd;

/**
 * MtbNoteSee:
 * @id: the note's
 *
 * `note.see`: the note's person has read it.
 */
typedef struct
{
  char *id;
} MtbNoteSee;

/**
 * MtbPresenceMove:
 * @id: the id that the new stretch will have
 * @act: a #MtbPresenceAct that is a person's own, see #MtbPresence
 *
 * `presence.move`: what a person does, or says that they do.
 */
typedef struct
{
  char *id;
  gint64 act;
} MtbPresenceMove;

/**
 * MtbPresenceLapse:
 * @id: the id that the new stretch will have
 * @person_id: of whom nothing is heard
 * @act: %MTB_PRESENCE_ACT_LAPSE or %MTB_PRESENCE_ACT_EXPIRE
 * @seen_at: when they were last heard of
 *
 * `presence.lapse`: the server presumes that nobody is there any more.
 */
typedef struct
{
  char *id;
  char *person_id;
  gint64 act;
  gint64 seen_at;
} MtbPresenceLapse;

/**
 * MtbAuxiliaryAsk:
 * @id: the request's
 *
 * `auxiliary.ask`: asks for time away from the telephone, see #MtbAuxiliary.
 */
typedef struct
{
  char *id;
  gint64 reason;
  gint64 minutes;
  char *note;
} MtbAuxiliaryAsk;

/**
 * MtbAuxiliaryDecide:
 * @id: the request's
 * @presence_id: the id that the stretch will have, where it begins at once
 * @word: (nullable): what is said with it
 *
 * `auxiliary.approve` and `auxiliary.refuse`.
 */
typedef struct
{
  char *id;
  char *presence_id;
  char *word;
} MtbAuxiliaryDecide;

/**
 * MtbAuxiliaryWithdraw:
 * @id: the request's
 *
 * `auxiliary.withdraw`: whoever asked no longer wants it.
 */
typedef struct
{
  char *id;
} MtbAuxiliaryWithdraw;

/**
 * MtbProspectAdd:
 *
 * `prospect.add`: notes down somebody who is no subscriber.
 */
typedef struct
{
  char *id;
  char *name;
  char *telephone;
  char *notes;
} MtbProspectAdd;

/**
 * MtbPersonPut:
 *
 * `person.add` and `person.set`: the whole of what is known of a person, see #MtbPerson.
 */
typedef struct
{
  char *id;
  char *username;
  char *display_name;
  gint64 roles;
  char *team_id;
  char *pbx_name;
  gint64 active;
} MtbPersonPut;

/**
 * MtbPersonRef:
 *
 * `account.password` and `session.end`: tells the audit trail, without the secret.
 */
typedef struct
{
  char *person_id;
} MtbPersonRef;

/**
 * MtbSessionBegin:
 * @password_at: when the password was set that was checked
 *
 * `session.begin`: somebody signs in.
 */
typedef struct
{
  char *person_id;
  gint64 password_at;
} MtbSessionBegin;

/**
 * MtbAccountChange:
 * @session_id: the sign-in at which it is done, which goes on
 *
 * `account.change`: somebody's own new password; their other sign-ins end.
 */
typedef struct
{
  char *person_id;
  char *session_id;
} MtbAccountChange;

/**
 * MtbSessionRevoke:
 * @wipe: whether the desk is to empty itself at its next contact, but for its outbox
 *
 * `session.revoke`: ends somebody's sign-in.
 */
typedef struct
{
  char *session_id;
  gint64 wipe;
} MtbSessionRevoke;

/**
 * MtbPersonMove:
 * @team_id: (nullable): the team to go to; %NULL for none
 *
 * `person.move`: a person changes team.
 */
typedef struct
{
  char *person_id;
  char *team_id;
} MtbPersonMove;

/**
 * MtbTeamPut:
 *
 * `team.add` and `team.set`: a new team, or another name for one.
 */
typedef struct
{
  char *id;
  char *name;
} MtbTeamPut;

/**
 * MtbCallTypePut:
 *
 * `call_type.put`: adds or changes a type of call, see #MtbCallType.
 */
typedef struct
{
  char *id;
  char *parent_id;
  char *name;
  char *name_en;
  gint64 suits_s;
  gint64 position;
  gint64 active;
} MtbCallTypePut;

/**
 * MtbThresholdSet:
 *
 * `threshold.set`: in force from the server's receipt (R2).
 */
typedef struct
{
  char *id;
  gint64 wait_s;
} MtbThresholdSet;

/**
 * MtbSettingSet:
 *
 * `setting.set`
 */
typedef struct
{
  char *name;
  char *value;
} MtbSettingSet;

/**
 * MtbSubscriberPut:
 *
 * `subscriber.put`: what the provider's database says of a subscriber, see #MtbSubscriber.
 */
typedef struct
{
  char *id;
  char *account_number;
  char *username;
  char *name;
  char *telephone;
  char *package;
  char *tier;
  gint64 status;
} MtbSubscriberPut;

/**
 * MtbCardMeasure:
 *
 * `card.measure`: volume, balance and technical data as they stand, see #MtbCard.
 */
typedef struct
{
  char *id;
  gint64 volume_allowed;
  gint64 volume_up;
  gint64 volume_down;
  gint64 volume_browsing;
  gint64 balance;
  char *currency;
  char *static_ip;
  gint64 bridge_mode;
  char *router;
  gint64 filter;
  gint64 measured_at;
} MtbCardMeasure;

/**
 * MtbPbxObserve:
 * @source: (nullable): which PBX, where there are several
 *
 * `pbx.observe`: one line of the PBX's queue log, read into its parts and no further.
 */
typedef struct
{
  char *id;
  gint64 happened_at;
  char *reference;
  char *queue;
  char *agent_name;
  char *event;
  char *data1;
  char *data2;
  char *data3;
  char *data4;
  char *data5;
  char *source;
} MtbPbxObserve;

/**
 * MtbConnectionReport:
 *
 * `connection.report`: what brings in what another system knows says how it stands, see
 * #MtbConnection.
 */
typedef struct
{
  char *id;
  gint64 kind;
  char *name;
  gint64 state;
  char *detail;
  gint64 last_at;
} MtbConnectionReport;

/**
 * MtbDocumentAdd:
 *
 * `document.add`: a controlled document with its number, without a text yet, see #MtbDocument.
 */
typedef struct
{
  char *id;
  char *number;
  char *title;
  char *title_en;
} MtbDocumentAdd;

/**
 * MtbDocumentIssue:
 * @id: the id that the version will have
 *
 * `document.issue`: a version that is newer than all before it, see #MtbDocumentVersion.
 */
typedef struct
{
  char *id;
  char *document_id;
  gint64 issue;
  gint64 version;
  char *dated;
  char *prepared_by;
  char *reviewed_by;
  char *approved_by;
  char *text;
} MtbDocumentIssue;

/**
 * MtbDocumentRead:
 *
 * `document.read`: a person has read this version.
 */
typedef struct
{
  char *version_id;
} MtbDocumentRead;

/**
 * MtbListExport:
 * @id: the export's own
 * @list: what the list is called in the program, such as `records`
 * @format: an #MtbExportFormat
 * @n_rows: how many rows it had
 *
 * `list.export`: a list is saved in a file or printed; tells the audit trail.
 */
typedef struct
{
  char *id;
  char *list;
  gint64 format;
  gint64 n_rows;
} MtbListExport;

/**
 * MtbEpochBegin:
 *
 * `epoch.begin`: the operator declares a new history, after a restore; desks offer again what they
 * hold. `epoch.end`: all desks have done so, what still cannot apply is judged.
 */
typedef struct
{
  char *epoch;
} MtbEpochBegin;

extern const MtbCommand mtb_call_log;
extern const MtbCommand mtb_call_amend;
extern const MtbCommand mtb_call_join;
extern const MtbCommand mtb_call_unjoin;
extern const MtbCommand mtb_note_add;
extern const MtbCommand mtb_note_see;
extern const MtbCommand mtb_presence_move;
extern const MtbCommand mtb_presence_lapse;
extern const MtbCommand mtb_auxiliary_ask;
extern const MtbCommand mtb_auxiliary_approve;
extern const MtbCommand mtb_auxiliary_refuse;
extern const MtbCommand mtb_auxiliary_withdraw;
extern const MtbCommand mtb_prospect_add;
extern const MtbCommand mtb_person_add;
extern const MtbCommand mtb_person_set;
extern const MtbCommand mtb_account_password;
extern const MtbCommand mtb_account_change;
extern const MtbCommand mtb_session_begin;
extern const MtbCommand mtb_session_end;
extern const MtbCommand mtb_session_revoke;
extern const MtbCommand mtb_person_move;
extern const MtbCommand mtb_team_add;
extern const MtbCommand mtb_team_set;
extern const MtbCommand mtb_call_type_put;
extern const MtbCommand mtb_threshold_set;
extern const MtbCommand mtb_setting_set;
extern const MtbCommand mtb_subscriber_put;
extern const MtbCommand mtb_card_measure;
extern const MtbCommand mtb_pbx_observe;
extern const MtbCommand mtb_connection_report;
extern const MtbCommand mtb_document_add;
extern const MtbCommand mtb_document_issue;
extern const MtbCommand mtb_document_read;
extern const MtbCommand mtb_list_export;
extern const MtbCommand mtb_epoch_begin;
extern const MtbCommand mtb_epoch_end;

extern const MtbCommand *const mtb_commands[];

MTB_DEFINE_RECORD_AUTOPTR (MtbCallLog)
MTB_DEFINE_RECORD_AUTOPTR (MtbCallAmend)
MTB_DEFINE_RECORD_AUTOPTR (MtbCallJoin)
MTB_DEFINE_RECORD_AUTOPTR (MtbNoteAdd)
MTB_DEFINE_RECORD_AUTOPTR (MtbNoteSee)
MTB_DEFINE_RECORD_AUTOPTR (MtbPresenceMove)
MTB_DEFINE_RECORD_AUTOPTR (MtbPresenceLapse)
MTB_DEFINE_RECORD_AUTOPTR (MtbAuxiliaryAsk)
MTB_DEFINE_RECORD_AUTOPTR (MtbAuxiliaryDecide)
MTB_DEFINE_RECORD_AUTOPTR (MtbAuxiliaryWithdraw)
MTB_DEFINE_RECORD_AUTOPTR (MtbProspectAdd)
MTB_DEFINE_RECORD_AUTOPTR (MtbPersonPut)
MTB_DEFINE_RECORD_AUTOPTR (MtbPersonRef)
MTB_DEFINE_RECORD_AUTOPTR (MtbSessionBegin)
MTB_DEFINE_RECORD_AUTOPTR (MtbAccountChange)
MTB_DEFINE_RECORD_AUTOPTR (MtbSessionRevoke)
MTB_DEFINE_RECORD_AUTOPTR (MtbPersonMove)
MTB_DEFINE_RECORD_AUTOPTR (MtbTeamPut)
MTB_DEFINE_RECORD_AUTOPTR (MtbCallTypePut)
MTB_DEFINE_RECORD_AUTOPTR (MtbThresholdSet)
MTB_DEFINE_RECORD_AUTOPTR (MtbSettingSet)
MTB_DEFINE_RECORD_AUTOPTR (MtbSubscriberPut)
MTB_DEFINE_RECORD_AUTOPTR (MtbCardMeasure)
MTB_DEFINE_RECORD_AUTOPTR (MtbPbxObserve)
MTB_DEFINE_RECORD_AUTOPTR (MtbConnectionReport)
MTB_DEFINE_RECORD_AUTOPTR (MtbDocumentAdd)
MTB_DEFINE_RECORD_AUTOPTR (MtbDocumentIssue)
MTB_DEFINE_RECORD_AUTOPTR (MtbDocumentRead)
MTB_DEFINE_RECORD_AUTOPTR (MtbListExport)
MTB_DEFINE_RECORD_AUTOPTR (MtbEpochBegin)

const MtbCommand *mtb_command_find (const char *name);
const MtbCommand *mtb_command_of (gconstpointer arguments);
gboolean mtb_command_is_online_only (const MtbCommand *command);

G_END_DECLS
