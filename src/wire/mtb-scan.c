/* Reads a body into json-glib's tree, and refuses what json-glib's own parser lets through: nesting
 * that ends the program, numbers that turn around, NUL in strings, doubled keys, comments, a second
 * document. What passes is JSON as RFC 8259 has it, with whole numbers alone. That parser would also
 * take longer over a command than all that the server does with it. */

#include "mtb-scan.h"

#include "mtb-error.h"
#include "mtb-limits.h"

#include <string.h>

typedef struct
{
  const char *at;
  const char *end;
  guint depth;
  guint n_values;
  GString *text; /* the string that was read last */
} Scanner;

static JsonNode *scan_value (Scanner *self, GError **error);

static gboolean
fail (GError **error, const char *message)
{
  g_set_error (error, MTB_ERROR, MTB_ERROR_INVALID, "the body is not taken: %s", message);
  return FALSE;
}

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static void
skip_space (Scanner *self)
{
  while (self->at < self->end && is_space (*self->at))
    self->at++;
}

static gboolean
take (Scanner *self, char c)
{
  skip_space (self);
  if (self->at == self->end || *self->at != c)
    return FALSE;
  self->at++;
  return TRUE;
}

static gboolean
scan_unicode (Scanner *self, guint *unit, GError **error)
{
  *unit = 0;
  if (self->end - self->at < 4)
    return fail (error, "an escape is cut off");
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (*self->at++);

      if (digit < 0)
        return fail (error, "an escape is wrong");
      *unit = *unit * 16 + (guint) digit;
    }
  return *unit != 0 || fail (error, "a string contains NUL");
}

static gboolean
scan_character (Scanner *self, GError **error)
{
  guint high, low;

  if (!scan_unicode (self, &high, error))
    return FALSE;
  if (high < 0xd800 || high > 0xdfff)
    {
      g_string_append_unichar (self->text, high);
      return TRUE;
    }
  if (high > 0xdbff || self->end - self->at < 6 || self->at[0] != '\\' || self->at[1] != 'u')
    return fail (error, "half a character stands alone");
  self->at += 2;
  if (!scan_unicode (self, &low, error))
    return FALSE;
  if (low < 0xdc00 || low > 0xdfff)
    return fail (error, "half a character stands alone");
  g_string_append_unichar (self->text, 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
  return TRUE;
}

static gboolean
scan_escape (Scanner *self, GError **error)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *letter;

  if (self->at == self->end)
    return fail (error, "a string does not end");
  if (*self->at == 'u')
    {
      self->at++;
      return scan_character (self, error);
    }
  letter = strchr (letters, *self->at++);
  if (letter == NULL || *letter == '\0')
    return fail (error, "an escape is wrong");
  g_string_append_c (self->text, meanings[letter - letters]);
  return TRUE;
}

static gboolean
is_plain (char c)
{
  return c != '"' && c != '\\' && (guchar) c >= 0x20;
}

static gboolean
scan_string (Scanner *self, GError **error)
{
  if (!take (self, '"'))
    return fail (error, "a string is missing");
  g_string_truncate (self->text, 0);
  while (self->at < self->end && *self->at != '"')
    {
      const char *start = self->at;

      while (self->at < self->end && is_plain (*self->at))
        self->at++;
      g_string_append_len (self->text, start, self->at - start);
      if (self->at == self->end || *self->at == '"')
        break;
      if (*self->at++ != '\\')
        return fail (error, "a string contains a control character");
      if (!scan_escape (self, error))
        return FALSE;
    }
  return take (self, '"') || fail (error, "a string does not end");
}

static gboolean
scan_number (Scanner *self, gint64 *number, GError **error)
{
  gboolean is_negative = *self->at == '-';
  const char *first;

  *number = 0;
  if (is_negative)
    self->at++;
  first = self->at;
  while (self->at < self->end && g_ascii_isdigit (*self->at))
    {
      *number = *number * 10 + (*self->at++ - '0');
      if (*number > MTB_NUMBER_MAX)
        return fail (error, "a number is too large");
    }
  if (self->at == first || (*first == '0' && self->at - first > 1))
    return fail (error, "a number is malformed");
  if (self->at < self->end && strchr (".eE", *self->at) != NULL)
    return fail (error, "a number is not whole");
  *number = is_negative ? -*number : *number;
  return TRUE;
}

