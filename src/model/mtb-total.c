#include "mtb-total.h"

static const MtbField queue_total_fields[] = {
  MTB_FIELD (MtbQueueTotal, id, ID, .required = TRUE),
  MTB_FIELD (MtbQueueTotal, queue, TEXT, .required = TRUE, .max = 80),
  MTB_FIELD (MtbQueueTotal, slot_at, TIME, .required = TRUE),
  MTB_FIELD (MtbQueueTotal, offered, INTEGER, .required = TRUE),
  MTB_FIELD (MtbQueueTotal, answered, INTEGER, .required = TRUE),
  MTB_FIELD (MtbQueueTotal, abandoned, INTEGER, .required = TRUE),
  MTB_FIELD (MtbQueueTotal, timed_out, INTEGER, .required = TRUE),
  MTB_FIELD (MtbQueueTotal, other, INTEGER, .required = TRUE),
  MTB_FIELD (MtbQueueTotal, short_abandons, INTEGER, .required = TRUE),
  MTB_FIELD (MtbQueueTotal, left_after, INTEGER, .required = TRUE),
  MTB_FIELD (MtbQueueTotal, answered_late, INTEGER, .required = TRUE),
  MTB_FIELD (MtbQueueTotal, answered_wait_s, DURATION, .required = TRUE),
  MTB_FIELD (MtbQueueTotal, talk_s, DURATION, .required = TRUE),
  MTB_FIELD (MtbQueueTotal, wrap_up_s, DURATION, .required = TRUE),
};

const MtbTable mtb_queue_total_table = {
  .shape = MTB_SHAPE ("queue_total", MtbQueueTotal, queue_total_fields),
  .area = MTB_AREA_TOTALS,
  .window = "slot_at",
  .indexes = MTB_LIST ("slot_at", "queue, slot_at"),
};

static const MtbField agent_total_fields[] = {
  MTB_FIELD (MtbAgentTotal, id, ID, .required = TRUE),
  MTB_FIELD (MtbAgentTotal, person_id, ID, .required = TRUE, .references = "person"),
  MTB_FIELD (MtbAgentTotal, day_at, TIME, .required = TRUE),
  MTB_FIELD (MtbAgentTotal, answered, INTEGER, .required = TRUE),
  MTB_FIELD (MtbAgentTotal, answered_late, INTEGER, .required = TRUE),
  MTB_FIELD (MtbAgentTotal, answered_wait_s, DURATION, .required = TRUE),
  MTB_FIELD (MtbAgentTotal, talk_s, DURATION, .required = TRUE),
  MTB_FIELD (MtbAgentTotal, wrap_up_s, DURATION, .required = TRUE),
  MTB_FIELD (MtbAgentTotal, ended, INTEGER, .required = TRUE),
  MTB_FIELD (MtbAgentTotal, written_up, INTEGER, .required = TRUE),
};

const MtbTable mtb_agent_total_table = {
  .shape = MTB_SHAPE ("agent_total", MtbAgentTotal, agent_total_fields),
  .area = MTB_AREA_CALLS,
  .scope = "person_id",
  .window = "day_at",
  .indexes = MTB_LIST ("day_at", "person_id, day_at"),
};

static const MtbField record_total_fields[] = {
  MTB_FIELD (MtbRecordTotal, id, ID, .required = TRUE),
  MTB_FIELD (MtbRecordTotal, person_id, ID, .required = TRUE, .references = "person"),
  MTB_FIELD (MtbRecordTotal, type_id, ID, .required = TRUE, .references = "call_type"),
  MTB_FIELD (MtbRecordTotal, day_at, TIME, .required = TRUE),
  MTB_FIELD (MtbRecordTotal, records, INTEGER, .required = TRUE),
  MTB_FIELD (MtbRecordTotal, solved, INTEGER, .required = TRUE),
  MTB_FIELD (MtbRecordTotal, talk_s, DURATION, .required = TRUE),
  MTB_FIELD (MtbRecordTotal, wrap_up_s, DURATION, .required = TRUE),
  MTB_FIELD (MtbRecordTotal, suited, INTEGER, .required = TRUE),
  MTB_FIELD (MtbRecordTotal, suits_s, DURATION, .required = TRUE),
};

const MtbTable mtb_record_total_table = {
  .shape = MTB_SHAPE ("record_total", MtbRecordTotal, record_total_fields),
  .area = MTB_AREA_CALLS,
  .scope = "person_id",
  .window = "day_at",
  .indexes = MTB_LIST ("day_at", "person_id, day_at"),
};
