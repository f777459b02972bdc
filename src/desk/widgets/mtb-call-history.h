#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_CALL_HISTORY (mtb_call_history_get_type ())
G_DECLARE_FINAL_TYPE (MtbCallHistory, mtb_call_history, MTB, CALL_HISTORY, AdwBin)

void mtb_call_history_set_engine (MtbCallHistory *self, MtbEngine *engine);
void mtb_call_history_show (MtbCallHistory *self, const MtbCallRow *call);

G_END_DECLS
