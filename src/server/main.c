#include "mtb-lease.h"
#include "mtb-listener.h"

#include <glib-unix.h>
#include <locale.h>
#include <sodium.h>

static char *database;
static char *address;
static gboolean network_is_trusted;
static gboolean is_behind_proxy;
static int beat_s = MTB_BEAT_S;
static int patience_s = 30;
static int drain_s;
static GMainLoop *loop;
static MtbListener *listener;

static const GOptionEntry options[] = {
  { "database", 0, 0, G_OPTION_ARG_STRING, &database, "The department's database", "sqlite:PATH" },
  { "listen", 0, 0, G_OPTION_ARG_STRING, &address, "Where to listen, on loopback",
    "ADDRESS:PORT|unix:PATH" },
  { "the-network-is-trusted", 0, 0, G_OPTION_ARG_NONE, &network_is_trusted,
    "Allow an address beyond loopback, without TLS", NULL },
  { "behind-proxy", 0, 0, G_OPTION_ARG_NONE, &is_behind_proxy,
    "Believe the X-Forwarded-For of what connects from this machine", NULL },
  { "beat-seconds", 0, 0, G_OPTION_ARG_INT, &beat_s,
    "How often desks are told that the connection stands (15)", "SECONDS" },
  { "patience-seconds", 0, 0, G_OPTION_ARG_INT, &patience_s,
    "How long a request may take to come in (30)", "SECONDS" },
  { "drain-seconds", 0, 0, G_OPTION_ARG_INT, &drain_s,
    "How long to answer on, but to /readyz, when told to end (0)", "SECONDS" },
  { NULL },
};

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

  if (is_draining || drain_s == 0)
    on_drained (NULL);
  else
    {
      mtb_listener_drain (listener);
      g_timeout_add_seconds ((guint) drain_s, on_drained, NULL);
    }
  is_draining = TRUE;
  return G_SOURCE_CONTINUE;
}

static gboolean
check_options (int argc)
{
  return database != NULL && address != NULL && beat_s >= 1 && beat_s <= 60 && patience_s >= 1
         && patience_s <= 600 && drain_s >= 0 && drain_s <= 20 && argc == 1;
}

/* Ends when the loop does. */
static int
run (GError **error)
{
  listener = mtb_listener_new (database, address, network_is_trusted, (guint) beat_s, error);
  if (listener == NULL)
    return 1;
  mtb_listener_set_behind_proxy (listener, is_behind_proxy);
  mtb_listener_set_patience (listener, (guint) patience_s);
  g_print ("ready %s\n", mtb_listener_get_uri (listener));
  g_main_loop_run (loop);
  g_clear_pointer (&listener, mtb_listener_free);
  return 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- the server of a department");
  g_autoptr (GError) error = NULL;
  int status;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("mutabaa-server: %s\n", error->message);
      return 2;
    }
  if (!check_options (argc))
    {
      g_printerr ("mutabaa-server: give --database and --listen; see --help\n");
      return 2;
    }
  if (sodium_init () < 0)
    g_error ("libsodium cannot start");
  loop = g_main_loop_new (NULL, FALSE);
  /* Before it is ready, so that whoever waits for that may end it. */
  g_unix_signal_add (SIGTERM, on_signal, NULL);
  g_unix_signal_add (SIGINT, on_signal, NULL);
  status = run (&error);
  if (error != NULL)
    g_printerr ("mutabaa-server: %s\n", error->message);
  g_main_loop_unref (loop);
  return status;
}
