#include <gtk/gtk.h>

static GtkWidget *toast;
