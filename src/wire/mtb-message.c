/* The messages of the wire, version 1: each is written and read here, by both sides. */

#include "mtb-message.h"

#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-limits.h"
#include "mtb-status.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * mtb_envelope_new:
 * @arguments: (transfer full): the command's arguments
 * @id: the command's id
 * @n: the desk's number for it
 * @given_at: when it was given
 *
 * Returns: (transfer full): a command to be sent
 */
MtbEnvelope *
mtb_envelope_new (gpointer arguments, const char *id, gint64 n, gint64 given_at)
{
  MtbEnvelope *envelope = g_new0 (MtbEnvelope, 1);

  envelope->id = g_strdup (id);
  envelope->n = n;
  envelope->type = g_strdup (mtb_command_of (arguments)->shape.name);
  envelope->given_at = given_at;
  envelope->arguments = arguments;
  return envelope;
}

/**
 * mtb_envelope_free:
 * @envelope: (nullable) (transfer full): an envelope
 */
void
mtb_envelope_free (MtbEnvelope *envelope)
{
  if (envelope == NULL)
    return;
  g_free (envelope->id);
  g_free (envelope->type);
  mtb_record_unref (envelope->arguments);
  g_clear_error (&envelope->error);
  g_free (envelope);
}

/**
 * mtb_verdict_new:
 * @id: the command's id
 * @seq: its number
 * @error: (nullable) (transfer full): why it was rejected; %NULL where it was applied
 *
 * Returns: (transfer full): a verdict
 */
MtbVerdict *
mtb_verdict_new (const char *id, gint64 seq, GError *error)
{
  MtbVerdict *verdict = g_new0 (MtbVerdict, 1);

  verdict->id = g_strdup (id);
  verdict->applied = error == NULL;
  verdict->seq = seq;
  verdict->error = error;
  return verdict;
}

/**
 * mtb_verdict_free:
 * @verdict: (nullable) (transfer full): a verdict
 */
void
mtb_verdict_free (MtbVerdict *verdict)
{
  if (verdict == NULL)
    return;
  g_free (verdict->id);
  g_clear_error (&verdict->error);
  g_free (verdict);
}

/**
 * mtb_server_info_clear:
 * @info: what was read of a server
 */
void
mtb_server_info_clear (MtbServerInfo *info)
{
  g_clear_pointer (&info->epoch, g_free);
  g_clear_pointer (&info->head, g_free);
}

/**
 * mtb_message_write_commands:
 * @epoch: (nullable): the history that the desk has seen
 * @head: (nullable): the last entry of its audit trail that the desk has seen, as `SEQ:HASH`
 * @envelopes: (element-type MtbEnvelope): commands, in their order
 *
 * Returns: (transfer full): the body of `POST /v1/commands`
 */
char *
mtb_message_write_commands (const char *epoch, const char *head, GPtrArray *envelopes)
{
  GString *json = g_string_new ("{");

  mtb_json_append_number_member (json, "protocol", MTB_PROTOCOL);
  mtb_json_append_text_member (json, "epoch", epoch);
  mtb_json_append_text_member (json, "head", head);
  mtb_json_append_member (json, "commands");
  g_string_append_c (json, '[');
  for (guint i = 0; i < envelopes->len; i++)
    {
      const MtbEnvelope *envelope = g_ptr_array_index (envelopes, i);

      g_string_append (json, i > 0 ? ",{" : "{");
      mtb_json_append_text_member (json, "id", envelope->id);
      mtb_json_append_number_member (json, "n", envelope->n);
      mtb_json_append_text_member (json, "type", envelope->type);
      mtb_json_append_time_member (json, "at", envelope->given_at);
      if (envelope->settle)
        g_string_append (json, ",\"settle\":true");
      mtb_json_append_member (json, "args");
      mtb_json_append_record (json, envelope->arguments);
      g_string_append_c (json, '}');
    }
  g_string_append (json, "]}");
  return g_string_free (json, FALSE);
}

