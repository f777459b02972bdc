#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mtb_about_present (GtkWindow *parent);

G_END_DECLS
