#include "mtb-fold.h"

#include <string.h>

/* E.164: a country code has up to three digits, and no number inside a country has this many. */
#define COUNTRY_CODE_MAX 3
#define INTERNATIONAL_MIN 11

/* What is dialled within an area is no shorter. Two digits are the longest area code in any Arab
 * country, the zero aside. */
#define LOCAL_MIN 6
#define AREA_CODE_MAX 2

#define ARTICLE "ال"
#define TATWEEL 0x0640
#define IS_TASHKEEL(c) \
  (((c) >= 0x064b && (c) <= 0x065f) || (c) == 0x0670 || ((c) >= 0x06d6 && (c) <= 0x06ed))

/* The letter that stands for all the ways in which people write it; 0 for what is left out. */
static gunichar
fold_letter (gunichar c)
{
  if (c == TATWEEL || IS_TASHKEEL (c) || g_unichar_type (c) == G_UNICODE_NON_SPACING_MARK
      || g_unichar_type (c) == G_UNICODE_FORMAT)
    return 0;
  switch (c)
    {
    case 0x0622: /* آ */
    case 0x0623: /* أ */
    case 0x0625: /* إ */
    case 0x0671: /* ٱ */
      return 0x0627;
    case 0x0629: /* ة */
      return 0x0647;
    case 0x0649: /* ى */
    case 0x06cc: /* ی */
    case 0x0626: /* ئ */
      return 0x064a;
    case 0x0624: /* ؤ */
      return 0x0648;
    case 0x06a9: /* ک */
      return 0x0643;
    default:
      break;
    }
  if (g_unichar_isdigit (c))
    return (gunichar) ('0' + g_unichar_digit_value (c));
  return g_unichar_isalnum (c) ? g_unichar_tolower (c) : ' ';
}

/**
 * mtb_fold:
 * @text: a name, a number or what a person typed
 *
 * Brings the ways in which the same word is written together: أ إ آ ا, ة ه, ى ي, with and without
 * tashkeel and tatweel, digits of any script, letters of any case; all else is one blank. The
 * folded form is what is searched, and what names are sorted by.
 *
 * Returns: (transfer full): the folded text
 */
char *
mtb_fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autoptr (GString) folded = g_string_new (NULL);

  for (const char *p = normal; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = fold_letter (g_utf8_get_char (p));

      if (c == ' ' && (folded->len == 0 || folded->str[folded->len - 1] == ' '))
        continue;
      if (c != 0)
        g_string_append_unichar (folded, c);
    }
  if (folded->len > 0 && folded->str[folded->len - 1] == ' ')
    g_string_truncate (folded, folded->len - 1);
  /* What stood apart before something was left out may be one letter now. */
  return g_utf8_normalize (folded->str, (gssize) folded->len, G_NORMALIZE_ALL_COMPOSE);
}

/**
 * mtb_fold_words:
 * @text: a text, or the beginnings of words
 *
 * The Arabic article is left out, since who looks for somebody says the name with it or without; by
 * itself it is no word, or none yet. What only looks like it goes as well, and goes everywhere: so
 * الألماني is found by ألماني, too.
 *
 * Returns: (transfer full): its folded words, in their order
 */
char **
mtb_fold_words (const char *text)
{
  g_autofree char *folded = mtb_fold (text);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *word = parts[i];

      while (g_str_has_prefix (word, ARTICLE))
        word += strlen (ARTICLE);
      if (*word != '\0')
        g_strv_builder_add (words, word);
    }
  return g_strv_builder_end (words);
}

/**
 * mtb_fold_number:
 * @text: (nullable): a telephone number as somebody wrote it
 *
 * Returns: (transfer full): its digits alone, 0-9
 */
char *
mtb_fold_number (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isdigit (g_utf8_get_char (p)))
      g_string_append_c (digits, (char) ('0' + g_unichar_digit_value (g_utf8_get_char (p))));
  return g_string_free (digits, FALSE);
}

/**
 * mtb_fold_number_forms:
 * @text: (nullable): a telephone number as somebody wrote it
 *
 * A number is dialled with or without leading zeros and the code of its country. Nothing here knows
 * the country, so a long number is also given without its first one, two and three digits.
 *
 * Returns: (transfer full): the digits in each way, as they stand first; nothing where there are
 *   no digits
 */
char **
mtb_fold_number_forms (const char *text)
{
  g_autofree char *digits = mtb_fold_number (text);
  const char *bare = digits + strspn (digits, "0");
  g_autoptr (GStrvBuilder) forms = g_strv_builder_new ();

  if (*digits != '\0')
    g_strv_builder_add (forms, digits);
  if (*bare != '\0' && bare != digits)
    g_strv_builder_add (forms, bare);
  for (guint i = 1; i <= COUNTRY_CODE_MAX && strlen (bare) >= INTERNATIONAL_MIN; i++)
    g_strv_builder_add (forms, bare + i);
  return g_strv_builder_end (forms);
}

/**
 * mtb_fold_number_words:
 * @text: (nullable): a telephone number as somebody wrote it
 *
 * Within an area a number is dialled without the area's code. Nothing here knows where the code
 * ends, so a number is also found without its first one and two digits.
 *
 * Returns: (transfer full): the words by which it is found, mtb_fold_number_forms() first
 */
char **
mtb_fold_number_words (const char *text)
{
  g_auto (GStrv) forms = mtb_fold_number_forms (text);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  g_strv_builder_addv (words, (const char **) forms);
  for (guint i = 0; forms[i] != NULL; i++)
    for (guint j = 1; j <= AREA_CODE_MAX && strlen (forms[i]) >= LOCAL_MIN + j; j++)
      g_strv_builder_add (words, forms[i] + j);
  return g_strv_builder_end (words);
}

/**
 * mtb_fold_is_same_number:
 * @a: (nullable): a telephone number as somebody wrote it
 * @b: (nullable): another
 *
 * Returns: whether both are numbers and reach the same telephone
 */
gboolean
mtb_fold_is_same_number (const char *a, const char *b)
{
  g_auto (GStrv) forms = mtb_fold_number_forms (a);
  g_auto (GStrv) others = mtb_fold_number_forms (b);

  for (guint i = 0; others[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) forms, others[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_beginning (const char *const *words, const char *beginning)
{
  for (; *words != NULL; words++)
    if (g_str_has_prefix (*words, beginning))
      return TRUE;
  return FALSE;
}

/**
 * mtb_fold_fits:
 * @words: (array zero-terminated=1): what is looked through, see mtb_fold_words()
 * @beginnings: (array zero-terminated=1): what was typed, see mtb_fold_words()
 *
 * Returns: whether each of @beginnings begins one of @words
 */
gboolean
mtb_fold_fits (const char *const *words, const char *const *beginnings)
{
  for (; *beginnings != NULL; beginnings++)
    if (!has_beginning (words, *beginnings))
      return FALSE;
  return TRUE;
}
