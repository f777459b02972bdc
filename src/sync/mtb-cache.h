#pragma once

#include "mtb-cursor.h"
#include "mtb-json.h"
#include "mtb-outbox.h"
#include "mtb-person.h"

G_BEGIN_DECLS

typedef struct _MtbCache MtbCache;

MtbCache *mtb_cache_open (const char *path, GError **error);
void mtb_cache_close (MtbCache *cache);
MtbStore *mtb_cache_get_store (MtbCache *cache);
MtbCursor *mtb_cache_get_cursor (MtbCache *cache, GError **error);

gboolean mtb_cache_try (MtbCache *cache,
                        const MtbPerson *person,
                        gconstpointer arguments,
                        gint64 given_at,
                        GError **error);
gboolean mtb_cache_keep (MtbCache *cache, const char *command_id, GError **error);
void mtb_cache_undo (MtbCache *cache);

gboolean mtb_cache_add_page (MtbCache *cache,
                             const char *body,
                             gsize length,
                             const char *head,
                             GError **error);
void mtb_cache_pass_pages (MtbCache *cache, MtbCursor *cursor);
gboolean mtb_cache_rebase (MtbCache *cache,
                           const MtbPerson *person,
                           MtbOutbox *outbox,
                           const MtbCursor *cursor,
                           GError **error);
gboolean mtb_cache_is_in_step (MtbCache *cache, MtbOutbox *outbox);
void mtb_cache_remove (const char *path);
MtbCursor *mtb_cache_prepare (const char *snapshot, GError **error);
gboolean mtb_cache_install (const char *path, const char *snapshot, GError **error);

gboolean mtb_cache_is_past (MtbCache *cache, JsonObject *body);
gboolean mtb_cache_keep_card (MtbCache *cache, JsonObject *body, gint64 now, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbCache, mtb_cache_close)

G_END_DECLS
