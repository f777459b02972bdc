/* What the words of the command line share. */

#include "mtb-tool.h"

#include "mtb-error.h"
#include "mtb-founding.h"
#include "mtb-id.h"
#include "mtb-person.h"

#include <glib/gi18n.h>

/**
 * mtb_tool_need_department:
 * @database: a database's address
 * @store: (nullable): the database, where it could be opened
 * @error: (inout): why it could not; gets what to do
 *
 * Returns: whether a department is there
 */
gboolean
mtb_tool_need_department (const char *database, MtbStore *store, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (store != NULL && mtb_department_is_founded (store))
    return TRUE;
  failure = g_steal_pointer (error);
  g_set_error (error, MTB_ERROR, MTB_ERROR_NOT_FOUND,
               _ ("there is no department in %s; “mutabaactl --database %s init” makes one"),
               database, database);
  if (failure != NULL)
    g_prefix_error (error, "%s\n", failure->message);
  return FALSE;
}

/**
 * mtb_tool_open_store:
 * @tool: a run
 * @error: return location
 *
 * Returns: (transfer full): the database of a department that is there, to read from
 */
MtbStore *
mtb_tool_open_store (MtbTool *tool, GError **error)
{
  g_autoptr (MtbStore) store = mtb_store_open (tool->database, MTB_STORE_READ_ONLY, error);

  return mtb_tool_need_department (tool->database, store, error) ? g_steal_pointer (&store) : NULL;
}

/**
 * mtb_tool_open:
 * @tool: a run
 * @error: return location
 *
 * Returns: (transfer full): the authority over a department that is there
 */
MtbAuthority *
mtb_tool_open (MtbTool *tool, GError **error)
{
  g_autoptr (MtbStore) store = mtb_tool_open_store (tool, error);

  return store != NULL ? mtb_authority_open (tool->database, error) : NULL;
}

/**
 * mtb_tool_give_epoch:
 * @tool: a run
 * @command: mtb_epoch_begin or mtb_epoch_end
 * @epoch: (nullable): which history; %NULL for the one that is
 * @error: return location
 *
 * Returns: whether it begins, or its recovery has ended
 */
gboolean
mtb_tool_give_epoch (MtbTool *tool, const MtbCommand *command, const char *epoch, GError **error)
{
  g_autoptr (MtbAuthority) authority = mtb_tool_open (tool, error);
  g_autoptr (MtbHead) head = NULL;
  MtbEpochBegin *arguments;

  if (authority == NULL)
    return FALSE;
  head = mtb_ledger_read_head (mtb_authority_get_store (authority), error);
  if (head == NULL)
    return FALSE;
  arguments = mtb_record_new (&command->shape);
  arguments->epoch = g_strdup (epoch != NULL ? epoch : head->epoch);
  return mtb_authority_command (authority, MTB_PERSON_OPERATOR, arguments, NULL, NULL, error);
}

static void
append_part (GString *line, const char *part)
{
  if (part != NULL)
    g_string_append_printf (line, ": %s", part);
}

/**
 * mtb_tool_dup_finding:
 * @finding: what is wrong
 *
 * Returns: (transfer full): a line of it
 */
char *
mtb_tool_dup_finding (const MtbFinding *finding)
{
  GString *line = g_string_new ("  ");

  g_string_append (line, finding->table != NULL ? finding->table : "–");
  if (finding->id != NULL)
    g_string_append_printf (line, " %s", finding->id);
  append_part (line, finding->field);
  append_part (line, _ (finding->reason));
  append_part (line, finding->detail);
  g_string_append_c (line, '\n');
  return g_string_free (line, FALSE);
}

/**
 * mtb_tool_print_json:
 * @json: (transfer full): an object that lacks its last bracket
 */
void
mtb_tool_print_json (GString *json)
{
  g_print ("%s}\n", json->str);
  g_string_free (json, TRUE);
}

/**
 * mtb_tool_describe_error:
 * @error: what went wrong
 *
 * Returns: (transfer full): it in words for the administrator
 */
char *
mtb_tool_describe_error (const GError *error)
{
  const char *field = mtb_error_get_field (error);

  return field != NULL ? g_strdup_printf ("%s: %s", field, _ (error->message))
                       : g_strdup (_ (error->message));
}

/**
 * mtb_tool_add_order:
 * @orders: (element-type MtbOrder): a group of commands
 * @authority: who will judge it
 * @arguments: (transfer full): the arguments of one more, given by the operator
 * @attachment: (nullable): a record that is written along
 */
void
mtb_tool_add_order (GPtrArray *orders,
                    MtbAuthority *authority,
                    gpointer arguments,
                    gconstpointer attachment)
{
  gint64 now = mtb_authority_get_now (authority);
  g_autofree char *id = mtb_id_new (now);
  MtbOrder *order =
    mtb_order_new (mtb_envelope_new (arguments, id, 0, now), MTB_PERSON_OPERATOR, NULL, NULL);

  order->attachment = attachment != NULL ? mtb_record_ref ((gpointer) attachment) : NULL;
  g_ptr_array_add (orders, order);
}
