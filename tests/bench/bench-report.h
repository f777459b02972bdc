#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bench_report (guint n_calls, guint n_rounds);

G_END_DECLS