static gboolean
take_word (Scanner *self, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->at) < length || memcmp (self->at, word, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

static JsonNode *
scan_word (Scanner *self, GError **error)
{
  if (take_word (self, "true"))
    return json_node_init_boolean (json_node_alloc (), TRUE);
  if (take_word (self, "false"))
    return json_node_init_boolean (json_node_alloc (), FALSE);
  if (take_word (self, "null"))
    return json_node_init_null (json_node_alloc ());
  fail (error, "this is not JSON");
  return NULL;
}

static char *
scan_key (Scanner *self, JsonObject *object, GError **error)
{
  const char *start;

  skip_space (self);
  start = self->at;
  if (!scan_string (self, error))
    return NULL;
  if (memchr (start, '\\', (gsize) (self->at - start)) != NULL)
    fail (error, "a key contains an escape");
  else if (json_object_has_member (object, self->text->str))
    fail (error, "a key stands twice");
  else if (!take (self, ':'))
    fail (error, "a colon is missing");
  else
    return g_strndup (self->text->str, self->text->len);
  return NULL;
}

static gboolean
scan_member (Scanner *self, JsonObject *object, GError **error)
{
  g_autofree char *key = NULL;
  JsonNode *value;

  if (json_object_get_size (object) == MTB_MEMBERS_MAX)
    return fail (error, "an object has too many members");
  key = scan_key (self, object, error);
  value = key != NULL ? scan_value (self, error) : NULL;
  if (value == NULL)
    return FALSE;
  json_object_set_member (object, key, value);
  return TRUE;
}

static JsonNode *
scan_object (Scanner *self, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();

  if (!take (self, '}'))
    {
      do
        if (!scan_member (self, object, error))
          return NULL;
      while (take (self, ','));
      if (!take (self, '}'))
        {
          fail (error, "an object does not end");
          return NULL;
        }
    }
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
scan_array (Scanner *self, GError **error)
{
  g_autoptr (JsonArray) array = json_array_new ();

  if (!take (self, ']'))
    {
      do
        {
          JsonNode *element = scan_value (self, error);

          if (element == NULL)
            return NULL;
          json_array_add_element (array, element);
        }
      while (take (self, ','));
      if (!take (self, ']'))
        {
          fail (error, "an array does not end");
          return NULL;
        }
    }
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
scan_nested (Scanner *self, GError **error)
{
  gboolean is_object = *self->at++ == '{';
  JsonNode *node;

  if (++self->depth > MTB_DEPTH_MAX)
    {
      fail (error, "it is nested too deep");
      return NULL;
    }
  node = is_object ? scan_object (self, error) : scan_array (self, error);
  self->depth--;
  return node;
}

static JsonNode *
scan_value (Scanner *self, GError **error)
{
  gint64 number;

  skip_space (self);
  if (self->at == self->end)
    {
      fail (error, "a value is missing");
      return NULL;
    }
  if (self->n_values++ == MTB_VALUES_MAX)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_TOO_LARGE, "the body has too many values");
      return NULL;
    }
  if (*self->at == '{' || *self->at == '[')
    return scan_nested (self, error);
  if (*self->at == '"')
    return scan_string (self, error) ? json_node_init_string (json_node_alloc (), self->text->str)
                                     : NULL;
  if (*self->at == '-' || g_ascii_isdigit (*self->at))
    return scan_number (self, &number, error) ? json_node_init_int (json_node_alloc (), number)
                                              : NULL;
  return scan_word (self, error);
}

static JsonNode *
scan_document (Scanner *self, GError **error)
{
  g_autoptr (JsonNode) root = scan_value (self, error);

  skip_space (self);
  if (root != NULL && self->at != self->end)
    {
      fail (error, "something stands after its end");
      return NULL;
    }
  return g_steal_pointer (&root);
}

/**
 * mtb_scan:
 * @body: bytes that claim to be JSON
 * @length: how many
 * @error: return location, %MTB_ERROR_INVALID or %MTB_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): what they say
 */
JsonNode *
mtb_scan (const char *body, gsize length, GError **error)
{
  Scanner self = { .at = body, .end = body + length };
  JsonNode *root = NULL;

  if (length > MTB_BODY_MAX)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_TOO_LARGE, "the body is too large");
      return NULL;
    }
  self.text = g_string_new (NULL);
  if (!g_utf8_validate_len (body, length, NULL))
    fail (error, "it is not UTF-8");
  else
    root = scan_document (&self, error);
  g_string_free (self.text, TRUE);
  return root;
}
