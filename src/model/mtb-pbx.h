#pragma once

#include "mtb-table.h"

G_BEGIN_DECLS

/**
 * MtbOutcome:
 * @MTB_OUTCOME_WAITING: in the queue
 * @MTB_OUTCOME_TALKING: with an agent
 * @MTB_OUTCOME_COMPLETED: an agent answered, and one of the two hung up
 * @MTB_OUTCOME_TRANSFERRED: an agent answered and passed the caller on
 * @MTB_OUTCOME_ABANDONED: the caller hung up before the answer
 * @MTB_OUTCOME_TIMED_OUT: the queue sent the caller away
 * @MTB_OUTCOME_LEFT_EMPTY: the queue had no agents
 * @MTB_OUTCOME_LEFT_BY_KEY: the caller chose another way
 * @MTB_OUTCOME_WITHDRAWN: another program took the caller out
 * @MTB_OUTCOME_FAILED: an agent took it, and the two telephones could not be put through
 * @MTB_OUTCOME_LOST: the PBX restarted before the end was seen
 */
typedef enum
{
  MTB_OUTCOME_WAITING,
  MTB_OUTCOME_TALKING,
  MTB_OUTCOME_COMPLETED,
  MTB_OUTCOME_TRANSFERRED,
  MTB_OUTCOME_ABANDONED,
  MTB_OUTCOME_TIMED_OUT,
  MTB_OUTCOME_LEFT_EMPTY,
  MTB_OUTCOME_LEFT_BY_KEY,
  MTB_OUTCOME_WITHDRAWN,
  MTB_OUTCOME_FAILED,
  MTB_OUTCOME_LOST,
} MtbOutcome;

/**
 * MtbPbxCall:
 * @reference: the PBX's own name for the call
 * @queue: the queue that it entered
 * @number: (nullable): the caller's number, digits alone
 * @person_id: (nullable): the agent who took it
 * @agent_name: (nullable): the agent's name in the log
 * @entered_at: when it entered the queue
 * @connected_at: when an agent took it
 * @ended_at: when it left the queue or the talk ended
 * @wait_s: how long it stayed in the queue
 * @ring_s: how long the agent's telephone rang
 * @talk_s: how long they talked
 * @outcome: a #MtbOutcome
 * @threshold_s: the waiting threshold in force when it entered (R2)
 *
 * One stay of one call in one queue, as the PBX saw it.
 */
typedef struct
{
  char *id;
  char *reference;
  char *queue;
  char *number;
  char *person_id;
  char *agent_name;
  gint64 entered_at;
  gint64 connected_at;
  gint64 ended_at;
  gint64 wait_s;
  gint64 ring_s;
  gint64 talk_s;
  gint64 outcome;
  gint64 threshold_s;
} MtbPbxCall;

/**
 * MtbPbxSource:
 * @id: a call's
 * @source: the name of its PBX
 *
 * Which PBX saw a call, where there are several; a call of the one that has no name has none. No desk
 * asks, and an older one knows no such column, so it is no column of the call's.
 */
typedef struct
{
  char *id;
  char *source;
} MtbPbxSource;

/**
 * MtbPbxPause:
 * @queue: (nullable): %NULL for all queues at once
 * @source: (nullable): which PBX, where there are several
 *
 * A time in which the PBX sent an agent no calls. The log says the same pause for all queues and
 * again for each of them, so whoever adds them up takes the union.
 */
typedef struct
{
  char *id;
  char *person_id;
  char *agent_name;
  char *queue;
  char *reason;
  gint64 started_at;
  gint64 ended_at;
  char *source;
} MtbPbxPause;

/**
 * MtbPbxEvent:
 *
 * A line of the log that is about no call and no pause, kept as it stood.
 */
typedef struct
{
  char *id;
  gint64 happened_at;
  char *reference;
  char *queue;
  char *agent_name;
  char *event;
  char *data;
} MtbPbxEvent;

extern const char *const mtb_outcome_words[];
extern const MtbTable mtb_pbx_call_table;
extern const MtbTable mtb_pbx_source_table;
extern const MtbTable mtb_pbx_pause_table;
extern const MtbTable mtb_pbx_event_table;

MTB_DEFINE_RECORD_AUTOPTR (MtbPbxCall)
MTB_DEFINE_RECORD_AUTOPTR (MtbPbxSource)
MTB_DEFINE_RECORD_AUTOPTR (MtbPbxPause)
MTB_DEFINE_RECORD_AUTOPTR (MtbPbxEvent)

gboolean mtb_outcome_is_answered (gint64 outcome);
gboolean mtb_outcome_is_open (gint64 outcome);
gboolean mtb_pbx_call_is_answered (const MtbPbxCall *call);
gboolean mtb_pbx_call_is_late (const MtbPbxCall *call);
gboolean mtb_pbx_call_has_left (const MtbPbxCall *call);
gboolean mtb_pbx_call_has_left_early (const MtbPbxCall *call);
gboolean mtb_pbx_call_needs_record (const MtbPbxCall *call);

G_END_DECLS
