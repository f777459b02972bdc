/* Questions about more than a desk's rows, each at its resource, as JSON or as a table: `/v1/sessions`
 * and `/v1/reports/NAME`. */

#include "mtb-service-private.h"

#include "mtb-csv-writer.h"
#include "mtb-error.h"
#include "mtb-uri-query.h"

#include <string.h>

static gboolean
wants_table (const MtbRequest *request)
{
  return request->accept != NULL && strstr (request->accept, "text/csv") != NULL;
}

gboolean
mtb_resource_get_rows (MtbExchange *exchange, GError **error)
{
  const MtbQuery *query = mtb_query_find_resource (exchange->request->path);
  gpointer arguments;
  g_autoptr (GPtrArray) rows = NULL;

  if (query == NULL)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_NOT_FOUND, "there is no such report");
      return FALSE;
    }
  if (!mtb_resource_check_may_ask (exchange, query, error))
    return FALSE;
  arguments = mtb_uri_query_read (exchange->request->query, query->arguments, error);
  if (arguments == NULL)
    return FALSE;
  rows = query->run (exchange->store, exchange->viewer, arguments, error);
  mtb_record_unref (arguments);
  if (rows == NULL)
    return FALSE;
  if (wants_table (exchange->request))
    exchange->file = mtb_response_new (
      200, MTB_CSV_CONTENT_TYPE, g_string_free_to_bytes (mtb_csv_write (query->rows, NULL, rows)));
  else
    mtb_resource_append_rows (exchange, query->member, rows);
  return TRUE;
}
