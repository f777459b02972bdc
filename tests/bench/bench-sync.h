#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bench_sync (guint n_customers, guint n_rounds);

G_END_DECLS
