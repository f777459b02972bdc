/* A connection that costs little, so that the server has the processors: plain system calls, or
 * GnuTLS as GLib has it. */

#include "bench-client.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static gboolean
on_certificate (GTlsConnection *connection,
                GTlsCertificate *certificate,
                GTlsCertificateFlags flags,
                gpointer data)
{
  return TRUE;
}

static gboolean
begin_tls (BenchLine *self)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (self->descriptor, NULL);
  g_autoptr (GSocketConnection) connection = g_socket_connection_factory_create_connection (socket);

  self->stream = g_tls_client_connection_new (G_IO_STREAM (connection), NULL, NULL);
  g_signal_connect (self->stream, "accept-certificate", G_CALLBACK (on_certificate), NULL);
  return g_tls_connection_handshake (G_TLS_CONNECTION (self->stream), NULL, NULL);
}

/* Returns whether somebody answers there; to be closed in any case. */
gboolean
bench_line_open (BenchLine *self, BenchAddress address)
{
  struct sockaddr_in name = { .sin_family = AF_INET,
                              .sin_port = htons (address.port),
                              .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int on = 1;

  self->stream = NULL;
  self->descriptor = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect (self->descriptor, (struct sockaddr *) &name, sizeof name) != 0)
    return FALSE;
  setsockopt (self->descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return !address.tls || begin_tls (self);
}

void
bench_line_close (BenchLine *self)
{
  if (self->stream == NULL)
    close (self->descriptor);
  g_clear_object (&self->stream);
}

/* Returns whether the server is still there. */
gboolean
bench_line_send (BenchLine *self, const char *text)
{
  gsize left = strlen (text);

  if (self->stream != NULL)
    return g_output_stream_write_all (g_io_stream_get_output_stream (self->stream), text, left,
                                      NULL, NULL, NULL);
  while (left > 0)
    {
      gssize n = send (self->descriptor, text, left, MSG_NOSIGNAL);

      if (n <= 0)
        return FALSE;
      text += n;
      left -= (gsize) n;
    }
  return TRUE;
}

/* More may stand ready than the system knows of. */
static gboolean
receive_all (BenchLine *self, GString *answer)
{
  GPollableInputStream *input =
    G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->stream));
  gboolean got = FALSE;

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      char buffer[65536];
      gssize n =
        g_pollable_input_stream_read_nonblocking (input, buffer, sizeof buffer, NULL, &error);

      if (n > 0)
        g_string_append_len (answer, buffer, n);
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return FALSE;
      else if (got)
        return TRUE;
      else
        poll (&(struct pollfd){ .fd = self->descriptor, .events = POLLIN }, 1, -1);
      got = got || n > 0;
    }
}

/* Waits for something, and takes what is there; returns whether the server is. */
gboolean
bench_line_receive (BenchLine *self, GString *answer)
{
  char buffer[65536];
  gssize n;

  if (self->stream != NULL)
    return receive_all (self, answer);
  n = recv (self->descriptor, buffer, sizeof buffer, 0);
  if (n > 0)
    g_string_append_len (answer, buffer, n);
  return n > 0;
}

/* Returns the answer with its head, or nothing where the server has gone. */
char *
bench_line_ask (BenchLine *self, const char *request)
{
  g_autoptr (GString) answer = g_string_new (NULL);

  if (!bench_line_send (self, request))
    return NULL;
  while (bench_client_find_body (answer) == NULL)
    if (!bench_line_receive (self, answer))
      return NULL;
  return g_string_free (g_steal_pointer (&answer), FALSE);
}
