#pragma once

#include "mtb-record.h"

G_BEGIN_DECLS

char *mtb_uri_query_write (gconstpointer record);
gpointer mtb_uri_query_read (GHashTable *values, const MtbShape *shape, GError **error);

G_END_DECLS
