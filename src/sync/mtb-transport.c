#include "mtb-transport.h"

G_DEFINE_INTERFACE (MtbTransport, mtb_transport, G_TYPE_OBJECT)

static void
mtb_transport_default_init (MtbTransportInterface *iface)
{
}

/**
 * mtb_answer_free:
 * @answer: (nullable) (transfer full): an answer
 */
void
mtb_answer_free (MtbAnswer *answer)
{
  if (answer == NULL)
    return;
  g_clear_pointer (&answer->headers, g_hash_table_unref);
  g_clear_pointer (&answer->body, g_bytes_unref);
  g_clear_object (&answer->stream);
  g_free (answer);
}

/**
 * mtb_transport_send:
 * @self: a transport
 * @method: the HTTP method
 * @path: path and query
 * @token: (nullable): the bearer token
 * @body: (nullable): the request's body, JSON
 * @cancellable: (nullable): gives up
 * @error: return location, %MTB_ERROR_UNREACHABLE
 *
 * Sends a request and waits.
 *
 * Returns: (transfer full): the answer, whatever its status
 */
MtbAnswer *
mtb_transport_send (MtbTransport *self,
                    const char *method,
                    const char *path,
                    const char *token,
                    GBytes *body,
                    GCancellable *cancellable,
                    GError **error)
{
  return MTB_TRANSPORT_GET_IFACE (self)->send (self, method, path, token, body, cancellable, error);
}

/**
 * mtb_transport_fetch:
 * @self: a transport
 * @path: path and query of a file
 * @token: (nullable): the bearer token
 * @from: from which byte on it is wanted
 * @cancellable: (nullable): gives up
 * @error: return location, %MTB_ERROR_UNREACHABLE
 *
 * Asks for a file, which may be too large to hold.
 *
 * Returns: (transfer full): the answer, whatever its status, with a stream for 200 (from the beginning)
 *   and 206 (from where it is wanted), else with a body
 */
MtbAnswer *
mtb_transport_fetch (MtbTransport *self,
                     const char *path,
                     const char *token,
                     gint64 from,
                     GCancellable *cancellable,
                     GError **error)
{
  return MTB_TRANSPORT_GET_IFACE (self)->fetch (self, path, token, from, cancellable, error);
}

/**
 * mtb_transport_listen:
 * @self: a transport
 * @token: the bearer token
 * @func: gets each message
 * @data: handed to @func
 * @cancellable: ends it
 * @error: return location, %MTB_ERROR_UNREACHABLE
 *
 * Stays as long as the live connection does.
 *
 * Returns: whether it ended well
 */
gboolean
mtb_transport_listen (MtbTransport *self,
                      const char *token,
                      MtbTransportFunc func,
                      gpointer data,
                      GCancellable *cancellable,
                      GError **error)
{
  return MTB_TRANSPORT_GET_IFACE (self)->listen (self, token, func, data, cancellable, error);
}

/**
 * mtb_transport_get_name:
 * @self: a transport
 *
 * Returns: what the server is called, the same for the same server
 */
const char *
mtb_transport_get_name (MtbTransport *self)
{
  return MTB_TRANSPORT_GET_IFACE (self)->get_name (self);
}
