/* Parts of snapshots, kept as files for a while. A shelf is a folder that the processes of a server
 * may share: a part is written beside, and gets a name that says all about it when it is whole, so
 * that what one has made the others find. When it was last asked for is the file's time of access. */

#include "mtb-shelf.h"

#include "mtb-error.h"
#include "mtb-number.h"
#include "mtb-schema.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#define HASH_BYTES 32
#define BUFFER (256 * 1024)
#define PRIVATE 0700
#define BESIDE "new-"

/* EPOCH_SEQ_HEAD_HASH */
#define BETWEEN "_"
#define N_WORDS 4

/**
 * mtb_part_free:
 * @part: (nullable) (transfer full): a part; its file stays
 */
void
mtb_part_free (MtbPart *part)
{
  if (part == NULL)
    return;
  g_free (part->path);
  mtb_record_unref (part->cursor);
  g_free (part->hash);
  g_free (part);
}

/**
 * mtb_part_copy:
 * @part: a part
 *
 * Returns: (transfer full): the same part
 */
MtbPart *
mtb_part_copy (const MtbPart *part)
{
  MtbPart *copy = g_new0 (MtbPart, 1);

  *copy = *part;
  copy->path = g_strdup (part->path);
  copy->cursor = mtb_record_ref (part->cursor);
  copy->hash = g_strdup (part->hash);
  return copy;
}

static MtbPart *
open_part (const char *shelf, const char *name)
{
  g_auto (GStrv) words = g_strsplit (name, BETWEEN, -1);
  g_autofree char *path = g_build_filename (shelf, name, NULL);
  MtbPart *part;
  GStatBuf about;
  gint64 seq;

  if (g_strv_length (words) != N_WORDS || !mtb_number_parse (words[1], 0, G_MAXINT64, &seq)
      || g_stat (path, &about) != 0)
    return NULL;
  part = g_new0 (MtbPart, 1);
  part->path = g_steal_pointer (&path);
  part->cursor = mtb_cursor_new (words[0], seq, words[2]);
  part->hash = g_strdup (words[3]);
  part->size = about.st_size;
  part->made_at = about.st_mtime;
  return part;
}

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const MtbPart *one = *(MtbPart *const *) a;
  const MtbPart *other = *(MtbPart *const *) b;

  if (one->made_at != other->made_at)
    return one->made_at < other->made_at ? 1 : -1;
  return one->cursor->seq < other->cursor->seq   ? 1
         : one->cursor->seq > other->cursor->seq ? -1
                                                 : g_strcmp0 (one->hash, other->hash);
}

/**
 * mtb_shelf_list:
 * @shelf: a folder
 *
 * Returns: (transfer full) (element-type MtbPart): the parts on it, the newest first
 */
GPtrArray *
mtb_shelf_list (const char *shelf)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_part_free);
  g_autoptr (GDir) dir = g_dir_open (shelf, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      MtbPart *part = open_part (shelf, name);

      if (part != NULL)
        g_ptr_array_add (parts, part);
    }
  g_ptr_array_sort (parts, compare_parts);
  return parts;
}

/**
 * mtb_part_note_use:
 * @part: a part that somebody is given or told of
 *
 * Lets it stay for another while.
 */
void
mtb_part_note_use (const MtbPart *part)
{
  const struct timespec times[] = { { .tv_nsec = UTIME_NOW }, { .tv_nsec = UTIME_OMIT } };

  utimensat (AT_FDCWD, part->path, times, 0);
}

/**
 * mtb_shelf_find:
 * @shelf: a folder
 * @hash: what somebody asks for; any text
 *
 * Returns: (transfer full) (nullable): the part, which stays for another while
 */
MtbPart *
mtb_shelf_find (const char *shelf, const char *hash)
{
  g_autoptr (GPtrArray) parts = mtb_shelf_list (shelf);

  for (guint i = 0; i < parts->len; i++)
    {
      const MtbPart *part = g_ptr_array_index (parts, i);

      if (!g_str_equal (part->hash, hash))
        continue;
      mtb_part_note_use (part);
      return mtb_part_copy (part);
    }
  return NULL;
}

static gboolean
fill_database (const char *path,
               const MtbCursor *cursor,
               MtbShelfFunc fill,
               gpointer data,
               GError **error)
{
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (MtbStore) target = mtb_store_open (uri, MTB_STORE_FILE, error);

  return target != NULL && mtb_store_begin (target, error)
         && mtb_schema_create_tables (target, error)
         && mtb_schema_create (target, &mtb_cursor_shape, error) && fill (target, data, error)
         && mtb_store_insert (target, cursor, error) && mtb_store_commit (target, error);
}

static char *
copy_and_hash (GInputStream *input, GOutputStream *output, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (BUFFER);
  guint8 hash[HASH_BYTES];
  char text[2 * HASH_BYTES + 1];
  crypto_generichash_state state;
  gsize n_read;

  crypto_generichash_init (&state, NULL, 0, sizeof hash);
  do
    {
      if (!g_input_stream_read_all (input, buffer, BUFFER, &n_read, NULL, error)
          || !g_output_stream_write_all (output, buffer, n_read, NULL, NULL, error))
        return NULL;
      crypto_generichash_update (&state, buffer, n_read);
    }
  while (n_read == BUFFER);
  crypto_generichash_final (&state, hash, sizeof hash);
  return g_strdup (sodium_bin2hex (text, sizeof text, hash, sizeof hash));
}

