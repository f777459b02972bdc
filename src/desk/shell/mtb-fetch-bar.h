#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_FETCH_BAR (mtb_fetch_bar_get_type ())
G_DECLARE_FINAL_TYPE (MtbFetchBar, mtb_fetch_bar, MTB, FETCH_BAR, AdwBin)

void mtb_fetch_bar_set_engine (MtbFetchBar *self, MtbEngine *engine);

G_END_DECLS
