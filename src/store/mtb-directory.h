#pragma once

#include "mtb-store.h"

G_BEGIN_DECLS

/* The table that is a part of a snapshot of its own, since it is large and the same for many. */
#define MTB_DIRECTORY_TABLE "subscriber"

gboolean mtb_directory_is_kept (MtbStore *store);
gboolean
mtb_directory_count_changes (MtbStore *store, gint64 after, gint64 *n_changes, GError **error);
gboolean mtb_directory_copy (MtbStore *store, MtbRowFunc func, gpointer data, GError **error);
gboolean
mtb_directory_copy_changes (MtbStore *store, gint64 after, MtbStore *target, GError **error);
gboolean mtb_directory_complete (MtbStore *directory, MtbStore *own, GError **error);

G_END_DECLS
