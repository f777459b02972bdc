#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bench_read (guint n_requests, guint n_rounds);

G_END_DECLS
