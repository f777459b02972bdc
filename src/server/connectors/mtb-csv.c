/* Comma-separated values as RFC 4180 has them, in UTF-8, with a byte order mark or without. A row
 * that is not well-formed, such as one with a quotation mark too many, costs only its first line:
 * reading goes on with the next one. */

#include "mtb-csv.h"

#include "mtb-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct _MtbCsv
{
  GMappedFile *file;
  const char *next;
  const char *end;
  guint next_line;
  guint line;
};

/**
 * mtb_csv_open:
 * @path: where it is
 * @error: return location
 *
 * Returns: (transfer full): the file, before its first row
 */
MtbCsv *
mtb_csv_open (const char *path, GError **error)
{
  g_autoptr (GError) failure = NULL;
  GMappedFile *file = g_mapped_file_new (path, FALSE, &failure);
  MtbCsv *self;

  if (file == NULL)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_STORAGE, failure->message);
      return NULL;
    }
  self = g_new0 (MtbCsv, 1);
  self->file = file;
  self->next = g_mapped_file_get_contents (file);
  self->end = self->next + g_mapped_file_get_length (file);
  self->next_line = 1;
  if (self->end - self->next >= 3 && memcmp (self->next, BYTE_ORDER_MARK, 3) == 0)
    self->next += 3;
  return self;
}

/**
 * mtb_csv_close:
 * @csv: (nullable) (transfer full): a file
 */
void
mtb_csv_close (MtbCsv *csv)
{
  if (csv == NULL)
    return;
  g_mapped_file_unref (csv->file);
  g_free (csv);
}

/**
 * mtb_csv_get_line:
 * @csv: a file
 *
 * Returns: the line on which the row begins that was read last, from 1
 */
guint
mtb_csv_get_line (MtbCsv *csv)
{
  return csv->line;
}

static gboolean
is_end_of_value (const MtbCsv *self, const char *at)
{
  return at == self->end || *at == ',' || *at == '\n'
         || (*at == '\r' && (at + 1 == self->end || at[1] == '\n'));
}

/* Returns where the value ends, or NULL where it is not well-formed. */
static const char *
read_quoted (MtbCsv *self, const char *at, GString *value)
{
  for (at++; at < self->end; at++)
    {
      if (*at == '"' && at + 1 < self->end && at[1] == '"')
        at++;
      else if (*at == '"')
        return is_end_of_value (self, at + 1) ? at + 1 : NULL;
      g_string_append_c (value, *at);
    }
  return NULL;
}

static const char *
read_plain (MtbCsv *self, const char *at, GString *value)
{
  const char *start = at;

  while (!is_end_of_value (self, at))
    at++;
  g_string_append_len (value, start, at - start);
  return at;
}

static const char *
read_value (MtbCsv *self, const char *at, GPtrArray *row)
{
  g_autoptr (GString) value = g_string_new (NULL);
  const char *end =
    at < self->end && *at == '"' ? read_quoted (self, at, value) : read_plain (self, at, value);

  if (end == NULL || !g_utf8_validate (value->str, (gssize) value->len, NULL))
    return NULL;
  g_ptr_array_add (row, g_strndup (value->str, value->len));
  return end;
}

static const char *
skip_line_end (const MtbCsv *self, const char *at)
{
  if (at < self->end && *at == '\r')
    at++;
  return at < self->end ? at + 1 : at;
}

static void
go_to (MtbCsv *self, const char *to)
{
  for (; self->next < to; self->next++)
    if (*self->next == '\n')
      self->next_line++;
}

static void
skip_blank_lines (MtbCsv *self)
{
  while (self->next < self->end && (*self->next == '\n' || *self->next == '\r'))
    go_to (self, self->next + 1);
}

static void
skip_broken_line (MtbCsv *self)
{
  const char *line_end = memchr (self->next, '\n', (gsize) (self->end - self->next));

  go_to (self, line_end != NULL ? line_end + 1 : self->end);
}

/**
 * mtb_csv_read:
 * @csv: a file
 * @error: return location, %MTB_ERROR_INVALID where this row is not well-formed
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the values of the next row; %NULL
 *   without @error at the end
 */
GPtrArray *
mtb_csv_read (MtbCsv *csv, GError **error)
{
  g_autoptr (GPtrArray) row = g_ptr_array_new_with_free_func (g_free);
  const char *at;

  skip_blank_lines (csv);
  csv->line = csv->next_line;
  if (csv->next == csv->end)
    return NULL;
  at = read_value (csv, csv->next, row);
  while (at != NULL && at < csv->end && *at == ',')
    at = read_value (csv, at + 1, row);
  if (at != NULL)
    {
      go_to (csv, skip_line_end (csv, at));
      return g_steal_pointer (&row);
    }
  skip_broken_line (csv);
  mtb_error_set_invalid (error, NULL,
                         N_ ("The quotation marks or the letters of this line are wrong"));
  return NULL;
}
