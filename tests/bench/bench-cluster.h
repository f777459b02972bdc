#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *bench_cluster_make (const char *like);
void bench_cluster_settle (const char *database);
void bench_cluster_drop (const char *database);
void bench_cluster_stop (void);

G_END_DECLS
