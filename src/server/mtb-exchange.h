#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MtbRequest:
 * @id: (nullable): by which it is known in the log and in its answer
 * @method: the HTTP method
 * @path: the path, without the query
 * @query: names to values of the query
 * @token: (nullable): the bearer token
 * @origin: (nullable): the peer's address
 * @accept: (nullable): which kinds of answer are wanted
 * @range: (nullable): which bytes of a file are wanted
 * @if_range: (nullable): of which file, as its tag
 * @body: (nullable): the whole body
 *
 * One request, freed of HTTP.
 */
typedef struct
{
  char *id;
  char *method;
  char *path;
  GHashTable *query;
  char *token;
  char *origin;
  char *accept;
  char *range;
  char *if_range;
  GBytes *body;
} MtbRequest;

/**
 * MtbResponse:
 * @status: the HTTP status
 * @content_type: of the body
 * @hash: (nullable): of the body, for a file
 * @retry_after_s: in how many seconds the same may be tried again; 0 where nothing is said of that
 * @body: the body, where it is in memory
 * @stream: (nullable): the body, where it is a file: @length bytes of it are sent
 * @from: which byte of the file @stream stands at
 * @length: how many bytes of the file are sent
 * @size: how many it has
 *
 * Its answer.
 */
typedef struct
{
  guint status;
  const char *content_type;
  char *hash;
  gint64 retry_after_s;
  GBytes *body;
  GInputStream *stream;
  gint64 from;
  gint64 length;
  gint64 size;
} MtbResponse;

MtbRequest *mtb_request_new (const char *method,
                             const char *target,
                             const char *token,
                             const char *origin,
                             const char *accept,
                             GBytes *body);
void mtb_request_set_id (MtbRequest *request, const char *id);
void mtb_request_free (MtbRequest *request);
const char *mtb_request_get (const MtbRequest *request, const char *name);
gint64 mtb_request_get_number (const MtbRequest *request, const char *name, gint64 otherwise);

MtbResponse *mtb_response_new (guint status, const char *content_type, GBytes *body);
MtbResponse *mtb_response_new_file (const MtbRequest *request,
                                    const char *content_type,
                                    const char *path,
                                    const char *hash,
                                    GError **error);
MtbResponse *mtb_response_new_error (const GError *error);
void mtb_response_free (MtbResponse *response);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbRequest, mtb_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbResponse, mtb_response_free)

G_END_DECLS
