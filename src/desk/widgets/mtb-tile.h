#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MTB_TYPE_TILE (mtb_tile_get_type ())
G_DECLARE_FINAL_TYPE (MtbTile, mtb_tile, MTB, TILE, GtkButton)

void mtb_tile_show (MtbTile *self, const char *figure, const char *detail);

G_END_DECLS
