#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mtb_popover_keys_pass_on (GtkMenuButton *button);

G_END_DECLS
