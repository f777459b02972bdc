#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bench_commands (guint n_commands, guint n_rounds);

G_END_DECLS
