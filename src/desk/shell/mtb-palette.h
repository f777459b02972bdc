#pragma once

#include "mtb-found.h"

G_BEGIN_DECLS

#define MTB_TYPE_PALETTE (mtb_palette_get_type ())
G_DECLARE_FINAL_TYPE (MtbPalette, mtb_palette, MTB, PALETTE, AdwWindow)

MtbPalette *mtb_palette_new (GtkWindow *parent, MtbEngine *engine, GPtrArray *here);

G_END_DECLS
