/* HTTP/1.1 by SoupServer, on loopback or a Unix socket: TLS, header sanity and the open network are
 * a proxy's. Requests are answered on a pool of threads; the main loop only reads and writes. */

#include "mtb-listener.h"

#include "mtb-error.h"
#include "mtb-file-sender.h"
#include "mtb-gate.h"
#include "mtb-lease.h"
#include "mtb-limits.h"
#include "mtb-live-input.h"
#include "mtb-live.h"
#include "mtb-metrics.h"
#include "mtb-request-id.h"
#include "mtb-task.h"

#include <gio/gunixsocketaddress.h>
#include <libsoup/soup.h>
#include <string.h>
#include <unistd.h>

#define FINISH_MS 5000
/* Everybody comes at once when a server is back; whom the system turns away waits a second. */
#define BACKLOG 1024

struct _MtbListener
{
  GMainContext *context;
  GThreadPool *pool;
  SoupServer *server;
  MtbGate *gate;
  MtbService *service;
  MtbLive *live;
  char *socket_path;
  char *uri;
  MtbLimits limits;
  guint beat_s;
  gboolean is_behind_proxy;
  gboolean is_draining;
  gboolean is_ending;
  guint *n_unanswered; /* outlives this, with what is still written when it ends */
};

typedef struct
{
  MtbListener *listener;
  SoupServerMessage *message;
  MtbRequest *request;
  MtbResponse *response;
} Exchange;

static char *
dup_header (SoupServerMessage *message, const char *name)
{
  return g_strdup (
    soup_message_headers_get_one (soup_server_message_get_request_headers (message), name));
}

static char *
dup_token (SoupServerMessage *message)
{
  const char *header = soup_message_headers_get_one (
    soup_server_message_get_request_headers (message), "Authorization");

  return header != NULL && g_str_has_prefix (header, "Bearer ")
           ? g_strdup (header + strlen ("Bearer "))
           : NULL;
}

/* NULL where it is none of the network's. SoupServer's own way complains of who has gone. */
static GInetAddress *
dup_peer (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);
  g_autoptr (GSocketAddress) address =
    socket != NULL ? g_socket_get_remote_address (socket, NULL) : NULL;

  return G_IS_INET_SOCKET_ADDRESS (address)
           ? g_object_ref (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)))
           : NULL;
}

/* The last address is the one that the proxy itself has seen; any before it the client may have
 * made up. */
static GInetAddress *
read_forwarded (SoupServerMessage *message)
{
  const char *header = soup_message_headers_get_list (
    soup_server_message_get_request_headers (message), "X-Forwarded-For");
  const char *comma = header != NULL ? strrchr (header, ',') : NULL;
  g_autofree char *last = g_strdup (comma != NULL ? comma + 1 : header);

  return last != NULL ? g_inet_address_new_from_string (g_strstrip (last)) : NULL;
}

static gboolean
is_of_proxy (MtbListener *self, GInetAddress *peer)
{
  return self->is_behind_proxy && (peer == NULL || g_inet_address_get_is_loopback (peer));
}

static char *
dup_origin (MtbListener *self, SoupServerMessage *message, GInetAddress *peer)
{
  g_autoptr (GInetAddress) forwarded = is_of_proxy (self, peer) ? read_forwarded (message) : NULL;

  if (forwarded != NULL)
    return g_inet_address_to_string (forwarded);
  return peer != NULL ? g_inet_address_to_string (peer) : g_strdup ("local");
}

static void
answer (gpointer data)
{
  Exchange *exchange = data;

  exchange->response = mtb_service_handle (exchange->listener->service, exchange->request);
}

static void
append_file_headers (SoupMessageHeaders *headers, const MtbResponse *response)
{
  g_autofree char *tag = g_strdup_printf ("\"%s\"", response->hash);
  g_autofree char *range = g_strdup_printf ("bytes */%" G_GINT64_FORMAT, response->size);

  soup_message_headers_replace (headers, "ETag", tag);
  soup_message_headers_replace (headers, "Accept-Ranges", "bytes");
  if (response->status == 206)
    soup_message_headers_set_content_range (headers, response->from,
                                            response->from + response->length - 1, response->size);
  if (response->status == 416)
    soup_message_headers_replace (headers, "Content-Range", range);
}

static void
append_headers (SoupMessageHeaders *headers, const MtbResponse *response)
{
  g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT, response->retry_after_s);

  soup_message_headers_set_content_type (headers, response->content_type, NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  if (response->hash != NULL)
    append_file_headers (headers, response);
  if (response->retry_after_s > 0)
    soup_message_headers_replace (headers, "Retry-After", seconds);
}

static void
send_body (SoupServerMessage *message, const MtbResponse *response)
{
  if (response->stream != NULL)
    {
      mtb_file_sender_start (message, response->stream, response->length);
      return;
    }
  if (g_bytes_get_size (response->body) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message),
                                    response->body);
  soup_server_message_unpause (message);
}

