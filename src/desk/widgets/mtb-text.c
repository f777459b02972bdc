#include "mtb-text.h"

#include "mtb-error.h"
#include "mtb-number.h"
#include "mtb-time.h"

#include <glib/gi18n.h>

#define MEGABYTE G_GINT64_CONSTANT (1000000)
#define GIGABYTE G_GINT64_CONSTANT (1000000000)

#define MINUS "\u2212"

/* Joins groups of digits to one run, which stays in its order in a line that runs the other way. */
#define NO_BREAK_SPACE "\u00a0"

static const char *const month_names[] = {
  NC_ ("month", "January"), NC_ ("month", "February"), NC_ ("month", "March"),
  NC_ ("month", "April"),   NC_ ("month", "May"),      NC_ ("month", "June"),
  NC_ ("month", "July"),    NC_ ("month", "August"),   NC_ ("month", "September"),
  NC_ ("month", "October"), NC_ ("month", "November"), NC_ ("month", "December"),
};

/* How many digits of a currency's minor unit there are, where not two (ISO 4217). */
static const struct
{
  const char *currency;
  guint digits;
} minor_digits[] = {
  { "BHD", 3 }, { "IQD", 3 }, { "JOD", 3 }, { "KWD", 3 },
  { "LYD", 3 }, { "OMR", 3 }, { "TND", 3 }, { "JPY", 0 },
};

static const char *const currency_names[] = {
  NC_ ("currency", "SYP"), NC_ ("currency", "USD"), NC_ ("currency", "EUR"),
  NC_ ("currency", "EGP"), NC_ ("currency", "JOD"), NC_ ("currency", "SAR"),
};

/**
 * mtb_text_isolate:
 * @text: (nullable): a number, a name or an address that is written from left to right
 *
 * Returns: (transfer full): @text such that it keeps its order in a line of either direction
 */
char *
mtb_text_isolate (const char *text)
{
  return g_strdup_printf ("\u2066%s\u2069", text != NULL ? text : "");
}

/**
 * mtb_text_pick:
 * @arabic: (nullable): a name in Arabic
 * @english: (nullable): the same in English
 *
 * Returns: (nullable): the one in the interface's language
 */
const char *
mtb_text_pick (const char *arabic, const char *english)
{
  /* Translators: "name" shows names of data in Arabic, "name_en" shows them in English. */
  gboolean in_arabic = g_str_equal (C_ ("names of data", "name_en"), "name");

  return in_arabic || english == NULL ? arabic : english;
}

static char *
format_grouped (gint64 number)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, ABS (number));
  gsize length = strlen (digits);
  GString *result = g_string_new (number < 0 ? MINUS : "");

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (result, mtb_text_get_thousands_separator ());
      g_string_append_c (result, digits[i]);
    }
  return g_string_free (result, FALSE);
}

/**
 * mtb_text_number:
 * @number: a number
 *
 * Returns: (transfer full): it in groups of thousands
 */
char *
mtb_text_number (gint64 number)
{
  return mtb_text_localize (format_grouped (number));
}

/**
 * mtb_text_percent:
 * @per_thousand: a share, or %MTB_ABSENT
 *
 * Returns: (transfer full): it in percent, to one decimal place; a dash where there is none
 */
char *
mtb_text_percent (gint64 per_thousand)
{
  if (per_thousand == MTB_ABSENT)
    return g_strdup ("–");
  return mtb_text_localize (
    g_strdup_printf ("%d%s%d%s", (int) (per_thousand / 10), mtb_text_get_decimal_separator (),
                     (int) (per_thousand % 10), mtb_text_get_percent_sign ()));
}

/**
 * mtb_text_whole_percent:
 * @percent: a whole number of percent
 *
 * Returns: (transfer full): it with its sign
 */
char *
mtb_text_whole_percent (gint64 percent)
{
  g_autofree char *number = format_grouped (percent);

  return mtb_text_localize (g_strconcat (number, mtb_text_get_percent_sign (), NULL));
}

/**
 * mtb_text_editable_number:
 * @number: (nullable): a telephone number
 *
 * Returns: (transfer full): it for an entry, see mtb_text_unlocalize() for the way back
 */
char *
mtb_text_editable_number (const char *number)
{
  g_auto (GStrv) groups = g_strsplit_set (number != NULL ? number : "", " -", -1);

  return mtb_text_localize (g_strjoinv (NO_BREAK_SPACE, groups));
}

/**
 * mtb_text_telephone:
 * @number: (nullable): a telephone number
 *
 * Returns: (transfer full): it in groups of digits that read easily, those in which it was written
 *   if there are any
 */
char *
mtb_text_telephone (const char *number)
{
  gsize length = number != NULL ? strlen (number) : 0;
  g_autofree char *whole = NULL;
  GString *groups;

  if (length < 7 || strspn (number, "0123456789") != length)
    whole = mtb_text_editable_number (number);
  else
    {
      groups = g_string_new (number);
      g_string_insert (groups, (gssize) length - 3, NO_BREAK_SPACE);
      if (length > 7)
        g_string_insert (groups, (gssize) length - 6, NO_BREAK_SPACE);
      whole = mtb_text_localize (g_string_free (groups, FALSE));
    }
  return mtb_text_isolate (whole);
}

