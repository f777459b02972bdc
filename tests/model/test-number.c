#include "mtb-number.h"

#include <dlfcn.h>
#include <errno.h>
#include <locale.h>

static guint n_locales;

/* Stands before the C library's: what GLib reads its first number with takes some waiting. */
locale_t
newlocale (int mask, const char *name, locale_t base)
{
  locale_t (*made) (int, const char *, locale_t) = dlsym (RTLD_NEXT, "newlocale");
  locale_t locale = made (mask, name, base);

  n_locales++;
  errno = EAGAIN;
  return locale;
}

static void
test_the_first_of_a_program (gconstpointer data)
{
  const gint64 *first = data;

  g_assert_cmpuint (n_locales, >, 0);
  g_assert_cmpint (*first, ==, 200000);
}

static void
test_range (void)
{
  gint64 number = 7;

  g_assert_true (mtb_number_parse ("-3", -3, 3, &number));
  g_assert_cmpint (number, ==, -3);
  g_assert_true (mtb_number_parse ("9223372036854775807", 0, G_MAXINT64, NULL));
  g_assert_false (mtb_number_parse ("4", -3, 3, &number));
  g_assert_false (mtb_number_parse ("9223372036854775808", 0, G_MAXINT64, &number));
  g_assert_cmpint (number, ==, -3);
}

static void
test_nothing_but_digits (void)
{
  const char *others[] = { "", " 1", "1 ", "1x", "0x1", "1.0", "1e3", "-", "٣" };

  g_assert_false (mtb_number_parse (NULL, G_MININT64, G_MAXINT64, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (mtb_number_parse (others[i], G_MININT64, G_MAXINT64, NULL));
}

int
main (int argc, char *argv[])
{
  gint64 first = 0;

  /* GLib's tests read numbers too. */
  mtb_number_parse ("200000", 0, G_MAXINT64, &first);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/number/first", &first, test_the_first_of_a_program);
  g_test_add_func ("/number/range", test_range);
  g_test_add_func ("/number/digits", test_nothing_but_digits);
  return g_test_run ();
}
