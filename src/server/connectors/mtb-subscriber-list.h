#pragma once

#include "mtb-batch.h"

G_BEGIN_DECLS

gboolean mtb_subscriber_list_import (const char *path,
                                     MtbBatch *batch,
                                     GPtrArray *unknown_columns,
                                     GError **error);
char *mtb_subscriber_dup_id (const char *account_number);

G_END_DECLS
