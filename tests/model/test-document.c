#include "mtb-document.h"

static void
check (const char *line, MtbParagraphKind kind, const char *mark, const char *text)
{
  g_autoptr (GPtrArray) paragraphs = mtb_paragraphs_read (line);
  const MtbParagraph *paragraph = g_ptr_array_index (paragraphs, 0);

  g_assert_cmpuint (paragraphs->len, ==, 1);
  g_assert_cmpint (paragraph->kind, ==, kind);
  g_assert_cmpstr (paragraph->mark, ==, mark);
  g_assert_cmpstr (paragraph->text, ==, text);
}

/* As the procedure writes them. */
static void
test_kinds (void)
{
  check ("1- الغاية:", MTB_PARAGRAPH_HEADING, NULL, "1- الغاية:");
  check ("2-مجال التطبيق:", MTB_PARAGRAPH_HEADING, NULL, "2-مجال التطبيق:");
  check ("٣ - تعاريف", MTB_PARAGRAPH_HEADING, NULL, "٣ - تعاريف");
  check ("  • Lan : هي اختصار", MTB_PARAGRAPH_ITEM, "•", "Lan : هي اختصار");
  check ("1. يتم متابعة ", MTB_PARAGRAPH_ITEM, "1.", "يتم متابعة");
  check ("١) يتم متابعة", MTB_PARAGRAPH_ITEM, "١)", "يتم متابعة");
  check ("- one", MTB_PARAGRAPH_ITEM, "-", "one");
  check ("• - يقوم", MTB_PARAGRAPH_INNER_ITEM, "-", "يقوم");
  check ("تحقيق متطلبات البند رقم 8-2-1", MTB_PARAGRAPH_PLAIN, NULL,
         "تحقيق متطلبات البند رقم 8-2-1");
}

static void
test_what_only_looks_like_one (void)
{
  check ("2019-01-01 is a day", MTB_PARAGRAPH_PLAIN, NULL, "2019-01-01 is a day");
  check ("3.5 hours", MTB_PARAGRAPH_PLAIN, NULL, "3.5 hours");
  check ("-5 degrees", MTB_PARAGRAPH_PLAIN, NULL, "-5 degrees");
  check ("12", MTB_PARAGRAPH_PLAIN, NULL, "12");
  check ("•", MTB_PARAGRAPH_PLAIN, NULL, "•");
  check ("- ", MTB_PARAGRAPH_ITEM, "-", "");
}

static void
test_blank_lines_are_none (void)
{
  g_autoptr (GPtrArray) some = mtb_paragraphs_read ("\n one \r\n\n \u00a0 \n\ttwo");
  g_autoptr (GPtrArray) none = mtb_paragraphs_read ("\n \n");

  g_assert_cmpuint (some->len, ==, 2);
  g_assert_cmpstr (((MtbParagraph *) g_ptr_array_index (some, 0))->text, ==, "one");
  g_assert_cmpstr (((MtbParagraph *) g_ptr_array_index (some, 1))->text, ==, "two");
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_days (void)
{
  static const char *const no_days[] = {
    "",           "2019",        "2019-1-1",   "2019-13-01", "2019-02-29",
    "01/01/2019", "2019-01-01x", "0000-01-01", "+019-01-01", "٢٠١٩-٠١-٠١",
  };

  g_assert_true (mtb_document_is_day ("2019-01-01"));
  g_assert_true (mtb_document_is_day ("2024-02-29"));
  for (guint i = 0; i < G_N_ELEMENTS (no_days); i++)
    g_assert_false (mtb_document_is_day (no_days[i]));
}

static void
test_direction (void)
{
  g_assert_true (mtb_document_is_right_to_left ("Lan : هي اختصار إلى"));
  g_assert_false (mtb_document_is_right_to_left ("DNS is what نظام stands for"));
  g_assert_false (mtb_document_is_right_to_left ("1. 2. 3."));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/document/kinds", test_kinds);
  g_test_add_func ("/model/document/looks", test_what_only_looks_like_one);
  g_test_add_func ("/model/document/blank", test_blank_lines_are_none);
  g_test_add_func ("/model/document/direction", test_direction);
  g_test_add_func ("/model/document/days", test_days);
  return g_test_run ();
}
