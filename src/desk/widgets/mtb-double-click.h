#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mtb_double_click_guard (GtkWidget *list, GListModel *rows);

G_END_DECLS
