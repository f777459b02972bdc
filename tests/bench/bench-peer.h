#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

char *bench_peer_find (const char *script);
JsonObject *bench_peer_run (const char *script, const char *first, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
