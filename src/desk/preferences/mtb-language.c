/* The language that a person prefers, as the environment says it to gettext. What the environment
 * said before is what the system speaks. */

#include "mtb-language.h"

#include "mtb-preferences.h"

#include <locale.h>

static char *in_effect;
static char *of_the_system;

/* gettext translates nothing where the locale is C, whatever the language. */
static void
leave_locale_c (void)
{
  const char *locale = setlocale (LC_MESSAGES, "");

  if (locale == NULL || g_str_equal (locale, "C") || g_str_equal (locale, "POSIX"))
    g_setenv ("LC_ALL", "C.UTF-8", TRUE);
}

/**
 * mtb_language_begin:
 *
 * Has the program speak the language that is preferred. To be called before anything is translated.
 */
void
mtb_language_begin (void)
{
  g_object_get (mtb_preferences_get_default (), "language", &in_effect, NULL);
  of_the_system = g_strdup (g_getenv ("LANGUAGE"));
  if (*in_effect == '\0')
    return;
  g_setenv ("LANGUAGE", in_effect, TRUE);
  leave_locale_c ();
}

/**
 * mtb_language_end:
 *
 * Puts the system's language back, for a program that is started out of this one.
 */
void
mtb_language_end (void)
{
  if (of_the_system != NULL)
    g_setenv ("LANGUAGE", of_the_system, TRUE);
  else
    g_unsetenv ("LANGUAGE");
}

/**
 * mtb_language_is_in_effect:
 * @language: a language, or an empty text for the system's
 *
 * Returns: whether the program was started with it
 */
gboolean
mtb_language_is_in_effect (const char *language)
{
  return g_strcmp0 (in_effect, language) == 0;
}
