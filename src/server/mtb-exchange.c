#include "mtb-exchange.h"

#include "mtb-error.h"
#include "mtb-log.h"
#include "mtb-metrics.h"
#include "mtb-number.h"
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
  g_free (request->range);
  g_free (request->if_range);
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
  gint64 number;

  return mtb_number_parse (mtb_request_get (request, name), 0, G_MAXINT64, &number) ? number
                                                                                    : otherwise;
}

/**
 * mtb_response_new:
 * @status: the HTTP status
 * @content_type: of the body, a literal
 * @body: (transfer full) (nullable): the body
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

/* Only `bytes=FROM-` and `bytes=FROM-TO` are understood; who asks for anything else, or for a range of
 * another file, gets all. */
static void
read_range (const MtbRequest *request, MtbResponse *response)
{
  g_autofree char *tag = g_strdup_printf ("\"%s\"", response->hash);
  g_autoptr (GRegex) regex = g_regex_new ("^bytes=(\\d{1,18})-(\\d{0,18})$", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  response->length = response->size;
  if (request->range == NULL || (request->if_range != NULL && !g_str_equal (request->if_range, tag))
      || !g_regex_match (regex, request->range, 0, &match))
    return;
  from = g_match_info_fetch (match, 1);
  to = g_match_info_fetch (match, 2);
  response->from = g_ascii_strtoll (from, NULL, 10);
  if (*to != '\0' && g_ascii_strtoll (to, NULL, 10) < response->from)
    {
      response->from = 0;
      return;
    }
  if (*to != '\0')
    response->length = MIN (g_ascii_strtoll (to, NULL, 10) + 1, response->size);
  response->length -= response->from;
  response->status = response->from < response->size ? 206 : 416;
}

/**
 * mtb_response_new_file:
 * @request: the request, which may ask for a range
 * @content_type: of the file, a literal
 * @path: where it is
 * @hash: its hash
 * @error: return location, %MTB_ERROR_NOT_FOUND
 *
 * Returns: (transfer full): the response with the file, or the range of it that is asked for
 */
MtbResponse *
mtb_response_new_file (const MtbRequest *request,
                       const char *content_type,
                       const char *path,
                       const char *hash,
                       GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  g_autoptr (MtbResponse) self = mtb_response_new (200, content_type, NULL);

  if (stream == NULL || !g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_END, NULL, error))
    {
      if (stream == NULL)
        g_set_error_literal (error, MTB_ERROR, MTB_ERROR_NOT_FOUND,
                             "this part is not here any more");
      return NULL;
    }
  self->hash = g_strdup (hash);
  self->size = g_seekable_tell (G_SEEKABLE (stream));
  read_range (request, self);
  if (self->status == 416)
    self->body = g_bytes_new (NULL, 0);
  else if (g_seekable_seek (G_SEEKABLE (stream), self->from, G_SEEK_SET, NULL, error))
    self->stream = g_object_ref (G_INPUT_STREAM (stream));
  else
    return NULL;
  return g_steal_pointer (&self);
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
  g_clear_pointer (&response->body, g_bytes_unref);
  g_clear_object (&response->stream);
  g_free (response);
}
