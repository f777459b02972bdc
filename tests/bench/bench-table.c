#include "bench-table.h"

#include <stdarg.h>

static guint n_wanted;
static guint n_met;

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

/* @peer: what stands beside ours, or %NULL */
void
bench_table_head (const char *title, const char *peer)
{
  g_print ("\n%s\n  %-44s %12s %14s %6s %6s  %s\n", title, "", "ours", peer != NULL ? peer : "",
           peer != NULL ? "ratio" : "", "10x", "wanted");
}

static char *
dup_number (double number, const char *unit)
{
  if (number == 0)
    return g_strdup ("");
  return g_strdup_printf (number < 10     ? "%.2f %s"
                          : number < 1000 ? "%.1f %s"
                                          : "%.0f %s",
                          number, unit);
}

static void
add_wish (GString *wishes, const char *name, double number, BenchWanted wanted, double limit)
{
  gboolean is_met = wanted == BENCH_AT_LEAST ? number >= limit : number <= limit;

  if (limit == 0 || number == 0)
    return;
  g_string_append_printf (wishes, "%s%s %s %g %s", wishes->len > 0 ? ", " : "", name,
                          wanted == BENCH_AT_LEAST ? ">=" : "<=", limit, is_met ? "met" : "MISSED");
  n_wanted++;
  n_met += is_met ? 1 : 0;
}

void
bench_table_row (const BenchRow *row)
{
  g_autofree char *ours = dup_number (row->ours, row->unit);
  g_autofree char *peer = dup_number (row->peer, row->unit);
  double ratio = row->ratio == 0 && row->peer != 0 ? row->ours / row->peer : row->ratio;
  double judged = ratio != 0 ? ratio : row->ours;
  g_autofree char *times = dup_number (ratio, "");
  g_autofree char *growth = dup_number (row->growth, "");
  g_autoptr (GString) wishes = g_string_new (NULL);

  add_wish (wishes, "target", judged, row->wanted, row->target);
  add_wish (wishes, "stretch", judged, row->wanted, row->stretch);
  add_wish (wishes, "10x", row->growth, BENCH_AT_MOST, BENCH_GROWTH_MAX);
  g_print ("  %-44s %12s %14s %6s %6s  %s\n", row->name, ours, peer, times, growth, wishes->str);
}

/* What is wanted, but is no figure. */
void
bench_table_promise (const char *name, gboolean is_kept)
{
  g_print ("  %-44s %s\n", name, is_kept ? "met" : "MISSED");
  n_wanted++;
  n_met += is_kept ? 1 : 0;
}

/* Of which nothing is wanted. */
void
bench_table_times (const char *name, BenchSeries *milliseconds)
{
  g_print ("  %-44s p50 %.3f ms, p99 %.3f ms, of %u\n", name, bench_series_get (milliseconds, 0.5),
           bench_series_get (milliseconds, 0.99), milliseconds->len);
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

void
bench_table_sum (void)
{
  g_print ("\n%u of %u wishes met\n", n_met, n_wanted);
}
