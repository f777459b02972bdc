#include "mtb-text.h"

#include "mtb-call.h"
#include "mtb-customer-query.h"
#include "mtb-pbx.h"
#include "mtb-role.h"
#include "mtb-subscriber.h"
#include "mtb-time.h"

#include <glib/gi18n.h>

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

static const struct
{
  const char *const *choices;
  const char *titles[12];
} choice_titles[] = {
  { mtb_direction_words, { N_ ("Incoming"), N_ ("Outgoing") } },
  { mtb_resolution_words,
    { N_ ("Information given"), N_ ("Put right during the call"), N_ ("Passed on to somebody"),
      N_ ("Customer will be called back"), N_ ("Line lost or nobody reached") } },
  { mtb_subscriber_status_words,
    { NC_ ("subscription", "Active"), NC_ ("subscription", "Not activated yet"),
      NC_ ("subscription", "Suspended"), NC_ ("subscription", "Ended") } },
  { mtb_customer_kind_words, { N_ ("Subscriber"), N_ ("Prospective customer") } },
};

static const struct
{
  const char *name;
  const char *title;
} field_titles[] = {
  { "name", N_ ("Name") },
  { "telephone", N_ ("Telephone") },
  { "number", N_ ("Number") },
  { "direction", N_ ("Direction") },
  { "subscriber_id", N_ ("Customer") },
  { "prospect_id", N_ ("Customer") },
  { "type_id", N_ ("Type of call") },
  { "resolution", N_ ("Resolution") },
  { "solved", N_ ("Solved") },
  { "notes", N_ ("Notes") },
  { "started_at", N_ ("Began") },
  { "ended_at", N_ ("Ended") },
  { "wrap_up_s", N_ ("After-call work") },
};

/**
 * mtb_text_localize:
 * @text: (transfer full): a text with the digits 0-9
 *
 * Returns: (transfer full): @text with the digits of the interface's language
 */
char *
mtb_text_localize (char *text)
{
  const char *digits = C_ ("digits", "0123456789");
  GString *result;

  if (text == NULL || *digits == '0')
    return text;
  result = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_unichar (
        result, g_utf8_get_char (g_utf8_offset_to_pointer (digits, g_ascii_digit_value (*p))));
    else
      g_string_append_c (result, *p);
  g_free (text);
  return g_string_free (result, FALSE);
}

/**
 * mtb_text_unlocalize:
 * @text: (nullable): a text with digits of any script
 *
 * Returns: (transfer full) (nullable): @text with the digits 0-9
 */
char *
mtb_text_unlocalize (const char *text)
{
  GString *result = g_string_new (NULL);

  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      int digit = g_unichar_digit_value (g_utf8_get_char (p));

      if (digit >= 0)
        g_string_append_c (result, (char) ('0' + digit));
      else
        g_string_append_unichar (result, g_utf8_get_char (p));
    }
  return g_string_free (result, text == NULL);
}

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
        g_string_append (result, C_ ("thousands separator", ","));
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
 * mtb_text_telephone:
 * @number: (nullable): a telephone number
 *
 * Returns: (transfer full): it in groups of digits that read easily; what holds more than digits
 *   stays as it was written
 */
