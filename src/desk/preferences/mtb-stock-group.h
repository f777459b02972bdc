#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_STOCK_GROUP (mtb_stock_group_get_type ())
G_DECLARE_FINAL_TYPE (MtbStockGroup, mtb_stock_group, MTB, STOCK_GROUP, AdwPreferencesGroup)

void mtb_stock_group_set_engine (MtbStockGroup *self, MtbEngine *engine);

G_END_DECLS
