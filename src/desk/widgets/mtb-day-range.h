#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_DAY_RANGE (mtb_day_range_get_type ())
G_DECLARE_FINAL_TYPE (MtbDayRange, mtb_day_range, MTB, DAY_RANGE, AdwBin)

gint64 mtb_day_range_get_from (MtbDayRange *self);
gint64 mtb_day_range_get_until (MtbDayRange *self);

G_END_DECLS
