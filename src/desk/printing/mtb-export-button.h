#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_EXPORT_BUTTON (mtb_export_button_get_type ())
G_DECLARE_FINAL_TYPE (MtbExportButton, mtb_export_button, MTB, EXPORT_BUTTON, AdwBin)

void mtb_export_button_set_place (MtbExportButton *self, MtbEngine *engine, GtkWidget *place);

G_END_DECLS
