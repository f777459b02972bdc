#include "mtb-pbx.h"

const char *const mtb_outcome_words[] = {
  "waiting",    "talking",     "completed", "transferred", "abandoned", "timed_out",
  "left_empty", "left_by_key", "withdrawn", "failed",      "lost",      NULL,
};

static const MtbField pbx_call_fields[] = {
  MTB_FIELD (MtbPbxCall, id, ID, .required = TRUE),
  MTB_FIELD (MtbPbxCall, reference, TEXT, .required = TRUE, .max = 80),
  MTB_FIELD (MtbPbxCall, queue, TEXT, .required = TRUE, .max = 80),
  MTB_FIELD (MtbPbxCall, number, TEXT, .max = 40),
  MTB_FIELD (MtbPbxCall, person_id, ID, .references = "person"),
  MTB_FIELD (MtbPbxCall, agent_name, TEXT, .max = 80),
  MTB_FIELD (MtbPbxCall, entered_at, TIME, .required = TRUE),
  MTB_FIELD (MtbPbxCall, connected_at, TIME),
  MTB_FIELD (MtbPbxCall, ended_at, TIME),
  MTB_FIELD (MtbPbxCall, wait_s, DURATION),
  MTB_FIELD (MtbPbxCall, ring_s, DURATION),
  MTB_FIELD (MtbPbxCall, talk_s, DURATION),
  MTB_FIELD (MtbPbxCall, outcome, ENUM, .required = TRUE, .choices = mtb_outcome_words),
  MTB_FIELD (MtbPbxCall, threshold_s, DURATION),
};

const MtbTable mtb_pbx_call_table = {
  .shape = MTB_SHAPE ("pbx_call", MtbPbxCall, pbx_call_fields),
  .area = MTB_AREA_CALLS,
  .scope = "person_id",
  .window = "entered_at",
  .indexes = MTB_LIST ("reference, queue", "person_id, entered_at", "entered_at", "outcome"),
};

static const MtbField pbx_source_fields[] = {
  MTB_FIELD (MtbPbxSource, id, ID, .required = TRUE, .references = "pbx_call"),
  MTB_FIELD (MtbPbxSource, source, TEXT, .required = TRUE, .max = 80),
};

const MtbTable mtb_pbx_source_table = {
  .shape = MTB_SHAPE ("pbx_source", MtbPbxSource, pbx_source_fields),
  .area = MTB_AREA_NOBODY,
};

static const MtbField pbx_pause_fields[] = {
  MTB_FIELD (MtbPbxPause, id, ID, .required = TRUE),
  MTB_FIELD (MtbPbxPause, person_id, ID, .references = "person"),
  MTB_FIELD (MtbPbxPause, agent_name, TEXT, .required = TRUE, .max = 80),
  MTB_FIELD (MtbPbxPause, queue, TEXT, .max = 80),
  MTB_FIELD (MtbPbxPause, reason, TEXT, .max = 80),
  MTB_FIELD (MtbPbxPause, started_at, TIME, .required = TRUE),
  MTB_FIELD (MtbPbxPause, ended_at, TIME),
  MTB_FIELD (MtbPbxPause, source, TEXT, .max = 80),
};

const MtbTable mtb_pbx_pause_table = {
  .shape = MTB_SHAPE ("pbx_pause", MtbPbxPause, pbx_pause_fields),
  .area = MTB_AREA_NOBODY,
  .indexes = MTB_LIST ("ended_at, agent_name"),
};

static const MtbField pbx_event_fields[] = {
  MTB_FIELD (MtbPbxEvent, id, ID, .required = TRUE),
  MTB_FIELD (MtbPbxEvent, happened_at, TIME, .required = TRUE),
  MTB_FIELD (MtbPbxEvent, reference, TEXT, .max = 80),
  MTB_FIELD (MtbPbxEvent, queue, TEXT, .max = 80),
  MTB_FIELD (MtbPbxEvent, agent_name, TEXT, .max = 80),
  MTB_FIELD (MtbPbxEvent, event, TEXT, .required = TRUE, .max = 40),
  MTB_FIELD (MtbPbxEvent, data, TEXT),
};

const MtbTable mtb_pbx_event_table = {
  .shape = MTB_SHAPE ("pbx_event", MtbPbxEvent, pbx_event_fields),
  .area = MTB_AREA_NOBODY,
  .indexes = MTB_LIST ("happened_at"),
};

/**
 * mtb_outcome_is_answered:
 * @outcome: a #MtbOutcome
 *
 * Returns: whether an agent and the caller talked, or do
 */
gboolean
mtb_outcome_is_answered (gint64 outcome)
{
  return outcome == MTB_OUTCOME_TALKING || outcome == MTB_OUTCOME_COMPLETED
         || outcome == MTB_OUTCOME_TRANSFERRED;
}

/**
 * mtb_outcome_is_open:
 * @outcome: a #MtbOutcome
 *
 * Returns: whether the call still goes on
 */
gboolean
mtb_outcome_is_open (gint64 outcome)
{
  return outcome == MTB_OUTCOME_WAITING || outcome == MTB_OUTCOME_TALKING;
}

/**
 * mtb_pbx_call_is_answered:
 * @call: a call
 *
 * Returns: whether an agent took it and they were put through; a call that was lost after that was
 *   answered too
 */
gboolean
mtb_pbx_call_is_answered (const MtbPbxCall *call)
{
  return mtb_outcome_is_answered (call->outcome)
         || (call->outcome == MTB_OUTCOME_LOST && call->connected_at != MTB_ABSENT);
}

/* Where the wait or the threshold is not known, a call was neither short nor long in its queue. */
static gboolean
is_measured (const MtbPbxCall *call)
{
  return call->wait_s != MTB_ABSENT && call->threshold_s != MTB_ABSENT;
}

/**
 * mtb_pbx_call_is_late:
 * @call: a call
 *
 * Returns: whether it stayed in its queue longer than the threshold that it entered under, answered
 *   or not: it is unanswered in the procedure's sense (R2)
 */
gboolean
mtb_pbx_call_is_late (const MtbPbxCall *call)
{
  return is_measured (call) && call->wait_s > call->threshold_s;
}

/**
 * mtb_pbx_call_has_left:
 * @call: a call
 *
 * Returns: whether it has left its queue and was not answered
 */
gboolean
mtb_pbx_call_has_left (const MtbPbxCall *call)
{
  return call->outcome != MTB_OUTCOME_WAITING && !mtb_pbx_call_is_answered (call);
}

/**
 * mtb_pbx_call_has_left_early:
 * @call: a call
 *
 * Returns: whether it has left its queue before the threshold and was not answered: a short abandon,
 *   which is neither answered nor unanswered (R2)
 */
gboolean
mtb_pbx_call_has_left_early (const MtbPbxCall *call)
{
  return mtb_pbx_call_has_left (call) && is_measured (call) && !mtb_pbx_call_is_late (call);
}

/**
 * mtb_pbx_call_needs_record:
 * @call: a call
 *
 * Returns: whether somebody who is known talked with the caller, and the talk is over, so that it has
 *   to be written up (R1)
 */
gboolean
mtb_pbx_call_needs_record (const MtbPbxCall *call)
{
  return call->person_id != NULL && mtb_pbx_call_is_answered (call)
         && !mtb_outcome_is_open (call->outcome);
}
