#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double seconds;
  double rows_each;
  double bytes_each;
} BenchBare;

BenchBare bench_bare_write (const char *from, const char *to, guint group);

G_END_DECLS
