#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_ALIGNED (mtb_aligned_get_type ())
G_DECLARE_FINAL_TYPE (MtbAligned, mtb_aligned, MTB, ALIGNED, AdwBin)

G_END_DECLS
