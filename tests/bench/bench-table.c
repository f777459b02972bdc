#include "bench-table.h"

#include <stdarg.h>

static int
compare (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return one < other ? -1 : one > other;
}

BenchSeries *
bench_series_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

void
bench_series_add (BenchSeries *series, double value)
{
  g_array_append_val (series, value);
}

double
bench_series_get (BenchSeries *series, double share)
{
  guint last = series->len - 1;

  g_array_sort (series, compare);
  return g_array_index (series, double, MIN ((guint) (share * series->len), last));
}

double
bench_series_get_median (BenchSeries *series)
{
  return bench_series_get (series, 0.5);
}

void
bench_table_head (const char *title)
{
  g_print ("\n%s\n", title);
}

void
bench_table_ratio (const char *name, double ours, double bare, double ratio, const char *target)
{
  g_print ("  %-34s %9.0f/s  bare %9.0f/s  ratio %5.2f   %s\n", name, ours, bare, ratio, target);
}

void
bench_table_times (const char *name, BenchSeries *milliseconds, const char *target)
{
  g_print ("  %-34s p50 %7.3f ms  p99 %7.3f ms  of %6u   %s\n", name,
           bench_series_get (milliseconds, 0.5), bench_series_get (milliseconds, 0.99),
           milliseconds->len, target);
}

void
bench_table_note (const char *format, ...)
{
  va_list values;
  g_autofree char *text = NULL;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  g_print ("  %s\n", text);
}
