#pragma once

#include "mtb-subscriber.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MTB_TYPE_VOLUME_BAR (mtb_volume_bar_get_type ())
G_DECLARE_FINAL_TYPE (MtbVolumeBar, mtb_volume_bar, MTB, VOLUME_BAR, GtkWidget)

void mtb_volume_bar_set_card (MtbVolumeBar *self, const MtbCard *card);

G_END_DECLS
