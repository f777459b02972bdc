#pragma once

#include "mtb-duty.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_BREAK_BOX (mtb_break_box_get_type ())
G_DECLARE_FINAL_TYPE (MtbBreakBox, mtb_break_box, MTB, BREAK_BOX, AdwBin)

void mtb_break_box_set_duty (MtbBreakBox *self, MtbDuty *duty);
void mtb_break_box_focus (MtbBreakBox *self);

G_END_DECLS
