#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_WINDOW (mtb_window_get_type ())
G_DECLARE_FINAL_TYPE (MtbWindow, mtb_window, MTB, WINDOW, AdwApplicationWindow)

GtkWidget *
mtb_window_new (GtkApplication *application, MtbEngine *engine, const char *server, gboolean demo);

G_END_DECLS