static gboolean
on_answered (gpointer data)
{
  Exchange *exchange = data;

  soup_server_message_set_status (exchange->message, exchange->response->status, NULL);
  append_headers (soup_server_message_get_response_headers (exchange->message), exchange->response);
  send_body (exchange->message, exchange->response);
  g_object_unref (exchange->message);
  mtb_request_free (exchange->request);
  mtb_response_free (exchange->response);
  g_free (exchange);
  return G_SOURCE_REMOVE;
}

static void
on_finished (SoupServerMessage *message, gpointer n_unanswered)
{
  --*(guint *) n_unanswered;
}

static void
release_count (gpointer n_unanswered, GClosure *closure)
{
  g_rc_box_release (n_unanswered);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  MtbListener *self = data;
  GUri *uri = soup_server_message_get_uri (message);
  g_autofree char *target = g_uri_get_query (uri) != NULL
                              ? g_strconcat (path, "?", g_uri_get_query (uri), NULL)
                              : g_strdup (path);
  g_autofree char *token = dup_token (message);
  g_autoptr (GInetAddress) peer = dup_peer (message);
  g_autofree char *origin = dup_origin (self, message, peer);
  const char *id = mtb_request_id_of (message, is_of_proxy (self, peer));
  g_autoptr (GBytes) body =
    soup_message_body_flatten (soup_server_message_get_request_body (message));
  Exchange *exchange;

  if (self->is_ending || (self->is_draining && g_str_equal (path, "/readyz")))
    {
      mtb_gate_refuse (message, MTB_ERROR_UNREACHABLE, "the server is ending");
      return;
    }
  if (g_thread_pool_unprocessed (self->pool) >= (guint) self->limits.requests_waiting)
    {
      mtb_metrics_add (MTB_METRIC_REFUSED, MTB_LABELS ("requests_waiting"), 1);
      mtb_gate_refuse (message, MTB_ERROR_UNREACHABLE, "too many requests are waiting; try again");
      return;
    }
  exchange = g_new0 (Exchange, 1);
  exchange->listener = self;
  exchange->message = g_object_ref (message);
  exchange->request = mtb_request_new (
    soup_server_message_get_method (message), target, token, origin,
    soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Accept"),
    body);
  exchange->request->range = dup_header (message, "Range");
  exchange->request->if_range = dup_header (message, "If-Range");
  mtb_request_set_id (exchange->request, id);
  ++*self->n_unanswered;
  g_signal_connect_data (message, "finished", G_CALLBACK (on_finished),
                         g_rc_box_acquire (self->n_unanswered), release_count, 0);
  soup_server_message_pause (message);
  mtb_task_push (self->pool, answer, on_answered, exchange);
}

static void
on_upgraded (SoupServerMessage *message, gpointer data)
{
  MtbListener *self = data;
  GUri *uri = soup_server_message_get_uri (message);
  g_autofree char *token = dup_token (message);
  g_autoptr (GIOStream) stream =
    mtb_live_input_take_connection (message, MTB_BEATS_MISSED * self->beat_s);
  g_autoptr (SoupWebsocketConnection) connection =
    soup_websocket_connection_new (stream, uri, SOUP_WEBSOCKET_CONNECTION_SERVER, NULL, NULL, NULL);

  mtb_gate_add_live (self->gate, connection);
  /* What lies below it comes here too. */
  if (!self->is_ending && g_str_equal (g_uri_get_path (uri), "/v1/live"))
    mtb_live_add (self->live, connection, token);
}

static void
on_live (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer data)
{
  if (soup_websocket_server_process_handshake (message, NULL, NULL, NULL, NULL))
    g_signal_connect (message, "wrote-informational", G_CALLBACK (on_upgraded), data);
}

static gboolean
notice_commit (gpointer data)
{
  MtbListener *self = data;

  if (!self->is_ending)
    mtb_live_notice (self->live);
  return G_SOURCE_REMOVE;
}

static gboolean
on_committed (gpointer data)
{
  MtbListener *self = data;
  GSource *source = g_idle_source_new ();

  g_source_set_callback (source, notice_commit, self, NULL);
  g_source_attach (source, self->context);
  g_source_unref (source);
  return G_SOURCE_REMOVE;
}

static gboolean
listen_at (MtbListener *self, GSocketAddress *address, GError **error)
{
  GSocketFamily family = g_socket_address_get_family (address);
  g_autoptr (GSocket) socket =
    g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);

  if (socket == NULL)
    return FALSE;
  g_socket_set_listen_backlog (socket, BACKLOG);
  return g_socket_bind (socket, address, family != G_SOCKET_FAMILY_UNIX, error)
         && g_socket_listen (socket, error)
         && soup_server_listen_socket (self->server, socket, 0, error);
}

static gboolean
listen_unix (MtbListener *self, const char *path, GError **error)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);

  if (*path == '\0')
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_INVALID, "give the socket as unix:PATH");
      return FALSE;
    }
  unlink (path);
  if (!listen_at (self, address, error))
    return FALSE;
  self->socket_path = g_strdup (path);
  self->uri = g_strdup_printf ("unix:%s", path);
  return TRUE;
}

