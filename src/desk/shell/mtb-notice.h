#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_NOTICE (mtb_notice_get_type ())
G_DECLARE_FINAL_TYPE (MtbNotice, mtb_notice, MTB, NOTICE, AdwBin)

void mtb_notice_set_engine (MtbNotice *self, MtbEngine *engine);

G_END_DECLS
