/* What SoupServer leaves open: how many connections there are, how long they may take to say what
 * they want, how large a body may be, and heads that two readers would read in two ways. A proxy
 * refuses the same before; this is the second line. Lives on its server's main context. */

#include "mtb-gate.h"

#include "mtb-exchange.h"
#include "mtb-log.h"
#include "mtb-metrics.h"
#include "mtb-request-id.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

/* Those beside the connections: databases, files, libraries. */
#define FILES_BESIDE 1000
#define READ_PAST 16
/* Longer than a proxy keeps a connection that it does not need, so that it is the one to close. */
#define IDLE_S 300
#define LENGTH_DIGITS_MAX 15

struct _MtbGate
{
  GHashTable *peers;
  guint *n_live; /* outlives this, with connections that are still closing */
  GSource *sweep;
  gsize body_max;
  guint connections_max;
  guint patience_s;
};

/* A connection, until it ends or becomes a live one.
 *
 * @until: when it is closed; 0 while an answer is made
 * @answered: the last request, until there is another
 * @next: waits for that, or for the end */
typedef struct
{
  MtbGate *gate;
  GSocket *socket;
  gint64 until;
  gsize n_read;
  SoupServerMessage *answered;
  GSource *next;
} Peer;

static Peer *
find_peer (MtbGate *self, SoupServerMessage *message)
{
  return g_hash_table_lookup (self->peers, soup_server_message_get_socket (message));
}

static void
give_time (MtbGate *self, SoupServerMessage *message, guint seconds)
{
  Peer *peer = find_peer (self, message);

  if (peer != NULL)
    peer->until = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
}

static void
stop_waiting (Peer *peer)
{
  if (peer->next == NULL)
    return;
  g_source_destroy (peer->next);
  g_clear_pointer (&peer->next, g_source_unref);
  g_clear_object (&peer->answered);
}

static void
let_go_of_peer (gpointer data)
{
  stop_waiting (data);
  g_rc_box_release (data);
}

static gboolean
has_ended (GSocket *socket)
{
  char byte;
  gssize n = recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT);

  return n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR);
}

/* What ends between two requests SoupServer would keep for good (until its 3.3). */
static gboolean
on_next (GSocket *socket, GIOCondition condition, gpointer data)
{
  Peer *peer = data;
  g_autoptr (SoupServerMessage) answered = g_object_ref (peer->answered);
  g_autoptr (GIOStream) stream = NULL;

  stop_waiting (peer);
  if (!has_ended (socket))
    return G_SOURCE_REMOVE;
  stream = soup_server_message_steal_connection (answered);
  g_io_stream_close (stream, NULL, NULL);
  return G_SOURCE_REMOVE;
}

/* Before SoupServer looks. */
static void
wait_for_next (Peer *peer, SoupServerMessage *answered)
{
  peer->answered = g_object_ref (answered);
  peer->next = g_socket_create_source (peer->socket, G_IO_IN, NULL);
  g_source_set_priority (peer->next, G_PRIORITY_HIGH);
  g_source_set_callback (peer->next, G_SOURCE_FUNC (on_next), peer, NULL);
  g_source_attach (peer->next, g_main_context_get_thread_default ());
}

/* Whoever reads from it comes to its end. */
static void
hang_up (gpointer socket)
{
  g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

static gboolean
on_sweep (gpointer data)
{
  MtbGate *self = data;
  gint64 now = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer socket, value;

  g_hash_table_iter_init (&iter, self->peers);
  while (g_hash_table_iter_next (&iter, &socket, &value))
    {
      const Peer *peer = value;

      if (peer->until != 0 && now > peer->until)
        hang_up (socket);
    }
  return G_SOURCE_CONTINUE;
}

/**
 * mtb_gate_refuse:
 * @message: a request
 * @code: why
 * @detail: the same in words
 *
 * Answers it with an error.
 */
void
mtb_gate_refuse (SoupServerMessage *message, MtbError code, const char *detail)
{
  g_autoptr (GError) error = g_error_new_literal (MTB_ERROR, (int) code, detail);
  MtbLogContext context = { mtb_request_id_of (message, FALSE), "any", "refused" };
  g_autoptr (MtbResponse) response = NULL;

  mtb_log_begin (&context);
  response = mtb_response_new_error (error);
  mtb_log_answer (response->status, 0);
  mtb_log_end ();
  soup_server_message_set_status (message, response->status, NULL);
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (message),
                                         response->content_type, NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), response->body);
}

