#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * MtbAnswer:
 * @status: the HTTP status
 * @headers: header names in lower case to values
 * @body: the whole body
 * @stream: (nullable): the body, where it is a file that was fetched
 *
 * What came back for a request.
 */
typedef struct
{
  guint status;
  GHashTable *headers;
  GBytes *body;
  GInputStream *stream;
} MtbAnswer;

void mtb_answer_free (MtbAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbAnswer, mtb_answer_free)

/**
 * MtbTransportFunc:
 * @message: what the server says
 * @data: what was given with the function
 *
 * Gets each message of the live connection, on the thread that listens. The first one, a beat, says
 * that the connection stands.
 */
typedef void (*MtbTransportFunc) (JsonObject *message, gpointer data);

#define MTB_TYPE_TRANSPORT (mtb_transport_get_type ())
G_DECLARE_INTERFACE (MtbTransport, mtb_transport, MTB, TRANSPORT, GObject)

/**
 * MtbTransportInterface:
 * @send: sends one request and waits for its answer, on the engine's network thread;
 *   %MTB_ERROR_UNREACHABLE where none came
 * @fetch: sends one request for a file, from a byte of it on, and waits for the beginning of its answer
 * @listen: opens the live connection, answers its beats and hands on each message, on a thread of its
 *   own; stays until the connection ends
 * @get_name: what the server is called, the same for the same server
 *
 * The way to the server: HTTP in the product, whatever a test likes in a test.
 */
struct _MtbTransportInterface
{
  GTypeInterface parent_iface;

  MtbAnswer *(*send) (MtbTransport *self,
                      const char *method,
                      const char *path,
                      const char *token,
                      GBytes *body,
                      GCancellable *cancellable,
                      GError **error);
  MtbAnswer *(*fetch) (MtbTransport *self,
                       const char *path,
                       const char *token,
                       gint64 from,
                       GCancellable *cancellable,
                       GError **error);
  gboolean (*listen) (MtbTransport *self,
                      const char *token,
                      MtbTransportFunc func,
                      gpointer data,
                      GCancellable *cancellable,
                      GError **error);
  const char *(*get_name) (MtbTransport *self);
};

MtbAnswer *mtb_transport_send (MtbTransport *self,
                               const char *method,
                               const char *path,
                               const char *token,
                               GBytes *body,
                               GCancellable *cancellable,
                               GError **error);
MtbAnswer *mtb_transport_fetch (MtbTransport *self,
                                const char *path,
                                const char *token,
                                gint64 from,
                                GCancellable *cancellable,
                                GError **error);
gboolean mtb_transport_listen (MtbTransport *self,
                               const char *token,
                               MtbTransportFunc func,
                               gpointer data,
                               GCancellable *cancellable,
                               GError **error);
const char *mtb_transport_get_name (MtbTransport *self);

G_END_DECLS
