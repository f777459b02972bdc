#pragma once

#include "bench-server.h"
#include "mtb-client.h"

G_BEGIN_DECLS

MtbTransport *bench_desk_new_transport (const BenchServer *server, guint16 port);
MtbClient *bench_desk_sign_in (const BenchServer *server, guint16 port, const char *folder);
void bench_desk_sync_first (MtbClient *client);

G_END_DECLS