static gboolean
get_flag (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

static void
read_arguments (MtbEnvelope *envelope, JsonObject *object)
{
  const MtbCommand *command = mtb_command_find (envelope->type);
  JsonObject *arguments = mtb_json_get_object (object, "args");

  if (command == NULL || (command->flags & MTB_COMMAND_INTERNAL) != 0)
    mtb_error_set_invalid (&envelope->error, "type", N_ ("This command is not known here"));
  else if (arguments == NULL)
    mtb_error_set_invalid (&envelope->error, "args", N_ ("This is needed"));
  else
    envelope->arguments = mtb_json_read_record (arguments, &command->shape, &envelope->error);
}

static MtbEnvelope *
read_envelope (JsonNode *node, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = object != NULL ? mtb_json_get_text (object, "id") : NULL;
  const char *type = object != NULL ? mtb_json_get_text (object, "type") : NULL;
  gint64 given_at = object != NULL ? mtb_json_get_time (object, "at") : MTB_ABSENT;
  MtbEnvelope *envelope;

  if (id == NULL || !mtb_id_is_valid (id) || type == NULL || strlen (type) > MTB_TYPE_MAX
      || given_at < 0)
    {
      mtb_error_set_invalid (error, "commands", "a command needs an id, a type and a time");
      return NULL;
    }
  envelope = g_new0 (MtbEnvelope, 1);
  envelope->id = g_strdup (id);
  envelope->type = g_strdup (type);
  envelope->n = mtb_json_get_number (object, "n");
  envelope->given_at = given_at;
  envelope->settle = get_flag (object, "settle");
  read_arguments (envelope, object);
  return envelope;
}

/**
 * mtb_message_read_commands:
 * @body: the body of `POST /v1/commands`
 * @error: return location
 *
 * A command whose arguments are wrong does not spoil the batch; its envelope carries the error.
 *
 * Returns: (transfer full) (element-type MtbEnvelope): the commands
 */
GPtrArray *
mtb_message_read_commands (JsonObject *body, GError **error)
{
  g_autoptr (GPtrArray) envelopes =
    g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_envelope_free);
  JsonArray *commands = mtb_json_get_array (body, "commands");

  if (mtb_json_get_number (body, "protocol") != MTB_PROTOCOL)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_TOO_OLD,
                           "this server speaks another version of the protocol");
      return NULL;
    }
  if (commands == NULL)
    {
      mtb_error_set_invalid (error, "commands", "commands are missing");
      return NULL;
    }
  if (json_array_get_length (commands) > MTB_BATCH_MAX)
    {
      g_set_error (error, MTB_ERROR, MTB_ERROR_TOO_LARGE, "a batch has at most %d commands",
                   MTB_BATCH_MAX);
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (commands); i++)
    {
      MtbEnvelope *envelope = read_envelope (json_array_get_element (commands, i), error);

      if (envelope == NULL)
        return NULL;
      g_ptr_array_add (envelopes, envelope);
    }
  return g_steal_pointer (&envelopes);
}

/**
 * mtb_message_append_verdicts:
 * @json: the answer that is being written
 * @verdicts: (element-type MtbVerdict): verdicts in the order of the commands
 */
void
mtb_message_append_verdicts (GString *json, GPtrArray *verdicts)
{
  mtb_json_append_member (json, "results");
  g_string_append_c (json, '[');
  for (guint i = 0; i < verdicts->len; i++)
    {
      const MtbVerdict *verdict = g_ptr_array_index (verdicts, i);

      g_string_append (json, i > 0 ? ",{" : "{");
      mtb_json_append_text_member (json, "id", verdict->id);
      mtb_json_append_text_member (json, "status", verdict->applied ? "applied" : "rejected");
      mtb_json_append_number_member (json, "seq", verdict->seq);
      if (verdict->error != NULL)
        {
          mtb_json_append_member (json, "error");
          g_string_append_c (json, '{');
          mtb_json_append_text_member (json, "code", mtb_status_get_code (verdict->error));
          mtb_json_append_text_member (json, "message", verdict->error->message);
          mtb_json_append_text_member (json, "field", mtb_error_get_field (verdict->error));
          g_string_append_c (json, '}');
        }
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

static MtbVerdict *
read_verdict (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = object != NULL ? mtb_json_get_text (object, "id") : NULL;
  const char *status = object != NULL ? mtb_json_get_text (object, "status") : NULL;
  JsonObject *reason = object != NULL ? mtb_json_get_object (object, "error") : NULL;
  gboolean applied = g_strcmp0 (status, "applied") == 0;

  if (id == NULL || (!applied && (g_strcmp0 (status, "rejected") != 0 || reason == NULL)))
    return NULL;
  return mtb_verdict_new (id, mtb_json_get_number (object, "seq"),
                          applied ? NULL
                                  : mtb_status_new_error (mtb_json_get_text (reason, "code"),
                                                          mtb_json_get_text (reason, "message"),
                                                          mtb_json_get_text (reason, "field")));
}

/**
 * mtb_message_read_verdicts:
 * @body: the answer to `POST /v1/commands`
 * @error: return location
 *
 * Returns: (transfer full) (element-type MtbVerdict): the verdicts
 */
GPtrArray *
mtb_message_read_verdicts (JsonObject *body, GError **error)
{
  g_autoptr (GPtrArray) verdicts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_verdict_free);
  JsonArray *results = mtb_json_get_array (body, "results");

  for (guint i = 0; results != NULL && i < json_array_get_length (results); i++)
    {
      MtbVerdict *verdict = read_verdict (json_array_get_element (results, i));

      if (verdict == NULL)
        break;
      g_ptr_array_add (verdicts, verdict);
    }
  if (results == NULL || verdicts->len != json_array_get_length (results))
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNREACHABLE,
                           "the server's answer cannot be read");
      return NULL;
    }
  return g_steal_pointer (&verdicts);
}

