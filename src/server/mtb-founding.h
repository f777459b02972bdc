#pragma once

#include "mtb-authority.h"

G_BEGIN_DECLS

gboolean mtb_department_is_founded (MtbStore *store);
gboolean mtb_department_found (MtbAuthority *authority, gboolean *was_there, GError **error);
char *mtb_call_type_dup_id (const char *key);

G_END_DECLS
