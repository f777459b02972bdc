#pragma once

#include "mtb-duty.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_DUTY_NOTICE (mtb_duty_notice_get_type ())
G_DECLARE_FINAL_TYPE (MtbDutyNotice, mtb_duty_notice, MTB, DUTY_NOTICE, AdwBin)

void mtb_duty_notice_set_duty (MtbDutyNotice *self, MtbDuty *duty);

G_END_DECLS
