#pragma once

#include "mtb-keys.h"
#include "mtb-workspace.h"

G_BEGIN_DECLS

/**
 * MtbFoundGroup:
 * @MTB_FOUND_PLACES: the person's places
 * @MTB_FOUND_ACTS: what can be done here and now
 * @MTB_FOUND_PEOPLE: who works here
 * @MTB_FOUND_CUSTOMERS: subscribers and prospects
 * @MTB_FOUND_CALLS: records of calls
 *
 * What the palette finds, in its order.
 */
typedef enum
{
  MTB_FOUND_PLACES,
  MTB_FOUND_ACTS,
  MTB_FOUND_PEOPLE,
  MTB_FOUND_CUSTOMERS,
  MTB_FOUND_CALLS,
  MTB_N_FOUND_GROUPS,
} MtbFoundGroup;

#define MTB_TYPE_FOUND (mtb_found_get_type ())
G_DECLARE_FINAL_TYPE (MtbFound, mtb_found, MTB, FOUND, GObject)

MtbFound *mtb_found_new_place (MtbPage *page, guint number);
MtbFound *mtb_found_new_key (const MtbKey *key);
MtbFound *mtb_found_new_duty (const MtbDutyAct *act);
MtbFound *mtb_found_new_row (MtbFoundGroup group, gpointer row);

const char *mtb_found_group_get_title (MtbFoundGroup group);
MtbFoundGroup mtb_found_get_group (MtbFound *self);
const char *mtb_found_get_action (MtbFound *self);
GVariant *mtb_found_get_target (MtbFound *self);
gboolean mtb_found_fits (MtbFound *self, const char *const *typed);
gboolean mtb_found_equal (MtbFound *self, MtbFound *other);

G_END_DECLS
