#pragma once

#include "mtb-duty.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_DUTY_BUTTON (mtb_duty_button_get_type ())
G_DECLARE_FINAL_TYPE (MtbDutyButton, mtb_duty_button, MTB, DUTY_BUTTON, AdwBin)

void mtb_duty_button_set_duty (MtbDutyButton *self, MtbDuty *duty);
void mtb_duty_button_ask_break (MtbDutyButton *self);

G_END_DECLS
