#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_SYNC_BUTTON (mtb_sync_button_get_type ())
G_DECLARE_FINAL_TYPE (MtbSyncButton, mtb_sync_button, MTB, SYNC_BUTTON, AdwBin)

void mtb_sync_button_open (MtbSyncButton *self);
void mtb_sync_button_set_engine (MtbSyncButton *self, MtbEngine *engine);

G_END_DECLS
