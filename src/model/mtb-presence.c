#include "mtb-presence.h"

#include "mtb-time.h"

const char *const mtb_presence_state_words[] = { "off",       "available", "on_call", "wrap_up",
                                                 "auxiliary", "away",      NULL };
const char *const mtb_presence_act_words[] = {
  "begin",  "end",   "leave",   "return", "answer", "hang_up", "finish",
  "resume", "start", "overrun", "lapse",  "expire", NULL,
};
const char *const mtb_auxiliary_reason_words[] = {
  "rest", "meal", "prayer", "meeting", "training", "health", "other", NULL,
};
const char *const mtb_auxiliary_status_words[] = {
  "asked", "approved", "refused", "withdrawn", "running", "ended", NULL,
};

static const MtbField presence_fields[] = {
  MTB_FIELD (MtbPresence, id, ID, .required = TRUE),
  MTB_FIELD (MtbPresence, person_id, ID, .required = TRUE, .references = "person"),
  MTB_FIELD (MtbPresence, state, ENUM, .required = TRUE, .choices = mtb_presence_state_words),
  MTB_FIELD (MtbPresence, act, ENUM, .required = TRUE, .choices = mtb_presence_act_words),
  MTB_FIELD (MtbPresence, auxiliary_id, ID, .references = "auxiliary"),
  MTB_FIELD (MtbPresence, started_at, TIME, .required = TRUE),
  MTB_FIELD (MtbPresence, ended_at, TIME),
  MTB_FIELD (MtbPresence, received_at, TIME),
};

const MtbTable mtb_presence_table = {
  .shape = MTB_SHAPE ("presence", MtbPresence, presence_fields),
  .area = MTB_AREA_PRESENCE,
  .scope = "person_id",
  .window = "started_at",
  .indexes = MTB_LIST ("person_id, started_at", "ended_at, person_id"),
};

static const MtbField auxiliary_fields[] = {
  MTB_FIELD (MtbAuxiliary, id, ID, .required = TRUE),
  MTB_FIELD (MtbAuxiliary, person_id, ID, .required = TRUE, .references = "person"),
  MTB_FIELD (MtbAuxiliary, reason, ENUM, .required = TRUE, .choices = mtb_auxiliary_reason_words),
  MTB_FIELD (MtbAuxiliary, minutes, INTEGER, .required = TRUE),
  MTB_FIELD (MtbAuxiliary, note, TEXT, .max = 400),
  MTB_FIELD (MtbAuxiliary, status, ENUM, .required = TRUE, .choices = mtb_auxiliary_status_words),
  MTB_FIELD (MtbAuxiliary, asked_at, TIME, .required = TRUE),
  MTB_FIELD (MtbAuxiliary, received_at, TIME),
  MTB_FIELD (MtbAuxiliary, decided_by, ID, .references = "person"),
  MTB_FIELD (MtbAuxiliary, decided_at, TIME),
  MTB_FIELD (MtbAuxiliary, word, TEXT, .max = 400),
  MTB_FIELD (MtbAuxiliary, started_at, TIME),
  MTB_FIELD (MtbAuxiliary, ended_at, TIME),
};

const MtbTable mtb_auxiliary_table = {
  .shape = MTB_SHAPE ("auxiliary", MtbAuxiliary, auxiliary_fields),
  .area = MTB_AREA_PRESENCE,
  .scope = "person_id",
  .window = "asked_at",
  .indexes = MTB_LIST ("person_id, asked_at", "status, person_id", "asked_at"),
};

/**
 * mtb_auxiliary_get_due:
 * @started_at: when an Auxiliary began, or %MTB_ABSENT
 * @minutes: for how long it is approved, or %MTB_ABSENT
 *
 * Returns: when its person is due back, or %MTB_ABSENT
 */
gint64
mtb_auxiliary_get_due (gint64 started_at, gint64 minutes)
{
  return started_at == MTB_ABSENT || minutes == MTB_ABSENT ? MTB_ABSENT
                                                           : started_at + minutes * MTB_MINUTE;
}
