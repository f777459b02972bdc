/* HTTP by libsoup. Each thread that sends has a session of its own, since a session belongs to one
 * thread. A server that does not prove who it is gets nothing. */

#include "mtb-soup-transport.h"

#include "mtb-error.h"
#include "mtb-json.h"
#include "mtb-trust.h"

#include <libsoup/soup.h>

#define TIMEOUT_S 20
#define PROBLEM_MAX 65536
/* The server beats every 15 s; two missed, and the connection is taken for dead. */
#define SILENCE_MS 35000
#define BEAT "{\"type\":\"beat\"}"

struct _MtbSoupTransport
{
  GObject parent_instance;
  char *server;
  GMutex mutex;
  char *certificate;
  GTlsDatabase *trust;
};

static void mtb_soup_transport_iface_init (MtbTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MtbSoupTransport,
                               mtb_soup_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MTB_TYPE_TRANSPORT,
                                                      mtb_soup_transport_iface_init))

enum
{
  PROP_0,
  PROP_CERTIFICATE,
};

static GPrivate sessions = G_PRIVATE_INIT (g_object_unref);

/* Read by whoever sends, never by the thread that draws. */
static GTlsDatabase *
ref_trust (MtbSoupTransport *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->trust == NULL)
    self->trust = mtb_trust_open (self->certificate, error);
  return self->trust != NULL ? g_object_ref (self->trust) : NULL;
}

/* What is trusted counts for new connections. A server that has proved itself to this program before
 * is known again for some minutes, since TLS goes on where it was. */
static SoupSession *
get_session (GTlsDatabase *trust)
{
  SoupSession *session = g_private_get (&sessions);

  if (session == NULL)
    {
      session = soup_session_new_with_options ("timeout", TIMEOUT_S, "user-agent",
                                               "mutabaa/" MTB_VERSION, NULL);
      g_private_set (&sessions, session);
    }
  if (soup_session_get_tls_database (session) != trust)
    soup_session_set_tls_database (session, trust);
  return session;
}

/* Why a message got no answer. */
static GError *
new_failure (SoupMessage *message, const GError *failure, const char *what)
{
  if (g_error_matches (failure, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return mtb_trust_new_error (soup_message_get_tls_peer_certificate_errors (message));
  return g_error_new (MTB_ERROR, MTB_ERROR_UNREACHABLE, "%s: %s", what, failure->message);
}

static SoupMessage *
new_message (MtbSoupTransport *self,
             const char *method,
             const char *path,
             const char *token,
             GError **error)
{
  g_autofree char *uri = g_strconcat (self->server, path, NULL);
  SoupMessage *message = soup_message_new (method, uri);

  if (message == NULL)
    {
      g_set_error (error, MTB_ERROR, MTB_ERROR_UNREACHABLE, "%s is no address of a server",
                   self->server);
      return NULL;
    }
  if (token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                    bearer);
    }
  return message;
}

static void
add_header (const char *name, const char *value, gpointer headers)
{
  g_hash_table_replace (headers, g_ascii_strdown (name, -1), g_strdup (value));
}

static MtbAnswer *
make_answer (SoupMessage *message, GBytes *body, GInputStream *stream)
{
  MtbAnswer *answer = g_new0 (MtbAnswer, 1);

  answer->status = soup_message_get_status (message);
  answer->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_foreach (soup_message_get_response_headers (message), add_header,
                                answer->headers);
  answer->body = body != NULL ? g_bytes_ref (body) : NULL;
  answer->stream = stream != NULL ? g_object_ref (stream) : NULL;
  return answer;
}

static MtbAnswer *
fail_unanswered (SoupMessage *message, const GError *failure, GError **error)
{
  g_propagate_error (error, new_failure (message, failure, "the server cannot be reached"));
  return NULL;
}

static MtbAnswer *
send_message (MtbTransport *transport,
              const char *method,
              const char *path,
              const char *token,
              GBytes *body,
              GCancellable *cancellable,
              GError **error)
{
  MtbSoupTransport *self = MTB_SOUP_TRANSPORT (transport);
  g_autoptr (SoupMessage) message = new_message (self, method, path, token, error);
  g_autoptr (GTlsDatabase) trust = message != NULL ? ref_trust (self, error) : NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (trust == NULL)
    return NULL;
  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", body);
  bytes = soup_session_send_and_read (get_session (trust), message, cancellable, &failure);
  return bytes != NULL ? make_answer (message, bytes, NULL)
                       : fail_unanswered (message, failure, error);
}

static MtbAnswer *
fetch_file (MtbTransport *transport,
            const char *path,
            const char *token,
            gint64 from,
            GCancellable *cancellable,
            GError **error)
{
  MtbSoupTransport *self = MTB_SOUP_TRANSPORT (transport);
  g_autoptr (SoupMessage) message = new_message (self, "GET", path, token, error);
  g_autoptr (GTlsDatabase) trust = message != NULL ? ref_trust (self, error) : NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) problem = NULL;
  guint status;

  if (trust == NULL)
    return NULL;
  if (from > 0)
    soup_message_headers_set_range (soup_message_get_request_headers (message), from, -1);
  stream = soup_session_send (get_session (trust), message, cancellable, &failure);
  if (stream == NULL)
    return fail_unanswered (message, failure, error);
  status = soup_message_get_status (message);
  if (status == 200 || status == 206)
    return make_answer (message, NULL, stream);
  problem = g_input_stream_read_bytes (stream, PROBLEM_MAX, cancellable, &failure);
  return problem != NULL ? make_answer (message, problem, NULL)
                         : fail_unanswered (message, failure, error);
}

