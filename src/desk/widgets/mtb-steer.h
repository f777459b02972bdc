#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mtb_steer (GtkWidget *entry, GtkListView *list);
gpointer mtb_steer_get_chosen (GtkListView *list);

G_END_DECLS
