#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_CONNECTED_ICON (mtb_connected_icon_get_type ())
G_DECLARE_FINAL_TYPE (MtbConnectedIcon, mtb_connected_icon, MTB, CONNECTED_ICON, AdwBin)

GtkWidget *mtb_connected_icon_new (MtbEngine *engine);
void mtb_connected_icon_set_person (MtbConnectedIcon *self, const char *person_id);

char *mtb_connected_icon_say (MtbEngine *engine, const char *person_id);

G_END_DECLS
