#pragma once

#include "bench-department.h"

G_BEGIN_DECLS

typedef struct
{
  double seconds;
  guint n_commands;
  double rows_each;
  double bytes_each;
} BenchBare;

BenchBare bench_bare_write (const BenchDepartment *from,
                            const BenchDepartment *to,
                            gint64 after,
                            guint group);

G_END_DECLS
