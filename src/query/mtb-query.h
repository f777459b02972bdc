#pragma once

#include "mtb-viewer.h"

G_BEGIN_DECLS

/**
 * MtbQuery:
 * @name: what it is called on the wire
 * @arguments: the shape of what is asked with
 * @rows: the shape of each row of the answer
 * @is_report: whether the server answers it too, at `/v1/reports/NAME`, since it may reach back
 *   further than a desk's rows
 * @run: reads the answer, only what @viewer may see
 *
 * Something that can be asked, of a desk's cache and of the server alike.
 */
typedef struct
{
  const char *name;
  const MtbShape *arguments;
  const MtbShape *rows;
  gboolean is_report;
  GPtrArray *(*run) (MtbStore *store,
                     const MtbViewer *viewer,
                     gconstpointer arguments,
                     GError **error);
} MtbQuery;

extern const MtbQuery *const mtb_queries[];

const MtbQuery *mtb_query_find (const char *name);

G_END_DECLS
