#pragma once

#include "mtb-ledger.h"
#include "mtb-viewer.h"

G_BEGIN_DECLS

typedef struct _MtbFeedNews MtbFeedNews;

/**
 * MtbFeedFunc:
 * @seq: the feed number
 * @table: the table, or %NULL where the window has moved to the time in @id
 * @id: the key
 * @row: (nullable): the row as it is now; %NULL where this viewer has none (any more)
 * @data: what was given with the function
 *
 * Gets one change of a page.
 *
 * Returns: whether there is room on the page for another
 */
typedef gboolean (*MtbFeedFunc) (gint64 seq,
                                 const MtbTable *table,
                                 const char *id,
                                 gconstpointer row,
                                 gpointer data);

gboolean mtb_feed_read (MtbStore *store,
                        const MtbViewer *viewer,
                        const MtbHead *head,
                        gint64 after,
                        guint limit,
                        MtbFeedFunc func,
                        gpointer data,
                        gint64 *next,
                        GError **error);
gboolean mtb_feed_keeps_directory (MtbStore *store, const MtbViewer *viewer);
gboolean mtb_feed_copy (MtbStore *store,
                        const MtbViewer *viewer,
                        const MtbHead *head,
                        gint64 directory_seq,
                        MtbStore *target,
                        GError **error);
gboolean mtb_feed_is_in_window (const MtbTable *table, gconstpointer record, gint64 window_from);

MtbFeedNews *mtb_feed_news_read (MtbStore *store, gint64 after, GError **error);
void mtb_feed_news_free (MtbFeedNews *news);
gboolean mtb_feed_news_change_sight (const MtbFeedNews *news, const MtbViewer *viewer);
gboolean mtb_feed_news_concern (const MtbFeedNews *news, const MtbViewer *viewer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbFeedNews, mtb_feed_news_free)

G_END_DECLS