static gboolean
listen_inet (MtbListener *self, const char *address, gboolean network_is_trusted, GError **error)
{
  g_autoptr (GSocketConnectable) connectable = g_network_address_parse (address, 0, error);
  g_autoptr (GSocketAddress) socket_address = NULL;
  g_autofree char *host = NULL;
  g_autoptr (GInetAddress) inet = NULL;
  GSList *uris;

  if (connectable == NULL)
    return FALSE;
  host = g_strdup (g_network_address_get_hostname (G_NETWORK_ADDRESS (connectable)));
  inet = g_inet_address_new_from_string (host);
  if (inet == NULL || (!g_inet_address_get_is_loopback (inet) && !network_is_trusted))
    {
      g_set_error (error, MTB_ERROR, MTB_ERROR_INVALID,
                   "%s is not a loopback address; put a proxy in front, or say "
                   "--the-network-is-trusted",
                   host);
      return FALSE;
    }
  socket_address =
    g_inet_socket_address_new (inet, g_network_address_get_port (G_NETWORK_ADDRESS (connectable)));
  if (!listen_at (self, socket_address, error))
    return FALSE;
  uris = soup_server_get_uris (self->server);
  self->uri = g_uri_to_string_partial (uris->data, G_URI_HIDE_NONE);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  if (g_str_has_suffix (self->uri, "/"))
    self->uri[strlen (self->uri) - 1] = '\0';
  return TRUE;
}

/**
 * mtb_listener_new:
 * @configuration: what it is started with
 * @error: return location
 *
 * Returns: (transfer full): the server, which answers while the thread's main context runs
 */
MtbListener *
mtb_listener_new (const MtbConfiguration *configuration, GError **error)
{
  g_autoptr (MtbListener) self = g_new0 (MtbListener, 1);
  const char *address = configuration->listen;

  self->context = g_main_context_ref_thread_default ();
  self->limits = configuration->limits;
  self->n_unanswered = g_rc_box_new0 (guint);
  self->is_behind_proxy = configuration->is_behind_proxy;
  self->pool = mtb_task_pool_new (self->limits.threads);
  self->service = mtb_service_new (configuration->database, on_committed, self, error);
  if (self->service == NULL || !mtb_service_set_limits (self->service, &self->limits, error))
    return NULL;
  self->beat_s = (guint) configuration->beat_s;
  mtb_service_set_beat (self->service, self->beat_s);
  mtb_service_set_snapshots (self->service, configuration->snapshots);
  self->live = mtb_live_new (self->service, self->pool);
  self->server = soup_server_new ("server-header", "mutabaa", NULL);
  self->gate = mtb_gate_new (self->server, configuration);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  soup_server_add_handler (self->server, "/v1/live", on_live, self, NULL);
  if (g_str_has_prefix (address, "unix:")
        ? !listen_unix (self, address + strlen ("unix:"), error)
        : !listen_inet (self, address, configuration->network_is_trusted, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
on_late (gpointer is_late)
{
  *(gboolean *) is_late = TRUE;
  return G_SOURCE_REMOVE;
}

/* Lets what is done on threads come to its answers, and these go out; for a while only, since there
 * are those who do not take them, and those who keep asking. */
static void
finish_answers (MtbListener *self)
{
  g_autoptr (GSource) source = g_timeout_source_new (FINISH_MS);
  gboolean is_late = FALSE;

  g_thread_pool_free (self->pool, FALSE, TRUE);
  g_source_set_callback (source, on_late, &is_late, NULL);
  g_source_attach (source, self->context);
  while (*self->n_unanswered > 0 && !is_late)
    g_main_context_iteration (self->context, TRUE);
  while (!is_late && g_main_context_iteration (self->context, FALSE))
    continue;
  g_source_destroy (source);
}

/**
 * mtb_listener_free:
 * @listener: (nullable) (transfer full): a server
 *
 * Answers what has come in, then ends.
 */
void
mtb_listener_free (MtbListener *listener)
{
  if (listener == NULL)
    return;
  listener->is_ending = TRUE;
  if (listener->live != NULL)
    mtb_live_end (listener->live);
  finish_answers (listener);
  if (listener->server != NULL)
    soup_server_disconnect (listener->server);
  g_clear_object (&listener->server);
  mtb_gate_free (listener->gate);
  g_clear_pointer (&listener->live, mtb_live_free);
  mtb_service_free (listener->service);
  while (g_main_context_iteration (listener->context, FALSE))
    continue;
  if (listener->socket_path != NULL)
    unlink (listener->socket_path);
  g_free (listener->socket_path);
  g_free (listener->uri);
  g_rc_box_release (listener->n_unanswered);
  g_main_context_unref (listener->context);
  g_free (listener);
}

/**
 * mtb_listener_get_uri:
 * @listener: a server
 *
 * Returns: where it listens
 */
const char *
mtb_listener_get_uri (MtbListener *listener)
{
  return listener->uri;
}

/**
 * mtb_listener_drain:
 * @listener: a server
 *
 * Says at `/readyz` that it is not ready, so that a proxy gives it nothing more; all else is still
 * answered.
 */
void
mtb_listener_drain (MtbListener *listener)
{
  listener->is_draining = TRUE;
}