static gboolean
make_durable (const char *path, GError **error)
{
  int descriptor = open (path, O_RDONLY | O_CLOEXEC);
  gboolean ok = descriptor >= 0 && fsync (descriptor) == 0;

  if (descriptor >= 0)
    close (descriptor);
  if (!ok)
    g_set_error (error, MTB_ERROR, MTB_ERROR_STORAGE, "%s cannot be written", path);
  return ok;
}

/* Durable before it has its name, since what has one is believed to be whole. */
static char *
compress_file (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1);
  g_autoptr (GFileInputStream) input = g_file_read (source, NULL, error);
  g_autoptr (GFileOutputStream) output = g_file_replace (
    target, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, error);
  g_autoptr (GInputStream) zipped = NULL;
  g_autofree char *hash = NULL;

  if (input == NULL || output == NULL)
    return NULL;
  zipped = g_converter_input_stream_new (G_INPUT_STREAM (input), G_CONVERTER (compressor));
  hash = copy_and_hash (zipped, G_OUTPUT_STREAM (output), error);
  if (hash == NULL || !g_output_stream_close (G_OUTPUT_STREAM (output), NULL, error)
      || !make_durable (to, error))
    return NULL;
  return g_steal_pointer (&hash);
}

/* Puts a part under its name. */
static MtbPart *
name_part (const char *shelf,
           const char *path,
           const MtbCursor *cursor,
           const char *hash,
           GError **error)
{
  g_autofree char *name =
    g_strdup_printf ("%s" BETWEEN "%" G_GINT64_FORMAT BETWEEN "%s" BETWEEN "%s", cursor->epoch,
                     cursor->seq, cursor->head, hash);
  g_autofree char *named = g_build_filename (shelf, name, NULL);
  MtbPart *part = NULL;

  if (g_rename (path, named) == 0)
    part = open_part (shelf, name);
  if (part == NULL)
    g_set_error (error, MTB_ERROR, MTB_ERROR_STORAGE, "%s cannot be made", named);
  return part;
}

/**
 * mtb_shelf_add:
 * @shelf: a folder; it is made where it is missing
 * @cursor: of which moment the part is
 * @fill: fills it
 * @data: handed to @fill
 * @error: return location
 *
 * Makes a part and puts it on the shelf.
 *
 * Returns: (transfer full): the part
 */
MtbPart *
mtb_shelf_add (const char *shelf,
               const MtbCursor *cursor,
               MtbShelfFunc fill,
               gpointer data,
               GError **error)
{
  g_autofree char *path = g_build_filename (shelf, BESIDE "XXXXXX", NULL);
  g_autofree char *zipped = NULL;
  g_autofree char *hash = NULL;
  MtbPart *part = NULL;
  int descriptor = -1;

  if (g_mkdir_with_parents (shelf, PRIVATE) == 0)
    descriptor = g_mkstemp (path);
  if (descriptor < 0)
    {
      g_set_error (error, MTB_ERROR, MTB_ERROR_STORAGE, "nothing can be written to %s", shelf);
      return NULL;
    }
  close (descriptor);
  zipped = g_strconcat (path, ".gz", NULL);
  if (fill_database (path, cursor, fill, data, error))
    hash = compress_file (path, zipped, error);
  g_unlink (path);
  if (hash != NULL)
    part = name_part (shelf, zipped, cursor, hash, error);
  if (part == NULL)
    g_unlink (zipped);
  return part;
}

/**
 * mtb_shelf_limit:
 * @shelf: a folder
 * @n_kept: how many of the newest parts stay
 *
 * Removes the others, also where somebody still wanted them: a shelf does not grow.
 */
void
mtb_shelf_limit (const char *shelf, guint n_kept)
{
  g_autoptr (GPtrArray) parts = mtb_shelf_list (shelf);

  for (guint i = n_kept; i < parts->len; i++)
    g_unlink (((const MtbPart *) g_ptr_array_index (parts, i))->path);
}

static gboolean
is_idle (const char *path)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  GStatBuf about;

  return g_stat (path, &about) == 0
         && MAX (about.st_atime, about.st_mtime) < now - MTB_SHELF_IDLE_S;
}

/* What a process left that was killed while it wrote. */
static void
remove_left_behind (const char *shelf)
{
  g_autoptr (GDir) dir = g_dir_open (shelf, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (shelf, name, NULL);

      if (g_str_has_prefix (name, BESIDE) && is_idle (path))
        g_unlink (path);
    }
}

/**
 * mtb_shelf_tidy:
 * @shelf: a folder
 * @n_kept: how many of the newest parts stay, whether they are asked for or not
 *
 * Removes what nobody has needed for a while. Whoever is reading it reads on.
 */
void
mtb_shelf_tidy (const char *shelf, guint n_kept)
{
  g_autoptr (GPtrArray) parts = mtb_shelf_list (shelf);

  for (guint i = n_kept; i < parts->len; i++)
    {
      const MtbPart *part = g_ptr_array_index (parts, i);

      if (is_idle (part->path))
        g_unlink (part->path);
    }
  remove_left_behind (shelf);
}
