#pragma once

#include "mtb-table.h"

G_BEGIN_DECLS

/**
 * MtbPresenceState:
 * @MTB_PRESENCE_OFF: not on shift
 * @MTB_PRESENCE_AVAILABLE: waits for a call
 * @MTB_PRESENCE_ON_CALL: talks with a customer
 * @MTB_PRESENCE_WRAP_UP: after-call work
 * @MTB_PRESENCE_AUXILIARY: away from the telephone, approved (R10)
 * @MTB_PRESENCE_AWAY: on shift and away, approved by nobody
 */
typedef enum
{
  MTB_PRESENCE_OFF,
  MTB_PRESENCE_AVAILABLE,
  MTB_PRESENCE_ON_CALL,
  MTB_PRESENCE_WRAP_UP,
  MTB_PRESENCE_AUXILIARY,
  MTB_PRESENCE_AWAY,
} MtbPresenceState;

/**
 * MtbPresenceAct:
 * @MTB_PRESENCE_ACT_BEGIN: signs in at the start of the shift
 * @MTB_PRESENCE_ACT_END: signs out at its end
 * @MTB_PRESENCE_ACT_LEAVE: goes away without asking
 * @MTB_PRESENCE_ACT_RETURN: is back
 * @MTB_PRESENCE_ACT_ANSWER: a talk begins
 * @MTB_PRESENCE_ACT_HANG_UP: the talk has ended
 * @MTB_PRESENCE_ACT_FINISH: the after-call work is done
 * @MTB_PRESENCE_ACT_RESUME: a desk that kept running says that nobody left it
 * @MTB_PRESENCE_ACT_START: an approved Auxiliary begins
 * @MTB_PRESENCE_ACT_OVERRUN: the approved minutes are over
 * @MTB_PRESENCE_ACT_LAPSE: nothing was heard of the desk any more
 * @MTB_PRESENCE_ACT_EXPIRE: the sign-in ended before anybody signed out
 *
 * What moves a person from state to state. Those up to resume are their own; the others follow from
 * what a supervisor or the server does.
 */
typedef enum
{
  MTB_PRESENCE_ACT_BEGIN,
  MTB_PRESENCE_ACT_END,
  MTB_PRESENCE_ACT_LEAVE,
  MTB_PRESENCE_ACT_RETURN,
  MTB_PRESENCE_ACT_ANSWER,
  MTB_PRESENCE_ACT_HANG_UP,
  MTB_PRESENCE_ACT_FINISH,
  MTB_PRESENCE_ACT_RESUME,
  MTB_PRESENCE_ACT_START,
  MTB_PRESENCE_ACT_OVERRUN,
  MTB_PRESENCE_ACT_LAPSE,
  MTB_PRESENCE_ACT_EXPIRE,
} MtbPresenceAct;

/**
 * MtbPresence:
 * @person_id: whose it is
 * @state: a #MtbPresenceState
 * @act: the #MtbPresenceAct by which it began
 * @auxiliary_id: (nullable): the request that the state is approved by
 * @started_at: since when, never before the end of the stretch before it
 * @ended_at: until when; absent while it lasts
 * @received_at: when the server heard of its beginning; absent on a desk until then
 *
 * A stretch of time in one state. A person's stretches follow each other without overlapping; no
 * stretch ends at midnight, whoever counts by day divides it.
 */
typedef struct
{
  char *id;
  char *person_id;
  gint64 state;
  gint64 act;
  char *auxiliary_id;
  gint64 started_at;
  gint64 ended_at;
  gint64 received_at;
} MtbPresence;

/**
 * MtbAuxiliaryReason:
 * @MTB_AUXILIARY_REST: a rest
 * @MTB_AUXILIARY_MEAL: a meal
 * @MTB_AUXILIARY_PRAYER: prayer
 * @MTB_AUXILIARY_MEETING: a meeting
 * @MTB_AUXILIARY_TRAINING: training
 * @MTB_AUXILIARY_HEALTH: health
 * @MTB_AUXILIARY_OTHER: something else, which the note tells
 */
typedef enum
{
  MTB_AUXILIARY_REST,
  MTB_AUXILIARY_MEAL,
  MTB_AUXILIARY_PRAYER,
  MTB_AUXILIARY_MEETING,
  MTB_AUXILIARY_TRAINING,
  MTB_AUXILIARY_HEALTH,
  MTB_AUXILIARY_OTHER,
} MtbAuxiliaryReason;

/**
 * MtbAuxiliaryStatus:
 * @MTB_AUXILIARY_ASKED: waits for an answer
 * @MTB_AUXILIARY_APPROVED: approved, and begins as soon as its person is free
 * @MTB_AUXILIARY_REFUSED: refused
 * @MTB_AUXILIARY_WITHDRAWN: given up by its person, or by the end of the shift
 * @MTB_AUXILIARY_RUNNING: its person is away with it
 * @MTB_AUXILIARY_ENDED: its person is back
 */
typedef enum
{
  MTB_AUXILIARY_ASKED,
  MTB_AUXILIARY_APPROVED,
  MTB_AUXILIARY_REFUSED,
  MTB_AUXILIARY_WITHDRAWN,
  MTB_AUXILIARY_RUNNING,
  MTB_AUXILIARY_ENDED,
} MtbAuxiliaryStatus;

/**
 * MtbAuxiliary:
 * @person_id: who asks
 * @reason: a #MtbAuxiliaryReason
 * @minutes: for how long
 * @note: (nullable): more about it
 * @status: a #MtbAuxiliaryStatus
 * @asked_at: when, by the desk's corrected clock
 * @received_at: when the server received it; absent on a desk until then
 * @decided_by: (nullable): who approved or refused it
 * @decided_at: when
 * @word: (nullable): what they said with it
 * @started_at: when it began, never before it was approved (R10)
 * @ended_at: when it ended: the return, or the end of the minutes where that came first
 *
 * A request for time away from the telephone.
 */
typedef struct
{
  char *id;
  char *person_id;
  gint64 reason;
  gint64 minutes;
  char *note;
  gint64 status;
  gint64 asked_at;
  gint64 received_at;
  char *decided_by;
  gint64 decided_at;
  char *word;
  gint64 started_at;
  gint64 ended_at;
} MtbAuxiliary;

#define MTB_AUXILIARY_MINUTES_MAX 480

extern const char *const mtb_presence_state_words[];
extern const char *const mtb_presence_act_words[];
extern const char *const mtb_auxiliary_reason_words[];
extern const char *const mtb_auxiliary_status_words[];
extern const MtbTable mtb_presence_table;
extern const MtbTable mtb_auxiliary_table;

MTB_DEFINE_RECORD_AUTOPTR (MtbPresence)
MTB_DEFINE_RECORD_AUTOPTR (MtbAuxiliary)

gint64 mtb_auxiliary_get_due (gint64 started_at, gint64 minutes);

G_END_DECLS