/* What is refused before its body has come is not kept, only read past, so that the answer can be
 * heard. */
static void
refuse_unread (SoupServerMessage *message, MtbError code, const char *detail)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  soup_message_body_set_accumulate (body, FALSE);
  soup_message_body_truncate (body);
  mtb_gate_refuse (message, code, detail);
}

static void
refuse_body (SoupServerMessage *message)
{
  mtb_metrics_add (MTB_METRIC_REFUSED, MTB_LABELS ("body"), 1);
  refuse_unread (message, MTB_ERROR_TOO_LARGE, "the body is too large");
}

static gboolean
is_length (const char *text)
{
  gsize n_digits = strspn (text, "0123456789");

  return n_digits > 0 && n_digits <= LENGTH_DIGITS_MAX && text[n_digits] == '\0';
}

/* Where the head can be read in two ways: how, or NULL. */
static const char *
find_fault (SoupMessageHeaders *headers)
{
  SoupMessageHeadersIter iter;
  const char *name, *value;
  guint n_hosts = 0, n_lengths = 0, n_encodings = 0;
  gboolean is_plain = TRUE;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    if (g_ascii_strcasecmp (name, "Host") == 0)
      n_hosts++;
    else if (g_ascii_strcasecmp (name, "Content-Length") == 0)
      {
        n_lengths++;
        is_plain = is_plain && is_length (value);
      }
    else if (g_ascii_strcasecmp (name, "Transfer-Encoding") == 0)
      {
        n_encodings++;
        is_plain = is_plain && g_ascii_strcasecmp (value, "chunked") == 0;
      }
  if (n_hosts > 1)
    return "there is more than one Host";
  if (n_lengths + n_encodings > 1)
    return "the body's length is said more than once";
  return is_plain ? NULL : "the body's length is no number";
}

/* How far its body reaches may be understood in another way by whoever sent it on: nothing that
 * comes after it is read. */
static void
refuse_head (SoupServerMessage *message, const char *fault)
{
  refuse_unread (message, MTB_ERROR_INVALID, fault);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection",
                                "close");
}

/* A thousand ranges of one file would be a thousand files. Whoever asks for several gets it whole. */
static void
allow_one_range (SoupMessageHeaders *headers)
{
  const char *ranges = soup_message_headers_get_list (headers, "Range");

  if (ranges != NULL && strchr (ranges, ',') != NULL)
    soup_message_headers_remove (headers, "Range");
}

static void
on_got_headers (SoupServerMessage *message, gpointer data)
{
  MtbGate *self = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *fault = find_fault (headers);

  allow_one_range (headers);
  if (fault != NULL)
    refuse_head (message, fault);
  else if (soup_message_headers_get_content_length (headers) > (goffset) self->body_max)
    refuse_body (message);
}

static void
on_got_chunk (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  MtbGate *self = data;
  Peer *peer = find_peer (self, message);

  if (peer == NULL)
    return;
  peer->n_read += g_bytes_get_size (chunk);
  if (peer->n_read > self->body_max && soup_server_message_get_status (message) == SOUP_STATUS_NONE)
    refuse_body (message);
  /* While what is left is unread, so that the other side notices at once. */
  if (peer->n_read > READ_PAST * self->body_max)
    g_socket_close (soup_server_message_get_socket (message), NULL);
}

static void
on_got_body (SoupServerMessage *message, gpointer data)
{
  Peer *peer = find_peer (data, message);

  if (peer != NULL)
    peer->until = 0;
}

/* A large answer takes as long as it takes, while it goes on. */
static void
on_wrote (SoupServerMessage *message, MtbGate *self)
{
  give_time (self, message, self->patience_s);
}

static void
on_wrote_data (SoupServerMessage *message, guint size, gpointer data)
{
  on_wrote (message, data);
}

/* The socket itself SoupServer may never free (until its 3.3). */
static void
on_disconnected (SoupServerMessage *message, gpointer data)
{
  const Peer *peer = data;

  if (g_hash_table_lookup (peer->gate->peers, peer->socket) == peer)
    g_hash_table_remove (peer->gate->peers, peer->socket);
}

