#pragma once

#include "bench-department.h"
#include "bench-front.h"

G_BEGIN_DECLS

/* The real server, as a process of its own; @front where desks reach it through HAProxy.
 * @address is where they connect, @url the same in words. */
typedef struct
{
  GSubprocess *process;
  guint16 port;
  BenchFront *front;
  BenchAddress address;
  char *url;
} BenchServer;

GSubprocess *bench_program_start (const char *const *arguments, guint16 *port);
BenchServer *bench_server_start (const BenchDepartment *department, BenchWay way);
void bench_server_stop (BenchServer *self);

G_END_DECLS
