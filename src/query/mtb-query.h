#pragma once

#include "mtb-viewer.h"

G_BEGIN_DECLS

/**
 * MtbQuery:
 * @name: what it is called on the wire
 * @arguments: the shape of what is asked with
 * @rows: the shape of each row of the answer
 * @resource: (nullable): the path at which the server answers it too
 * @member: (nullable): the member of the server's answer that has the rows
 * @area: what somebody has to see all of, to ask the server
 * @is_beyond: (nullable): whether an answer may be about more than the rows of a desk's cache, by the
 *   desk's clock, so that the server should be asked
 * @go_on: (nullable): narrows the arguments to what comes after a row, itself perhaps among it, for
 *   the next part of an answer that is longer than its limit
 * @run: reads the answer, only what @viewer may see
 *
 * Something that can be asked, of a desk's cache and of the server alike.
 */
typedef struct
{
  const char *name;
  const MtbShape *arguments;
  const MtbShape *rows;
  const char *resource;
  const char *member;
  MtbArea area;
  gboolean (*is_beyond) (MtbStore *cache, gconstpointer arguments, gint64 now);
  void (*go_on) (gpointer arguments, gconstpointer row);
  GPtrArray *(*run) (MtbStore *store,
                     const MtbViewer *viewer,
                     gconstpointer arguments,
                     GError **error);
} MtbQuery;

extern const MtbQuery *const mtb_queries[];

#define MTB_REPORTS "/v1/reports/"

const MtbQuery *mtb_query_find (const char *name);
const MtbQuery *mtb_query_find_resource (const char *path);

G_END_DECLS