char *
mtb_text_telephone (const char *number)
{
  g_autofree char *whole = NULL;
  gsize length = number != NULL ? strlen (number) : 0;
  GString *groups;

  if (length < 7 || strspn (number, "0123456789") != length)
    whole = g_strdup (number != NULL ? number : "");
  else
    {
      groups = g_string_new (number);
      g_string_insert (groups, (gssize) length - 3, NO_BREAK_SPACE);
      if (length > 7)
        g_string_insert (groups, (gssize) length - 6, NO_BREAK_SPACE);
      whole = g_string_free (groups, FALSE);
    }
  whole = mtb_text_localize (g_steal_pointer (&whole));
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

static GDateTime *
to_local (gint64 time_ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_ms / MTB_SECOND);

  return g_date_time_to_local (utc);
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
  const char *month = g_dpgettext2 (NULL, "month", month_names[g_date_time_get_month (date) - 1]);
  int days_ago = count_days_ago (date);
  int day = g_date_time_get_day_of_month (date);

  if (days_ago == 0)
    return g_strdup (_ ("Today"));
  if (days_ago == 1)
    return g_strdup (_ ("Yesterday"));
  if (days_ago >= 0 && days_ago < 300)
    /* Translators: a day of the month and a month's name. */
    return mtb_text_localize (g_strdup_printf (C_ ("date", "%1$d %2$s"), day, month));
  /* Translators: a day of the month, a month's name and a year. */
  return mtb_text_localize (
    g_strdup_printf (C_ ("date", "%1$d %2$s %3$d"), day, month, g_date_time_get_year (date)));
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

/**
 * mtb_text_gigabytes:
 * @bytes: a volume
 *
 * Returns: (transfer full): how many gigabytes, without the unit
 */
char *
mtb_text_gigabytes (gint64 bytes)
{
  gint64 tenths = (bytes * 10 + GIGABYTE / 2) / GIGABYTE;
  g_autofree char *whole = format_grouped (tenths / 10);

  if (tenths % 10 == 0 || tenths >= 1000)
    return mtb_text_localize (g_steal_pointer (&whole));
  return mtb_text_localize (
    g_strdup_printf ("%s%s%d", whole, C_ ("decimal separator", "."), (int) (tenths % 10)));
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
                              C_ ("decimal separator", "."), (int) digits,
                              (int) (ABS (minor_units) % scale));
  else
    amount = g_strconcat (minor_units < 0 ? MINUS : "", whole, NULL);
  amount = mtb_text_localize (g_steal_pointer (&amount));
  /* Translators: an amount and its currency. */
  return g_strdup_printf (C_ ("money", "%1$s %2$s"), amount, unit);
}

/**
 * mtb_text_roles:
 * @roles: a set of #MtbRole
 *
 * Returns: (transfer full): their titles
 */
char *
mtb_text_roles (gint64 roles)
{
  GString *result = g_string_new (NULL);

  for (guint i = 0; mtb_role_words[i] != NULL; i++)
    if ((roles & (G_GINT64_CONSTANT (1) << i)) != 0)
      {
        if (result->len > 0)
          g_string_append (result, C_ ("between the members of a list", ", "));
        g_string_append (result, gettext (mtb_role_get_title (1 << i)));
      }
  return g_string_free (result, FALSE);
}

/**
 * mtb_text_choice:
 * @choices: the words of an enumeration of the model
 * @value: a value of it
 *
 * Returns: what people call it, or an empty text
 */
const char *
mtb_text_choice (const char *const *choices, gint64 value)
{
  for (guint i = 0; i < G_N_ELEMENTS (choice_titles); i++)
    if (choice_titles[i].choices == choices && value >= 0
        && value < (gint64) g_strv_length ((char **) choices))
      {
        const char *title = choice_titles[i].titles[value];

        return choices == mtb_subscriber_status_words ? g_dpgettext2 (NULL, "subscription", title)
                                                      : gettext (title);
      }
  return "";
}

/**
 * mtb_text_field_title:
 * @name: a field of the model
 *
 * Returns: (nullable): what people call it; %NULL for what is not for people
 */
const char *
mtb_text_field_title (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (field_titles); i++)
    if (g_str_equal (field_titles[i].name, name))
      return gettext (field_titles[i].title);
  return NULL;
}

/**
 * mtb_text_field:
 * @field: a field of @record's shape
 * @record: a record
 *
 * Returns: (transfer full) (nullable): its value in words; %NULL where there is none
 */
char *
mtb_text_field (const MtbField *field, gconstpointer record)
{
  const char *text = mtb_field_is_text (field) ? mtb_field_get_text (field, record) : NULL;
  gint64 number = mtb_field_is_text (field) ? MTB_ABSENT : mtb_field_get_number (field, record);

  if ((text == NULL || *text == '\0') && number == MTB_ABSENT)
    return NULL;
  switch (field->type)
    {
    case MTB_TYPE_TEXT:
      return g_str_equal (field->name, "number") || g_str_equal (field->name, "telephone")
               ? mtb_text_telephone (text)
               : g_strdup (text);
    case MTB_TYPE_ENUM:
      return g_strdup (mtb_text_choice (field->choices, number));
    case MTB_TYPE_FLAG:
      return g_strdup (number == 1 ? _ ("Yes") : _ ("No"));
    case MTB_TYPE_TIME:
      return mtb_text_moment (number);
    case MTB_TYPE_DURATION:
      return mtb_text_duration (number);
    case MTB_TYPE_ID:
      return NULL;
    default:
      return mtb_text_number (number);
    }
}
