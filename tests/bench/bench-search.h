#pragma once

#include "mtb-subscriber.h"

G_BEGIN_DECLS

MtbSubscriber *bench_make_subscriber (GRand *rand, guint i);
void bench_search (guint n_customers, guint n_keystrokes);

G_END_DECLS
