/* Values as programs read them, whatever the language: the digits 0-9, no groups, no marks of
 * direction. */

#include "mtb-text.h"

#include "mtb-time.h"

/**
 * mtb_text_plain:
 * @text: (nullable): a text that is shown
 *
 * Returns: (transfer full): it without the marks that keep its parts in order, and with plain spaces
 */
char *
mtb_text_plain (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      if (letter == 0xa0)
        g_string_append_c (plain, ' ');
      else if (g_unichar_type (letter) != G_UNICODE_FORMAT || letter == 0x200c || letter == 0x200d)
        g_string_append_unichar (plain, letter);
    }
  return g_string_free (plain, FALSE);
}

/**
 * mtb_text_plain_digits:
 * @text: a whole number that is shown
 *
 * Returns: (transfer full): its digits
 */
char *
mtb_text_plain_digits (const char *text)
{
  g_autofree char *western = mtb_text_unlocalize (text);
  GString *digits = g_string_new (NULL);

  for (const char *p = western; p != NULL && *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  return g_string_free (digits, FALSE);
}

/**
 * mtb_text_plain_duration:
 * @seconds: how long
 *
 * Returns: (transfer full): hours, minutes and seconds, as spreadsheets count with them
 */
char *
mtb_text_plain_duration (gint64 seconds)
{
  gint64 whole = MAX (seconds, 0);

  return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d", whole / 3600, (int) (whole / 60 % 60),
                          (int) (whole % 60));
}

/**
 * mtb_text_plain_moment:
 * @time_ms: a time
 *
 * Returns: (transfer full): the local day and time
 */
char *
mtb_text_plain_moment (gint64 time_ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_ms / MTB_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  return g_date_time_format (local, "%Y-%m-%d %H:%M:%S");
}
