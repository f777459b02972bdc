#pragma once

#include "mtb-customer-query.h"

G_BEGIN_DECLS

/* More rows than this no answer has, whatever is asked for. */
#define MTB_QUERY_ROWS_MAX 1000

GPtrArray *mtb_query_new_rows (void);
gint64 mtb_query_get_limit (gint64 asked);
const char *mtb_query_get_people_clause (const MtbViewer *viewer, MtbArea area);

extern const MtbShape mtb_everything_shape;
extern const MtbShape mtb_customer_shape;
extern const MtbShape mtb_everything_shape;

gboolean mtb_customer_is_seen (const MtbViewer *viewer);
GPtrArray *mtb_customer_find (MtbStore *store,
                              const char *const *words,
                              guint enough,
                              guint most,
                              GError **error);
MtbCustomer *mtb_customer_find_by_number (MtbStore *store,
                                          const MtbViewer *viewer,
                                          const char *number,
                                          GError **error);

G_END_DECLS
