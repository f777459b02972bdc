#pragma once

#include "bench-department.h"

G_BEGIN_DECLS

/* What there is already, and ten times as much. */
typedef enum
{
  BENCH_HISTORY,
  BENCH_LONG_HISTORY,
  BENCH_N_HISTORIES,
} BenchHistory;

#define BENCH_LONG_FACTOR 10

void bench_history_set_length (guint n_calls);
BenchDepartment *bench_history_copy (BenchEngine engine, BenchHistory history);
void bench_history_clear (void);

G_END_DECLS
