#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bench_search (guint n_customers, guint n_keystrokes);

G_END_DECLS
