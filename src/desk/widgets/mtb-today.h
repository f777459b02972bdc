#pragma once

#include "mtb-engine.h"

G_BEGIN_DECLS

#define MTB_TYPE_TODAY (mtb_today_get_type ())
G_DECLARE_FINAL_TYPE (MtbToday, mtb_today, MTB, TODAY, GObject)

MtbToday *mtb_today_new (MtbEngine *engine);
gint64 mtb_today_get_start (MtbToday *self, gint64 days);

G_END_DECLS
