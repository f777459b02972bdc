#pragma once

#include "mtb-customer-query.h"

G_BEGIN_DECLS

/* More rows than this no answer has, whatever is asked for. */
#define MTB_QUERY_ROWS_MAX 1000

GPtrArray *mtb_query_new_rows (void);
gint64 mtb_query_get_limit (gint64 asked);

/* What a customer is, where f.row_id is the key of a subscriber or of a prospect. */
#define MTB_CUSTOMER_COLUMNS \
  "f.row_id AS id, CASE WHEN s.id IS NOT NULL THEN 'subscriber' ELSE 'prospect' END AS kind," \
  " COALESCE (s.name, r.name) AS name, COALESCE (s.name_folded, r.name_folded) AS name_folded," \
  " COALESCE (s.telephone, r.telephone) AS telephone, s.username AS username," \
  " s.account_number AS account_number, s.package AS package, s.tier AS tier, s.status AS status"
#define MTB_CUSTOMER_JOINS \
  " LEFT JOIN subscriber s ON s.id = f.row_id LEFT JOIN prospect r ON r.id = f.row_id" \
  " WHERE (s.id IS NOT NULL OR r.id IS NOT NULL)"

extern const MtbShape mtb_customer_shape;

gboolean mtb_customer_is_seen (const MtbViewer *viewer);
MtbCustomer *mtb_customer_find_by_number (MtbStore *store,
                                          const MtbViewer *viewer,
                                          const char *number,
                                          GError **error);

G_END_DECLS
