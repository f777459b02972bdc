/* A desk's own engine as it is in the product, without windows and threads. */

#include "bench-desk.h"

#include "bench-check.h"
#include "mtb-error.h"
#include "mtb-soup-transport.h"

#define WAIT_US (100 * G_TIME_SPAN_MILLISECOND)

/* @port: where the server is reached, by itself or over a wire */
MtbTransport *
bench_desk_new_transport (const BenchServer *server, guint16 port)
{
  g_autofree char *url =
    g_strdup_printf ("%s://localhost:%u", server->address.tls ? "https" : "http", port);
  MtbTransport *transport = mtb_soup_transport_new (url);

  if (server->front != NULL)
    g_object_set (transport, "certificate", server->front->certificate, NULL);
  return transport;
}

MtbClient *
bench_desk_sign_in (const BenchServer *server, guint16 port, const char *folder)
{
  g_autoptr (MtbTransport) transport = bench_desk_new_transport (server, port);
  g_autoptr (GError) error = NULL;
  MtbClient *client = mtb_client_new (transport, folder);

  check (mtb_client_sign_in (client, BENCH_USERNAME, BENCH_PASSWORD, NULL, &error), error);
  return client;
}

/* The directory is made once, beside; whoever comes before it is there comes again. */
void
bench_desk_sync_first (MtbClient *client)
{
  gboolean ok = FALSE;

  while (!ok)
    {
      g_autoptr (GError) error = NULL;

      ok = mtb_client_sync (client, NULL, &error);
      if (!ok && !g_error_matches (error, MTB_ERROR, MTB_ERROR_UNREACHABLE))
        g_error ("%s", error->message);
      if (!ok)
        g_usleep (WAIT_US);
    }
}
