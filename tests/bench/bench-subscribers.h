#pragma once

#include "mtb-subscriber.h"

G_BEGIN_DECLS

MtbSubscriber *bench_make_subscriber (GRand *rand, guint i);
void bench_fill_subscribers (const char *database, guint n_subscribers);

G_END_DECLS
