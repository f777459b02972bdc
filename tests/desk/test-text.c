/* How values are said, without a translation: as in English. */

#include "mtb-item.h"
#include "mtb-text.h"

#include "mtb-call-query.h"
#include "mtb-call.h"
#include "mtb-error.h"
#include "mtb-time.h"

static void
assert_says (char *said, const char *expected)
{
  g_assert_cmpstr (said, ==, expected);
  g_free (said);
}

static void
test_numbers (void)
{
  assert_says (mtb_text_number (0), "0");
  assert_says (mtb_text_number (999), "999");
  assert_says (mtb_text_number (1000), "1,000");
  assert_says (mtb_text_number (-1234567), "−1,234,567");
  assert_says (mtb_text_unlocalize ("٠٩٤٤ ۱۲ x"), "0944 12 x");
  assert_says (mtb_text_unlocalize ("٠٢١\u00a0٥"), "021 5");
  assert_says (mtb_text_unlocalize (NULL), NULL);
}

/* What is preferred holds for every value, and for what belongs to digits. */
static void
test_digits (void)
{
  mtb_text_set_digits (MTB_DIGITS_ARABIC);
  assert_says (mtb_text_number (-1234567), "−١٬٢٣٤٬٥٦٧");
  assert_says (mtb_text_percent (425), "٤٢٫٥٪");
  assert_says (mtb_text_whole_percent (150), "١٥٠٪");
  assert_says (mtb_text_duration (3723), "١:٠٢:٠٣");
  assert_says (mtb_text_gigabytes (61250000000), "٦١٫٣");
  assert_says (mtb_text_money (1250075, "SYP"), "١٢٬٥٠٠٫٧٥ SYP");
  assert_says (mtb_text_editable_number ("0944 123"), "٠٩٤٤\u00a0١٢٣");
  assert_says (mtb_text_day (0), "١ January ١٩٧٠");
  assert_says (mtb_text_unlocalize ("٠٩٤٤"), "0944");
  mtb_text_set_digits (MTB_DIGITS_WESTERN);
  assert_says (mtb_text_percent (425), "42.5%");
  mtb_text_set_digits (MTB_DIGITS_LANGUAGE);
  assert_says (mtb_text_percent (425), "42.5%");
}

static void
test_durations (void)
{
  assert_says (mtb_text_duration (0), "0:00");
  assert_says (mtb_text_duration (59), "0:59");
  assert_says (mtb_text_duration (60), "1:00");
  assert_says (mtb_text_duration (3723), "1:02:03");
  assert_says (mtb_text_duration (-5), "0:00");
}

