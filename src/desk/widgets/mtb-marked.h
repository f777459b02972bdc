#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_MARKED (mtb_marked_get_type ())
G_DECLARE_FINAL_TYPE (MtbMarked, mtb_marked, MTB, MARKED, AdwBin)

G_END_DECLS
