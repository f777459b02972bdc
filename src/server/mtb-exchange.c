#include "mtb-exchange.h"

#include "mtb-error.h"
#include "mtb-log.h"
#include "mtb-metrics.h"
#include "mtb-status.h"

#include <gio/gio.h>
#include <string.h>

/**
 * mtb_request_new:
 * @method: the HTTP method
 * @target: path and query, as they stand in the request
 * @token: (nullable): the bearer token
 * @origin: (nullable): the peer's address
 * @accept: (nullable): which kinds of answer are wanted
 * @body: (nullable): the whole body
 *
 * Returns: (transfer full): the request
 */
MtbRequest *
mtb_request_new (const char *method,
                 const char *target,
                 const char *token,
                 const char *origin,
                 const char *accept,
                 GBytes *body)
{
  MtbRequest *self = g_new0 (MtbRequest, 1);
  const char *mark = strchr (target, '?');

  self->method = g_strdup (method);
  self->path = mark != NULL ? g_strndup (target, (gsize) (mark - target)) : g_strdup (target);
  self->query =
    mark != NULL ? g_uri_parse_params (mark + 1, -1, "&", G_URI_PARAMS_WWW_FORM, NULL) : NULL;
  if (self->query == NULL)
    self->query = g_hash_table_new (g_str_hash, g_str_equal);
  self->token = g_strdup (token);
  self->origin = g_strdup (origin);
  self->accept = g_strdup (accept);
  self->body = body != NULL ? g_bytes_ref (body) : NULL;
  return self;
}

/**
 * mtb_request_set_id:
 * @request: a request
 * @id: (nullable): by which it is known in the log and in its answer
 */
void
mtb_request_set_id (MtbRequest *request, const char *id)
{
  g_free (request->id);
  request->id = g_strdup (id);
}

/**
 * mtb_request_free:
 * @request: (nullable) (transfer full): a request
 */
void
mtb_request_free (MtbRequest *request)
{
  if (request == NULL)
    return;
  g_free (request->id);
  g_free (request->method);
  g_free (request->path);
  g_hash_table_unref (request->query);
  g_free (request->token);
  g_free (request->origin);
  g_free (request->accept);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request);
}

/**
 * mtb_request_get:
 * @request: a request
 * @name: a name of the query
 *
 * Returns: (nullable): its value
 */
const char *
mtb_request_get (const MtbRequest *request, const char *name)
{
  return g_hash_table_lookup (request->query, name);
}

/**
 * mtb_request_get_number:
 * @request: a request
 * @name: a name of the query
 * @otherwise: the value where it is missing or no number
 *
 * Returns: its value
 */
gint64
mtb_request_get_number (const MtbRequest *request, const char *name, gint64 otherwise)
{
  const char *text = mtb_request_get (request, name);
  gint64 number;

  return text != NULL && g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &number, NULL)
           ? number
           : otherwise;
}

/**
 * mtb_response_new:
 * @status: the HTTP status
 * @content_type: of the body, a literal
 * @body: (transfer full): the body
 *
 * Returns: (transfer full): the response
 */
MtbResponse *
mtb_response_new (guint status, const char *content_type, GBytes *body)
{
  MtbResponse *self = g_new0 (MtbResponse, 1);

  self->status = status;
  self->content_type = content_type;
  self->body = body;
  return self;
}

/**
 * mtb_response_new_error:
 * @error: what went wrong
 *
 * Returns: (transfer full): the response that tells it, after RFC 9457
 */
MtbResponse *
mtb_response_new_error (const GError *error)
{
  char *problem = mtb_status_write_problem (error, mtb_log_get_request ());
  MtbResponse *self = mtb_response_new (mtb_status_get_http (error), "application/problem+json",
                                        g_bytes_new_take (problem, strlen (problem)));

  mtb_metrics_add (MTB_METRIC_ERRORS, MTB_LABELS (mtb_status_get_code (error)), 1);
  self->retry_after_s = mtb_error_get_wait_s (error);
  return self;
}

/**
 * mtb_response_free:
 * @response: (nullable) (transfer full): a response
 */
void
mtb_response_free (MtbResponse *response)
{
  if (response == NULL)
    return;
  g_free (response->hash);
  g_bytes_unref (response->body);
  g_free (response);
}
