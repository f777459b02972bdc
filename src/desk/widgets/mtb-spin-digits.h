#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mtb_spin_digits_bind (GtkWidgetClass *widget_class);

G_END_DECLS
