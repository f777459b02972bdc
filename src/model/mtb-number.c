#include "mtb-number.h"

/**
 * mtb_number_parse:
 * @text: (nullable): decimal digits, of ASCII, with or without a sign
 * @min: the least that is taken
 * @max: the most that is taken
 * @number: (out) (optional): the number, where it is one
 *
 * Returns: whether @text is a number from @min to @max and nothing else
 */
gboolean
mtb_number_parse (const char *text, gint64 min, gint64 max, gint64 *number)
{
  if (text == NULL)
    return FALSE;
  /* GLib takes a number for none where another thread has just begun to read the program's first one:
   * it waits for a locale then, and looks at an errno that is of the waiting. */
  g_ascii_strtoll ("", NULL, 10);
  return g_ascii_string_to_signed (text, 10, min, max, number, NULL);
}
