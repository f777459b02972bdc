#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_ONLINE_NOTICE (mtb_online_notice_get_type ())
G_DECLARE_FINAL_TYPE (MtbOnlineNotice, mtb_online_notice, MTB, ONLINE_NOTICE, AdwBin)

void mtb_online_notice_set_engine (MtbOnlineNotice *self, MtbEngine *engine);

G_END_DECLS
