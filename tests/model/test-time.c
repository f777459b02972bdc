#include "mtb-shape.h"
#include "mtb-time.h"

static void
check (gint64 time_ms, const char *text)
{
  g_autofree char *formatted = mtb_time_format (time_ms);

  g_assert_cmpstr (formatted, ==, text);
  g_assert_cmpint (mtb_time_parse (text), ==, time_ms);
}

static void
test_known_times (void)
{
  check (0, "1970-01-01T00:00:00.000Z");
  check (1, "1970-01-01T00:00:00.001Z");
  check (-1, "1969-12-31T23:59:59.999Z");
  check (G_GINT64_CONSTANT (1795385888123), "2026-11-22T22:18:08.123Z");
  check (G_GINT64_CONSTANT (253402300799999), "9999-12-31T23:59:59.999Z");
}

static void
test_every_millisecond_returns (void)
{
  for (gint64 now = G_GINT64_CONSTANT (1795385888000); now < G_GINT64_CONSTANT (1795385890000);
       now++)
    {
      g_autofree char *text = mtb_time_format (now);

      g_assert_cmpint (mtb_time_parse (text), ==, now);
    }
}

static void
test_zones_are_understood (void)
{
  g_assert_cmpint (mtb_time_parse ("2026-11-23T01:18:08.123+03:00"), ==,
                   G_GINT64_CONSTANT (1795385888123));
  g_assert_cmpint (mtb_time_parse ("2026-11-22T22:18:08Z"), ==, G_GINT64_CONSTANT (1795385888000));
}

static void
test_what_is_no_time (void)
{
  static const char *const strangers[] = { "",
                                           "now",
                                           "2026-11-22",
                                           "2026-11-22T22:18:08",
                                           "2026-13-22T22:18:08Z",
                                           "1795385888",
                                           "0001-01-01T00:00:00+14:00",
                                           "9999-12-31T23:59:59-14:00" };

  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    g_assert_cmpint (mtb_time_parse (strangers[i]), ==, MTB_ABSENT);
}

static void
test_day_begins_in_its_zone (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GTimeZone) damascus = g_time_zone_new_offset (3 * 3600);
  gint64 evening = mtb_time_parse ("2026-11-22T22:18:08.123Z");

  g_assert_cmpint (mtb_time_get_day_start (evening, utc), ==,
                   mtb_time_parse ("2026-11-22T00:00:00Z"));
  g_assert_cmpint (mtb_time_get_day_start (evening, damascus), ==,
                   mtb_time_parse ("2026-11-23T00:00:00+03:00"));
}

/* Where the clock is set back to midnight there are two of them, and where it is set on at midnight
 * there is none: the day starts at its first moment. */
static void
test_days_when_the_clock_is_set (void)
{
  static const struct
  {
    const char *zone;
    const char *time;
    const char *start;
  } days[] = {
    { "Asia/Amman", "2021-10-28T21:30:00Z", "2021-10-28T21:00:00Z" },
    { "Asia/Amman", "2021-10-28T22:30:00Z", "2021-10-28T21:00:00Z" },
    { "Asia/Amman", "2021-10-29T12:00:00Z", "2021-10-28T21:00:00Z" },
    { "Atlantic/Azores", "2026-10-25T00:30:00Z", "2026-10-25T00:00:00Z" },
    { "Atlantic/Azores", "2026-10-25T01:30:00Z", "2026-10-25T00:00:00Z" },
    { "America/Havana", "2026-11-01T04:30:00Z", "2026-11-01T04:00:00Z" },
    { "America/Havana", "2026-11-01T05:30:00Z", "2026-11-01T04:00:00Z" },
    { "America/Havana", "2026-03-08T12:00:00Z", "2026-03-08T05:00:00Z" },
    { "Asia/Damascus", "2021-10-28T20:30:00Z", "2021-10-27T21:00:00Z" },
    { "Asia/Damascus", "2021-10-28T21:30:00Z", "2021-10-27T21:00:00Z" },
    { "Asia/Damascus", "2022-03-25T12:00:00Z", "2022-03-24T22:00:00Z" },
    { "Asia/Beirut", "2026-03-29T12:00:00Z", "2026-03-28T22:00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (days[i].zone);

      g_assert_nonnull (zone);
      g_assert_cmpint (mtb_time_get_day_start (mtb_time_parse (days[i].time), zone), ==,
                       mtb_time_parse (days[i].start));
    }
}

static void
check_days (const char *name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (name);
  gint64 from = mtb_time_parse ("2018-01-01T00:00:00Z");
  gint64 day_from = mtb_time_get_day_start (from, zone);
  gint64 day_until = mtb_time_get_day_start (day_from + 36 * MTB_HOUR, zone);

  g_assert_nonnull (zone);
  for (gint64 now = from; now < from + 10 * 365 * MTB_DAY; now += MTB_HOUR / 2)
    {
      gint64 start = mtb_time_get_day_start (now, zone);

      if (now == day_until)
        {
          day_from = start;
          day_until = mtb_time_get_day_start (start + 36 * MTB_HOUR, zone);
          g_assert_cmpint (start, ==, now);
        }
      g_assert_cmpint (start, ==, day_from);
      g_assert_cmpint (now, <, day_until);
    }
}

static void
test_days_follow_each_other (void)
{
  static const char *const zones[] = {
    "Asia/Damascus",  "Asia/Amman",        "Asia/Beirut",   "Asia/Gaza",
    "Africa/Cairo",   "Africa/Casablanca", "Asia/Tehran",   "Atlantic/Azores",
    "America/Havana", "America/Asuncion",  "Europe/Dublin", "Asia/Kolkata",
  };

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    check_days (zones[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/time/known", test_known_times);
  g_test_add_func ("/model/time/every-millisecond", test_every_millisecond_returns);
  g_test_add_func ("/model/time/zones", test_zones_are_understood);
  g_test_add_func ("/model/time/what-is-no-time", test_what_is_no_time);
  g_test_add_func ("/model/time/day-begins-in-its-zone", test_day_begins_in_its_zone);
  g_test_add_func ("/model/time/clock-is-set", test_days_when_the_clock_is_set);
  g_test_add_func ("/model/time/days-follow", test_days_follow_each_other);
  return g_test_run ();
}
