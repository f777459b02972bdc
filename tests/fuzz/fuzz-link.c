/* A link that somebody follows: what is taken is written the same again. */

#include "mtb-fuzz.h"

#include "mtb-error.h"
#include "mtb-link.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *id = NULL;
  g_autofree char *link = NULL;
  g_autoptr (GError) error = NULL;
  MtbLinkKind kind;

  if (!mtb_link_parse (text, &kind, &id, &error))
    {
      g_assert_error (error, MTB_ERROR, MTB_ERROR_INVALID);
      return 0;
    }
  g_assert_no_error (error);
  link = mtb_link_new (kind, id);
  g_assert_cmpint (g_ascii_strcasecmp (link, text), ==, 0);
  return 0;
}
