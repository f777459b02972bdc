/* Folding: what is folded stays as it is, its words have no blanks, numbers are digits. */

#include "mtb-fuzz.h"

#include "mtb-fold.h"

#include <string.h>

static void
check_words (const char *text)
{
  g_auto (GStrv) words = mtb_fold_words (text);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (words[i]), >, 0);
      g_assert_null (strchr (words[i], ' '));
    }
  g_assert_true (mtb_fold_fits ((const char *const *) words, (const char *const *) words));
}

static void
check_number (const char *text)
{
  g_autofree char *digits = mtb_fold_number (text);
  g_auto (GStrv) words = mtb_fold_number_words (text);

  g_assert_cmpuint (strspn (digits, "0123456789"), ==, strlen (digits));
  g_assert_true (mtb_fold_is_same_number (text, digits) == (*digits != '\0'));
  g_assert_true ((words[0] != NULL) == (*digits != '\0'));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *bytes = g_strndup ((const char *) data, size);
  g_autofree char *text = g_utf8_make_valid (bytes, -1);
  g_autofree char *folded = mtb_fold (text);
  g_autofree char *again = mtb_fold (folded);

  g_assert_true (g_utf8_validate (folded, -1, NULL));
  g_assert_cmpstr (again, ==, folded);
  check_words (text);
  check_number (text);
  return 0;
}
