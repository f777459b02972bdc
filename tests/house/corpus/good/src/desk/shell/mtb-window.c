#include "mtb-window.h"

#include <adwaita.h>

static void
mtb_window_init (MtbWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
