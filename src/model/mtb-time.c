#include "mtb-time.h"

#include "mtb-shape.h"

#include <time.h>

/**
 * mtb_time_now:
 *
 * Returns: this machine's clock, milliseconds since 1970 in UTC
 */
gint64
mtb_time_now (void)
{
  return g_get_real_time () / 1000;
}

static void
write_digits (char *end, guint n_digits, int number)
{
  for (; n_digits > 0; n_digits--, number /= 10)
    *--end = (char) ('0' + number % 10);
}

/**
 * mtb_time_format:
 * @time_ms: milliseconds since 1970
 *
 * Returns: (transfer full): RFC 3339 in UTC with milliseconds
 */
char *
mtb_time_format (gint64 time_ms)
{
  time_t second = time_ms / MTB_SECOND - (time_ms % MTB_SECOND < 0 ? 1 : 0);
  char text[] = "0000-00-00T00:00:00.000Z";
  struct tm date;

  if (time_ms < MTB_TIME_MIN || time_ms > MTB_TIME_MAX || gmtime_r (&second, &date) == NULL)
    return g_strdup ("");
  /* Each record has several, and printf takes ten times as long. */
  write_digits (text + 4, 4, date.tm_year + 1900);
  write_digits (text + 7, 2, date.tm_mon + 1);
  write_digits (text + 10, 2, date.tm_mday);
  write_digits (text + 13, 2, date.tm_hour);
  write_digits (text + 16, 2, date.tm_min);
  write_digits (text + 19, 2, date.tm_sec);
  write_digits (text + 23, 3, (int) (time_ms - second * MTB_SECOND));
  return g_strdup (text);
}

/**
 * mtb_time_parse:
 * @text: RFC 3339, with a zone
 *
 * Returns: milliseconds since 1970, or %MTB_ABSENT where @text is no time
 */
gint64
mtb_time_parse (const char *text)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (text, NULL);
  gint64 time_ms;

  if (date == NULL)
    return MTB_ABSENT;
  time_ms = g_date_time_to_unix (date) * MTB_SECOND + g_date_time_get_microsecond (date) / 1000;
  /* A zone may bring a year out of what can be written again. */
  return time_ms >= MTB_TIME_MIN && time_ms <= MTB_TIME_MAX ? time_ms : MTB_ABSENT;
}

/* A midnight that is skipped is the moment from which the clock goes on. */
static gint64
find_midnight (GTimeZone *zone, GTimeType type, gint64 local_s)
{
  int interval = g_time_zone_adjust_time (zone, type, &local_s);

  return local_s - g_time_zone_get_offset (zone, interval);
}

/**
 * mtb_time_get_day_start:
 * @time_ms: milliseconds since 1970
 * @zone: the organisation's time zone
 *
 * Returns: the first moment of the day in which @time_ms lies
 */
gint64
mtb_time_get_day_start (gint64 time_ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_ms / MTB_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) midnight =
    g_date_time_new_utc (g_date_time_get_year (local), g_date_time_get_month (local),
                         g_date_time_get_day_of_month (local), 0, 0, 0);
  gint64 local_s = g_date_time_to_unix (midnight);

  /* Where the clock is set back to it there are two, and the zone's rules say which is which. */
  return MIN (find_midnight (zone, G_TIME_TYPE_STANDARD, local_s),
              find_midnight (zone, G_TIME_TYPE_DAYLIGHT, local_s))
         * MTB_SECOND;
}
