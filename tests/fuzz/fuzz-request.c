/* A body of `POST /v1/commands`: whatever comes, commands or an error; and what was read, written
 * again, is the same commands. */

#include "mtb-fuzz.h"

#include "mtb-error.h"
#include "mtb-message.h"
#include "mtb-scan.h"

#include <string.h>

static gboolean
is_whole (GPtrArray *envelopes)
{
  for (guint i = 0; i < envelopes->len; i++)
    if (((const MtbEnvelope *) g_ptr_array_index (envelopes, i))->arguments == NULL)
      return FALSE;
  return TRUE;
}

static GPtrArray *
read_again (GPtrArray *envelopes)
{
  g_autofree char *body = mtb_message_write_commands (NULL, NULL, envelopes);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = mtb_json_read (body, strlen (body), &error);
  GPtrArray *again;

  g_assert_no_error (error);
  again = mtb_message_read_commands (object, &error);
  g_assert_no_error (error);
  return again;
}

static void
check_same (const MtbEnvelope *one, const MtbEnvelope *other)
{
  g_assert_cmpstr (one->id, ==, other->id);
  g_assert_cmpstr (one->type, ==, other->type);
  g_assert_cmpint (one->n, ==, other->n);
  g_assert_cmpint (one->given_at, ==, other->given_at);
  g_assert_cmpint (one->settle, ==, other->settle);
  g_assert_no_error (other->error);
  g_assert_true (mtb_record_equal (one->arguments, other->arguments));
}

static void
check_envelope (const MtbEnvelope *envelope)
{
  g_autoptr (GError) error = NULL;

  g_assert_true ((envelope->arguments == NULL) == (envelope->error != NULL));
  if (envelope->error != NULL)
    {
      g_assert_error (envelope->error, MTB_ERROR, MTB_ERROR_INVALID);
      g_assert_nonnull (mtb_error_get_field (envelope->error));
    }
  else if (!mtb_record_check (envelope->arguments, &error))
    g_assert_nonnull (mtb_error_get_field (error));
}

static void
check_commands (JsonObject *object)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) envelopes = mtb_message_read_commands (object, &error);
  g_autoptr (GPtrArray) again = NULL;

  g_assert_true ((envelopes == NULL) == (error != NULL));
  if (envelopes == NULL)
    return;
  for (guint i = 0; i < envelopes->len; i++)
    check_envelope (g_ptr_array_index (envelopes, i));
  if (!is_whole (envelopes))
    return;
  again = read_again (envelopes);
  g_assert_cmpuint (again->len, ==, envelopes->len);
  for (guint i = 0; i < again->len; i++)
    check_same (g_ptr_array_index (envelopes, i), g_ptr_array_index (again, i));
}

/* What the scan takes, json-glib's own parser reads as the same. */
static void
check_scan (const char *body, size_t size, const GError *error)
{
  g_autoptr (JsonNode) node = mtb_scan (body, size, NULL);
  g_autoptr (JsonParser) parser = NULL;
  JsonNode *root;

  if (node == NULL)
    return;
  parser = json_parser_new ();
  g_assert_true (json_parser_load_from_data (parser, body, (gssize) size, NULL));
  root = json_parser_get_root (parser);
  g_assert_nonnull (root);
  g_assert_true (json_node_equal (node, root));
  g_assert_true (JSON_NODE_HOLDS_OBJECT (root) == (error == NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *body = (const char *) data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = mtb_json_read (body, size, &error);

  g_assert_true ((object == NULL) == (error != NULL));
  check_scan (body, size, error);
  if (object != NULL)
    check_commands (object);
  return 0;
}
