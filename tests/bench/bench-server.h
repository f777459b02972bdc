#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The real server, as a process of its own. */
typedef struct
{
  GSubprocess *process;
  guint16 port;
} BenchServer;

BenchServer *bench_server_start (const char *database);
void bench_server_stop (BenchServer *self);

G_END_DECLS
