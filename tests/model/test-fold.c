#include "mtb-fold.h"

#include <string.h>

typedef struct
{
  const char *written;
  const char *folded;
} Case;

static void
test_spellings (void)
{
  static const Case cases[] = {
    { "أحمد", "احمد" },
    { "إيمان", "ايمان" },
    { "آمنة", "امنه" },
    { "ٱلله", "الله" },
    { "فاطمة", "فاطمه" },
    { "هدى", "هدي" },
    { "علی", "علي" },
    { "رائد", "رايد" },
    { "مؤمن", "مومن" },
    { "کمال", "كمال" },
    { "مُحَمَّدٌ", "محمد" },
    { "محـــمد", "محمد" },
    { "هٰذا", "هذا" },
    { "٠١٢٣٤٥٦٧٨٩", "0123456789" },
    { "۰۱۲۳۴۵۶۷۸۹", "0123456789" },
    { "ABC Déf", "abc déf" },
    { "ﷲ", "الله" },
    { "عبد\u200cالله", "عبدالله" },
    { "له\u06e5", "له" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = mtb_fold (cases[i].written);

      g_assert_cmpstr (folded, ==, cases[i].folded);
    }
}

static void
test_letter_and_mark_are_one_letter (void)
{
  g_autofree char *composed = mtb_fold ("\u0623");
  g_autofree char *decomposed = mtb_fold ("\u0627\u0654");

  g_assert_cmpstr (composed, ==, decomposed);
}

static void
test_everything_else_is_one_blank (void)
{
  g_autofree char *folded = mtb_fold ("  عمر--الأحمد,\t(011) 40\n");
  g_autofree char *nothing = mtb_fold (" -- ");

  g_assert_cmpstr (folded, ==, "عمر الاحمد 011 40");
  g_assert_cmpstr (nothing, ==, "");
}

static void
test_folding_again_changes_nothing (void)
{
  g_autofree char *once = mtb_fold ("مُؤمِنة  ٱلأحمَد ٣٤");
  g_autofree char *twice = mtb_fold (once);

  g_assert_cmpstr (once, ==, twice);
}

static void
test_words (void)
{
  g_auto (GStrv) words = mtb_fold_words (" عبد   الرحمن، ");
  g_auto (GStrv) none = mtb_fold_words ("  ");

  g_assert_cmpstrv (words, ((const char *const[]){ "عبد", "رحمن", NULL }));
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
test_beginnings_of_words (void)
{
  static const struct
  {
    const char *typed;
    gboolean fits;
  } cases[] = {
    { "احمد", TRUE }, { "حلب أحم", TRUE }, { "الحلبي", TRUE },
    { "", TRUE },     { "مد", FALSE },     { "احمد سعيد", FALSE },
  };

  g_auto (GStrv) words = mtb_fold_words ("أحمد سامي الحلبي");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) typed = mtb_fold_words (cases[i].typed);

      g_assert_cmpint (mtb_fold_fits ((const char *const *) words, (const char *const *) typed), ==,
                       cases[i].fits);
    }
}

static void
test_the_article_is_no_part_of_a_word (void)
{
  static const Case cases[] = {
    { "الحلبي", "حلبي" },   { "حلبي", "حلبي" },   { "الح", "ح" },        { "ٱلْحَلَبِيّ", "حلبي" },
    { "الألماني", "ماني" }, { "ألماني", "ماني" }, { "جمال", "جمال" },    { "والي", "والي" },
    { "al", "al" },         { "ال", "" },         { "آل سعود", "سعود" }, { "الال", "" },
    { "ا", "ا" },           { "عبد ال", "عبد" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) words = mtb_fold_words (cases[i].written);
      g_autofree char *joined = g_strjoinv (" ", words);

      g_assert_cmpstr (joined, ==, cases[i].folded);
    }
}

static void
test_number (void)
{
  g_autofree char *number = mtb_fold_number ("+963 (٠١١) 401-88 27");
  g_autofree char *nothing = mtb_fold_number (NULL);

  g_assert_cmpstr (number, ==, "9630114018827");
  g_assert_cmpstr (nothing, ==, "");
}

static void
test_number_forms (void)
{
  g_auto (GStrv) local = mtb_fold_number_forms ("011-4018827");
  g_auto (GStrv) abroad = mtb_fold_number_forms ("00963 11 4018827");
  g_auto (GStrv) zeros = mtb_fold_number_forms ("000");
  g_auto (GStrv) none = mtb_fold_number_forms ("anonymous");

  g_assert_cmpstrv (local, ((const char *const[]){ "0114018827", "114018827", NULL }));
  g_assert_cmpstrv (abroad, ((const char *const[]){ "00963114018827", "963114018827", "63114018827",
                                                    "3114018827", "114018827", NULL }));
  g_assert_cmpstrv (zeros, ((const char *const[]){ "000", NULL }));
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
test_number_words (void)
{
  g_auto (GStrv) written = mtb_fold_number_words ("021 531 2019");
  g_auto (GStrv) abroad = mtb_fold_number_words ("+963 21 531 2019");
  g_auto (GStrv) local = mtb_fold_number_words ("531 2019");
  g_auto (GStrv) shorter = mtb_fold_number_words ("015 412019");
  g_auto (GStrv) none = mtb_fold_number_words (NULL);

  g_assert_cmpstrv (written, ((const char *const[]){ "0215312019", "215312019", "215312019",
                                                     "15312019", "15312019", "5312019", NULL }));
  g_assert_true (g_strv_contains ((const char *const *) abroad, "215312019"));
  g_assert_true (g_strv_contains ((const char *const *) abroad, "5312019"));
  g_assert_true (g_strv_contains ((const char *const *) local, "5312019"));
  g_assert_true (g_strv_contains ((const char *const *) shorter, "412019"));
  for (guint i = 0; local[i] != NULL; i++)
    g_assert_cmpuint (strlen (local[i]), >=, 6);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
test_same_number (void)
{
  g_assert_true (mtb_fold_is_same_number ("0114018827", "011-401 88 27"));
  g_assert_true (mtb_fold_is_same_number ("+963 11 4018827", "0114018827"));
  g_assert_true (mtb_fold_is_same_number ("114018827", "00963114018827"));
  g_assert_false (mtb_fold_is_same_number ("0114018827", "0114018828"));
  g_assert_false (mtb_fold_is_same_number ("0114018827", "4018827"));
  g_assert_false (mtb_fold_is_same_number ("", ""));
  g_assert_false (mtb_fold_is_same_number (NULL, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/fold/spellings", test_spellings);
  g_test_add_func ("/model/fold/letter-and-mark", test_letter_and_mark_are_one_letter);
  g_test_add_func ("/model/fold/blanks", test_everything_else_is_one_blank);
  g_test_add_func ("/model/fold/again", test_folding_again_changes_nothing);
  g_test_add_func ("/model/fold/words", test_words);
  g_test_add_func ("/model/fold/beginnings", test_beginnings_of_words);
  g_test_add_func ("/model/fold/article", test_the_article_is_no_part_of_a_word);
  g_test_add_func ("/model/fold/number", test_number);
  g_test_add_func ("/model/fold/number-forms", test_number_forms);
  g_test_add_func ("/model/fold/number-words", test_number_words);
  g_test_add_func ("/model/fold/same-number", test_same_number);
  return g_test_run ();
}
