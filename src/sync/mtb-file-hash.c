#include "mtb-file-hash.h"

#include <gio/gio.h>
#include <sodium.h>

#define BUFFER (256 * 1024)

static gboolean
feed_file (crypto_generichash_state *state, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) input = g_file_read (file, NULL, NULL);
  g_autofree guint8 *buffer = g_malloc (BUFFER);
  gssize n = input != NULL ? 1 : -1;

  while (n > 0)
    {
      n = g_input_stream_read (G_INPUT_STREAM (input), buffer, BUFFER, NULL, NULL);
      if (n > 0)
        crypto_generichash_update (state, buffer, (gsize) n);
    }
  return n == 0;
}

/**
 * mtb_file_has_hash:
 * @path: a file
 * @hash: a BLAKE2b-256, hexadecimal
 *
 * Returns: whether the file can be read and has it
 */
gboolean
mtb_file_has_hash (const char *path, const char *hash)
{
  crypto_generichash_state state;
  guint8 bytes[MTB_FILE_HASH_BYTES];
  char text[2 * MTB_FILE_HASH_BYTES + 1];

  crypto_generichash_init (&state, NULL, 0, sizeof bytes);
  if (!feed_file (&state, path))
    return FALSE;
  crypto_generichash_final (&state, bytes, sizeof bytes);
  return g_str_equal (sodium_bin2hex (text, sizeof text, bytes, sizeof bytes), hash);
}
