/* Values as plain text, in addresses and in tables for spreadsheets: words of enumerations, words of
 * sets with commas between them, times as RFC 3339, whole numbers. */

#include "mtb-plain.h"

#include "mtb-number.h"
#include "mtb-time.h"

static char *
write_set (const MtbField *field, gint64 value)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; field->choices[i] != NULL; i++)
    if ((value & (G_GINT64_CONSTANT (1) << i)) != 0)
      g_string_append_printf (words, "%s%s", words->len > 0 ? "," : "", field->choices[i]);
  return g_strdup (words->str);
}

/**
 * mtb_plain_write:
 * @field: a field of @record's shape
 * @record: a record
 *
 * Returns: (transfer full) (nullable): what @field holds; %NULL where it is absent
 */
char *
mtb_plain_write (const MtbField *field, gconstpointer record)
{
  gint64 number;

  if (mtb_field_is_text (field))
    return g_strdup (mtb_field_get_text (field, record));
  number = mtb_field_get_number (field, record);
  if (number == MTB_ABSENT)
    return NULL;
  if (field->type == MTB_TYPE_ENUM)
    return g_strdup (mtb_field_get_choice (field, number));
  if (field->type == MTB_TYPE_SET)
    return write_set (field, number);
  if (field->type == MTB_TYPE_TIME)
    return mtb_time_format (number);
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

static gint64
read_set (const MtbField *field, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  gint64 value = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      gint64 bit = mtb_field_parse_choice (field, words[i]);

      if (bit == MTB_ABSENT)
        return MTB_ABSENT;
      value |= G_GINT64_CONSTANT (1) << bit;
    }
  return value;
}

static gint64
read_number (const MtbField *field, const char *text)
{
  gint64 number;

  if (field->type == MTB_TYPE_ENUM)
    return mtb_field_parse_choice (field, text);
  if (field->type == MTB_TYPE_SET)
    return read_set (field, text);
  if (field->type == MTB_TYPE_TIME)
    return mtb_time_parse (text);
  return mtb_number_parse (text, -G_MAXINT64, G_MAXINT64, &number) ? number : MTB_ABSENT;
}

/**
 * mtb_plain_read:
 * @field: a field of @record's shape
 * @text: a value
 * @record: the record to write it to
 *
 * Returns: whether @text is a value of @field's type; its range is not looked at
 */
gboolean
mtb_plain_read (const MtbField *field, const char *text, gpointer record)
{
  if (mtb_field_is_text (field))
    {
      mtb_field_set_text (field, record, text);
      return TRUE;
    }
  mtb_field_set_number (field, record, read_number (field, text));
  return mtb_field_get_number (field, record) != MTB_ABSENT;
}
