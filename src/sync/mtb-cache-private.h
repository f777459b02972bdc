#pragma once

#include "mtb-cache.h"

G_BEGIN_DECLS

struct _MtbCache
{
  MtbStore *store;
  gboolean has_lost;
};

/* The server's row as it was before pending commands touched it. */
typedef struct
{
  char *key;
  char *tbl;
  char *row_id;
  char *row;
} MtbCacheImage;

/* A page of news that waits for the last one. */
typedef struct
{
  gint64 next;
  char *body;
  char *head; /* of the audit trail, as the server told it with the page */
} MtbCachePage;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbCachePage, mtb_record_unref)

extern const MtbShape mtb_cache_image_shape;
extern const MtbShape mtb_cache_page_shape;

/* Runs a command on the rows and leaves an image of each row that it touches. */
gboolean mtb_cache_run_command (MtbCache *self,
                                const MtbPerson *person,
                                gconstpointer arguments,
                                gint64 given_at,
                                GError **error);

/* Notes that a pending command was run, and @flaw where it cannot be shown here. */
gboolean
mtb_cache_note_applied (MtbCache *self, const char *id, const GError *flaw, GError **error);

G_END_DECLS
