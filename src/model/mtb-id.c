#include "mtb-id.h"

#include <string.h>
#include <sys/random.h>

#define ID_LENGTH 36

static gboolean
stands_hyphen (guint place)
{
  return place == 8 || place == 13 || place == 18 || place == 23;
}

static char *
format_id (guint8 bytes[16], guint8 version)
{
  char text[ID_LENGTH + 1] = { '\0' };
  guint n_digits = 0;

  bytes[6] = (bytes[6] & 0x0f) | (version << 4);
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  /* Every row and total has one, and printf takes ten times as long. */
  for (guint i = 0; i < ID_LENGTH; i++)
    if (stands_hyphen (i))
      text[i] = '-';
    else
      {
        guint8 byte = bytes[n_digits / 2];

        text[i] = "0123456789abcdef"[n_digits++ % 2 == 0 ? byte >> 4 : byte & 0x0f];
      }
  return g_strdup (text);
}

/**
 * mtb_id_new:
 * @now_ms: milliseconds since 1970
 *
 * Returns: (transfer full): a new UUID of version 7 (RFC 9562): time first, then 74 random bits
 */
char *
mtb_id_new (gint64 now_ms)
{
  guint8 bytes[16];

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("the system gives no random numbers");
  for (guint i = 0; i < 6; i++)
    bytes[i] = (guint8) (now_ms >> (8 * (5 - i)));
  return format_id (bytes, 7);
}

/**
 * mtb_id_derive:
 * @first: the first part
 * @...: more parts, then %NULL
 *
 * Makes the same UUID (version 8, out of SHA-256) whenever it is asked with the same parts, so
 * that what is imported or linked twice is the same thing twice.
 *
 * Returns: (transfer full): the UUID
 */
char *
mtb_id_derive (const char *first, ...)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  va_list parts;

  va_start (parts, first);
  for (const char *part = first; part != NULL; part = va_arg (parts, const char *))
    g_checksum_update (checksum, (const guchar *) part, (gssize) strlen (part) + 1);
  va_end (parts);
  g_checksum_get_digest (checksum, digest, &length);
  return format_id (digest, 8);
}

/**
 * mtb_id_is_valid:
 * @id: a text
 *
 * Returns: whether @id is a UUID as this program writes it: lower case, with hyphens
 */
gboolean
mtb_id_is_valid (const char *id)
{
  guint i;

  for (i = 0; i < ID_LENGTH && id[i] != '\0'; i++)
    if (stands_hyphen (i) ? id[i] != '-' : !g_ascii_isdigit (id[i]) && (id[i] < 'a' || id[i] > 'f'))
      return FALSE;
  return i == ID_LENGTH && id[i] == '\0';
}