/* How long to wait, in the unit that is easily waited for. */
static void
test_problems (void)
{
  static const struct
  {
    gint64 wait_s;
    const char *words;
  } waits[] = {
    { 0, "Too many attempts; try again later" },
    { 1, "Too many attempts; try again in 1 second" },
    { 59, "Too many attempts; try again in 59 seconds" },
    { 60, "Too many attempts; try again in 1 minute" },
    { 61, "Too many attempts; try again in 2 minutes" },
    { 900, "Too many attempts; try again in 15 minutes" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_autoptr (GError) error = NULL;

      mtb_error_set_too_many (&error, waits[i].wait_s);
      assert_says (mtb_text_problem (error), waits[i].words);
    }
}

static void
test_plain (void)
{
  assert_says (mtb_text_plain ("\u2066021\u00a0531\u2069 \u2068ريما\u2069"), "021 531 ريما");
  assert_says (mtb_text_plain (NULL), "");
  assert_says (mtb_text_plain_digits ("١٬٢٣٤"), "1234");
  assert_says (mtb_text_plain_digits ("1,234"), "1234");
  assert_says (mtb_text_plain_duration (200), "0:03:20");
  assert_says (mtb_text_plain_duration (36000), "10:00:00");
  assert_says (mtb_text_plain_moment (1767225600000), "2026-01-01 00:00:00");
  assert_says (mtb_text_date (1767225600000), "1 January 2026");
}

static void
assert_lasts (const char *typed, gint64 expected)
{
  gint64 seconds = MTB_ABSENT;

  g_assert_cmpint (mtb_text_parse_duration (typed, &seconds), ==, expected != MTB_ABSENT);
  g_assert_cmpint (seconds, ==, expected);
}

static void
test_typed_durations (void)
{
  assert_lasts ("4:30", 270);
  assert_lasts ("٤:٣٠", 270);
  assert_lasts (" 1:02:03 ", 3723);
  assert_lasts ("270", 270);
  assert_lasts ("4:60", MTB_ABSENT);
  assert_lasts ("4:", MTB_ABSENT);
  assert_lasts ("-1", MTB_ABSENT);
  assert_lasts ("four", MTB_ABSENT);
  assert_lasts ("", MTB_ABSENT);
  assert_lasts ("1:1:1:1", MTB_ABSENT);
}

static void
test_volumes_and_money (void)
{
  assert_says (mtb_text_gigabytes (0), "0");
  assert_says (mtb_text_gigabytes (61250000000), "61.3");
  assert_says (mtb_text_gigabytes (40000000000), "40");
  assert_says (mtb_text_gigabytes (123456000000), "123");
  assert_says (mtb_text_megabytes (3250000), "3.3");
  assert_says (mtb_text_money (1250000, "SYP"), "12,500 SYP");
  assert_says (mtb_text_money (1250075, "SYP"), "12,500.75 SYP");
  assert_says (mtb_text_money (-5, "USD"), "−0.05 USD");
  assert_says (mtb_text_money (1005, "JOD"), "1.005 JOD");
  assert_says (mtb_text_money (7, "JPY"), "7 JPY");
}

static void
test_telephones (void)
{
  assert_says (mtb_text_telephone ("0944123456"), "\u20660944\u00a0123\u00a0456\u2069");
  assert_says (mtb_text_telephone ("4123456"), "\u20664123\u00a0456\u2069");
  assert_says (mtb_text_telephone ("021 531 2019"), "\u2066021\u00a0531\u00a02019\u2069");
  assert_says (mtb_text_telephone (NULL), "\u2066\u2069");
}

static void
test_moments (void)
{
  gint64 noon = 1767268800 * MTB_SECOND;

  assert_says (mtb_text_clock (noon), "12:00");
  assert_says (mtb_text_moment (MTB_ABSENT), "");
  assert_says (mtb_text_day (mtb_time_now ()), "Today");
  assert_says (mtb_text_day (mtb_time_now () - MTB_DAY), "Yesterday");
  assert_says (mtb_text_day (0), "1 January 1970");
}

static void
test_words_of_a_record (void)
{
  g_autoptr (MtbCallRow) call = mtb_record_new (mtb_call_query.rows);

  assert_says (mtb_item_dup_words (call, "name"), "Unknown caller");
  assert_says (mtb_item_dup_words (call, "length"), "");
  call->number = g_strdup ("0944123456");
  assert_says (mtb_item_dup_words (call, "name"), "\u20660944\u00a0123\u00a0456\u2069");
  call->customer_name = g_strdup ("أحمد");
  call->started_at = 0;
  call->ended_at = 75 * MTB_SECOND;
  call->solved = 0;
  call->type_name = g_strdup ("بطء");
  call->type_name_en = g_strdup ("Slow");
  call->group_name_en = g_strdup ("Speed");
  call->group_name = g_strdup ("السرعة");
  assert_says (mtb_item_dup_words (call, "name"), "أحمد");
  assert_says (mtb_item_dup_words (call, "length"), "1:15");
  assert_says (mtb_item_dup_words (call, "solved"), "Not solved");
  assert_says (mtb_item_dup_words (call, "full-type"), "Speed: Slow");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/text/numbers", test_numbers);
  g_test_add_func ("/desk/text/digits", test_digits);
  g_test_add_func ("/desk/text/durations", test_durations);
  g_test_add_func ("/desk/text/problems", test_problems);
  g_test_add_func ("/desk/text/plain", test_plain);
  g_test_add_func ("/desk/text/typed-durations", test_typed_durations);
  g_test_add_func ("/desk/text/volumes-and-money", test_volumes_and_money);
  g_test_add_func ("/desk/text/telephones", test_telephones);
  g_test_add_func ("/desk/text/moments", test_moments);
  g_test_add_func ("/desk/text/words-of-a-record", test_words_of_a_record);
  return g_test_run ();
}
