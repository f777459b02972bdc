/* A wire that counts what goes over it, in both directions together: heads, bodies and what TLS adds. */

#include "bench-relay.h"

#include <gio/gio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

struct _BenchRelay
{
  GSocketListener *listener;
  GCancellable *stop;
  GThread *thread;
  guint16 target;
  GMutex mutex;
  guint64 n_bytes;
};

typedef struct
{
  BenchRelay *relay;
  GSocketConnection *near;
  GSocketConnection *far;
} Wire;

static void
carry (BenchRelay *self, GSocketConnection *from, GSocketConnection *to)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (from));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (to));
  char buffer[65536];
  gssize n;

  while ((n = g_input_stream_read (input, buffer, sizeof buffer, self->stop, NULL)) > 0
         && g_output_stream_write_all (output, buffer, (gsize) n, NULL, self->stop, NULL))
    {
      g_mutex_lock (&self->mutex);
      self->n_bytes += (guint64) n;
      g_mutex_unlock (&self->mutex);
    }
  g_socket_shutdown (g_socket_connection_get_socket (to), FALSE, TRUE, NULL);
}

static gpointer
carry_up (gpointer data)
{
  Wire *self = data;

  carry (self->relay, self->near, self->far);
  return NULL;
}

static void
send_at_once (GSocketConnection *connection)
{
  g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, 1,
                       NULL);
}

/* Until both ends have hung up. */
static gpointer
run_wire (gpointer data)
{
  Wire *self = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  self->far =
    g_socket_client_connect_to_host (client, "127.0.0.1", self->relay->target, NULL, NULL);
  if (self->far != NULL)
    {
      GThread *up;

      send_at_once (self->near);
      send_at_once (self->far);
      up = g_thread_new ("up", carry_up, self);
      carry (self->relay, self->far, self->near);
      g_thread_join (up);
      g_object_unref (self->far);
    }
  g_object_unref (self->near);
  g_free (self);
  return NULL;
}

static void
wait_for_wire (gpointer thread)
{
  g_thread_join (thread);
}

static gpointer
run_relay (gpointer data)
{
  BenchRelay *self = data;
  g_autoptr (GPtrArray) wires = g_ptr_array_new_with_free_func (wait_for_wire);
  GSocketConnection *near;

  while ((near = g_socket_listener_accept (self->listener, NULL, self->stop, NULL)) != NULL)
    {
      Wire *wire = g_new0 (Wire, 1);

      wire->relay = self;
      wire->near = near;
      g_ptr_array_add (wires, g_thread_new ("wire", run_wire, wire));
    }
  return NULL;
}

/* In front of what listens at @target on loopback. */
BenchRelay *
bench_relay_start (guint16 target, guint16 *port)
{
  BenchRelay *self = g_new0 (BenchRelay, 1);

  g_mutex_init (&self->mutex);
  self->target = target;
  self->stop = g_cancellable_new ();
  self->listener = g_socket_listener_new ();
  *port = g_socket_listener_add_any_inet_port (self->listener, NULL, NULL);
  if (*port == 0)
    g_error ("no port is free");
  self->thread = g_thread_new ("relay", run_relay, self);
  return self;
}

guint64
bench_relay_get_n_bytes (BenchRelay *self)
{
  guint64 n;

  g_mutex_lock (&self->mutex);
  n = self->n_bytes;
  g_mutex_unlock (&self->mutex);
  return n;
}

void
bench_relay_stop (BenchRelay *self)
{
  g_cancellable_cancel (self->stop);
  g_thread_join (self->thread);
  g_object_unref (self->listener);
  g_object_unref (self->stop);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
