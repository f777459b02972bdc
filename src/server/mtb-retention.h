#pragma once

#include "mtb-authority.h"

G_BEGIN_DECLS

gboolean mtb_retention_get_days (MtbStore *store, gint64 *days, GError **error);
gboolean mtb_retention_erase (MtbAuthority *authority, gint64 *n_erased, GError **error);

G_END_DECLS
