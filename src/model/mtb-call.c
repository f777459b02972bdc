#include "mtb-call.h"

#include "mtb-id.h"

const char *const mtb_direction_words[] = { "in", "out", NULL };
const char *const mtb_resolution_words[] = { "informed",  "fixed",   "passed_on",
                                             "call_back", "cut_off", NULL };

static const MtbField call_fields[] = {
  MTB_FIELD (MtbCall, id, ID, .required = TRUE),
  MTB_FIELD (MtbCall, person_id, ID, .required = TRUE, .references = "person"),
  MTB_FIELD (MtbCall, subscriber_id, ID, .references = "subscriber"),
  MTB_FIELD (MtbCall, prospect_id, ID, .references = "prospect"),
  MTB_FIELD (MtbCall, number, TEXT, .max = 40),
  MTB_FIELD (MtbCall, direction, ENUM, .required = TRUE, .choices = mtb_direction_words),
  MTB_FIELD (MtbCall, type_id, ID, .required = TRUE, .references = "call_type"),
  MTB_FIELD (MtbCall, resolution, ENUM, .required = TRUE, .choices = mtb_resolution_words),
  MTB_FIELD (MtbCall, solved, FLAG, .required = TRUE),
  MTB_FIELD (MtbCall, notes, TEXT),
  MTB_FIELD (MtbCall, started_at, TIME, .required = TRUE),
  MTB_FIELD (MtbCall, ended_at, TIME, .required = TRUE),
  MTB_FIELD (MtbCall, wrap_up_s, DURATION, .max = 86400),
  MTB_FIELD (MtbCall, logged_at, TIME, .required = TRUE),
  MTB_FIELD (MtbCall, received_at, TIME),
  MTB_FIELD (MtbCall, version, INTEGER, .required = TRUE),
  MTB_FIELD (MtbCall, suits_s, DURATION),
};

const MtbTable mtb_call_table = {
  .shape = MTB_SHAPE ("call", MtbCall, call_fields),
  .area = MTB_AREA_CALLS,
  .scope = "person_id",
  .window = "started_at",
  .indexes = MTB_LIST ("person_id, started_at",
                       "subscriber_id, started_at",
                       "prospect_id, started_at",
                       "started_at"),
};

static const MtbField call_version_fields[] = {
  MTB_FIELD (MtbCallVersion, id, ID, .required = TRUE),
  MTB_FIELD (MtbCallVersion, call_id, ID, .required = TRUE, .references = "call"),
  MTB_FIELD (MtbCallVersion, person_id, ID, .required = TRUE, .references = "person"),
  MTB_FIELD (MtbCallVersion, version, INTEGER, .required = TRUE),
  MTB_FIELD (MtbCallVersion, subscriber_id, ID, .references = "subscriber"),
  MTB_FIELD (MtbCallVersion, prospect_id, ID, .references = "prospect"),
  MTB_FIELD (MtbCallVersion, number, TEXT, .max = 40),
  MTB_FIELD (MtbCallVersion, direction, ENUM, .required = TRUE, .choices = mtb_direction_words),
  MTB_FIELD (MtbCallVersion, type_id, ID, .required = TRUE, .references = "call_type"),
  MTB_FIELD (MtbCallVersion, resolution, ENUM, .required = TRUE, .choices = mtb_resolution_words),
  MTB_FIELD (MtbCallVersion, solved, FLAG, .required = TRUE),
  MTB_FIELD (MtbCallVersion, notes, TEXT),
  MTB_FIELD (MtbCallVersion, started_at, TIME, .required = TRUE),
  MTB_FIELD (MtbCallVersion, replaced_at, TIME, .required = TRUE),
  MTB_FIELD (MtbCallVersion, replaced_by, ID, .required = TRUE, .references = "person"),
};

const MtbTable mtb_call_version_table = {
  .shape = MTB_SHAPE ("call_version", MtbCallVersion, call_version_fields),
  .area = MTB_AREA_CALLS,
  .scope = "person_id",
  .window = "started_at",
  .indexes = MTB_LIST ("call_id, version"),
};

static const MtbField call_link_fields[] = {
  MTB_FIELD (MtbCallLink, id, ID, .required = TRUE),
  MTB_FIELD (MtbCallLink, call_id, ID, .required = TRUE, .references = "call"),
  MTB_FIELD (MtbCallLink, pbx_call_id, ID, .required = TRUE, .references = "pbx_call"),
  MTB_FIELD (MtbCallLink, person_id, ID, .required = TRUE, .references = "person"),
  MTB_FIELD (MtbCallLink, joined, FLAG, .required = TRUE),
  MTB_FIELD (MtbCallLink, joined_by, ID, .references = "person"),
  MTB_FIELD (MtbCallLink, started_at, TIME, .required = TRUE),
};

const MtbTable mtb_call_link_table = {
  .shape = MTB_SHAPE ("call_link", MtbCallLink, call_link_fields),
  .area = MTB_AREA_CALLS,
  .scope = "person_id",
  .window = "started_at",
  .indexes = MTB_LIST ("call_id", "pbx_call_id"),
};

/**
 * mtb_call_link_dup_id:
 * @call_id: a record
 * @pbx_call_id: a call of the PBX
 *
 * Returns: (transfer full): the id that the link of these two has everywhere
 */
char *
mtb_call_link_dup_id (const char *call_id, const char *pbx_call_id)
{
  return mtb_id_derive ("call_link", call_id, pbx_call_id, NULL);
}
