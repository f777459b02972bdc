#include "mtb-person.h"

static const MtbField person_fields[] = {
  MTB_FIELD (MtbPerson, id, ID, .required = TRUE),
  MTB_FIELD (MtbPerson, username, TEXT, .required = TRUE, .max = 64),
  MTB_FIELD (MtbPerson, display_name, TEXT, .required = TRUE, .max = 120),
  MTB_FIELD (MtbPerson, roles, SET, .required = TRUE, .choices = mtb_role_words),
  MTB_FIELD (MtbPerson, team_id, ID, .references = "team"),
  MTB_FIELD (MtbPerson, pbx_name, TEXT, .max = 80),
  MTB_FIELD (MtbPerson, active, FLAG, .required = TRUE),
};

const MtbTable mtb_person_table = {
  .shape = MTB_SHAPE ("person", MtbPerson, person_fields),
  .area = MTB_AREA_PEOPLE,
  .indexes = MTB_LIST ("username", "pbx_name", "team_id"),
};

static const MtbField team_fields[] = {
  MTB_FIELD (MtbTeam, id, ID, .required = TRUE),
  MTB_FIELD (MtbTeam, name, TEXT, .required = TRUE, .max = 120),
};

const MtbTable mtb_team_table = {
  .shape = MTB_SHAPE ("team", MtbTeam, team_fields),
  .area = MTB_AREA_PEOPLE,
};
