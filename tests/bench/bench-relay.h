#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BenchRelay BenchRelay;

BenchRelay *bench_relay_start (guint16 target, guint16 *port);
guint64 bench_relay_get_n_bytes (BenchRelay *self);
void bench_relay_stop (BenchRelay *self);

G_END_DECLS
