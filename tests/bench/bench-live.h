#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bench_live (guint n_desks);

G_END_DECLS
