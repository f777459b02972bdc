#include "mtb-setting.h"

#include "mtb-id.h"

static const MtbField call_type_fields[] = {
  MTB_FIELD (MtbCallType, id, ID, .required = TRUE),
  MTB_FIELD (MtbCallType, parent_id, ID, .references = "call_type"),
  MTB_FIELD (MtbCallType, name, TEXT, .required = TRUE, .max = 80),
  MTB_FIELD (MtbCallType, name_en, TEXT, .required = TRUE, .max = 80),
  MTB_FIELD (MtbCallType, suits_s, DURATION, .min = 1, .max = 7200),
  MTB_FIELD (MtbCallType, position, INTEGER, .required = TRUE),
  MTB_FIELD (MtbCallType, active, FLAG, .required = TRUE),
};

const MtbTable mtb_call_type_table = {
  .shape = MTB_SHAPE ("call_type", MtbCallType, call_type_fields),
  .area = MTB_AREA_SETTINGS,
};

static const MtbField threshold_fields[] = {
  MTB_FIELD (MtbThreshold, id, ID, .required = TRUE),
  MTB_FIELD (MtbThreshold, wait_s, DURATION, .required = TRUE, .min = 1, .max = 3600),
  MTB_FIELD (MtbThreshold, in_force_from, TIME, .required = TRUE),
};

const MtbTable mtb_threshold_table = {
  .shape = MTB_SHAPE ("threshold", MtbThreshold, threshold_fields),
  .area = MTB_AREA_SETTINGS,
  .indexes = MTB_LIST ("in_force_from"),
};

static const MtbField setting_fields[] = {
  MTB_FIELD (MtbSetting, id, ID, .required = TRUE),
  MTB_FIELD (MtbSetting, name, TEXT, .required = TRUE, .max = 40),
  MTB_FIELD (MtbSetting, value, TEXT, .required = TRUE, .max = 400),
};

const MtbTable mtb_setting_table = {
  .shape = MTB_SHAPE ("setting", MtbSetting, setting_fields),
  .area = MTB_AREA_DESKS,
};

/**
 * mtb_setting_derive_id:
 * @name: one of the MTB_SETTING_ names
 *
 * Returns: (transfer full): the id of its row
 */
char *
mtb_setting_derive_id (const char *name)
{
  return mtb_id_derive ("setting", name, NULL);
}
