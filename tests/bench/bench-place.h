#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BENCH_SQLITE,
  BENCH_POSTGRESQL,
} BenchEngine;

typedef enum
{
  BENCH_DIRECT,
  BENCH_PROXY,
} BenchWay;

/* What a department is kept in, and how desks reach it: at the server's own port, or through the
 * project's HAProxy with TLS. */
typedef struct
{
  const char *name;
  BenchEngine engine;
  BenchWay way;
} BenchPlace;

typedef void (*BenchPlaceFunc) (const BenchPlace *place, gpointer data);

gboolean bench_places_choose (const char *names);
void bench_each_place (BenchPlaceFunc func, gpointer data);
void bench_each_engine (BenchPlaceFunc func, gpointer data);

G_END_DECLS
