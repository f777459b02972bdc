#include "mtb-application.h"
#include "mtb-language.h"
#include "mtb-start.h"

#include <glib/gi18n.h>
#include <unistd.h>

/* A service has no window of its own, and a link was followed already. */
static void
drop_what_is_done (char **argv)
{
  char **kept = argv;

  for (char **arg = argv; *arg != NULL; arg++)
    if (!g_str_equal (*arg, "--gapplication-service") && !g_str_has_prefix (*arg, "mutabaa:"))
      *kept++ = *arg;
  *kept = NULL;
}

/* The same program anew, in the language that is preferred now. */
static int
restart (char **argv)
{
  drop_what_is_done (argv);
  mtb_language_end ();
  execv ("/proc/self/exe", argv);
  g_warning ("cannot start again: %s", g_strerror (errno));
  return 1;
}

int
main (int argc, char **argv)
{
  GApplication *application = NULL;
  gboolean again;
  int status;

  mtb_start_find_data ();
  mtb_language_begin ();
  mtb_start_set_up_language ();
  g_set_prgname (MTB_APP_ID);
  application = mtb_application_new ();
  status = g_application_run (application, argc, argv);
  again = mtb_application_is_to_restart (MTB_APPLICATION (application));
  g_object_unref (application);
  g_settings_sync ();
  return again ? restart (argv) : status;
}
