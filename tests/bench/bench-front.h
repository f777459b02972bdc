#pragma once

#include "bench-client.h"

G_BEGIN_DECLS

/* The project's HAProxy, with a certificate of its own. */
typedef struct
{
  GSubprocess *process;
  BenchAddress address;
  char *folder;
  char *certificate;
} BenchFront;

guint16 bench_front_find_port (void);
BenchFront *bench_front_start (guint16 first, guint16 second);
void bench_front_stop (BenchFront *self);

G_END_DECLS