typedef struct
{
  GMainContext *context;
  GMainLoop *loop;
  GCancellable *cancellable;
  SoupWebsocketConnection *connection;
  MtbTransportFunc func;
  gpointer data;
  gint64 heard_at;
  GError *error;
} Listening;

static void
on_message (SoupWebsocketConnection *connection, int type, GBytes *bytes, gpointer data)
{
  Listening *self = data;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonObject) object = mtb_json_read (text, length, NULL);

  self->heard_at = g_get_monotonic_time ();
  if (object == NULL)
    return;
  /* Its answer says that somebody is here. */
  if (g_strcmp0 (mtb_json_get_text (object, "type"), "beat") == 0
      && soup_websocket_connection_get_state (connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (connection, BEAT);
  self->func (object, self->data);
}

static void
on_closed (SoupWebsocketConnection *connection, gpointer data)
{
  Listening *self = data;

  g_main_loop_quit (self->loop);
}

static gboolean
on_look (gpointer data)
{
  Listening *self = data;

  if (g_get_monotonic_time () - self->heard_at > SILENCE_MS * 1000)
    g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_stop (gpointer data)
{
  Listening *self = data;

  g_cancellable_cancel (self->cancellable);
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

/* From the thread that cancels. What is under way has a cancellable of this thread's own: GLib leaks
 * a source of a cancellable that one thread drops while another one is still cancelling it. */
static void
on_cancelled (GCancellable *cancellable, gpointer data)
{
  Listening *self = data;
  g_autoptr (GSource) stop = g_idle_source_new ();

  g_source_set_callback (stop, on_stop, self, NULL);
  g_source_attach (stop, self->context);
}

static void
on_connected (GObject *session, GAsyncResult *result, gpointer data)
{
  Listening *self = data;

  self->connection =
    soup_session_websocket_connect_finish (SOUP_SESSION (session), result, &self->error);
  if (self->connection == NULL)
    {
      g_main_loop_quit (self->loop);
      return;
    }
  g_signal_connect (self->connection, "message", G_CALLBACK (on_message), self);
  g_signal_connect (self->connection, "closed", G_CALLBACK (on_closed), self);
}

static void
run_listening (Listening *self,
               SoupMessage *message,
               GTlsDatabase *trust,
               GCancellable *cancellable)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("tls-database", trust, NULL);
  g_autoptr (GSource) look = g_timeout_source_new_seconds (5);
  gulong cancelled = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), self, NULL);

  g_source_set_callback (look, on_look, self, NULL);
  g_source_attach (look, self->context);
  soup_session_websocket_connect_async (session, message, NULL, NULL, G_PRIORITY_DEFAULT,
                                        self->cancellable, on_connected, self);
  g_main_loop_run (self->loop);
  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);
  g_source_destroy (look);
  g_cancellable_disconnect (cancellable, cancelled);
  soup_session_abort (session);
  /* What was begun comes back once more, with an error, before its data go. */
  while (g_main_context_iteration (self->context, FALSE))
    continue;
}