static void
release_peer (gpointer peer, GClosure *closure)
{
  g_rc_box_release (peer);
}

static Peer *
add_peer (MtbGate *self, GSocket *socket)
{
  Peer *peer = g_rc_box_new0 (Peer);

  if (g_hash_table_size (self->peers) + *self->n_live >= self->connections_max)
    {
      mtb_metrics_add (MTB_METRIC_REFUSED, MTB_LABELS ("connections"), 1);
      hang_up (socket);
    }
  peer->gate = self;
  peer->socket = socket;
  g_hash_table_insert (self->peers, socket, peer);
  return peer;
}

/* Comes with the connection for the first request on it, with the first byte for each later one. */
static void
on_request_started (SoupServer *server, SoupServerMessage *message, gpointer data)
{
  MtbGate *self = data;
  GSocket *socket = soup_server_message_get_socket (message);
  Peer *peer = find_peer (self, message);

  if (peer == NULL)
    peer = add_peer (self, socket);
  stop_waiting (peer);
  peer->n_read = 0;
  give_time (self, message, self->patience_s);
  g_signal_connect_data (message, "disconnected", G_CALLBACK (on_disconnected),
                         g_rc_box_acquire (peer), release_peer, 0);
  g_signal_connect (message, "got-headers", G_CALLBACK (on_got_headers), self);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), self);
  g_signal_connect (message, "got-body", G_CALLBACK (on_got_body), self);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (on_wrote), self);
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (on_wrote_data), self);
}

static void
on_request_finished (SoupServer *server, SoupServerMessage *message, gpointer data)
{
  Peer *peer = find_peer (data, message);

  if (peer == NULL)
    return;
  give_time (data, message, IDLE_S);
  wait_for_next (peer, message);
}

static void
on_live_gone (gpointer data, GObject *connection)
{
  guint *n_live = data;

  --*n_live;
  g_rc_box_release (n_live);
}

/**
 * mtb_gate_add_live:
 * @gate: a gate
 * @connection: what one of its server's connections has become
 *
 * Counts it among the connections for as long as there is one.
 */
void
mtb_gate_add_live (MtbGate *gate, SoupWebsocketConnection *connection)
{
  ++*gate->n_live;
  g_object_weak_ref (G_OBJECT (connection), on_live_gone, g_rc_box_acquire (gate->n_live));
}

/* SoupServer stops to listen for good when it cannot accept a connection for want of files. */
static void
allow_files (rlim_t n_files)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur >= n_files)
    return;
  limit.rlim_cur = MIN (limit.rlim_max, n_files);
  setrlimit (RLIMIT_NOFILE, &limit);
}

/**
 * mtb_gate_new:
 * @server: (transfer none): the server, before it listens
 * @configuration: how large a body may be, how many connections there may be, how long a request may
 *   take to come in, and an answer to be taken a step further
 *
 * Returns: (transfer full): what watches over its connections
 */
MtbGate *
mtb_gate_new (SoupServer *server, const MtbConfiguration *configuration)
{
  MtbGate *self = g_new0 (MtbGate, 1);

  self->body_max = (gsize) configuration->limits.body_bytes;
  self->connections_max = (guint) configuration->limits.connections;
  self->patience_s = (guint) configuration->patience_s;
  allow_files (self->connections_max + FILES_BESIDE);
  self->n_live = g_rc_box_new0 (guint);
  self->peers = g_hash_table_new_full (NULL, NULL, NULL, let_go_of_peer);
  g_signal_connect (server, "request-started", G_CALLBACK (on_request_started), self);
  g_signal_connect (server, "request-finished", G_CALLBACK (on_request_finished), self);
  self->sweep = g_timeout_source_new_seconds (1);
  g_source_set_callback (self->sweep, on_sweep, self, NULL);
  g_source_attach (self->sweep, g_main_context_get_thread_default ());
  return self;
}

/**
 * mtb_gate_free:
 * @gate: (nullable) (transfer full): a gate whose server has no request any more
 */
void
mtb_gate_free (MtbGate *gate)
{
  if (gate == NULL)
    return;
  g_hash_table_unref (gate->peers);
  g_rc_box_release (gate->n_live);
  g_source_destroy (gate->sweep);
  g_source_unref (gate->sweep);
  g_free (gate);
}
