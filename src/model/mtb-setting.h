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
/* After how many days the arguments in the audit trail are erased; 0 for never, as without it */
#define MTB_SETTING_RETENTION_DAYS "retention_days"
/* Whether a desk keeps nothing of a person who has signed out but their outbox: 0 or 1 */
#define MTB_SETTING_WIPE_AT_SIGN_OUT "wipe_at_sign_out"
/* What stands at the head of printed documents: whose they are, in a line */
#define MTB_SETTING_ORGANISATION "organisation"

/* Desks offer again what they hold for so long, and a repeat is to be recognised by its arguments. */
#define MTB_RETENTION_DAYS_MIN 30

#define MTB_ORGANISATION_MAX 80

extern const MtbTable mtb_call_type_table;
extern const MtbTable mtb_threshold_table;
extern const MtbTable mtb_setting_table;

char *mtb_setting_derive_id (const char *name);

MTB_DEFINE_RECORD_AUTOPTR (MtbCallType)
MTB_DEFINE_RECORD_AUTOPTR (MtbThreshold)
MTB_DEFINE_RECORD_AUTOPTR (MtbSetting)

G_END_DECLS
