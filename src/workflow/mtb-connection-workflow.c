/* How the connections to other systems stand. */

#include "mtb-workflow-private.h"

#include "mtb-connection.h"

gboolean
mtb_workflow_connection_report (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbConnectionReport *arguments = data;
  g_autoptr (MtbConnection) connection = mtb_record_new (&mtb_connection_table.shape);
  gpointer found;
  g_autoptr (MtbConnection) before = NULL;

  if (!mtb_find (occasion, &mtb_connection_table.shape, arguments->id, &found, error))
    return FALSE;
  before = found;
  mtb_record_assign (connection, arguments);
  connection->since =
    before != NULL && before->state == connection->state ? before->since : occasion->received_at;
  if (connection->last_at == MTB_ABSENT && before != NULL)
    connection->last_at = before->last_at;
  return mtb_store_put (occasion->store, connection, error);
}
