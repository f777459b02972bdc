#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_TOASTS (mtb_toasts_get_type ())
G_DECLARE_FINAL_TYPE (MtbToasts, mtb_toasts, MTB, TOASTS, AdwBin)

void mtb_toasts_say (MtbToasts *self, const char *words);
AdwToast *mtb_toasts_offer_undo (GtkWidget *widget, const char *words);
gboolean mtb_toasts_undo (MtbToasts *self);
gboolean mtb_toasts_offers_undo (MtbToasts *self);

G_END_DECLS
