#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A column of measurements, of which the middle and the far end count. */
typedef GArray BenchSeries;

BenchSeries *bench_series_new (void);
void bench_series_add (BenchSeries *series, double value);
double bench_series_get (BenchSeries *series, double share);
double bench_series_get_median (BenchSeries *series);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchSeries, g_array_unref)

/* What is measured in a table has a line for its name, columns, and what is wanted beside it. */
void bench_table_head (const char *title);
void
bench_table_ratio (const char *name, double ours, double bare, double ratio, const char *target);
void bench_table_times (const char *name, BenchSeries *milliseconds, const char *target);
void bench_table_note (const char *format, ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS
