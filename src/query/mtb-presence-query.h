#pragma once

#include "mtb-query.h"

G_BEGIN_DECLS

/**
 * MtbFloorSearch:
 * @person_id: (nullable): only this person
 * @team_id: (nullable): only the people of this team
 * @day_at: when the day began whose calls are counted; absent for none
 *
 * Asks how the people stand whose presence the viewer sees.
 */
typedef struct
{
  char *person_id;
  char *team_id;
  gint64 day_at;
} MtbFloorSearch;

/**
 * MtbFloorRow:
 * @id: the person's
 * @state: a #MtbPresenceState; off where nothing is known
 * @act: the #MtbPresenceAct by which it began; absent where nothing is known
 * @since: since when; absent where nothing is known
 * @presence_id: (nullable): the stretch
 * @auxiliary_id: (nullable): the Auxiliary that is asked for, approved or running
 * @auxiliary_status: its #MtbAuxiliaryStatus
 * @reason: its #MtbAuxiliaryReason
 * @minutes: for how long
 * @due_at: when the person is due back, where it is running
 * @answered: calls of the PBX that the person took in the day
 * @to_write_up: of these, ended and written up by nobody
 * @talk_s: their talk; average handle time is (@talk_s + @wrap_up_s) / @answered
 * @wrap_up_s: their after-call work
 * @suited: records of the day of a type with a handle time that suits it
 * @suits_s: the sum of those times; what suits on average is @suits_s / @suited
 *
 * A person on the floor.
 */
typedef struct
{
  char *id;
  char *display_name;
  gint64 roles;
  char *team_id;
  char *team_name;
  gint64 state;
  gint64 act;
  gint64 since;
  char *presence_id;
  char *auxiliary_id;
  gint64 auxiliary_status;
  gint64 reason;
  gint64 minutes;
  gint64 due_at;
  gint64 answered;
  gint64 to_write_up;
  gint64 talk_s;
  gint64 wrap_up_s;
  gint64 suited;
  gint64 suits_s;
} MtbFloorRow;

/**
 * MtbAuxiliarySearch:
 * @person_id: (nullable): only this person's
 * @decider_id: (nullable): only those of others than this person, who may not decide their own
 * @status: only those in this #MtbAuxiliaryStatus; absent for all
 * @from: asked for from this moment on; absent for all
 * @limit: the most rows wanted
 */
typedef struct
{
  char *person_id;
  char *decider_id;
  gint64 status;
  gint64 from;
  gint64 limit;
} MtbAuxiliarySearch;

/**
 * MtbAuxiliaryRow:
 * @due_at: when the person is due back, where it has begun
 *
 * A request with the names of its people; see #MtbAuxiliary.
 */
typedef struct
{
  char *id;
  char *person_id;
  char *person_name;
  gint64 reason;
  gint64 minutes;
  char *note;
  gint64 status;
  gint64 asked_at;
  gint64 received_at;
  char *decided_by;
  char *decided_by_name;
  gint64 decided_at;
  char *word;
  gint64 started_at;
  gint64 ended_at;
  gint64 due_at;
} MtbAuxiliaryRow;

/**
 * MtbPresenceSearch:
 * @person_id: whose
 * @from: stretches that last at this moment or begin after it
 * @until: and begin before this one
 */
typedef struct
{
  char *person_id;
  gint64 from;
  gint64 until;
} MtbPresenceSearch;

/* #MtbFloorSearch to #MtbFloorRow, by name; who may be on shift and is active */
extern const MtbQuery mtb_floor_query;
/* #MtbAuxiliarySearch to #MtbAuxiliaryRow, the latest first */
extern const MtbQuery mtb_auxiliary_query;
/* #MtbPresenceSearch to #MtbPresence, the earliest first */
extern const MtbQuery mtb_presence_query;

MTB_DEFINE_RECORD_AUTOPTR (MtbFloorSearch)
MTB_DEFINE_RECORD_AUTOPTR (MtbFloorRow)
MTB_DEFINE_RECORD_AUTOPTR (MtbAuxiliarySearch)
MTB_DEFINE_RECORD_AUTOPTR (MtbAuxiliaryRow)
MTB_DEFINE_RECORD_AUTOPTR (MtbPresenceSearch)

G_END_DECLS
