#include "mtb-fold.h"
#include "mtb-subscriber.h"
#include "mtb-test-department.h"
#include "mtb-words.h"

#include <string.h>

static gboolean
has_word (MtbTestDepartment *department, const char *word)
{
  gint64 n;

  mtb_store_select_number (
    department->store,
    "SELECT COUNT(*) FROM subscriber s JOIN subscriber_word w ON w.row_n = s.row_n"
    " WHERE w.word = :word AND s.id = :id",
    MTB_PARAMETERS (MTB_TEXT ("word", word), MTB_TEXT ("id", mtb_test_id ("omar"))), &n, NULL);
  return n == 1;
}

static void
test_what_is_searched (void)
{
  static const char *const words[] = { "عمر",     "احمد",       "omar", "a",        "1001",
                                       "4018827", "0114018827", "011",  "114018827" };
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_true (has_word (department, words[i]));
  g_assert_false (has_word (department, "الأحمد"));
  g_assert_false (has_word (department, "الاحمد"));
}

static void
test_a_number_without_its_area (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  mtb_test_add_subscriber (department, "omar", "عمر", "0215312019", "omar", "A-1001");
  g_assert_true (has_word (department, "5312019"));
  g_assert_false (has_word (department, "2019"));
}

static void
test_words_follow_a_rename (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  mtb_test_add_subscriber (department, "omar", "عمر الحسن", "011-4018827", "omar2", "A-1001");
  g_assert_true (has_word (department, "عمر"));
  g_assert_true (has_word (department, "حسن"));
  g_assert_true (has_word (department, "omar2"));
  g_assert_false (has_word (department, "احمد"));
  g_assert_false (has_word (department, "omar"));
  g_assert_true (has_word (department, "4018827"));
}

static gint64
count_words (MtbTestDepartment *department, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT COUNT(*) FROM %s_word", table);

  return mtb_test_count (department, sql);
}

static void
test_words_go_with_the_row (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  g_assert_cmpint (count_words (department, "subscriber"), >, 0);
  g_assert_true (
    mtb_store_delete (department->store, &mtb_subscriber_table.shape, mtb_test_id ("omar"), NULL));
  g_assert_cmpint (count_words (department, "subscriber"), ==, 0);
  g_assert_cmpint (count_words (department, "prospect"), >, 0);
}

static void
test_words_go_with_a_rollback (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  gint64 n = count_words (department, "subscriber");

  mtb_store_begin (department->store, NULL);
  mtb_test_add_subscriber (department, "new", "Somebody New", "1", "new", "2");
  g_assert_cmpint (count_words (department, "subscriber"), >, n);
  mtb_store_rollback (department->store);
  g_assert_cmpint (count_words (department, "subscriber"), ==, n);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Who is found has to be these, in the order of their names, with commas. */
static void
check (MtbTestDepartment *department, const char *beginnings, const char *expected)
{
  g_auto (GStrv) words = g_strsplit (beginnings, " ", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mtb_words_find (department->store, &mtb_subscriber_table,
                                               (const char *const *) words, 5, 20, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (names, ((MtbSubscriber *) g_ptr_array_index (rows, i))->name);
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  found = g_strjoinv (",", (char **) names->pdata);
  g_assert_cmpstr (found, ==, expected);
}

static MtbTestDepartment *
make_directory (void)
{
  MtbTestDepartment *department = mtb_test_department_new ();

  mtb_test_add_subscriber (department, "1", "Adel Berri", "5312019", "u1", "1");
  mtb_test_add_subscriber (department, "2", "Adel Adib", NULL, "u2", "2");
  mtb_test_add_subscriber (department, "3", "Basel Chahin", NULL, "u3", "3");
  return department;
}

static void
test_rows_with_all_the_words (void)
{
  g_autoptr (MtbTestDepartment) department = make_directory ();

  check (department, "ad", "Adel Adib,Adel Berri");
  check (department, "b", "Adel Berri,Basel Chahin");
  check (department, "b ad", "Adel Berri");
  check (department, "ad b", "Adel Berri");
  check (department, "ad b c", "");
  check (department, "sami", "");
  check (department, "", "");
}

/* So many rows have a word that no search reads all of it. */
#define TOO_MANY 30000

static void
crowd (MtbTestDepartment *department, const char *word, guint n_rows)
{
  g_autofree char *sql =
    g_strdup_printf ("INSERT INTO subscriber_word (word, row_n) WITH RECURSIVE n (i) AS"
                     " (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
                     " SELECT '%s', i FROM n",
                     1000 + n_rows, word);

  g_assert_true (mtb_store_execute (department->store, sql, NULL));
}

static void
test_rare_words_beside_a_common_one (void)
{
  g_autoptr (MtbTestDepartment) department = make_directory ();

  crowd (department, "baa", TOO_MANY);
  check (department, "adel b", "Adel Berri");
  check (department, "b adel", "Adel Berri");
  check (department, "531 b", "Adel Berri");
  check (department, "adel b chahin", "");
  check (department, "chahin b", "Basel Chahin");
}

/* Behind @n_rows others that have one of their words, where five are looked for. */
static void
check_behind (guint n_rows, guint n_expected)
{
  static const char *const words[] = { "adel", "b", NULL };
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      mtb_test_add_subscriber (department, key, "Adel Berri", NULL, key, key);
    }
  crowd (department, "baa", n_rows);
  rows = mtb_words_find (department->store, &mtb_subscriber_table, words, 5, 20, NULL);
  g_assert_cmpuint (rows->len, ==, n_expected);
}

static void
test_behind_many_others (void)
{
  check_behind (10, 8);
  check_behind (10000, 8);
  check_behind (TOO_MANY, 5);
}

static void
test_more_than_are_wanted (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  static const char *const words[] = { "many", "others", NULL };

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      mtb_test_add_subscriber (department, key, "Many Others", NULL, key, key);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) rows =
        mtb_words_find (department->store, &mtb_subscriber_table, words + i, 5, 20, NULL);

      g_assert_cmpuint (rows->len, ==, 20);
    }
}

/* A row that has a beginning twice is one row. */
static void
test_once_each (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  mtb_test_add_subscriber (department, "1", "Salem Salman", NULL, "saleh", "1");
  check (department, "sal", "Salem Salman");
  check (department, "sal sale", "Salem Salman");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/words/what-is-searched", test_what_is_searched);
  g_test_add_func ("/store/words/area", test_a_number_without_its_area);
  g_test_add_func ("/store/words/rename", test_words_follow_a_rename);
  g_test_add_func ("/store/words/delete", test_words_go_with_the_row);
  g_test_add_func ("/store/words/rollback", test_words_go_with_a_rollback);
  g_test_add_func ("/store/words/all", test_rows_with_all_the_words);
  g_test_add_func ("/store/words/common", test_rare_words_beside_a_common_one);
  g_test_add_func ("/store/words/behind", test_behind_many_others);
  g_test_add_func ("/store/words/many", test_more_than_are_wanted);
  g_test_add_func ("/store/words/once", test_once_each);
  return g_test_run ();
}
