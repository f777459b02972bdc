#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_LIST_HOLDER (mtb_list_holder_get_type ())
G_DECLARE_FINAL_TYPE (MtbListHolder, mtb_list_holder, MTB, LIST_HOLDER, AdwBin)

GtkSizeGroup *mtb_list_holder_get_aligned (MtbListHolder *self);

G_END_DECLS
