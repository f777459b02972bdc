/* Records and JSON, both ways, off the field tables. Writing only ever appends to a string. */

#include "mtb-json.h"

#include "mtb-error.h"
#include "mtb-scan.h"
#include "mtb-time.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * mtb_json_append_text:
 * @json: what is being written
 * @text: (nullable): a string, or %NULL for `null`
 */
void
mtb_json_append_text (GString *json, const char *text)
{
  const char *start = text;

  if (text == NULL)
    {
      g_string_append (json, "null");
      return;
    }
  g_string_append_c (json, '"');
  for (; *text != '\0'; text++)
    {
      guchar c = (guchar) *text;

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;
      g_string_append_len (json, start, text - start);
      if (c == '"' || c == '\\')
        g_string_append_printf (json, "\\%c", c);
      else
        g_string_append_printf (json, "\\u%04x", c);
      start = text + 1;
    }
  g_string_append_len (json, start, text - start);
  g_string_append_c (json, '"');
}

/**
 * mtb_json_append_member:
 * @json: an object that is being written
 * @name: the name of the next member
 *
 * Writes what comes before a member's value, with a comma where one is wanted.
 */
void
mtb_json_append_member (GString *json, const char *name)
{
  if (json->len > 0 && json->str[json->len - 1] != '{')
    g_string_append_c (json, ',');
  g_string_append_c (json, '"');
  g_string_append (json, name);
  g_string_append (json, "\":");
}

/**
 * mtb_json_append_text_member:
 * @json: an object that is being written
 * @name: the member
 * @text: (nullable): its value; where %NULL the member is left out
 */
void
mtb_json_append_text_member (GString *json, const char *name, const char *text)
{
  if (text == NULL)
    return;
  mtb_json_append_member (json, name);
  mtb_json_append_text (json, text);
}

/**
 * mtb_json_append_number_member:
 * @json: an object that is being written
 * @name: the member
 * @number: its value; where %MTB_ABSENT the member is left out
 */
void
mtb_json_append_number_member (GString *json, const char *name, gint64 number)
{
  if (number == MTB_ABSENT)
    return;
  mtb_json_append_member (json, name);
  g_string_append_printf (json, "%" G_GINT64_FORMAT, number);
}

/**
 * mtb_json_append_time_member:
 * @json: an object that is being written
 * @name: the member
 * @time_ms: its value; where %MTB_ABSENT the member is left out
 */
void
mtb_json_append_time_member (GString *json, const char *name, gint64 time_ms)
{
  g_autofree char *text = time_ms != MTB_ABSENT ? mtb_time_format (time_ms) : NULL;

  mtb_json_append_text_member (json, name, text);
}

static void
append_set (GString *json, const MtbField *field, gint64 value)
{
  gboolean first = TRUE;

  g_string_append_c (json, '[');
  for (guint i = 0; field->choices[i] != NULL; i++)
    if ((value & (G_GINT64_CONSTANT (1) << i)) != 0)
      {
        if (!first)
          g_string_append_c (json, ',');
        mtb_json_append_text (json, field->choices[i]);
        first = FALSE;
      }
  g_string_append_c (json, ']');
}

static void
append_number (GString *json, const MtbField *field, gint64 value)
{
  switch (field->type)
    {
    case MTB_TYPE_ENUM:
      mtb_json_append_text_member (json, field->name, mtb_field_get_choice (field, value));
      break;
    case MTB_TYPE_SET:
      mtb_json_append_member (json, field->name);
      append_set (json, field, value);
      break;
    case MTB_TYPE_FLAG:
      mtb_json_append_member (json, field->name);
      g_string_append (json, value == 1 ? "true" : "false");
      break;
    case MTB_TYPE_TIME:
      mtb_json_append_time_member (json, field->name, value);
      break;
    default:
      mtb_json_append_number_member (json, field->name, value);
      break;
    }
}

/**
 * mtb_json_append_record:
 * @json: what is being written
 * @record: a record
 *
 * Appends an object with a member for every field that is there, in the order of the shape, so that
 * the same record is always the same text.
 */
void
mtb_json_append_record (GString *json, gconstpointer record)
{
  const MtbShape *shape = mtb_record_get_shape (record);

  g_string_append_c (json, '{');
  for (guint i = 0; i < shape->n_fields; i++)
    {
      const MtbField *field = &shape->fields[i];

      if (mtb_field_is_text (field))
        mtb_json_append_text_member (json, field->name, mtb_field_get_text (field, record));
      else if (mtb_field_get_number (field, record) != MTB_ABSENT)
        append_number (json, field, mtb_field_get_number (field, record));
    }
  g_string_append_c (json, '}');
}

/**
 * mtb_json_write_record:
 * @record: a record
 *
 * Returns: (transfer full): @record as a JSON object
 */
char *
mtb_json_write_record (gconstpointer record)
{
  GString *json = g_string_new (NULL);

  mtb_json_append_record (json, record);
  return g_string_free (json, FALSE);
}

/**
 * mtb_json_read:
 * @body: bytes
 * @length: how many
 * @error: return location, %MTB_ERROR_INVALID or %MTB_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the object that it is
 */
