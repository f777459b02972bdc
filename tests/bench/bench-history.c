/* Departments that have been at work for a while, each written once and then copied for whoever
 * needs one. */

#include "bench-history.h"

static guint n_calls_usual;
static BenchDepartment *departments[BENCH_POSTGRESQL + 1][BENCH_N_HISTORIES];

/* How many records of calls there are already. */
void
bench_history_set_length (guint n_calls)
{
  n_calls_usual = n_calls;
}

/* Returns a department of the caller's own. */
BenchDepartment *
bench_history_copy (BenchEngine engine, BenchHistory history)
{
  BenchDepartment **department = &departments[engine][history];

  if (*department == NULL)
    {
      *department = bench_department_new (engine);
      bench_department_fill (*department, history == BENCH_LONG_HISTORY
                                            ? BENCH_LONG_FACTOR * n_calls_usual
                                            : n_calls_usual);
    }
  return bench_department_copy (*department);
}

void
bench_history_clear (void)
{
  for (guint engine = 0; engine < G_N_ELEMENTS (departments); engine++)
    for (guint i = 0; i < BENCH_N_HISTORIES; i++)
      g_clear_pointer (&departments[engine][i], bench_department_free);
}
