#pragma once

#include "mtb-record.h"

G_BEGIN_DECLS

const char *mtb_test_id (const char *name);
gpointer mtb_test_make_record (const MtbShape *shape, GRand *rand);

G_END_DECLS
