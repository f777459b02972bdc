#pragma once

#include "mtb-presence-query.h"
#include "mtb-presence.h"
#include "mtb-query-model.h"

G_BEGIN_DECLS

/**
 * MtbDutyAct:
 * @act: an act of one's own
 * @title: (nullable): what it is called; %NULL after the last
 *
 * What a person does by hand about their state. The rest follows from what they do in the pages.
 */
typedef struct
{
  MtbPresenceAct act;
  const char *title;
} MtbDutyAct;

extern const MtbDutyAct mtb_duty_acts[];

#define MTB_TYPE_DUTY (mtb_duty_get_type ())
G_DECLARE_FINAL_TYPE (MtbDuty, mtb_duty, MTB, DUTY, GObject)

MtbDuty *mtb_duty_new (MtbEngine *engine);
MtbEngine *mtb_duty_get_engine (MtbDuty *self);
const MtbFloorRow *mtb_duty_get_standing (MtbDuty *self);
gboolean mtb_duty_is_on_shift (MtbDuty *self);
MtbPresenceState mtb_duty_get_activity (MtbDuty *self);
GListModel *mtb_duty_get_requests (MtbDuty *self);

gboolean mtb_duty_may (MtbDuty *self, MtbPresenceAct act);
gboolean mtb_duty_offers (MtbDuty *self, MtbPresenceAct act);
void mtb_duty_follow (MtbDuty *self, MtbPresenceState activity);
void mtb_duty_move_async (MtbDuty *self,
                          MtbPresenceAct act,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean mtb_duty_move_finish (MtbDuty *self, GAsyncResult *result, GError **error);

G_END_DECLS