JsonObject *
mtb_json_read (const char *body, gsize length, GError **error)
{
  g_autoptr (JsonNode) root = mtb_scan (body, length, error);

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_INVALID, "the body is not an object");
      return NULL;
    }
  return json_object_ref (json_node_get_object (root));
}

static JsonNode *
get_value (JsonObject *object, const char *name, GType type)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type
           ? node
           : NULL;
}

/**
 * mtb_json_get_text:
 * @object: an object
 * @name: a member
 *
 * Returns: (nullable): its string; %NULL where it is missing or something else
 */
const char *
mtb_json_get_text (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

/**
 * mtb_json_get_number:
 * @object: an object
 * @name: a member
 *
 * Returns: its number; %MTB_ABSENT where it is missing or something else
 */
gint64
mtb_json_get_number (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : MTB_ABSENT;
}

/**
 * mtb_json_get_time:
 * @object: an object
 * @name: a member
 *
 * Returns: its time in milliseconds; %MTB_ABSENT where it is missing or no time
 */
gint64
mtb_json_get_time (JsonObject *object, const char *name)
{
  const char *text = mtb_json_get_text (object, name);

  return text != NULL ? mtb_time_parse (text) : MTB_ABSENT;
}

/**
 * mtb_json_get_object:
 * @object: an object
 * @name: a member
 *
 * Returns: (nullable) (transfer none): the object in it
 */
JsonObject *
mtb_json_get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * mtb_json_get_array:
 * @object: an object
 * @name: a member
 *
 * Returns: (nullable) (transfer none): the array in it
 */
JsonArray *
mtb_json_get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gint64
read_set (JsonNode *node, const MtbField *field)
{
  JsonArray *words = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  gint64 set = 0;

  for (guint i = 0; words != NULL && i < json_array_get_length (words); i++)
    {
      JsonNode *word = json_array_get_element (words, i);
      gint64 choice =
        JSON_NODE_HOLDS_VALUE (word) && json_node_get_value_type (word) == G_TYPE_STRING
          ? mtb_field_parse_choice (field, json_node_get_string (word))
          : MTB_ABSENT;

      if (choice == MTB_ABSENT)
        return MTB_ABSENT;
      set |= G_GINT64_CONSTANT (1) << choice;
    }
  return words != NULL ? set : MTB_ABSENT;
}

static gint64
read_number (JsonObject *object, JsonNode *node, const MtbField *field)
{
  switch (field->type)
    {
    case MTB_TYPE_ENUM:
      return mtb_field_parse_choice (field, mtb_json_get_text (object, field->name));
    case MTB_TYPE_SET:
      return read_set (node, field);
    case MTB_TYPE_FLAG:
      node = get_value (object, field->name, G_TYPE_BOOLEAN);
      return node != NULL ? (json_node_get_boolean (node) ? 1 : 0) : MTB_ABSENT;
    case MTB_TYPE_TIME:
      return mtb_json_get_time (object, field->name);
    default:
      return mtb_json_get_number (object, field->name);
    }
}

static gboolean
read_field (JsonObject *object, const MtbField *field, gpointer record)
{
  JsonNode *node = json_object_get_member (object, field->name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (mtb_field_is_text (field))
    {
      mtb_field_set_text (field, record, mtb_json_get_text (object, field->name));
      return mtb_field_get_text (field, record) != NULL;
    }
  mtb_field_set_number (field, record, read_number (object, node, field));
  return mtb_field_get_number (field, record) != MTB_ABSENT;
}

static const char *
find_stranger (JsonObject *object, const MtbShape *shape)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    if (mtb_shape_find (shape, name) == NULL)
      return name;
  return NULL;
}

/**
 * mtb_json_read_record:
 * @object: an object
 * @shape: what it should be
 * @error: return location, %MTB_ERROR_INVALID with the field
 *
 * Reads the fields by their kinds; mtb_record_check() says whether they make sense.
 *
 * Returns: (transfer full): the record
 */
gpointer
mtb_json_read_record (JsonObject *object, const MtbShape *shape, GError **error)
{
  const char *stranger = find_stranger (object, shape);
  gpointer record;

  if (stranger != NULL)
    {
      mtb_error_set_invalid (error, stranger, N_ ("This is not known here"));
      return NULL;
    }
  record = mtb_record_new (shape);
  for (guint i = 0; i < shape->n_fields; i++)
    if (!read_field (object, &shape->fields[i], record))
      {
        mtb_error_set_invalid (error, shape->fields[i].name, N_ ("This is of the wrong kind"));
        mtb_record_unref (record);
        return NULL;
      }
  return record;
}

/**
 * mtb_json_parse_record:
 * @text: what mtb_json_write_record() wrote
 * @shape: what it should be
 * @error: return location
 *
 * Returns: (transfer full): the record
 */
gpointer
mtb_json_parse_record (const char *text, const MtbShape *shape, GError **error)
{
  g_autoptr (JsonObject) object = mtb_json_read (text, strlen (text), error);

  return object != NULL ? mtb_json_read_record (object, shape, error) : NULL;
}
