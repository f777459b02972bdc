/* The parts of a snapshot on their way to a desk, as files in the person's folder: what is here stays
 * here when the line is cut or the program ends, and the next try goes on with what is missing. A part
 * goes by its hash, so one that the next snapshot has too is not fetched again. Belongs to one thread
 * at a time. */

#include "mtb-download.h"

#include "mtb-cache.h"
#include "mtb-directory.h"
#include "mtb-error.h"
#include "mtb-file-hash.h"
#include "mtb-json.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define OURS "snapshot"
#define MANIFEST OURS ".json"
#define ROWS OURS ".db"
#define OWN_ROWS OURS "-own.db"
#define PART OURS "-%s.part"
#define PRIVATE 0600
#define BUFFER (256 * 1024)
#define N_PARTS_MAX 2

typedef struct
{
  char *hash;
  char *path;
  gint64 n_bytes;
  gint64 n_here;
} Part;

struct _MtbDownload
{
  char *folder;
  GPtrArray *parts;
};

static void
free_part (gpointer data)
{
  Part *part = data;

  g_free (part->hash);
  g_free (part->path);
  g_free (part);
}

/**
 * mtb_download_free:
 * @download: (nullable) (transfer full): a download; its files stay
 */
void
mtb_download_free (MtbDownload *download)
{
  if (download == NULL)
    return;
  g_ptr_array_unref (download->parts);
  g_free (download->folder);
  g_free (download);
}

static gint64
measure_file (const char *path)
{
  GStatBuf about;

  return g_stat (path, &about) == 0 ? about.st_size : 0;
}

/* The hash becomes a file's name. */
static gboolean
is_hash (const char *text)
{
  return text != NULL && strlen (text) == 2 * MTB_FILE_HASH_BYTES
         && text[strspn (text, "0123456789abcdef")] == '\0';
}

static Part *
read_part (const char *folder, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *hash = object != NULL ? mtb_json_get_text (object, "hash") : NULL;
  g_autofree char *name = NULL;
  Part *part;

  if (!is_hash (hash) || mtb_json_get_number (object, "size") <= 0)
    return NULL;
  name = g_strdup_printf (PART, hash);
  part = g_new0 (Part, 1);
  part->hash = g_strdup (hash);
  part->path = g_build_filename (folder, name, NULL);
  part->n_bytes = mtb_json_get_number (object, "size");
  part->n_here = measure_file (part->path);
  return part;
}

static MtbDownload *
read_manifest (const char *folder, JsonObject *manifest)
{
  g_autoptr (MtbDownload) self = g_new0 (MtbDownload, 1);
  JsonArray *parts = mtb_json_get_array (manifest, "parts");
  guint n_parts = parts != NULL ? json_array_get_length (parts) : 0;

  self->folder = g_strdup (folder);
  self->parts = g_ptr_array_new_with_free_func (free_part);
  if (n_parts < 1 || n_parts > N_PARTS_MAX)
    return NULL;
  for (guint i = 0; i < n_parts; i++)
    {
      Part *part = read_part (folder, json_array_get_element (parts, i));

      if (part == NULL)
        return NULL;
      g_ptr_array_add (self->parts, part);
    }
  return g_steal_pointer (&self);
}

static gboolean
is_wanted (MtbDownload *self, const char *path)
{
  for (guint i = 0; self != NULL && i < self->parts->len; i++)
    if (g_str_equal (((const Part *) g_ptr_array_index (self->parts, i))->path, path))
      return TRUE;
  return FALSE;
}

/* The manifest goes first: parts without one are only bytes that need not be fetched again. */
static void
remove_files (const char *folder, MtbDownload *wanted)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *manifest = g_build_filename (folder, MANIFEST, NULL);
  const char *name;

  g_unlink (manifest);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_prefix (name, OURS) && !is_wanted (wanted, path))
        g_unlink (path);
    }
}

/**
 * mtb_download_forget:
 * @folder: where the person's files are
 *
 * Removes what was downloaded.
 */
void
mtb_download_forget (const char *folder)
{
  remove_files (folder, NULL);
}

/**
 * mtb_download_begin:
 * @folder: where the person's files are
 * @manifest: the answer to `GET /v1/snapshot`
 * @error: return location
 *
 * Returns: (transfer full): the download; what is here of its parts from before is kept
 */
