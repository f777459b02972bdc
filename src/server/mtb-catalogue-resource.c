/* `/v1/catalogue`: every table and every command, told by the descriptions that the code runs on. */

#include "mtb-service-private.h"

#include "mtb-limits.h"

static const char *
get_json_type (const MtbField *field)
{
  switch (field->type)
    {
    case MTB_TYPE_FLAG:
      return "boolean";
    case MTB_TYPE_SET:
      return "array";
    case MTB_TYPE_INTEGER:
    case MTB_TYPE_DURATION:
    case MTB_TYPE_MONEY:
    case MTB_TYPE_VOLUME:
      return "integer";
    default:
      return "string";
    }
}

static const char *
get_format (const MtbField *field)
{
  return field->type == MTB_TYPE_ID ? "uuid" : field->type == MTB_TYPE_TIME ? "date-time" : NULL;
}

static void
append_choices (GString *json, const MtbField *field)
{
  mtb_json_append_member (json, field->type == MTB_TYPE_SET ? "items" : "enum");
  g_string_append (json, field->type == MTB_TYPE_SET ? "{\"enum\":[" : "[");
  for (guint i = 0; field->choices[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      mtb_json_append_text (json, field->choices[i]);
    }
  g_string_append (json, field->type == MTB_TYPE_SET ? "]}" : "]");
}

static void
append_field (GString *json, const MtbField *field)
{
  gint64 min = 0;
  gint64 max = 0;

  mtb_json_append_member (json, field->name);
  g_string_append_c (json, '{');
  mtb_json_append_text_member (json, "type", get_json_type (field));
  mtb_json_append_text_member (json, "format", get_format (field));
  mtb_json_append_text_member (json, "references", field->references);
  if (field->choices != NULL)
    append_choices (json, field);
  else if (g_str_equal (get_json_type (field), "integer"))
    {
      mtb_field_get_range (field, &min, &max);
      mtb_json_append_number_member (json, "minimum", min);
      mtb_json_append_number_member (json, "maximum", max);
    }
  else if (field->type == MTB_TYPE_TEXT && field->max > 0)
    mtb_json_append_number_member (json, "maxLength", field->max);
  g_string_append_c (json, '}');
}

/* JSON Schema, as far as a shape says it. */
static void
append_schema (GString *json, const MtbShape *shape)
{
  gboolean first = TRUE;

  g_string_append (json, "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{");
  for (guint i = 0; i < shape->n_fields; i++)
    append_field (json, &shape->fields[i]);
  g_string_append (json, "},\"required\":[");
  for (guint i = 0; i < shape->n_fields; i++)
    if (shape->fields[i].required)
      {
        if (!first)
          g_string_append_c (json, ',');
        mtb_json_append_text (json, shape->fields[i].name);
        first = FALSE;
      }
  g_string_append (json, "]}");
}

static void
append_roles (GString *json, gint64 roles)
{
  gboolean first = TRUE;

  mtb_json_append_member (json, "roles");
  g_string_append_c (json, '[');
  for (guint i = 0; mtb_role_words[i] != NULL; i++)
    if ((roles & (G_GINT64_CONSTANT (1) << i)) != 0)
      {
        if (!first)
          g_string_append_c (json, ',');
        mtb_json_append_text (json, mtb_role_words[i]);
        first = FALSE;
      }
  g_string_append_c (json, ']');
}

static void
append_command (GString *json, const MtbCommand *command)
{
  mtb_json_append_member (json, command->shape.name);
  g_string_append_c (json, '{');
  mtb_json_append_text_member (json, "title", command->title);
  append_roles (json, command->roles);
  mtb_json_append_member (json, "online_only");
  g_string_append (json, mtb_command_is_online_only (command) ? "true" : "false");
  mtb_json_append_member (json, "args");
  append_schema (json, &command->shape);
  g_string_append_c (json, '}');
}

static void
append_limits (GString *json, const MtbLimits *limits)
{
  mtb_json_append_member (json, "limits");
  g_string_append_c (json, '{');
  mtb_json_append_number_member (json, "protocol", MTB_PROTOCOL);
  mtb_json_append_number_member (json, "body", limits->body_bytes);
  mtb_json_append_number_member (json, "batch", limits->batch_commands);
  mtb_json_append_number_member (json, "page", limits->page_rows);
  mtb_json_append_number_member (json, "depth", MTB_DEPTH_MAX);
  mtb_json_append_number_member (json, "values", MTB_VALUES_MAX);
  g_string_append_c (json, '}');
}

gboolean
mtb_resource_get_catalogue (MtbExchange *exchange, GError **error)
{
  GString *json = exchange->json;

  mtb_json_append_member (json, "tables");
  g_string_append_c (json, '{');
  for (guint i = 0; mtb_tables[i] != NULL; i++)
    {
      mtb_json_append_member (json, mtb_tables[i]->shape.name);
      append_schema (json, &mtb_tables[i]->shape);
    }
  g_string_append_c (json, '}');
  mtb_json_append_member (json, "commands");
  g_string_append_c (json, '{');
  for (guint i = 0; mtb_commands[i] != NULL; i++)
    if ((mtb_commands[i]->flags & MTB_COMMAND_INTERNAL) == 0)
      append_command (json, mtb_commands[i]);
  g_string_append_c (json, '}');
  append_limits (json, mtb_service_get_limits (exchange->service));
  return TRUE;
}
