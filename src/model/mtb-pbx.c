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
  MTB_FIELD (MtbPbxCall, person_id, ID),
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

static const MtbField pbx_pause_fields[] = {
  MTB_FIELD (MtbPbxPause, id, ID, .required = TRUE),
  MTB_FIELD (MtbPbxPause, person_id, ID),
  MTB_FIELD (MtbPbxPause, agent_name, TEXT, .required = TRUE, .max = 80),
  MTB_FIELD (MtbPbxPause, queue, TEXT, .max = 80),
  MTB_FIELD (MtbPbxPause, reason, TEXT, .max = 80),
  MTB_FIELD (MtbPbxPause, started_at, TIME, .required = TRUE),
  MTB_FIELD (MtbPbxPause, ended_at, TIME),
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
