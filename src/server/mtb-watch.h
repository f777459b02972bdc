#pragma once

#include "mtb-authority.h"

G_BEGIN_DECLS

/* After so long without a word from any of their desks nobody is presumed to be there. */
#define MTB_LAPSE_S 300

/* After so long without a word a connector is taken for stopped. */
#define MTB_CONNECTOR_SILENCE_S 60

/**
 * MtbWatch:
 * @up_since: since when desks could have been heard of
 * @ran_at: when it was last looked, and all went well
 *
 * What one server knows of its own time; both are the time at which it begins.
 */
typedef struct
{
  gint64 up_since;
  gint64 ran_at;
} MtbWatch;

GPtrArray *mtb_watch_find (MtbStore *store, gint64 now, gint64 up_since, GError **error);
gboolean mtb_watch_connections (MtbAuthority *authority, GError **error);
gboolean mtb_watch_run (MtbWatch *watch, MtbAuthority *authority, GError **error);

G_END_DECLS
