#include "mtb-id.h"

#include <string.h>

static void
test_new_is_version_7 (void)
{
  g_autofree char *id = mtb_id_new (G_GINT64_CONSTANT (0x0123456789ab));

  g_assert_true (mtb_id_is_valid (id));
  g_assert_true (g_str_has_prefix (id, "01234567-89ab-7"));
  g_assert_nonnull (strchr ("89ab", id[19]));
}

static void
test_order_is_of_time (void)
{
  for (gint64 now = 1; now < G_GINT64_CONSTANT (1) << 47; now *= 2)
    {
      g_autofree char *early = mtb_id_new (now - 1);
      g_autofree char *late = mtb_id_new (now);

      g_assert_cmpstr (early, <, late);
    }
}

static void
test_no_two_are_the_same (void)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 10000; i++)
    g_assert_true (g_hash_table_add (ids, mtb_id_new (1)));
}

/* Rows that older versions made have these ids, so they must never become others. */
static void
test_derived_is_stable (void)
{
  g_autofree char *id = mtb_id_derive ("call_link", "a", "b", NULL);
  g_autofree char *again = mtb_id_derive ("call_link", "a", "b", NULL);

  g_assert_cmpstr (id, ==, "c64362fa-9610-8501-8429-70c60c16283d");
  g_assert_cmpstr (id, ==, again);
  g_assert_true (mtb_id_is_valid (id));
}

static void
test_derived_tells_parts_apart (void)
{
  g_autofree char *one = mtb_id_derive ("ab", "c", NULL);
  g_autofree char *other = mtb_id_derive ("a", "bc", NULL);
  g_autofree char *longer = mtb_id_derive ("ab", "c", "", NULL);

  g_assert_cmpstr (one, !=, other);
  g_assert_cmpstr (one, !=, longer);
}

static void
test_what_is_no_id (void)
{
  static const char *const strangers[] = {
    "",
    "0123456789abcdef0123456789abcdef0123",
    "01234567-89ab-7000-8000-0123456789a",
    "01234567-89ab-7000-8000-0123456789abc",
    "01234567-89AB-7000-8000-0123456789ab",
    "01234567-89ab-7000-8000-0123456789ag",
    "01234567+89ab-7000-8000-0123456789ab",
  };

  g_assert_true (mtb_id_is_valid ("01234567-89ab-7000-8000-0123456789ab"));
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    g_assert_false (mtb_id_is_valid (strangers[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/id/new-is-version-7", test_new_is_version_7);
  g_test_add_func ("/model/id/order-is-of-time", test_order_is_of_time);
  g_test_add_func ("/model/id/no-two-are-the-same", test_no_two_are_the_same);
  g_test_add_func ("/model/id/derived-is-stable", test_derived_is_stable);
  g_test_add_func ("/model/id/derived-tells-parts-apart", test_derived_tells_parts_apart);
  g_test_add_func ("/model/id/what-is-no-id", test_what_is_no_id);
  return g_test_run ();
}
