#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bench_pouchdb (guint n_records, guint n_rounds);

G_END_DECLS
