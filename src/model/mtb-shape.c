#include "mtb-shape.h"

#include "mtb-time.h"

#define NUMBER_MAX G_GINT64_CONSTANT (9007199254740991)

/**
 * mtb_field_is_text:
 * @field: a field
 *
 * Returns: whether the field is a `char *`; otherwise it is a `gint64`
 */
gboolean
mtb_field_is_text (const MtbField *field)
{
  return field->type == MTB_TYPE_TEXT || field->type == MTB_TYPE_ID;
}

/**
 * mtb_field_get_text:
 * @field: a text field of @record's shape
 * @record: the struct
 *
 * Returns: (nullable) (transfer none): the text
 */
const char *
mtb_field_get_text (const MtbField *field, gconstpointer record)
{
  return G_STRUCT_MEMBER (char *, record, field->offset);
}

/**
 * mtb_field_get_number:
 * @field: a field of @record's shape that is not a text
 * @record: the struct
 *
 * Returns: the number, or %MTB_ABSENT
 */
gint64
mtb_field_get_number (const MtbField *field, gconstpointer record)
{
  return G_STRUCT_MEMBER (gint64, record, field->offset);
}

/**
 * mtb_field_take_text:
 * @field: a text field of @record's shape
 * @record: the struct
 * @value: (nullable) (transfer full): the text
 */
void
mtb_field_take_text (const MtbField *field, gpointer record, char *value)
{
  g_free (G_STRUCT_MEMBER (char *, record, field->offset));
  G_STRUCT_MEMBER (char *, record, field->offset) = value;
}

/**
 * mtb_field_set_text:
 * @field: a text field of @record's shape
 * @record: the struct
 * @value: (nullable): the text, copied
 */
void
mtb_field_set_text (const MtbField *field, gpointer record, const char *value)
{
  mtb_field_take_text (field, record, g_strdup (value));
}

/**
 * mtb_field_fit_text:
 * @field: a text field of @record's shape that says how long it may be
 * @record: the struct
 * @value: (nullable): the text, of which as much is copied as the field holds
 */
void
mtb_field_fit_text (const MtbField *field, gpointer record, const char *value)
{
  glong length = value != NULL ? g_utf8_strlen (value, -1) : 0;

  mtb_field_take_text (
    field, record, value != NULL ? g_utf8_substring (value, 0, MIN (length, field->max)) : NULL);
}

/**
 * mtb_field_set_number:
 * @field: a field of @record's shape that is not a text
 * @record: the struct
 * @value: the number, or %MTB_ABSENT
 */
void
mtb_field_set_number (const MtbField *field, gpointer record, gint64 value)
{
  G_STRUCT_MEMBER (gint64, record, field->offset) = value;
}

/**
 * mtb_field_get_choice:
 * @field: a field with choices
 * @value: a value of it
 *
 * Returns: (nullable): the word of @value
 */
const char *
mtb_field_get_choice (const MtbField *field, gint64 value)
{
  guint n = g_strv_length ((char **) field->choices);

  return value >= 0 && value < n ? field->choices[value] : NULL;
}

/**
 * mtb_field_parse_choice:
 * @field: a field with choices
 * @word: (nullable): a word
 *
 * Returns: the value of @word, or %MTB_ABSENT where it is none of the choices
 */
gint64
mtb_field_parse_choice (const MtbField *field, const char *word)
{
  for (guint i = 0; word != NULL && field->choices[i] != NULL; i++)
    if (g_str_equal (field->choices[i], word))
      return i;
  return MTB_ABSENT;
}

/**
 * mtb_shape_find:
 * @shape: a shape
 * @name: a field's name
 *
 * Returns: (nullable): the field
 */
const MtbField *
mtb_shape_find (const MtbShape *shape, const char *name)
{
  for (guint i = 0; i < shape->n_fields; i++)
    if (g_str_equal (shape->fields[i].name, name))
      return &shape->fields[i];
  return NULL;
}

/**
 * mtb_field_get_range:
 * @field: a field that is not a text
 * @min: (out): its least value
 * @max: (out): its greatest value
 */
void
mtb_field_get_range (const MtbField *field, gint64 *min, gint64 *max)
{
  *min = field->min;
  *max = field->max;
  if (field->type == MTB_TYPE_ENUM)
    *max = (gint64) g_strv_length ((char **) field->choices) - 1;
  else if (field->type == MTB_TYPE_SET)
    *max = (G_GINT64_CONSTANT (1) << g_strv_length ((char **) field->choices)) - 1;
  else if (field->type == MTB_TYPE_FLAG)
    *max = 1;
  else if (field->type == MTB_TYPE_MONEY && *min == 0 && *max == 0)
    *min = -NUMBER_MAX;
  if (*max == 0)
    *max = field->type == MTB_TYPE_TIME ? MTB_TIME_MAX : NUMBER_MAX;
}
