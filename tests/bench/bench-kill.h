#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bench_kill (void);

G_END_DECLS
