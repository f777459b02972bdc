#pragma once

#include "mtb-duty.h"

G_BEGIN_DECLS

#define MTB_TYPE_NOTIFIER (mtb_notifier_get_type ())
G_DECLARE_FINAL_TYPE (MtbNotifier, mtb_notifier, MTB, NOTIFIER, GObject)

MtbNotifier *mtb_notifier_new (MtbEngine *engine, MtbDuty *duty);

G_END_DECLS