MtbDownload *
mtb_download_begin (const char *folder, JsonObject *manifest, GError **error)
{
  g_autoptr (MtbDownload) self = read_manifest (folder, manifest);
  g_autofree char *path = g_build_filename (folder, MANIFEST, NULL);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), manifest);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr (GError) failure = NULL;

  if (self == NULL)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNREACHABLE,
                           "the server's answer cannot be read");
      return NULL;
    }
  remove_files (folder, self);
  if (g_file_set_contents_full (path, text, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                PRIVATE, &failure))
    return g_steal_pointer (&self);
  g_set_error (error, MTB_ERROR, MTB_ERROR_STORAGE, "%s", failure->message);
  return NULL;
}

/**
 * mtb_download_resume:
 * @folder: where the person's files are
 *
 * The person's own part is asked for anew where it was whole: the server may say meanwhile that it is
 * not theirs any more.
 *
 * Returns: (transfer full) (nullable): the download that was begun and not finished
 */
MtbDownload *
mtb_download_resume (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, MANIFEST, NULL);
  g_autoptr (JsonObject) manifest = NULL;
  g_autofree char *text = NULL;
  MtbDownload *self;
  Part *own;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return NULL;
  manifest = mtb_json_read (text, length, NULL);
  self = manifest != NULL ? read_manifest (folder, manifest) : NULL;
  if (self == NULL)
    return NULL;
  own = g_ptr_array_index (self->parts, self->parts->len - 1);
  if (own->n_here >= own->n_bytes)
    {
      g_unlink (own->path);
      own->n_here = 0;
    }
  return self;
}

static Part *
find_next (MtbDownload *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = g_ptr_array_index (self->parts, i);

      if (part->n_here < part->n_bytes)
        return part;
    }
  return NULL;
}

/**
 * mtb_download_get_next:
 * @download: a download
 * @n_here: (out): how much of it is here
 *
 * Returns: (nullable): the hash of the part to go on with; %NULL where all is here
 */
const char *
mtb_download_get_next (MtbDownload *download, gint64 *n_here)
{
  const Part *part = find_next (download);

  *n_here = part != NULL ? part->n_here : 0;
  return part != NULL ? part->hash : NULL;
}

/**
 * mtb_download_measure:
 * @download: a download
 * @n_here: (out): how many bytes are here
 * @n_bytes: (out): how many there are
 */
void
mtb_download_measure (MtbDownload *download, gint64 *n_here, gint64 *n_bytes)
{
  *n_here = 0;
  *n_bytes = 0;
  for (guint i = 0; i < download->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (download->parts, i);

      *n_here += MIN (part->n_here, part->n_bytes);
      *n_bytes += part->n_bytes;
    }
}

static gboolean
fail_to_write (const char *path, int number, GError **error)
{
  if (number == ENOSPC || number == EDQUOT)
    g_set_error_literal (error, MTB_ERROR, MTB_ERROR_STORAGE,
                         N_ ("There is no room left on this computer's disk"));
  else
    g_set_error (error, MTB_ERROR, MTB_ERROR_STORAGE, "%s cannot be written: %s", path,
                 g_strerror (number));
  return FALSE;
}

static gboolean
write_all (int descriptor, const guint8 *bytes, gsize n_bytes)
{
  while (n_bytes > 0)
    {
      gssize n = write (descriptor, bytes, n_bytes);

      if (n < 0 && errno != EINTR)
        return FALSE;
      bytes += MAX (n, 0);
      n_bytes -= (gsize) MAX (n, 0);
    }
  return TRUE;
}

/* More than there should be is no part of it: its hash would tell only later. */
static gboolean
take_bytes (Part *part, int descriptor, const guint8 *bytes, gsize n_bytes, GError **error)
{
  if (!write_all (descriptor, bytes, n_bytes))
    return fail_to_write (part->path, errno, error);
  part->n_here += (gint64) n_bytes;
  if (part->n_here <= part->n_bytes)
    return TRUE;
  g_unlink (part->path);
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNREACHABLE, "the snapshot came damaged");
  return FALSE;
}

static int
open_part (Part *part, gint64 from)
{
  int descriptor = open (part->path, O_WRONLY | O_CREAT | O_CLOEXEC, PRIVATE);

  if (descriptor < 0)
    return -1;
  part->n_here = from;
  if (ftruncate (descriptor, from) == 0 && lseek (descriptor, from, SEEK_SET) == from)
    return descriptor;
  close (descriptor);
  return -1;
}

/**
 * mtb_download_take:
 * @download: a download that is not whole
 * @stream: bytes of the part that mtb_download_get_next() named
 * @from: with which byte of it @stream begins
 * @func: hears how it goes on
 * @data: handed to @func
 * @cancellable: (nullable): gives up
 * @error: return location, %MTB_ERROR_UNREACHABLE, %MTB_ERROR_STORAGE
 *
 * Whatever happens, the bytes that have come are kept.
 *
 * Returns: whether the part is here to its end
 */
