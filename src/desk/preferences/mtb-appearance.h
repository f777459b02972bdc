#pragma once

#include "mtb-preferences.h"

G_BEGIN_DECLS

void mtb_appearance_follow (MtbPreferences *preferences);

G_END_DECLS
