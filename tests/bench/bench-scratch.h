#pragma once

#include <glib.h>

G_BEGIN_DECLS

int bench_scratch_run (int (*run) (void));
const char *bench_scratch_get_outer (void);
void bench_remove_folder (const char *folder);

G_END_DECLS
