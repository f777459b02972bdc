/* ask-server SERVER CERTIFICATE [CERTIFICATE…]: asks the server who is signed in, and for a live
 * connection, by a desk's own transport, which trusts one file after the other; says of each what
 * came. */

#include "mtb-error.h"
#include "mtb-soup-transport.h"

static void
on_message (JsonObject *message, gpointer data)
{
}

static const char *
get_word (const GError *error)
{
  return g_error_matches (error, MTB_ERROR, MTB_ERROR_UNTRUSTED) ? "untrusted" : "unreachable";
}

static void
ask (MtbTransport *transport)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbAnswer) answer =
    mtb_transport_send (transport, "GET", "/v1/session", "no token", NULL, NULL, &error);

  if (answer != NULL)
    g_print ("%u\n", answer->status);
  else
    g_print ("%s: %s\n", get_word (error), error->message);
}

/* Without a good token it is closed at once. */
static void
listen_live (MtbTransport *transport)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  if (mtb_transport_listen (transport, "no token", on_message, NULL, cancellable, &error))
    g_print ("live\n");
  else
    g_print ("%s: %s\n", get_word (error), error->message);
}

int
main (int argc, char **argv)
{
  g_autoptr (MtbTransport) transport = mtb_soup_transport_new (argv[1]);

  for (int i = 2; i < argc; i++)
    {
      g_object_set (transport, "certificate", argv[i], NULL);
      ask (transport);
      listen_live (transport);
    }
  return 0;
}