gboolean
mtb_download_take (MtbDownload *download,
                   GInputStream *stream,
                   gint64 from,
                   MtbDownloadFunc func,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  Part *part = find_next (download);
  g_autofree guint8 *buffer = g_malloc (BUFFER);
  g_autoptr (GError) failure = NULL;
  int descriptor = open_part (part, from);
  gssize n = 1;
  gboolean ok = TRUE;

  if (descriptor < 0)
    return fail_to_write (part->path, errno, error);
  while (ok && n > 0)
    {
      gint64 n_here, n_bytes;

      n = g_input_stream_read (stream, buffer, BUFFER, cancellable, &failure);
      ok = n <= 0 || take_bytes (part, descriptor, buffer, (gsize) n, error);
      mtb_download_measure (download, &n_here, &n_bytes);
      func (n_here, n_bytes, data);
    }
  close (descriptor);
  if (ok && part->n_here < part->n_bytes)
    {
      g_set_error (error, MTB_ERROR, MTB_ERROR_UNREACHABLE, "the snapshot was cut off: %s",
                   failure != NULL ? failure->message : "it ended early");
      return FALSE;
    }
  return ok;
}

/* What is not what it should be is fetched again. */
static gboolean
check_part (Part *part, GError **error)
{
  if (mtb_file_has_hash (part->path, part->hash))
    return TRUE;
  g_unlink (part->path);
  part->n_here = 0;
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNREACHABLE, "the snapshot came damaged");
  return FALSE;
}

static gboolean
unpack_part (const Part *part, const char *path, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (part->path);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (GZlibDecompressor) unzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GFileInputStream) packed = g_file_read (source, NULL, &failure);
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GFileOutputStream) output = NULL;

  if (packed != NULL)
    output =
      g_file_replace (target, NULL, FALSE,
                      G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, &failure);
  if (output != NULL)
    {
      input = g_converter_input_stream_new (G_INPUT_STREAM (packed), G_CONVERTER (unzip));
      g_output_stream_splice (
        G_OUTPUT_STREAM (output), input,
        G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &failure);
    }
  if (failure == NULL)
    return TRUE;
  return fail_to_write (
    path, g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? ENOSPC : EIO, error);
}

static gboolean
complete (const char *rows, const char *own_rows, GError **error)
{
  g_autofree char *uri = g_strconcat ("sqlite:", rows, NULL);
  g_autofree char *own_uri = g_strconcat ("sqlite:", own_rows, NULL);
  g_autoptr (MtbStore) directory = mtb_store_open (uri, MTB_STORE_FILE, error);
  g_autoptr (MtbStore) own =
    directory != NULL ? mtb_store_open (own_uri, MTB_STORE_FILE, error) : NULL;

  return own != NULL && mtb_store_begin (directory, error)
         && mtb_directory_complete (directory, own, error) && mtb_store_commit (directory, error);
}

/* It takes the place of rows that are. */
static gboolean
make_durable (const char *path, GError **error)
{
  int descriptor = open (path, O_RDONLY | O_CLOEXEC);
  gboolean ok = descriptor >= 0 && fsync (descriptor) == 0;
  int number = errno;

  if (descriptor >= 0)
    close (descriptor);
  return ok || fail_to_write (path, number, error);
}

/**
 * mtb_download_unpack:
 * @download: a download that is whole
 * @error: return location, %MTB_ERROR_UNREACHABLE where a part came damaged and has to be fetched again,
 *   %MTB_ERROR_STORAGE
 *
 * Returns: (transfer full): the path of a database with all rows
 */
char *
mtb_download_unpack (MtbDownload *download, GError **error)
{
  g_autofree char *rows = g_build_filename (download->folder, ROWS, NULL);
  g_autofree char *own_rows = g_build_filename (download->folder, OWN_ROWS, NULL);
  const char *const paths[N_PARTS_MAX] = { rows, own_rows };
  gboolean ok = TRUE;

  /* Of one that was not finished nothing may be left. */
  for (guint i = 0; i < N_PARTS_MAX; i++)
    mtb_cache_remove (paths[i]);
  for (guint i = 0; ok && i < download->parts->len; i++)
    ok = check_part (g_ptr_array_index (download->parts, i), error)
         && unpack_part (g_ptr_array_index (download->parts, i), paths[i], error);
  ok = ok && (download->parts->len == 1 || complete (rows, own_rows, error))
       && make_durable (rows, error);
  mtb_cache_remove (own_rows);
  if (ok)
    return g_steal_pointer (&rows);
  mtb_cache_remove (rows);
  return NULL;
}
