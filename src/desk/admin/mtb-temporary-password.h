#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mtb_temporary_password_present (GtkWidget *asker, const char *name, const char *password);

G_END_DECLS
