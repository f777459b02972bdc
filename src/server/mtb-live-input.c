/* What a desk says on its live connection: little, and only while it takes what it is told. Whoever says
 * more, or takes nothing for a while, is cut off. SoupServer would read whatever comes, and keep an
 * answer to each ping until it is taken. */

#include "mtb-live-input.h"

#include <sys/socket.h>

#define SAYS_AT_ONCE (16 * 1024)
#define SAYS_IN_A_SECOND 256
#define TOLD_AT_ONCE (4 * 1024)

struct _MtbLiveInput
{
  GInputStream parent_instance;
  GIOStream *base;
  GSocket *socket;
  gint64 left; /* of what may be said by now, in bytes */
  gint64 counted_at;
  gint64 patience_us;
  gint64 full_since; /* 0 while there is room for what it is told */
};

static void mtb_live_input_pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MtbLiveInput,
                               mtb_live_input,
                               G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      mtb_live_input_pollable_init))

static GPollableInputStream *
get_base_input (MtbLiveInput *self)
{
  return G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->base));
}

static gboolean
has_said_too_much (MtbLiveInput *self, gssize n, gint64 now)
{
  gint64 more = (now - self->counted_at) * SAYS_IN_A_SECOND / G_TIME_SPAN_SECOND;

  if (more > 0)
    {
      self->left = MIN (self->left + more, SAYS_AT_ONCE);
      self->counted_at = now;
    }
  self->left -= n;
  return self->left < 0;
}

static gboolean
takes_nothing (MtbLiveInput *self, gint64 now)
{
  if ((g_socket_condition_check (self->socket, G_IO_OUT) & G_IO_OUT) != 0)
    self->full_since = 0;
  else if (self->full_since == 0)
    self->full_since = now;
  return self->full_since > 0 && now - self->full_since >= self->patience_us;
}

/* What was to be sent to it is not waited for. */
static gssize
cut_off (MtbLiveInput *self, GError **error)
{
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "it was cut off");
  return -1;
}

static gssize
mtb_live_input_read_nonblocking (GPollableInputStream *stream,
                                 void *buffer,
                                 gsize count,
                                 GError **error)
{
  MtbLiveInput *self = MTB_LIVE_INPUT (stream);
  gssize n =
    g_pollable_input_stream_read_nonblocking (get_base_input (self), buffer, count, NULL, error);
  gint64 now = g_get_monotonic_time ();

  if (n > 0 && (has_said_too_much (self, n, now) || takes_nothing (self, now)))
    return cut_off (self, error);
  return n;
}

static gboolean
mtb_live_input_is_readable (GPollableInputStream *stream)
{
  return g_pollable_input_stream_is_readable (get_base_input (MTB_LIVE_INPUT (stream)));
}

static GSource *
mtb_live_input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  g_autoptr (GSource) base =
    g_pollable_input_stream_create_source (get_base_input (MTB_LIVE_INPUT (stream)), NULL);

  return g_pollable_source_new_full (stream, base, cancellable);
}

static gboolean
mtb_live_input_close (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  return g_io_stream_close (MTB_LIVE_INPUT (stream)->base, cancellable, error);
}

static void
mtb_live_input_finalize (GObject *object)
{
  MtbLiveInput *self = MTB_LIVE_INPUT (object);

  g_clear_object (&self->base);
  g_clear_object (&self->socket);
  G_OBJECT_CLASS (mtb_live_input_parent_class)->finalize (object);
}

static void
mtb_live_input_class_init (MtbLiveInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mtb_live_input_finalize;
  G_INPUT_STREAM_CLASS (klass)->close_fn = mtb_live_input_close;
}

static void
mtb_live_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = mtb_live_input_is_readable;
  iface->create_source = mtb_live_input_create_source;
  iface->read_nonblocking = mtb_live_input_read_nonblocking;
}

static void
mtb_live_input_init (MtbLiveInput *self)
{
  self->left = SAYS_AT_ONCE;
  self->counted_at = g_get_monotonic_time ();
}

/**
 * mtb_live_input_take_connection:
 * @message: a request that was answered with a change to WebSocket
 * @patience_s: for how long it may take nothing
 *
 * Returns: (transfer full): its connection, which is the caller's from now on
 */
GIOStream *
mtb_live_input_take_connection (SoupServerMessage *message, guint patience_s)
{
  g_autoptr (MtbLiveInput) self = g_object_new (MTB_TYPE_LIVE_INPUT, NULL);

  self->socket = g_object_ref (soup_server_message_get_socket (message));
  self->patience_us = patience_s * G_TIME_SPAN_SECOND;
  g_socket_set_option (self->socket, SOL_SOCKET, SO_SNDBUF, TOLD_AT_ONCE, NULL);
  self->base = soup_server_message_steal_connection (message);
  return g_simple_io_stream_new (G_INPUT_STREAM (self), g_io_stream_get_output_stream (self->base));
}
