#include "mtb-record.h"

#include "mtb-error.h"
#include "mtb-id.h"

#include <glib/gi18n.h>

#define TEXT_MAX 4000

/* Stands before every record, as malloc's own header does; 16 bytes keep what follows aligned. */
typedef struct
{
  const MtbShape *shape;
  gpointer unused;
} Header;

static Header *
get_header (gconstpointer record)
{
  return (Header *) record - 1;
}

/**
 * mtb_record_new:
 * @shape: what it is
 *
 * Returns: (transfer full): a record with nothing in it: texts %NULL, numbers %MTB_ABSENT
 */
gpointer
mtb_record_new (const MtbShape *shape)
{
  Header *header = g_atomic_rc_box_alloc0 (sizeof (Header) + shape->size);
  gpointer record = header + 1;

  header->shape = shape;
  for (guint i = 0; i < shape->n_fields; i++)
    if (!mtb_field_is_text (&shape->fields[i]))
      mtb_field_set_number (&shape->fields[i], record, MTB_ABSENT);
  return record;
}

/**
 * mtb_record_get_shape:
 * @record: a record
 *
 * Returns: what it is
 */
const MtbShape *
mtb_record_get_shape (gconstpointer record)
{
  return get_header (record)->shape;
}

/**
 * mtb_record_ref:
 * @record: a record
 *
 * Returns: (transfer full): the same record; whoever shares one only reads it
 */
gpointer
mtb_record_ref (gpointer record)
{
  g_atomic_rc_box_acquire (get_header (record));
  return record;
}

static void
clear_header (gpointer data)
{
  Header *header = data;

  for (guint i = 0; i < header->shape->n_fields; i++)
    if (mtb_field_is_text (&header->shape->fields[i]))
      mtb_field_take_text (&header->shape->fields[i], header + 1, NULL);
}

/**
 * mtb_record_unref:
 * @record: (nullable) (transfer full): a record
 */
void
mtb_record_unref (gpointer record)
{
  if (record != NULL)
    g_atomic_rc_box_release_full (get_header (record), clear_header);
}

/**
 * mtb_record_copy:
 * @record: a record
 *
 * Returns: (transfer full): a deep copy
 */
gpointer
mtb_record_copy (gconstpointer record)
{
  gpointer copy = mtb_record_new (mtb_record_get_shape (record));

  mtb_record_assign (copy, record);
  return copy;
}

/**
 * mtb_record_equal:
 * @a: a record
 * @b: a record of the same shape
 *
 * Returns: whether every field is the same
 */
gboolean
mtb_record_equal (gconstpointer a, gconstpointer b)
{
  const MtbShape *shape = mtb_record_get_shape (a);

  g_return_val_if_fail (mtb_record_get_shape (b) == shape, FALSE);
  for (guint i = 0; i < shape->n_fields; i++)
    {
      const MtbField *field = &shape->fields[i];

      if (mtb_field_is_text (field)
            ? g_strcmp0 (mtb_field_get_text (field, a), mtb_field_get_text (field, b)) != 0
            : mtb_field_get_number (field, a) != mtb_field_get_number (field, b))
        return FALSE;
    }
  return TRUE;
}

/**
 * mtb_record_assign:
 * @to: the record to write
 * @from: the record to read
 *
 * Copies every field that both have by the same name and kind.
 */
void
mtb_record_assign (gpointer to, gconstpointer from)
{
  const MtbShape *to_shape = mtb_record_get_shape (to);
  const MtbShape *from_shape = mtb_record_get_shape (from);

  for (guint i = 0; i < from_shape->n_fields; i++)
    {
      const MtbField *source = &from_shape->fields[i];
      const MtbField *target =
        to_shape == from_shape ? source : mtb_shape_find (to_shape, source->name);

      if (target == NULL || target->type != source->type)
        continue;
      if (mtb_field_is_text (source))
        mtb_field_set_text (target, to, mtb_field_get_text (source, from));
      else
        mtb_field_set_number (target, to, mtb_field_get_number (source, from));
    }
}

/**
 * mtb_record_get_id:
 * @record: a record whose shape opens with its key
 *
 * Returns: (nullable) (transfer none): the key
 */
const char *
mtb_record_get_id (gconstpointer record)
{
  return mtb_field_get_text (&mtb_record_get_shape (record)->fields[0], record);
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

static gboolean
check_text (const MtbField *field, const char *value, GError **error)
{
  gint64 max = field->max > 0 ? field->max : TEXT_MAX;

  if (value == NULL || (field->required && is_blank (value)))
    {
      if (!field->required)
        return TRUE;
      mtb_error_set_invalid (error, field->name, N_ ("This is needed"));
      return FALSE;
    }
  if (field->type == MTB_TYPE_ID && !mtb_id_is_valid (value))
    {
      mtb_error_set_invalid (error, field->name, N_ ("This is not an identifier"));
      return FALSE;
    }
  if (!g_utf8_validate (value, -1, NULL))
    {
      mtb_error_set_invalid (error, field->name, N_ ("This is not valid text"));
      return FALSE;
    }
  if (g_utf8_strlen (value, -1) > max)
    {
      mtb_error_set_invalid (error, field->name, N_ ("This is too long"));
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_number (const MtbField *field, gint64 value, GError **error)
{
  gint64 min, max;

  if (value == MTB_ABSENT)
    {
      if (!field->required)
        return TRUE;
      mtb_error_set_invalid (error, field->name, N_ ("This is needed"));
      return FALSE;
    }
  mtb_field_get_range (field, &min, &max);
  if (value < min || value > max)
    {
      mtb_error_set_invalid (error, field->name, N_ ("This is out of range"));
      return FALSE;
    }
  return TRUE;
}

/**
 * mtb_record_check:
 * @record: a record
 * @error: return location, %MTB_ERROR_INVALID with the field
 *
 * Checks what the fields say of themselves: what must be there, ranges, lengths, identifiers.
 *
 * Returns: whether everything holds
 */
gboolean
mtb_record_check (gconstpointer record, GError **error)
{
  const MtbShape *shape = mtb_record_get_shape (record);

  for (guint i = 0; i < shape->n_fields; i++)
    {
      const MtbField *field = &shape->fields[i];

      if (mtb_field_is_text (field)
            ? !check_text (field, mtb_field_get_text (field, record), error)
            : !check_number (field, mtb_field_get_number (field, record), error))
        return FALSE;
    }
  return TRUE;
}
