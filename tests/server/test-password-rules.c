/* Which passwords are taken. */

#include "mtb-error.h"
#include "mtb-fold.h"
#include "mtb-founding-resources.h"
#include "mtb-password-rules.h"

#include <string.h>

static const char *const own_words[] = { "rima", "ريما الخطيب", "Mutabaa Net", NULL };

static void
check (const char *password, const char *words)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = mtb_password_check_choice (password, own_words, &error);

  g_test_message ("%s", password);
  if (words == NULL)
    {
      g_assert_no_error (error);
      g_assert_true (ok);
      return;
    }
  g_assert_false (ok);
  g_assert_error (error, MTB_ERROR, MTB_ERROR_INVALID);
  g_assert_cmpstr (mtb_error_get_field (error), ==, "password");
  g_assert_nonnull (strstr (error->message, words));
}

static void
check_all (const char *const *passwords, guint n, const char *words)
{
  for (guint i = 0; i < n; i++)
    check (passwords[i], words);
}

static void
test_length (void)
{
  g_autofree char *long_one = g_strnfill (257, 'x');

  check ("", "at least 8");
  check ("k7!vB2q", "at least 8");
  check ("كتابنهر", "at least 8");
  check ("k7!vB2qz", NULL);
  check ("كتاب نهر", NULL);
  check (long_one, "too long");
}

/* No mixture is asked for. */
static void
test_taken (void)
{
  static const char *const taken[] = {
    "right password",        "the secret of rima", "quite another secret",
    "a good secret",         "mutabaa-demo",       "حجر يمشي فوق السطح",
    "correct horse battery", "lampfeather",        "the other secret",
    "a secret of my own",    "rima and the sea",   "my password is fine",
    "tgkx-29vh-mm3q",        "73948205",           "0944837261",
  };

  check_all (taken, G_N_ELEMENTS (taken), NULL);
}

static void
test_patterns (void)
{
  static const char *const patterns[] = {
    "aaaaaaaa",  "12345678", "87654321",  "abcdefgh",   "qwertyui",  "QWERTYUIOP",
    "asdfghjkl", "qwer1234", "abcabcabc", "ahmadahmad", "١٢٣٤٥٦٧٨",  "ضصثقفغعه",
    "شسيبلاتن",  "!@#$%^&*", "lkjhgfdsa", "12121212",   "qweasdzxc", "نننننننن",
  };

  check_all (patterns, G_N_ELEMENTS (patterns), "neighbouring keys");
}

static void
test_own_words (void)
{
  static const char *const own[] = { "rima2024",    "1990Rima",    "mutabaa net",
                                     "MutabaaNet1", "ريما الخطيب", "ريماالخطيب٢٠" };

  check_all (own, G_N_ELEMENTS (own), "organisation");
}

static void
test_common (void)
{
  static const char *const common[] = {
    "password",  "Password1",    "P@ssw0rd!", "iloveyou",      "Ahmad@2024", "mohammed1990",
    "محمد1234",  "أحمد٢٠٢٤",     "1q2w3e4r",  "11223344",      "welcome1",   "كلمة السر",
    "barcelona", "damascus2011", "حبيبتي11",  "Alhamdulillah", "admin@123",  "الله أكبر",
  };

  check_all (common, G_N_ELEMENTS (common), "tried first");
}

/* Each line once, in order, so that a change to it can be read. */
static void
test_the_list (void)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (
    mtb_founding_get_resource (), "/org/mutabaa/founding/common-passwords", 0, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), >, 1000);
  for (guint i = 1; lines[i] != NULL; i++)
    g_assert_cmpint (strcmp (lines[i - 1], lines[i]), <, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/password-rules/length", test_length);
  g_test_add_func ("/password-rules/taken", test_taken);
  g_test_add_func ("/password-rules/patterns", test_patterns);
  g_test_add_func ("/password-rules/own-words", test_own_words);
  g_test_add_func ("/password-rules/common", test_common);
  g_test_add_func ("/password-rules/the-list", test_the_list);
  return g_test_run ();
}