static gboolean
listen_live (MtbTransport *transport,
             const char *token,
             MtbTransportFunc func,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  MtbSoupTransport *soup = MTB_SOUP_TRANSPORT (transport);
  g_autoptr (SoupMessage) message = new_message (soup, "GET", "/v1/live", token, error);
  g_autoptr (GTlsDatabase) trust = message != NULL ? ref_trust (soup, error) : NULL;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr (GCancellable) own = g_cancellable_new ();
  Listening self = {
    .context = context, .loop = loop, .cancellable = own, .func = func, .data = data
  };

  if (trust == NULL)
    return FALSE;
  self.heard_at = g_get_monotonic_time ();
  g_main_context_push_thread_default (context);
  run_listening (&self, message, trust, cancellable);
  g_main_context_pop_thread_default (context);
  if (self.error == NULL)
    return TRUE;
  g_propagate_error (error, new_failure (message, self.error, "no live connection"));
  g_clear_error (&self.error);
  return FALSE;
}

static const char *
get_name (MtbTransport *transport)
{
  return MTB_SOUP_TRANSPORT (transport)->server;
}

static void
mtb_soup_transport_iface_init (MtbTransportInterface *iface)
{
  iface->send = send_message;
  iface->fetch = fetch_file;
  iface->listen = listen_live;
  iface->get_name = get_name;
}

static void
set_certificate (MtbSoupTransport *self, const char *path)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_free (self->certificate);
  self->certificate = g_strdup (path);
  g_clear_object (&self->trust);
}

static void
mtb_soup_transport_set_property (GObject *object,
                                 guint prop_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  set_certificate (MTB_SOUP_TRANSPORT (object), g_value_get_string (value));
}

static void
mtb_soup_transport_finalize (GObject *object)
{
  MtbSoupTransport *self = MTB_SOUP_TRANSPORT (object);

  g_mutex_clear (&self->mutex);
  g_free (self->certificate);
  g_clear_object (&self->trust);
  g_free (self->server);
  G_OBJECT_CLASS (mtb_soup_transport_parent_class)->finalize (object);
}

static void
mtb_soup_transport_class_init (MtbSoupTransportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mtb_soup_transport_finalize;
  object_class->set_property = mtb_soup_transport_set_property;

  /**
   * MtbSoupTransport:certificate:
   *
   * The file with the certificate authority that may vouch for the server, no other then; empty for
   * those of the system.
   */
  g_object_class_install_property (object_class, PROP_CERTIFICATE,
                                   g_param_spec_string ("certificate", NULL, NULL, NULL,
                                                        G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
}

static void
mtb_soup_transport_init (MtbSoupTransport *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * mtb_soup_transport_new:
 * @server: the server's address, `http://HOST:PORT` or `https://HOST`, without a slash at its end
 *
 * Returns: (transfer full): a transport
 */
MtbTransport *
mtb_soup_transport_new (const char *server)
{
  MtbSoupTransport *self = g_object_new (MTB_TYPE_SOUP_TRANSPORT, NULL);

  self->server = g_strdup (server);
  return MTB_TRANSPORT (self);
}
