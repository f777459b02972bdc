#include "mtb-fold.h"
#include "mtb-subscriber.h"
#include "mtb-test-department.h"

static gboolean
has_word (MtbTestDepartment *department, const char *word)
{
  gint64 n;

  mtb_store_select_number (
    department->store,
    "SELECT COUNT(*) FROM word WHERE word = :word AND tbl = 'subscriber' AND row_id = :id",
    MTB_PARAMETERS (MTB_TEXT ("word", word), MTB_TEXT ("id", mtb_test_id ("omar"))), &n, NULL);
  return n == 1;
}

static void
test_what_is_searched (void)
{
  static const char *const words[] = { "عمر",     "الاحمد",     "omar", "a",        "1001",
                                       "4018827", "0114018827", "011",  "114018827" };
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_true (has_word (department, words[i]));
  g_assert_false (has_word (department, "الأحمد"));
}

static void
test_words_follow_a_rename (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  mtb_test_add_subscriber (department, "omar", "عمر الحسن", "011-4018827", "omar2", "A-1001");
  g_assert_true (has_word (department, "عمر"));
  g_assert_true (has_word (department, "الحسن"));
  g_assert_true (has_word (department, "omar2"));
  g_assert_false (has_word (department, "الاحمد"));
  g_assert_false (has_word (department, "omar"));
  g_assert_true (has_word (department, "4018827"));
}

static void
test_words_go_with_the_row (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  g_assert_true (
    mtb_store_delete (department->store, &mtb_subscriber_table.shape, mtb_test_id ("omar"), NULL));
  g_assert_cmpint (
    mtb_test_count (department, "SELECT COUNT(*) FROM word WHERE tbl = 'subscriber'"), ==, 0);
  g_assert_cmpint (mtb_test_count (department, "SELECT COUNT(*) FROM word"), >, 0);
}

static void
test_words_go_with_a_rollback (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  gint64 n = mtb_test_count (department, "SELECT COUNT(*) FROM word");

  mtb_store_begin (department->store, NULL);
  mtb_test_add_subscriber (department, "new", "Somebody New", "1", "new", "2");
  mtb_store_rollback (department->store);
  g_assert_cmpint (mtb_test_count (department, "SELECT COUNT(*) FROM word"), ==, n);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/words/what-is-searched", test_what_is_searched);
  g_test_add_func ("/store/words/rename", test_words_follow_a_rename);
  g_test_add_func ("/store/words/delete", test_words_go_with_the_row);
  g_test_add_func ("/store/words/rollback", test_words_go_with_a_rollback);
  return g_test_run ();
}
