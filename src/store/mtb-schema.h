#pragma once

#include "mtb-store.h"

G_BEGIN_DECLS

gboolean mtb_schema_create (MtbStore *store, const MtbShape *shape, GError **error);
gboolean mtb_schema_create_tables (MtbStore *store, GError **error);
GPtrArray *mtb_schema_list_fields (MtbStore *store, const MtbShape *shape, GError **error);
gboolean
mtb_schema_is_there (MtbStore *store, const MtbShape *shape, gboolean *there, GError **error);
gboolean mtb_schema_create_index (MtbStore *store,
                                  const MtbShape *shape,
                                  const char *columns,
                                  gboolean unique,
                                  GError **error);

G_END_DECLS
