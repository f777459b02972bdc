#include "mtb-application.h"
#include "mtb-start.h"

int
main (int argc, char **argv)
{
  g_autoptr (GApplication) application = NULL;

  mtb_start_find_data ();
  mtb_start_set_up_language ();
  g_set_prgname (MTB_APP_ID);
  application = mtb_application_new ();
  return g_application_run (application, argc, argv);
}
