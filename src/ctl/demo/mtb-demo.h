#pragma once

#include "mtb-authority.h"

G_BEGIN_DECLS

gboolean mtb_demo_make (MtbAuthority *authority, gint64 now, GError **error);
void mtb_demo_print (const char *database, gboolean json);

G_END_DECLS
