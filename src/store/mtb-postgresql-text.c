/* PostgreSQL's parameters have numbers where ours have names. */

#include "mtb-postgresql-text.h"

#include <string.h>

static gsize
get_name_length (const char *text)
{
  gsize length = 0;

  while (g_ascii_isalnum (text[length]) || text[length] == '_')
    length++;
  return g_ascii_isdigit (*text) ? 0 : length;
}

/* How much of @text goes over as it is: a string, a quoted name, the two colons of a type, or a
 * character. */
static gsize
get_plain_length (const char *text)
{
  const char *end;

  if (*text == '\'' || *text == '"')
    {
      end = strchr (text + 1, *text);
      return end != NULL ? (gsize) (end + 1 - text) : strlen (text);
    }
  return g_str_has_prefix (text, "::") ? 2 : 1;
}

static guint
number_name (GPtrArray *names, const char *name, gsize length)
{
  g_autofree char *word = g_strndup (name, length);
  guint index;

  if (g_ptr_array_find_with_equal_func (names, word, g_str_equal, &index))
    return index + 1;
  g_ptr_array_add (names, g_steal_pointer (&word));
  return names->len;
}

/**
 * mtb_postgresql_number_parameters:
 * @sql: a statement with `:name` where a value goes
 * @names: an empty array that owns what is in it; gets each name once, in the order of appearance
 *
 * Returns: (transfer full): the statement with `$1` for the first of @names, and so on
 */
char *
mtb_postgresql_number_parameters (const char *sql, GPtrArray *names)
{
  GString *text = g_string_new (NULL);

  while (*sql != '\0')
    {
      gsize length = *sql == ':' ? get_name_length (sql + 1) : 0;

      if (length > 0)
        {
          g_string_append_printf (text, "$%u", number_name (names, sql + 1, length));
          sql += length + 1;
          continue;
        }
      length = get_plain_length (sql);
      g_string_append_len (text, sql, (gssize) length);
      sql += length;
    }
  return g_string_free (text, FALSE);
}
