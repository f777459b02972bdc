#include "mtb-note.h"

static const MtbField note_fields[] = {
  MTB_FIELD (MtbNote, id, ID, .required = TRUE),
  MTB_FIELD (MtbNote, call_id, ID, .required = TRUE, .references = "call"),
  MTB_FIELD (MtbNote, person_id, ID, .required = TRUE, .references = "person"),
  MTB_FIELD (MtbNote, author_id, ID, .required = TRUE, .references = "person"),
  MTB_FIELD (MtbNote, text, TEXT, .required = TRUE, .max = 2000),
  MTB_FIELD (MtbNote, written_at, TIME, .required = TRUE),
  MTB_FIELD (MtbNote, received_at, TIME),
  MTB_FIELD (MtbNote, seen_at, TIME),
  MTB_FIELD (MtbNote, started_at, TIME, .required = TRUE),
};

const MtbTable mtb_note_table = {
  .shape = MTB_SHAPE ("note", MtbNote, note_fields),
  .area = MTB_AREA_CALLS,
  .scope = "person_id",
  .window = "started_at",
  .indexes = MTB_LIST ("call_id, written_at", "person_id, started_at"),
};
