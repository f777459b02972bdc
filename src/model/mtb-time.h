#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MTB_SECOND G_GINT64_CONSTANT (1000)
#define MTB_MINUTE (60 * MTB_SECOND)
#define MTB_HOUR (60 * MTB_MINUTE)
#define MTB_DAY (24 * MTB_HOUR)

/* What RFC 3339 can say in UTC: the years 1 to 9999. */
#define MTB_TIME_MIN G_GINT64_CONSTANT (-62135596800000)
#define MTB_TIME_MAX G_GINT64_CONSTANT (253402300799999)

gint64 mtb_time_now (void);
char *mtb_time_format (gint64 time_ms);
gint64 mtb_time_parse (const char *text);
gint64 mtb_time_get_day_start (gint64 time_ms, GTimeZone *zone);

G_END_DECLS
