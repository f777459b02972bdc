#include "mtb-lease.h"
#include "mtb-listener.h"

#include <glib-unix.h>
#include <locale.h>
#include <sodium.h>

static char *database;
static char *address;
static gboolean network_is_trusted;
static int beat_s = MTB_BEAT_S;

static const GOptionEntry options[] = {
  { "database", 0, 0, G_OPTION_ARG_STRING, &database, "The department's database", "sqlite:PATH" },
  { "listen", 0, 0, G_OPTION_ARG_STRING, &address, "Where to listen, on loopback",
    "ADDRESS:PORT|unix:PATH" },
  { "the-network-is-trusted", 0, 0, G_OPTION_ARG_NONE, &network_is_trusted,
    "Allow an address beyond loopback, without TLS", NULL },
  { "beat-seconds", 0, 0, G_OPTION_ARG_INT, &beat_s,
    "How often desks are told that the connection stands (15)", "SECONDS" },
  { NULL },
};

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- the server of a department");
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (MtbListener) listener = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("mutabaa-server: %s\n", error->message);
      return 2;
    }
  if (database == NULL || address == NULL || beat_s < 1 || beat_s > 60 || argc > 1)
    {
      g_printerr ("mutabaa-server: give --database and --listen; see --help\n");
      return 2;
    }
  if (sodium_init () < 0)
    g_error ("libsodium cannot start");
  /* Before it is ready, so that whoever waits for that may end it. */
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  listener = mtb_listener_new (database, address, network_is_trusted, (guint) beat_s, &error);
  if (listener == NULL)
    {
      g_printerr ("mutabaa-server: %s\n", error->message);
      return 1;
    }
  g_print ("ready %s\n", mtb_listener_get_uri (listener));
  g_main_loop_run (loop);
  return 0;
}
