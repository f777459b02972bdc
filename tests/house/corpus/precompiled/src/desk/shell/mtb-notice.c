#include <glib.h>

static void
show (void)
{
  gtk_init ();
}
