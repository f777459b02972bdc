/* Which passwords are taken: by their length, and none that is tried first. No mixture of kinds of
 * characters is asked for, since people meet that in the way in which it is guessed. */

#include "mtb-password-rules.h"

#include "mtb-accounts.h"
#include "mtb-error.h"
#include "mtb-fold.h"
#include "mtb-founding-resources.h"
#include "mtb-setting.h"

#include <glib/gi18n.h>
#include <string.h>

/* So many digits and signs around a word leave it the word: a date has so many. */
#define AROUND_MAX 6
#define OWN_WORD_MIN 3

/* The rows of both keyboards; digits and alphabets follow each other anyway. */
static const char *const rows[] = {
  "qwertyuiop", "asdfghjkl", "zxcvbnm", "!@#$%^&*()", "ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرلاىةوزظ",
};

/* What people write for a letter. */
static gunichar
read_sign (gunichar c)
{
  static const char signs[] = "@4310$57";
  static const char letters[] = "aaeiosst";
  const char *found = c < 128 ? strchr (signs, (int) c) : NULL;

  return found != NULL && c != 0 ? (gunichar) letters[found - signs] : c;
}

static char *
dup_lower (const char *password)
{
  g_autofree char *normal = g_utf8_normalize (password, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_strdown (normal != NULL ? normal : "", -1);
}

/* As it is folded for a search, and without blanks. */
static char *
dup_squeezed (const char *text)
{
  g_autofree char *folded = mtb_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  return g_strjoinv ("", words);
}

/* What is left between digits and signs at both ends, and signs in it read as letters; @n_around is
 * how many there were at the ends. */
static char *
dup_core (const char *lower, glong *n_around)
{
  const char *start = lower;
  const char *end = lower + strlen (lower);
  g_autoptr (GString) core = g_string_new (NULL);

  while (start < end && !g_unichar_isalpha (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  while (end > start && !g_unichar_isalpha (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    g_string_append_unichar (core, read_sign (g_utf8_get_char (p)));
  *n_around = g_utf8_strlen (lower, start - lower) + g_utf8_strlen (end, -1);
  return dup_squeezed (core->str);
}

/* Where @c stands: which row, and the place in it. */
static gboolean
find_key (gunichar c, guint *row, glong *place)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *key = g_utf8_strchr (rows[i], -1, c);

      if (key == NULL)
        continue;
      *row = i;
      *place = g_utf8_pointer_to_offset (rows[i], key);
      return TRUE;
    }
  return FALSE;
}

/* Whether @b follows @a by @step on the keyboard or in its alphabet. */
static gboolean
follows (gunichar a, gunichar b, int step)
{
  guint row, other_row;
  glong place, other_place;

  if ((gint64) b - (gint64) a == step)
    return TRUE;
  return find_key (a, &row, &place) && find_key (b, &other_row, &other_place) && row == other_row
         && other_place - place == step;
}

static gboolean
goes_on (gunichar a, gunichar b, int *step)
{
  for (int tried = -1; tried <= 1; tried++)
    if ((*step == G_MAXINT || *step == tried) && follows (a, b, tried))
      {
        *step = tried;
        return TRUE;
      }
  *step = G_MAXINT;
  return FALSE;
}

/* Made of a few pieces, each the same key again and again or keys that follow each other. */
static gboolean
is_walk (const gunichar *characters, glong length)
{
  int step = G_MAXINT;
  glong n_pieces = 1;

  for (glong i = 1; i < length; i++)
    if (!goes_on (characters[i - 1], characters[i], &step))
      n_pieces++;
  return 5 * n_pieces <= 2 * length;
}

static gboolean
is_repeated (const gunichar *characters, glong length)
{
  for (glong unit = 1; unit <= length / 2; unit++)
    if (length % unit == 0
        && memcmp (characters, characters + unit, (gsize) (length - unit) * sizeof *characters)
             == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_pattern (const char *lower)
{
  glong length;
  g_autofree gunichar *characters = g_utf8_to_ucs4_fast (lower, -1, &length);

  return is_walk (characters, length) || is_repeated (characters, length);
}

static GHashTable *
read_common (void)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (
    mtb_founding_get_resource (), "/org/mutabaa/founding/common-passwords", 0, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GHashTable *common = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_hash_table_add (common, dup_squeezed (lines[i]));
  return common;
}

static gboolean
is_listed (const char *squeezed)
{
  static gsize common = 0;

  if (g_once_init_enter (&common))
    g_once_init_leave (&common, (gsize) read_common ());
  return g_hash_table_contains ((GHashTable *) common, squeezed);
}

static gboolean
is_common (const char *lower)
{
  g_autofree char *squeezed = dup_squeezed (lower);
  glong n_around;
  g_autofree char *core = dup_core (lower, &n_around);

  return is_listed (squeezed) || (n_around <= AROUND_MAX && is_listed (core));
}

/* The word itself, with no more than a number before or after it. */
static gboolean
is_word_and_number (const char *squeezed, const char *word)
{
  g_autofree char *wanted = dup_squeezed (word);
  const char *found = strstr (squeezed, wanted);
  const char *after;

  if (g_utf8_strlen (wanted, -1) < OWN_WORD_MIN || found == NULL)
    return FALSE;
  after = found + strlen (wanted);
  return strspn (squeezed, "0123456789") >= (gsize) (found - squeezed)
         && after[strspn (after, "0123456789")] == '\0'
         && strlen (squeezed) - strlen (wanted) <= AROUND_MAX;
}

static gboolean
is_own_word (const char *lower, const char *const *own_words)
{
  g_autofree char *squeezed = dup_squeezed (lower);

  for (guint i = 0; own_words[i] != NULL; i++)
    if (is_word_and_number (squeezed, own_words[i]))
      return TRUE;
  return FALSE;
}

/**
 * mtb_password_list_own_words:
 * @store: an authority's store
 * @person: whose password it shall be
 *
 * Returns: (transfer full) (array zero-terminated=1): what anybody would try first for them: their
 *   names, and the organisation's
 */
char **
mtb_password_list_own_words (MtbStore *store, const MtbPerson *person)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autofree char *organisation =
    mtb_store_select_text (store, "SELECT value FROM setting WHERE name = :name",
                           MTB_PARAMETERS (MTB_TEXT ("name", MTB_SETTING_ORGANISATION)), NULL);

  g_strv_builder_add (words, person->username);
  g_strv_builder_add (words, person->display_name);
  if (organisation != NULL)
    g_strv_builder_add (words, organisation);
  return g_strv_builder_end (words);
}

/**
 * mtb_password_check_choice:
 * @password: what somebody has chosen
 * @own_words: (array zero-terminated=1): what it must not be, see mtb_password_list_own_words()
 * @error: return location, %MTB_ERROR_INVALID of the field `password`
 *
 * Returns: whether it is taken
 */
gboolean
mtb_password_check_choice (const char *password, const char *const *own_words, GError **error)
{
  g_autofree char *lower = dup_lower (password);

  if (g_utf8_strlen (password, -1) < MTB_PASSWORD_MIN)
    mtb_error_set_invalid (error, "password", N_ ("A password has at least 8 characters"));
  else if (strlen (password) > MTB_PASSWORD_MAX)
    mtb_error_set_invalid (error, "password", N_ ("This password is too long"));
  else if (is_pattern (lower))
    mtb_error_set_invalid (error, "password",
                           N_ ("Repeated and neighbouring keys are tried first; choose several "
                               "words that do not belong together"));
  else if (is_own_word (lower, own_words))
    mtb_error_set_invalid (error, "password",
                           N_ ("Your name and the organisation's are tried first; choose several "
                               "words that do not belong together"));
  else if (is_common (lower))
    mtb_error_set_invalid (error, "password",
                           N_ ("This password is one of those tried first; choose several words "
                               "that do not belong together"));
  else
    return TRUE;
  return FALSE;
}
