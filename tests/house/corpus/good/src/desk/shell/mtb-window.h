#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_WINDOW (mtb_window_get_type ())
G_DECLARE_FINAL_TYPE (MtbWindow, mtb_window, MTB, WINDOW, AdwApplicationWindow)

G_END_DECLS
