#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_CONNECTION (mtb_connection_get_type ())
G_DECLARE_FINAL_TYPE (MtbConnection, mtb_connection, MTB, CONNECTION, AdwBin)

GtkWidget *mtb_connection_new (MtbEngine *engine);
void mtb_connection_set_person (MtbConnection *self, const char *person_id);

G_END_DECLS
