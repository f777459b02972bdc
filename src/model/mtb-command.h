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
 * `account.password` and `session.begin`: tells the audit trail, without the secret.
 */
typedef struct
{
  char *person_id;
} MtbPersonRef;

/**
 * MtbTeamAdd:
 *
 * `team.add`
 */
typedef struct
{
  char *id;
  char *name;
} MtbTeamAdd;

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
} MtbPbxObserve;

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
extern const MtbCommand mtb_prospect_add;
extern const MtbCommand mtb_person_add;
extern const MtbCommand mtb_person_set;
extern const MtbCommand mtb_account_password;
extern const MtbCommand mtb_session_begin;
extern const MtbCommand mtb_session_end;
extern const MtbCommand mtb_team_add;
extern const MtbCommand mtb_call_type_put;
extern const MtbCommand mtb_threshold_set;
extern const MtbCommand mtb_setting_set;
extern const MtbCommand mtb_subscriber_put;
extern const MtbCommand mtb_card_measure;
extern const MtbCommand mtb_pbx_observe;
extern const MtbCommand mtb_epoch_begin;
extern const MtbCommand mtb_epoch_end;

extern const MtbCommand *const mtb_commands[];

MTB_DEFINE_RECORD_AUTOPTR (MtbCallLog)
MTB_DEFINE_RECORD_AUTOPTR (MtbCallAmend)
MTB_DEFINE_RECORD_AUTOPTR (MtbCallJoin)
MTB_DEFINE_RECORD_AUTOPTR (MtbProspectAdd)
MTB_DEFINE_RECORD_AUTOPTR (MtbPersonPut)
MTB_DEFINE_RECORD_AUTOPTR (MtbPersonRef)
MTB_DEFINE_RECORD_AUTOPTR (MtbTeamAdd)
MTB_DEFINE_RECORD_AUTOPTR (MtbCallTypePut)
MTB_DEFINE_RECORD_AUTOPTR (MtbThresholdSet)
MTB_DEFINE_RECORD_AUTOPTR (MtbSettingSet)
MTB_DEFINE_RECORD_AUTOPTR (MtbSubscriberPut)
MTB_DEFINE_RECORD_AUTOPTR (MtbCardMeasure)
MTB_DEFINE_RECORD_AUTOPTR (MtbPbxObserve)
MTB_DEFINE_RECORD_AUTOPTR (MtbEpochBegin)

const MtbCommand *mtb_command_find (const char *name);
const MtbCommand *mtb_command_of (gconstpointer arguments);
gboolean mtb_command_is_online_only (const MtbCommand *command);

G_END_DECLS
