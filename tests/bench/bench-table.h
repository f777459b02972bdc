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

typedef enum
{
  BENCH_AT_LEAST,
  BENCH_AT_MOST,
} BenchWanted;

/* What a figure may grow by where ten times the history is there. */
#define BENCH_GROWTH_MAX 1.1

/* A figure.  @ours and @peer are in @unit; @ratio is that of the two in the same round, and is made of
 * them where it is 0.  @target and @stretch are wanted of the ratio, or of @ours where there is no
 * peer.  @growth is how many times worse ours is at ten times the history.  0 is what is not there. */
typedef struct
{
  const char *name;
  const char *unit;
  double ours;
  double peer;
  double ratio;
  double growth;
  BenchWanted wanted;
  double target;
  double stretch;
} BenchRow;

void bench_table_head (const char *title, const char *peer);
void bench_table_row (const BenchRow *row);
void bench_table_promise (const char *name, gboolean is_kept);
void bench_table_times (const char *name, BenchSeries *milliseconds);
void bench_table_note (const char *format, ...) G_GNUC_PRINTF (1, 2);
void bench_table_sum (void);

G_END_DECLS