/**
 * mtb_text_duration:
 * @seconds: how long
 *
 * Returns: (transfer full): minutes and seconds, with hours where there are any
 */
char *
mtb_text_duration (gint64 seconds)
{
  gint64 whole = MAX (seconds, 0);
  gint64 hours = whole / 3600;
  int minutes = (int) (whole / 60 % 60);
  int rest = (int) (whole % 60);

  if (hours > 0)
    return mtb_text_localize (
      g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d", hours, minutes, rest));
  return mtb_text_localize (g_strdup_printf ("%d:%02d", minutes, rest));
}

static char *
say_wait (gint64 wait_s)
{
  gint64 minutes = (wait_s + 59) / 60;
  g_autofree char *number = mtb_text_number (wait_s < 60 ? wait_s : minutes);

  if (wait_s < 60)
    return g_strdup_printf (ngettext ("Too many attempts; try again in %s second",
                                      "Too many attempts; try again in %s seconds",
                                      (gulong) wait_s),
                            number);
  return g_strdup_printf (ngettext ("Too many attempts; try again in %s minute",
                                    "Too many attempts; try again in %s minutes", (gulong) minutes),
                          number);
}

/**
 * mtb_text_problem:
 * @error: what went wrong
 *
 * Returns: (transfer full): what to do about it, with the time to wait where it tells of one
 */
char *
mtb_text_problem (const GError *error)
{
  gint64 wait_s = mtb_error_get_wait_s (error);

  return wait_s > 0 ? say_wait (wait_s) : g_strdup (gettext (error->message));
}

/**
 * mtb_text_parse_duration:
 * @text: what was typed: minutes and seconds, hours before them, or seconds alone; digits of any
 *   script
 * @seconds: (out): how long it is
 *
 * Returns: whether it is a duration
 */
gboolean
mtb_text_parse_duration (const char *text, gint64 *seconds)
{
  g_autofree char *plain = mtb_text_unlocalize (text);
  g_auto (GStrv) parts = g_strsplit (g_strstrip (plain), ":", 4);
  guint n_parts = g_strv_length (parts);
  gint64 sum = 0;

  if (n_parts == 0 || n_parts > 3)
    return FALSE;
  for (guint i = 0; i < n_parts; i++)
    {
      gint64 number;

      if (!mtb_number_parse (parts[i], 0, i == 0 ? 99999 : 59, &number))
        return FALSE;
      sum = sum * 60 + number;
    }
  *seconds = sum;
  return TRUE;
}

static GDateTime *
to_local (gint64 time_ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_ms / MTB_SECOND);

  return g_date_time_to_local (utc);
}

static const char *
get_month_name (GDateTime *date)
{
  return g_dpgettext2 (NULL, "month", month_names[g_date_time_get_month (date) - 1]);
}

static int
count_days_ago (GDateTime *date)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GDate today, then;

  g_date_clear (&today, 1);
  g_date_clear (&then, 1);
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
  g_date_set_dmy (&then, (GDateDay) g_date_time_get_day_of_month (date),
                  (GDateMonth) g_date_time_get_month (date),
                  (GDateYear) g_date_time_get_year (date));
  return g_date_days_between (&then, &today);
}

/**
 * mtb_text_clock:
 * @time_ms: a time
 *
 * Returns: (transfer full): the hour and minute
 */
char *
mtb_text_clock (gint64 time_ms)
{
  g_autoptr (GDateTime) date = to_local (time_ms);

  return mtb_text_localize (g_date_time_format (date, "%H:%M"));
}

/**
 * mtb_text_day:
 * @time_ms: a time
 *
 * Returns: (transfer full): the day, in words where it is near
 */
char *
mtb_text_day (gint64 time_ms)
{
  g_autoptr (GDateTime) date = to_local (time_ms);
  const char *month = get_month_name (date);
  int days_ago = count_days_ago (date);
  int day = g_date_time_get_day_of_month (date);

  if (days_ago == 0)
    return g_strdup (_ ("Today"));
  if (days_ago == 1)
    return g_strdup (_ ("Yesterday"));
  if (days_ago >= 0 && days_ago < 300)
    /* Translators: a day of the month and a month's name. */
    return mtb_text_localize (g_strdup_printf (C_ ("date", "%1$d %2$s"), day, month));
  return mtb_text_date (time_ms);
}

/**
 * mtb_text_date:
 * @time_ms: a time
 *
 * Returns: (transfer full): the day with its year, which will be true for ever
 */
char *
mtb_text_date (gint64 time_ms)
{
  g_autoptr (GDateTime) date = to_local (time_ms);

  /* Translators: a day of the month, a month's name and a year. */
  return mtb_text_localize (g_strdup_printf (C_ ("date", "%1$d %2$s %3$d"),
                                             g_date_time_get_day_of_month (date),
                                             get_month_name (date), g_date_time_get_year (date)));
}

