#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mtb_shortcuts_present (GtkApplicationWindow *parent);

G_END_DECLS
