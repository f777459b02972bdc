/* A name for each request, by which somebody who was told of an error and whoever reads the log mean
 * the same. It stands in the header `X-Request-Id` of the answer. */

#include "mtb-request-id.h"

#include <sodium.h>
#include <string.h>

#define HEADER "X-Request-Id"
#define ID_BYTES 8
#define LENGTH_MIN 8
#define LENGTH_MAX 64

static gboolean
is_id (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  return length >= LENGTH_MIN && length <= LENGTH_MAX
         && strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.") == length;
}

/**
 * mtb_request_id_of:
 * @message: a request whose head was read
 * @is_trusted: whether it comes from a proxy that may have named it
 *
 * Returns: (transfer none): its id, the same for each time, also in the header of its answer
 */
const char *
mtb_request_id_of (SoupServerMessage *message, gboolean is_trusted)
{
  SoupMessageHeaders *answer = soup_server_message_get_response_headers (message);
  const char *given =
    is_trusted
      ? soup_message_headers_get_list (soup_server_message_get_request_headers (message), HEADER)
      : NULL;
  guint8 bytes[ID_BYTES];
  char made[2 * ID_BYTES + 1];

  if (soup_message_headers_get_one (answer, HEADER) == NULL)
    {
      randombytes_buf (bytes, sizeof bytes);
      sodium_bin2hex (made, sizeof made, bytes, sizeof bytes);
      soup_message_headers_replace (answer, HEADER, is_id (given) ? given : made);
    }
  return soup_message_headers_get_one (answer, HEADER);
}
