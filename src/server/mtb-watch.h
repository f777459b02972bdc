#pragma once

#include "mtb-authority.h"

G_BEGIN_DECLS

/* After so long without a word from any of their desks nobody is presumed to be there. */
#define MTB_LAPSE_S 300

GPtrArray *mtb_watch_find (MtbStore *store, gint64 now, gint64 up_since, GError **error);
/* After so long without a word a connector is taken for stopped. */
#define MTB_CONNECTOR_SILENCE_S 60

gboolean mtb_watch_connections (MtbAuthority *authority, GError **error);
gboolean mtb_watch_run (MtbAuthority *authority, gint64 up_since, GError **error);

G_END_DECLS