/**
 * mtb_text_calendar_date:
 * @date: (nullable): a day of the calendar, as YYYY-MM-DD
 *
 * Returns: (transfer full): it with the month's name and the year, or as it is where it is no day
 */
char *
mtb_text_calendar_date (const char *date)
{
  g_auto (GStrv) parts = g_strsplit (date != NULL ? date : "", "-", 3);
  guint n_parts = g_strv_length (parts);
  int month = n_parts == 3 ? atoi (parts[1]) : 0;

  if (month < 1 || month > 12)
    return g_strdup (date != NULL ? date : "");
  return mtb_text_localize (g_strdup_printf (C_ ("date", "%1$d %2$s %3$d"), atoi (parts[2]),
                                             g_dpgettext2 (NULL, "month", month_names[month - 1]),
                                             atoi (parts[0])));
}

/**
 * mtb_text_moment:
 * @time_ms: a time, or %MTB_ABSENT
 *
 * Returns: (transfer full): the hour and minute, after the day where that is not today
 */
char *
mtb_text_moment (gint64 time_ms)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *clock = NULL;
  g_autofree char *day = NULL;

  if (time_ms == MTB_ABSENT)
    return g_strdup ("");
  clock = mtb_text_clock (time_ms);
  date = to_local (time_ms);
  if (count_days_ago (date) == 0)
    return g_steal_pointer (&clock);
  day = mtb_text_day (time_ms);
  /* Translators: a day and a time of day. */
  return g_strdup_printf (C_ ("moment", "%1$s %2$s"), day, clock);
}

/**
 * mtb_text_briefly:
 * @time_ms: a time, or %MTB_ABSENT
 *
 * Returns: (transfer full): the hour and minute of a time of today, else the day
 */
char *
mtb_text_briefly (gint64 time_ms)
{
  g_autoptr (GDateTime) date = time_ms != MTB_ABSENT ? to_local (time_ms) : NULL;

  if (date == NULL)
    return g_strdup ("");
  return count_days_ago (date) == 0 ? mtb_text_clock (time_ms) : mtb_text_day (time_ms);
}

/* To a decimal place, where there is one and it tells something. */
static char *
format_tenths (gint64 tenths)
{
  g_autofree char *whole = format_grouped (tenths / 10);

  if (tenths % 10 == 0 || tenths >= 1000)
    return mtb_text_localize (g_steal_pointer (&whole));
  return mtb_text_localize (
    g_strdup_printf ("%s%s%d", whole, mtb_text_get_decimal_separator (), (int) (tenths % 10)));
}

/**
 * mtb_text_gigabytes:
 * @bytes: a volume
 *
 * Returns: (transfer full): how many gigabytes, without the unit
 */
char *
mtb_text_gigabytes (gint64 bytes)
{
  return format_tenths ((bytes * 10 + GIGABYTE / 2) / GIGABYTE);
}

/**
 * mtb_text_megabytes:
 * @bytes: how long files are
 *
 * Returns: (transfer full): how many megabytes, without the unit
 */
char *
mtb_text_megabytes (gint64 bytes)
{
  return format_tenths ((bytes * 10 + MEGABYTE / 2) / MEGABYTE);
}

static guint
count_minor_digits (const char *currency)
{
  for (guint i = 0; i < G_N_ELEMENTS (minor_digits); i++)
    if (g_str_equal (minor_digits[i].currency, currency))
      return minor_digits[i].digits;
  return 2;
}

static const char *
get_currency_name (const char *currency)
{
  for (guint i = 0; i < G_N_ELEMENTS (currency_names); i++)
    if (g_str_equal (currency_names[i], currency))
      return g_dpgettext2 (NULL, "currency", currency);
  return currency;
}

/**
 * mtb_text_money:
 * @minor_units: an amount
 * @currency: (nullable): its ISO 4217 code
 *
 * Returns: (transfer full): the amount with its currency
 */
char *
mtb_text_money (gint64 minor_units, const char *currency)
{
  guint digits = count_minor_digits (currency != NULL ? currency : "");
  const char *unit = currency != NULL ? get_currency_name (currency) : "";
  gint64 scale = 1;
  g_autofree char *amount = NULL;
  g_autofree char *whole = NULL;

  for (guint i = 0; i < digits; i++)
    scale *= 10;
  whole = format_grouped (ABS (minor_units) / scale);
  if (minor_units % scale != 0)
    amount = g_strdup_printf ("%s%s%s%0*d", minor_units < 0 ? MINUS : "", whole,
                              mtb_text_get_decimal_separator (), (int) digits,
                              (int) (ABS (minor_units) % scale));
  else
    amount = g_strconcat (minor_units < 0 ? MINUS : "", whole, NULL);
  amount = mtb_text_localize (g_steal_pointer (&amount));
  /* Translators: an amount and its currency. */
  return g_strdup_printf (C_ ("money", "%1$s %2$s"), amount, unit);
}