/**
 * mtb_message_append_server:
 * @json: the answer that is being written
 * @info: what to tell of the server
 */
void
mtb_message_append_server (GString *json, const MtbServerInfo *info)
{
  mtb_json_append_member (json, "server");
  g_string_append_c (json, '{');
  mtb_json_append_text_member (json, "epoch", info->epoch);
  mtb_json_append_number_member (json, "seq", info->seq);
  mtb_json_append_text_member (json, "head", info->head);
  mtb_json_append_time_member (json, "time", info->time);
  g_string_append_c (json, '}');
}

/**
 * mtb_message_read_server:
 * @body: an answer
 * @info: (out): what it tells of the server; clear it with mtb_server_info_clear()
 *
 * Returns: whether it tells anything
 */
gboolean
mtb_message_read_server (JsonObject *body, MtbServerInfo *info)
{
  JsonObject *server = mtb_json_get_object (body, "server");

  *info = (MtbServerInfo){ 0 };
  if (server == NULL || mtb_json_get_text (server, "epoch") == NULL
      || mtb_json_get_text (server, "head") == NULL
      || mtb_json_get_number (server, "seq") == MTB_ABSENT)
    return FALSE;
  info->epoch = g_strdup (mtb_json_get_text (server, "epoch"));
  info->head = g_strdup (mtb_json_get_text (server, "head"));
  info->seq = mtb_json_get_number (server, "seq");
  info->time = mtb_json_get_time (server, "time");
  return TRUE;
}

/**
 * mtb_message_append_change:
 * @json: an array that is being written
 * @seq: the feed number
 * @table: the table
 * @id: the key
 * @row: (nullable): the row; %NULL where it is gone
 */
void
mtb_message_append_change (GString *json,
                           gint64 seq,
                           const char *table,
                           const char *id,
                           gconstpointer row)
{
  g_string_append (json, json->str[json->len - 1] != '[' ? ",{" : "{");
  mtb_json_append_number_member (json, "seq", seq);
  mtb_json_append_text_member (json, "table", table);
  mtb_json_append_text_member (json, "id", id);
  mtb_json_append_member (json, "row");
  if (row != NULL)
    mtb_json_append_record (json, row);
  else
    g_string_append (json, "null");
  g_string_append_c (json, '}');
}

static gboolean
read_change (JsonNode *node, MtbMessageChangeFunc func, gpointer data, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *name = object != NULL ? mtb_json_get_text (object, "table") : NULL;
  const char *id = object != NULL ? mtb_json_get_text (object, "id") : NULL;
  const MtbTable *table = name != NULL ? mtb_table_find (name) : NULL;
  JsonObject *members = object != NULL ? mtb_json_get_object (object, "row") : NULL;
  gpointer row = NULL;
  gboolean ok;

  if (name == NULL || id == NULL || (table == NULL && members != NULL))
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_TOO_OLD,
                           "the server sends what this program does not know");
      return FALSE;
    }
  if (members != NULL)
    {
      row = mtb_json_read_record (members, &table->shape, error);
      if (row == NULL)
        return FALSE;
    }
  ok = func (name, id, row, data, error);
  mtb_record_unref (row);
  return ok;
}

/**
 * mtb_message_read_changes:
 * @body: the answer to `GET /v1/changes`
 * @func: gets each change
 * @data: handed to @func
 * @error: return location
 *
 * Returns: whether all were read and @func never failed
 */
gboolean
mtb_message_read_changes (JsonObject *body,
                          MtbMessageChangeFunc func,
                          gpointer data,
                          GError **error)
{
  JsonArray *changes = mtb_json_get_array (body, "changes");

  if (changes == NULL)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNREACHABLE,
                           "the server's answer cannot be read");
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (changes); i++)
    if (!read_change (json_array_get_element (changes, i), func, data, error))
      return FALSE;
  return TRUE;
}
