/* Times and ids: what is a time is written and read as the same, what is an id is one in any case. */

#include "mtb-fuzz.h"

#include "mtb-id.h"
#include "mtb-shape.h"
#include "mtb-time.h"

#include <string.h>

static void
check_time (const char *text)
{
  gint64 time_ms = mtb_time_parse (text);
  g_autofree char *written = NULL;

  if (time_ms == MTB_ABSENT)
    return;
  written = mtb_time_format (time_ms);
  g_assert_cmpint (mtb_time_parse (written), ==, time_ms);
}

static void
check_id (const char *text)
{
  if (!mtb_id_is_valid (text))
    return;
  g_assert_true (g_uuid_string_is_valid (text));
  g_assert_cmpuint (strlen (text), ==, 36);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *derived = mtb_id_derive ("fuzz", text, NULL);

  g_assert_true (mtb_id_is_valid (derived));
  check_time (text);
  check_id (text);
  return 0;
}
