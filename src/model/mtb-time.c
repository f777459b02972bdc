#include "mtb-time.h"

#include "mtb-shape.h"

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

/**
 * mtb_time_format:
 * @time_ms: milliseconds since 1970
 *
 * Returns: (transfer full): RFC 3339 in UTC with milliseconds
 */
char *
mtb_time_format (gint64 time_ms)
{
  gint64 second = time_ms / MTB_SECOND - (time_ms % MTB_SECOND < 0 ? 1 : 0);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (second);
  int year, month, day;

  if (date == NULL)
    return g_strdup ("");
  g_date_time_get_ymd (date, &year, &month, &day);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", year, month, day,
                          g_date_time_get_hour (date), g_date_time_get_minute (date),
                          g_date_time_get_second (date), (int) (time_ms - second * MTB_SECOND));
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
  g_autoptr (GDateTime) day =
    g_date_time_new (zone, g_date_time_get_year (local), g_date_time_get_month (local),
                     g_date_time_get_day_of_month (local), 0, 0, 0);

  return g_date_time_to_unix (day) * MTB_SECOND;
}
