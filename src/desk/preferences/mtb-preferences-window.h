#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_PREFERENCES_WINDOW (mtb_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (MtbPreferencesWindow,
                      mtb_preferences_window,
                      MTB,
                      PREFERENCES_WINDOW,
                      AdwWindow)

void mtb_preferences_window_present (GtkWindow *parent, MtbEngine *engine);

G_END_DECLS
