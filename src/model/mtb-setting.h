#pragma once

#include "mtb-table.h"

G_BEGIN_DECLS

/**
 * MtbCallType:
 * @parent_id: (nullable): the type that this is a kind of; %NULL at the first of the two levels
 * @name: in Arabic
 * @name_en: in English
 * @suits_s: (nullable): the handle time that suits such a call
 * @position: the order among its siblings
 * @active: whether new calls may have it
 */
typedef struct
{
  char *id;
  char *parent_id;
  char *name;
  char *name_en;
  gint64 suits_s;
  gint64 position;
  gint64 active;
} MtbCallType;

/**
 * MtbThreshold:
 * @wait_s: a call that waited longer is unanswered (R2)
 * @in_force_from: from which queue entry on
 */
typedef struct
{
  char *id;
  gint64 wait_s;
  gint64 in_force_from;
} MtbThreshold;

/**
 * MtbSetting:
 * @name: which, one of the MTB_SETTING_ names
 * @value: its value
 */
typedef struct
{
  char *id;
  char *name;
  char *value;
} MtbSetting;

/* How much of the directory desks keep: `all`, or `dealt_with` */
#define MTB_SETTING_DIRECTORY_KEEP "directory_keep"
/* For how many days after the last contact with the server a person may sign in to their desk */
#define MTB_SETTING_OFFLINE_DAYS "offline_days"

extern const MtbTable mtb_call_type_table;
extern const MtbTable mtb_threshold_table;
extern const MtbTable mtb_setting_table;

MTB_DEFINE_RECORD_AUTOPTR (MtbCallType)
MTB_DEFINE_RECORD_AUTOPTR (MtbThreshold)
MTB_DEFINE_RECORD_AUTOPTR (MtbSetting)

G_END_DECLS
