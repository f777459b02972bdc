#pragma once

#include "mtb-authority.h"

G_BEGIN_DECLS

typedef struct _MtbGuard MtbGuard;

MtbGuard *mtb_guard_new (const char *username, const char *person_id, const char *origin);
void mtb_guard_free (MtbGuard *guard);
gboolean mtb_guard_check (MtbGuard *guard, MtbStore *store, gint64 now, GError **error);
gboolean mtb_guard_enter (MtbGuard *guard, guint n_threads, GError **error);
void mtb_guard_leave (MtbGuard *guard);
gboolean mtb_guard_count (MtbAuthority *authority, gpointer guard, GError **error);
void mtb_guard_tell (const MtbGuard *guard);
gboolean mtb_guard_welcome (MtbAuthority *authority, gpointer guard, GError **error);
gboolean mtb_guard_clean (MtbAuthority *authority, GError **error);

gboolean mtb_guard_lift (MtbAuthority *authority, const char *username, GError **error);
gint64 mtb_guard_get_free_at (MtbStore *store, const char *username, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbGuard, mtb_guard_free)

G_END_DECLS
