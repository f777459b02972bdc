#pragma once

#include "mtb-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_CALL_CLOCK (mtb_call_clock_get_type ())
G_DECLARE_FINAL_TYPE (MtbCallClock, mtb_call_clock, MTB, CALL_CLOCK, AdwBin)

void mtb_call_clock_show (MtbCallClock *self,
                          const MtbDraft *draft,
                          const MtbDraft *talking,
                          gint64 now);

G_END_DECLS
