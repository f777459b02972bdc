/* Questions that go to the server. */

#include "mtb-client-private.h"

#include "mtb-json.h"
#include "mtb-uri-query.h"

/**
 * mtb_client_ask:
 * @client: a client
 * @query: a question that the server answers too
 * @arguments: a record of its arguments' shape
 * @cancellable: (nullable): gives up
 * @error: return location
 *
 * Asks the server about what may be beyond this desk's rows.
 *
 * Returns: (transfer full): the rows, records of the query's shape
 */
GPtrArray *
mtb_client_ask (MtbClient *client,
                const MtbQuery *query,
                gconstpointer arguments,
                GCancellable *cancellable,
                GError **error)
{
  g_autofree char *asked = mtb_uri_query_write (arguments);
  g_autofree char *path = g_strconcat (query->resource, "?", asked, NULL);
  g_autoptr (JsonObject) answer =
    mtb_client_exchange (client, "GET", path, NULL, NULL, cancellable, error);
  JsonArray *found = answer != NULL ? mtb_json_get_array (answer, query->member) : NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (mtb_record_unref);

  if (answer == NULL)
    return NULL;
  for (guint i = 0; found != NULL && i < json_array_get_length (found); i++)
    {
      JsonNode *node = json_array_get_element (found, i);
      gpointer row = JSON_NODE_HOLDS_OBJECT (node)
                       ? mtb_json_read_record (json_node_get_object (node), query->rows, error)
                       : NULL;

      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  return g_steal_pointer (&rows);
}
