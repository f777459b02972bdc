/* Reads a body once, before json-glib does, and refuses what json-glib lets through: nesting that
 * ends the program, numbers that turn around, NUL in strings, doubled keys, comments, a second
 * document. What passes is JSON as RFC 8259 has it, with whole numbers alone. */

#include "mtb-scan.h"

#include "mtb-error.h"
#include "mtb-limits.h"

#include <string.h>

typedef struct
{
  const char *at;
  const char *end;
  guint depth;
} Scanner;

static gboolean scan_value (Scanner *self, GError **error);

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
scan_escape (Scanner *self, GError **error)
{
  guint high, low;

  if (self->at == self->end)
    return fail (error, "a string does not end");
  if (*self->at != 'u')
    return strchr ("\"\\/bfnrt", *self->at++) != NULL || fail (error, "an escape is wrong");
  self->at++;
  if (!scan_unicode (self, &high, error))
    return FALSE;
  if (high < 0xd800 || high > 0xdfff)
    return TRUE;
  if (high > 0xdbff || self->end - self->at < 6 || self->at[0] != '\\' || self->at[1] != 'u')
    return fail (error, "half a character stands alone");
  self->at += 2;
  return scan_unicode (self, &low, error)
         && ((low >= 0xdc00 && low <= 0xdfff) || fail (error, "half a character stands alone"));
}

static gboolean
scan_string (Scanner *self, GError **error)
{
  if (!take (self, '"'))
    return fail (error, "a string is missing");
  while (self->at < self->end && *self->at != '"')
    {
      guchar c = (guchar) *self->at++;

      if (c < 0x20)
        return fail (error, "a string contains a control character");
      if (c == '\\' && !scan_escape (self, error))
        return FALSE;
    }
  return take (self, '"') || fail (error, "a string does not end");
}

static gboolean
scan_number (Scanner *self, GError **error)
{
  gint64 value = 0;
  const char *first;

  if (*self->at == '-')
    self->at++;
  first = self->at;
  while (self->at < self->end && g_ascii_isdigit (*self->at))
    {
      value = value * 10 + (*self->at++ - '0');
      if (value > MTB_NUMBER_MAX)
        return fail (error, "a number is too large");
    }
  if (self->at == first || (*first == '0' && self->at - first > 1))
    return fail (error, "a number is malformed");
  if (self->at < self->end && strchr (".eE", *self->at) != NULL)
    return fail (error, "a number is not whole");
  return TRUE;
}

static gboolean
scan_word (Scanner *self, GError **error)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (self->end - self->at) >= length && memcmp (self->at, words[i], length) == 0)
        {
          self->at += length;
          return TRUE;
        }
    }
  return fail (error, "this is not JSON");
}

typedef struct
{
  const char *text;
  gsize length;
} Key;

static gboolean
check_key (const Key *keys, guint n_keys, GError **error)
{
  const Key *last = &keys[n_keys - 1];

  if (memchr (last->text, '\\', last->length) != NULL)
    return fail (error, "a key contains an escape");
  for (guint i = 0; i + 1 < n_keys; i++)
    if (keys[i].length == last->length && memcmp (keys[i].text, last->text, last->length) == 0)
      return fail (error, "a key stands twice");
  return TRUE;
}

static gboolean
scan_member (Scanner *self, Key *keys, guint *n_keys, GError **error)
{
  if (*n_keys == MTB_MEMBERS_MAX)
    return fail (error, "an object has too many members");
  skip_space (self);
  keys[*n_keys].text = self->at;
  if (!scan_string (self, error))
    return FALSE;
  keys[*n_keys].length = (gsize) (self->at - keys[*n_keys].text);
  (*n_keys)++;
  return check_key (keys, *n_keys, error)
         && (take (self, ':') || fail (error, "a colon is missing")) && scan_value (self, error);
}

static gboolean
scan_object (Scanner *self, GError **error)
{
  Key keys[MTB_MEMBERS_MAX];
  guint n_keys = 0;

  if (take (self, '}'))
    return TRUE;
  do
    if (!scan_member (self, keys, &n_keys, error))
      return FALSE;
  while (take (self, ','));
  return take (self, '}') || fail (error, "an object does not end");
}

static gboolean
scan_array (Scanner *self, GError **error)
{
  if (take (self, ']'))
    return TRUE;
  do
    if (!scan_value (self, error))
      return FALSE;
  while (take (self, ','));
  return take (self, ']') || fail (error, "an array does not end");
}

static gboolean
scan_nested (Scanner *self, GError **error)
{
  gboolean object = *self->at++ == '{';
  gboolean ok;

  if (++self->depth > MTB_DEPTH_MAX)
    return fail (error, "it is nested too deep");
  ok = object ? scan_object (self, error) : scan_array (self, error);
  self->depth--;
  return ok;
}

static gboolean
scan_value (Scanner *self, GError **error)
{
  skip_space (self);
  if (self->at == self->end)
    return fail (error, "a value is missing");
  if (*self->at == '{' || *self->at == '[')
    return scan_nested (self, error);
  if (*self->at == '"')
    return scan_string (self, error);
  if (*self->at == '-' || g_ascii_isdigit (*self->at))
    return scan_number (self, error);
  return scan_word (self, error);
}

/**
 * mtb_scan:
 * @body: bytes that claim to be JSON
 * @length: how many
 * @error: return location, %MTB_ERROR_INVALID or %MTB_ERROR_TOO_LARGE
 *
 * Returns: whether @body may be given to a JSON parser
 */
gboolean
mtb_scan (const char *body, gsize length, GError **error)
{
  Scanner self = { body, body + length, 0 };

  if (length > MTB_BODY_MAX)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_TOO_LARGE, "the body is too large");
      return FALSE;
    }
  if (!g_utf8_validate_len (body, length, NULL))
    return fail (error, "it is not UTF-8");
  if (!scan_value (&self, error))
    return FALSE;
  skip_space (&self);
  return self.at == self.end || fail (error, "something stands after its end");
}
