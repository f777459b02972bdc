/* Digits, and the signs that belong to them: those of the interface's language, or those that the
 * person prefers. */

#include "mtb-text.h"

#include <glib/gi18n.h>

/* Joins groups of digits, see mtb_text_telephone(). */
#define NO_BREAK_SPACE "\u00a0"

typedef struct
{
  const char *digits;
  const char *thousands_separator;
  const char *decimal_separator;
  const char *percent_sign;
} Numerals;

static const Numerals western = { "0123456789", ",", ".", "%" };
static const Numerals arabic = { "٠١٢٣٤٥٦٧٨٩", "٬", "٫", "٪" };

static MtbDigits preferred = MTB_DIGITS_LANGUAGE;

static const Numerals *
get_numerals (void)
{
  switch (preferred)
    {
    case MTB_DIGITS_ARABIC:
      return &arabic;
    case MTB_DIGITS_WESTERN:
      return &western;
    case MTB_DIGITS_LANGUAGE:
    default:
      /* Translators: the digits of the language, 0123456789 or ٠١٢٣٤٥٦٧٨٩. */
      return *C_ ("digits", "0123456789") == '0' ? &western : &arabic;
    }
}

/**
 * mtb_text_set_digits:
 * @digits: which digits to write
 *
 * From now on all values are said with these, be they typed or shown.
 */
void
mtb_text_set_digits (MtbDigits digits)
{
  preferred = digits;
}

/**
 * mtb_text_get_thousands_separator:
 *
 * Returns: what stands between groups of thousands
 */
const char *
mtb_text_get_thousands_separator (void)
{
  return get_numerals ()->thousands_separator;
}

/**
 * mtb_text_get_decimal_separator:
 *
 * Returns: what stands before the decimal places
 */
const char *
mtb_text_get_decimal_separator (void)
{
  return get_numerals ()->decimal_separator;
}

/**
 * mtb_text_get_percent_sign:
 *
 * Returns: what stands behind a number of percent
 */
const char *
mtb_text_get_percent_sign (void)
{
  return get_numerals ()->percent_sign;
}

/**
 * mtb_text_localize:
 * @text: (transfer full): a text with the digits 0-9
 *
 * Returns: (transfer full): @text with the digits that are written, see mtb_text_set_digits()
 */
char *
mtb_text_localize (char *text)
{
  const char *digits = get_numerals ()->digits;
  GString *result;

  if (text == NULL || *digits == '0')
    return text;
  result = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_unichar (
        result, g_utf8_get_char (g_utf8_offset_to_pointer (digits, g_ascii_digit_value (*p))));
    else
      g_string_append_c (result, *p);
  g_free (text);
  return g_string_free (result, FALSE);
}

/**
 * mtb_text_unlocalize:
 * @text: (nullable): a text with digits of any script
 *
 * Returns: (transfer full) (nullable): @text with the digits 0-9 and plain spaces
 */
char *
mtb_text_unlocalize (const char *text)
{
  GString *result = g_string_new (NULL);

  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      int digit = g_unichar_digit_value (g_utf8_get_char (p));

      if (digit >= 0)
        g_string_append_c (result, (char) ('0' + digit));
      else if (g_str_has_prefix (p, NO_BREAK_SPACE))
        g_string_append_c (result, ' ');
      else
        g_string_append_unichar (result, g_utf8_get_char (p));
    }
  return g_string_free (result, text == NULL);
}
