#include "mtb-listener.h"
#include "mtb-log.h"
#include "mtb-notify.h"

#include <glib-unix.h>
#include <locale.h>
#include <sodium.h>

static MtbConfiguration *configuration;
static GMainLoop *loop;
static MtbListener *listener;

static gboolean
on_drained (gpointer data)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

/* Who says it twice does not want to wait. */
static gboolean
on_signal (gpointer data)
{
  static gboolean is_draining;

  mtb_notify_send ("STOPPING=1");
  if (is_draining || configuration->drain_s == 0 || listener == NULL)
    on_drained (NULL);
  else
    {
      mtb_listener_drain (listener);
      g_timeout_add_seconds ((guint) configuration->drain_s, on_drained, NULL);
    }
  is_draining = TRUE;
  return G_SOURCE_CONTINUE;
}

static int
fail (int status, const GError *error)
{
  g_printerr ("mutabaa-server: %s\n", error->message);
  return status;
}

/* Ends when the loop does. */
static int
run (void)
{
  g_autoptr (GError) error = NULL;

  mtb_log_start (configuration->logs_requests);
  listener = mtb_listener_new (configuration, &error);
  if (listener == NULL)
    return fail (1, error);
  g_print ("ready %s\n", mtb_listener_get_uri (listener));
  mtb_notify_send ("READY=1");
  mtb_notify_start_watchdog ();
  g_main_loop_run (loop);
  g_clear_pointer (&listener, mtb_listener_free);
  return 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  setlocale (LC_ALL, "");
  configuration = mtb_configuration_new ();
  if (sodium_init () < 0)
    g_error ("libsodium cannot start");
  loop = g_main_loop_new (NULL, FALSE);
  /* Before it is ready, so that whoever waits for that may end it. */
  g_unix_signal_add (SIGTERM, on_signal, NULL);
  g_unix_signal_add (SIGINT, on_signal, NULL);
  if (mtb_configuration_parse (configuration, &argc, &argv, "- the server of a department", &error))
    status = run ();
  else
    status = fail (2, error);
  g_main_loop_unref (loop);
  mtb_configuration_free (configuration);
  return status;
}
