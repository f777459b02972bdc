/* Errors, the codes that stand for them on the wire, and HTTP statuses: one table for both ways. */

#include "mtb-status.h"

#include "mtb-error.h"
#include "mtb-json.h"

static const struct
{
  MtbError error;
  const char *code;
  guint http;
} statuses[] = {
  { MTB_ERROR_INVALID, "invalid", 400 },
  { MTB_ERROR_FORBIDDEN, "forbidden", 403 },
  { MTB_ERROR_NOT_FOUND, "not_found", 404 },
  { MTB_ERROR_CONFLICT, "conflict", 409 },
  { MTB_ERROR_ONLINE_ONLY, "online_only", 409 },
  { MTB_ERROR_UNAUTHORIZED, "unauthorized", 401 },
  { MTB_ERROR_PASSWORD_CHANGE, "password_change", 403 },
  { MTB_ERROR_DISMISSED, "dismissed", 403 },
  { MTB_ERROR_GONE, "gone", 410 },
  { MTB_ERROR_MISMATCH, "mismatch", 409 },
  { MTB_ERROR_TOO_LARGE, "too_large", 413 },
  { MTB_ERROR_TOO_OLD, "too_old", 426 },
  { MTB_ERROR_TOO_MANY, "too_many", 429 },
  { MTB_ERROR_UNREACHABLE, "unreachable", 503 },
  { MTB_ERROR_STORAGE, "storage", 503 },
};

static guint
find_error (const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_error_matches (error, MTB_ERROR, (int) statuses[i].error))
      return i;
  return G_N_ELEMENTS (statuses) - 1;
}

/**
 * mtb_status_get_code:
 * @error: an error
 *
 * Returns: its code on the wire; what went wrong inside is `storage`
 */
const char *
mtb_status_get_code (const GError *error)
{
  return statuses[find_error (error)].code;
}

/**
 * mtb_status_get_http:
 * @error: an error
 *
 * Returns: its HTTP status
 */
guint
mtb_status_get_http (const GError *error)
{
  return statuses[find_error (error)].http;
}

/**
 * mtb_status_new_error:
 * @code: (nullable): a code
 * @message: (nullable): what happened
 * @field: (nullable): the argument that it is about
 *
 * Returns: (transfer full): the error; an unknown code is %MTB_ERROR_STORAGE
 */
GError *
mtb_status_new_error (const char *code, const char *message, const char *field)
{
  MtbError found = MTB_ERROR_STORAGE;
  GError *error;

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_strcmp0 (statuses[i].code, code) == 0)
      found = statuses[i].error;
  error = g_error_new_literal (MTB_ERROR, (int) found, message != NULL ? message : "unknown error");
  mtb_error_set_field (error, field);
  return error;
}

/**
 * mtb_status_write_problem:
 * @error: an error
 * @request: (nullable): the id of the request that it answers
 *
 * Returns: (transfer full): the body of an answer, after RFC 9457
 */
char *
mtb_status_write_problem (const GError *error, const char *request)
{
  guint i = find_error (error);
  gboolean ours = statuses[i].error != MTB_ERROR_STORAGE;
  GString *json = g_string_new ("{");

  mtb_json_append_text_member (json, "type", "about:blank");
  mtb_json_append_text_member (json, "title", statuses[i].code);
  mtb_json_append_number_member (json, "status", statuses[i].http);
  /* What went wrong inside is for the server's log. */
  mtb_json_append_text_member (json, "detail",
                               ours ? error->message : "the server cannot answer now; try again");
  if (error->domain == MTB_ERROR)
    mtb_json_append_text_member (json, "field", mtb_error_get_field (error));
  if (mtb_error_get_wait_s (error) > 0)
    mtb_json_append_number_member (json, "retry_after", mtb_error_get_wait_s (error));
  mtb_json_append_text_member (json, "request", request);
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

/**
 * mtb_status_read_problem:
 * @http_status: the status of an answer that is not a success
 * @body: its body
 * @length: how long that is
 *
 * Returns: (transfer full): the error that it tells; what is no problem of ours is
 *   %MTB_ERROR_UNREACHABLE, since nothing is known
 */
GError *
mtb_status_read_problem (guint http_status, const char *body, gsize length)
{
  g_autoptr (JsonObject) object = mtb_json_read (body, length, NULL);
  GError *error;

  if (object == NULL || mtb_json_get_text (object, "title") == NULL)
    return g_error_new (MTB_ERROR, MTB_ERROR_UNREACHABLE, "the server answered with status %u",
                        http_status);
  error =
    mtb_status_new_error (mtb_json_get_text (object, "title"), mtb_json_get_text (object, "detail"),
                          mtb_json_get_text (object, "field"));
  mtb_error_set_wait_s (error, MAX (mtb_json_get_number (object, "retry_after"), 0));
  return error;
}
