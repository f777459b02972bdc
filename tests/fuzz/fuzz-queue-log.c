/* A line of a queue log. */

#include "mtb-fuzz.h"

#include "mtb-error.h"
#include "mtb-queue-log.h"

#include <string.h>

static void
check_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *line = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbPbxObserve) observed = mtb_queue_log_parse (line, &error);

  g_assert_true ((observed == NULL) == (error != NULL));
  if (observed == NULL)
    {
      g_assert_error (error, MTB_ERROR, MTB_ERROR_INVALID);
      return 0;
    }
  for (guint i = 0; i < mtb_pbx_observe.shape.n_fields; i++)
    if (mtb_field_is_text (&mtb_pbx_observe.shape.fields[i]))
      check_text (mtb_field_get_text (&mtb_pbx_observe.shape.fields[i], observed));
  g_assert_cmpint (observed->happened_at, >, 0);
  g_assert_cmpint (strlen (observed->event), >, 0);
  return 0;
}
