#pragma once

#include <glib.h>

G_BEGIN_DECLS

double bench_rows_time (const char *database, const char *sql);

G_END_DECLS
