/* Tables for spreadsheets: comma-separated values after RFC 4180, in UTF-8 with a byte order mark,
 * without which some programs take Arabic for something else. A text that a spreadsheet would take
 * for a formula has an apostrophe before it. Cells are appended one by one; each row is ended. */

#include "mtb-csv-writer.h"

#include "mtb-plain.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/**
 * mtb_csv_new:
 *
 * Returns: (transfer full): a table without rows
 */
GString *
mtb_csv_new (void)
{
  return g_string_new (BYTE_ORDER_MARK);
}

/**
 * mtb_csv_append_text:
 * @csv: a table
 * @text: (nullable): the text of the next cell
 */
void
mtb_csv_append_text (GString *csv, const char *text)
{
  gboolean quoted = text != NULL && strpbrk (text, ",\"\r\n") != NULL;

  if (quoted)
    g_string_append_c (csv, '"');
  if (text != NULL && *text != '\0' && strchr ("=+-@\t\r", *text) != NULL)
    g_string_append_c (csv, '\'');
  for (; text != NULL && *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *text);
    }
  g_string_append (csv, quoted ? "\"," : ",");
}

/**
 * mtb_csv_append_code:
 * @csv: a table
 * @code: (nullable): a telephone or another number that nobody counts with
 *
 * Appends a cell that stays a text: of digits alone a spreadsheet would make a number, without the
 * zeroes at its head.
 */
void
mtb_csv_append_code (GString *csv, const char *code)
{
  gboolean looks_like_number =
    code != NULL && *code != '\0' && strspn (code, "0123456789") == strlen (code);

  if (looks_like_number)
    g_string_append_c (csv, '\'');
  mtb_csv_append_text (csv, code);
}

/**
 * mtb_csv_append_figure:
 * @csv: a table
 * @figure: (nullable): a number or a duration in the digits 0-9
 *
 * Appends a cell that is counted with; what is none of these is a text.
 */
void
mtb_csv_append_figure (GString *csv, const char *figure)
{
  if (figure == NULL || strspn (figure, "0123456789.:-") != strlen (figure))
    mtb_csv_append_text (csv, figure);
  else
    g_string_append_printf (csv, "%s,", figure);
}

/**
 * mtb_csv_append_number:
 * @csv: a table
 * @number: the number in the next cell; %MTB_ABSENT leaves it empty
 */
void
mtb_csv_append_number (GString *csv, gint64 number)
{
  if (number != MTB_ABSENT)
    g_string_append_printf (csv, "%" G_GINT64_FORMAT, number);
  g_string_append_c (csv, ',');
}

/**
 * mtb_csv_append_field:
 * @csv: a table
 * @field: a field of @record's shape
 * @record: a record
 *
 * Appends a cell with what @field holds: times as RFC 3339, words of enumerations, whole numbers.
 */
void
mtb_csv_append_field (GString *csv, const MtbField *field, gconstpointer record)
{
  gboolean is_number =
    !mtb_field_is_text (field) && field->choices == NULL && field->type != MTB_TYPE_TIME;
  g_autofree char *text = is_number ? NULL : mtb_plain_write (field, record);

  if (is_number)
    mtb_csv_append_number (csv, mtb_field_get_number (field, record));
  else
    mtb_csv_append_text (csv, text);
}

/**
 * mtb_csv_end_row:
 * @csv: a table whose last row has a cell at least
 */
void
mtb_csv_end_row (GString *csv)
{
  g_string_truncate (csv, csv->len - 1);
  g_string_append (csv, "\r\n");
}

/**
 * mtb_csv_write:
 * @shape: the rows' shape
 * @headings: (nullable) (array zero-terminated=1): what stands over each field; %NULL for its name
 * @rows: records of @shape
 *
 * Returns: (transfer full): the table, a column a field
 */
GString *
mtb_csv_write (const MtbShape *shape, const char *const *headings, const GPtrArray *rows)
{
  GString *csv = mtb_csv_new ();

  for (guint i = 0; i < shape->n_fields; i++)
    mtb_csv_append_text (csv, headings != NULL ? headings[i] : shape->fields[i].name);
  mtb_csv_end_row (csv);
  for (guint i = 0; i < rows->len; i++)
    {
      for (guint j = 0; j < shape->n_fields; j++)
        mtb_csv_append_field (csv, &shape->fields[j], g_ptr_array_index (rows, i));
      mtb_csv_end_row (csv);
    }
  return csv;
}
