/* A queue log as a file that grows, is renamed with a new one in its place, is cut off and begun
 * again, or is read once more from its beginning by a program that was restarted. Each read takes
 * what is new. A last line without its end waits.
 *
 * A line's command has its id from the source, the line and how many of the very same were before
 * it in this file; as they bear the same second, only those of a day are remembered. So a file can
 * be read any number of times, from here or under another name, and adds nothing. */

#include "mtb-queue-log-file.h"

#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-ledger.h"
#include "mtb-person.h"
#include "mtb-queue-log.h"
#include "mtb-time.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK (64 * 1024)
/* A line longer than this is none. */
#define LINE_MAX_BYTES (64 * 1024)
#define MARK_MAX 64

struct _MtbQueueLogFile
{
  char *path;
  char *source;
  gboolean goes_back;
  int fd;
  struct stat opened;
  GString *rest;
  /* The bytes just before the place that was read up to: they tell a file that was begun again. */
  char mark[MARK_MAX];
  gsize mark_length;
  goffset offset;
  guint line;
  GHashTable *seen;
  gint64 seen_day;
};

/**
 * mtb_queue_log_file_new:
 * @path: where it is
 * @source: the name of the PBX whose log it is
 *
 * Returns: (transfer full): the file, not yet opened
 */
MtbQueueLogFile *
mtb_queue_log_file_new (const char *path, const char *source)
{
  MtbQueueLogFile *self = g_new0 (MtbQueueLogFile, 1);

  self->path = g_strdup (path);
  self->source = g_strdup (source);
  self->fd = -1;
  self->rest = g_string_new (NULL);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

static void
forget_place (MtbQueueLogFile *self)
{
  g_string_truncate (self->rest, 0);
  g_hash_table_remove_all (self->seen);
  self->mark_length = 0;
  self->offset = 0;
  self->line = 0;
}

static void
close_file (MtbQueueLogFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  forget_place (self);
}

/**
 * mtb_queue_log_file_free:
 * @file: (nullable) (transfer full): a file
 */
void
mtb_queue_log_file_free (MtbQueueLogFile *file)
{
  if (file == NULL)
    return;
  close_file (file);
  g_string_free (file->rest, TRUE);
  g_hash_table_unref (file->seen);
  g_free (file->path);
  g_free (file->source);
  g_free (file);
}

/**
 * mtb_queue_log_file_is_waiting:
 * @file: a file that was read
 *
 * Returns: whether its last line has no end yet
 */
gboolean
mtb_queue_log_file_is_waiting (MtbQueueLogFile *file)
{
  return file->rest->len > 0;
}

static gboolean
set_failure (MtbQueueLogFile *self, GError **error)
{
  g_set_error (error, MTB_ERROR, MTB_ERROR_STORAGE, "%s: %s", self->path, g_strerror (errno));
  return FALSE;
}

static gboolean
open_file (MtbQueueLogFile *self, GError **error)
{
  self->fd = open (self->path, O_RDONLY | O_CLOEXEC);
  if (self->fd < 0 || fstat (self->fd, &self->opened) != 0)
    return set_failure (self, error);
  if (S_ISREG (self->opened.st_mode))
    return TRUE;
  close_file (self);
  g_set_error (error, MTB_ERROR, MTB_ERROR_INVALID, "%s: not a file", self->path);
  return FALSE;
}

static void
name_line (MtbQueueLogFile *self, MtbPbxObserve *observed, const char *line, guint n_before)
{
  g_autofree char *ordinal = g_strdup_printf ("%u", n_before);

  observed->id = mtb_id_derive (mtb_pbx_observe.shape.name, self->source, line, ordinal, NULL);
}

/* How many lines of this very text came before it. */
static guint
count_same (MtbQueueLogFile *self, const char *line, gint64 happened_at)
{
  guint n_before = GPOINTER_TO_UINT (g_hash_table_lookup (self->seen, line));

  if (happened_at / MTB_DAY != self->seen_day)
    {
      g_hash_table_remove_all (self->seen);
      self->seen_day = happened_at / MTB_DAY;
      n_before = 0;
    }
  g_hash_table_insert (self->seen, g_strdup (line), GUINT_TO_POINTER (n_before + 1));
  return n_before;
}

/* Takes a line apart and gives it its id. */
static MtbPbxObserve *
read_line (MtbQueueLogFile *self, const char *line, GError **error)
{
  g_autoptr (MtbPbxObserve) observed = mtb_queue_log_parse (line, error);

  if (observed == NULL)
    return NULL;
  name_line (self, observed, line, count_same (self, line, observed->happened_at));
  if (!g_str_equal (self->source, MTB_QUEUE_LOG_SOURCE))
    observed->source = g_strdup (self->source);
  return mtb_record_check (observed, error) ? g_steal_pointer (&observed) : NULL;
}

static gboolean
take_line (MtbQueueLogFile *self, MtbBatch *batch, const char *bytes, gsize length, GError **error)
{
  gsize text_length = length > 0 && bytes[length - 1] == '\r' ? length - 1 : length;
  g_autofree char *line = g_strndup (bytes, text_length);
  gint64 now = mtb_authority_get_now (mtb_batch_get_authority (batch));
  g_autoptr (GError) reason = NULL;
  MtbPbxObserve *observed = NULL;

  if (text_length > 0 && !mtb_batch_begin_line (batch, self->line + 1, error))
    return FALSE;
  self->line++;
  if (text_length == 0)
    return TRUE;
  if (memchr (bytes, '\0', length) != NULL)
    mtb_error_set_invalid (&reason, "event", N_ ("This is no line of a queue log"));
  else
    observed = read_line (self, line, &reason);
  if (observed != NULL)
    mtb_batch_add (batch, mtb_envelope_new (observed, observed->id, 0, now), MTB_PERSON_PBX);
  else
    mtb_batch_reject (batch, reason);
  return TRUE;
}

static gboolean
take_lines (MtbQueueLogFile *self, MtbBatch *batch, GError **error)
{
  gsize taken = 0;
  gboolean ok = TRUE;

  while (ok)
    {
      const char *start = self->rest->str + taken;
      gsize left = self->rest->len - taken;
      const char *end = memchr (start, '\n', left);

      if (end == NULL && left < LINE_MAX_BYTES)
        break;
      left = end != NULL ? (gsize) (end - start) : left;
      ok = take_line (self, batch, start, left, error);
      if (ok)
        taken += left + (end != NULL ? 1 : 0);
    }
  g_string_erase (self->rest, 0, (gssize) taken);
  return ok;
}

static void
remember (MtbQueueLogFile *self, const char *bytes, gsize length)
{
  gsize fresh = MIN (length, MARK_MAX);
  gsize kept = MIN (self->mark_length, MARK_MAX - fresh);

  memmove (self->mark, self->mark + self->mark_length - kept, kept);
  memcpy (self->mark + kept, bytes + length - fresh, fresh);
  self->mark_length = kept + fresh;
  self->offset += (goffset) length;
  g_string_append_len (self->rest, bytes, (gssize) length);
}

static gboolean
drain (MtbQueueLogFile *self, MtbBatch *batch, GError **error)
{
  char bytes[CHUNK];

  mtb_batch_begin_file (batch, self->path);
  while (take_lines (self, batch, error))
    {
      gssize n = read (self->fd, bytes, sizeof bytes);

      if (n < 0)
        return set_failure (self, error);
      if (n == 0)
        return TRUE;
      remember (self, bytes, (gsize) n);
    }
  return FALSE;
}

static gboolean
is_begun_again (MtbQueueLogFile *self)
{
  char there[MARK_MAX];
  goffset from = self->offset - (goffset) self->mark_length;

  return pread (self->fd, there, self->mark_length, from) != (gssize) self->mark_length
         || memcmp (there, self->mark, self->mark_length) != 0;
}

static gboolean
is_same_file (const struct stat *one, const struct stat *other)
{
  return one->st_ino == other->st_ino && one->st_dev == other->st_dev;
}

/* A rotation may make the new file before the PBX lets go of the old one, so the old one counts
 * until something stands in the new one. */
static gboolean
is_replaced (MtbQueueLogFile *self)
{
  struct stat there;

  return stat (self->path, &there) == 0 && there.st_size > 0
         && !is_same_file (&there, &self->opened);
}

/* Up to its end: nothing more comes. */
static gboolean
finish (MtbQueueLogFile *self, MtbBatch *batch, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (!drain (self, batch, error))
    return FALSE;
  if (self->rest->len > 0)
    {
      if (!mtb_batch_begin_line (batch, self->line + 1, error))
        return FALSE;
      mtb_error_set_invalid (&reason, "event", N_ ("The file ends in the middle of this line"));
      mtb_batch_reject (batch, reason);
    }
  return mtb_batch_flush (batch, error);
}

/* A number or a date after the log's own name, as the PBX and logrotate add them; not what was packed. */
static gboolean
is_name_of_rotated (const char *name, const char *log)
{
  const char *rest = g_str_has_prefix (name, log) ? name + strlen (log) : "";
  gsize n_digits = *rest != '\0' ? strspn (rest + 1, "0123456789-") : 0;

  return n_digits > 0 && rest[1 + n_digits] == '\0'
         && (*rest == '.' || (*rest == '-' && n_digits >= strlen ("20261128")));
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const struct timespec *one = &(*(MtbQueueLogFile *const *) a)->opened.st_mtim;
  const struct timespec *other = &(*(MtbQueueLogFile *const *) b)->opened.st_mtim;

  if (one->tv_sec != other->tv_sec)
    return one->tv_sec < other->tv_sec ? 1 : -1;
  return one->tv_nsec < other->tv_nsec ? 1 : one->tv_nsec > other->tv_nsec ? -1 : 0;
}

/* Open, so that they stay the same files whatever they are called next. */
static GPtrArray *
open_rotated (MtbQueueLogFile *self)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_queue_log_file_free);
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *log = g_path_get_basename (self->path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (MtbQueueLogFile) file = mtb_queue_log_file_new (path, self->source);

      if (is_name_of_rotated (name, log) && open_file (file, NULL))
        g_ptr_array_add (files, g_steal_pointer (&file));
    }
  g_ptr_array_sort (files, compare_newest_first);
  return files;
}

/* Files are taken from their beginning on, so their first line tells. */
static gboolean
find_taken (MtbQueueLogFile *self, MtbBatch *batch, gboolean *is_taken, GError **error)
{
  MtbStore *store = mtb_authority_get_store (mtb_batch_get_authority (batch));
  g_autofree char *bytes = g_malloc0 (LINE_MAX_BYTES + 1);
  gssize n_bytes = pread (self->fd, bytes, LINE_MAX_BYTES, 0);
  char *line = bytes;
  char *end;

  *is_taken = FALSE;
  if (n_bytes < 0)
    return set_failure (self, error);
  while ((end = strchr (line, '\n')) != NULL)
    {
      g_autofree char *text =
        g_strndup (line, (gsize) (end - line) - (end > line && end[-1] == '\r' ? 1 : 0));
      g_autoptr (MtbPbxObserve) observed = mtb_queue_log_parse (text, NULL);
      g_autoptr (MtbEntry) entry = NULL;
      g_autoptr (GError) failure = NULL;

      line = end + 1;
      if (observed == NULL)
        continue;
      name_line (self, observed, text, 0);
      entry = mtb_ledger_find_entry (store, observed->id, &failure);
      *is_taken = entry != NULL;
      if (failure == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}

/* From the newest on of which something was taken. Of a log that was never read that is the present
 * one. */
static gboolean
read_rotated (MtbQueueLogFile *self, MtbBatch *batch, const struct stat *finished, GError **error)
{
  g_autoptr (GPtrArray) files = open_rotated (self);
  gboolean is_taken;
  guint n_files = 0;

  if (!find_taken (self, batch, &is_taken, error))
    return FALSE;
  if (is_taken)
    return TRUE;
  while (!is_taken && n_files < files->len)
    if (!find_taken (g_ptr_array_index (files, n_files++), batch, &is_taken, error))
      return FALSE;
  for (guint i = is_taken ? n_files : 0; i > 0; i--)
    {
      MtbQueueLogFile *file = g_ptr_array_index (files, i - 1);

      if (is_same_file (&file->opened, &self->opened) || is_same_file (&file->opened, finished))
        continue;
      mtb_batch_skip_known (batch);
      if (!finish (file, batch, error))
        return FALSE;
    }
  return TRUE;
}

/* After a failure it is begun again: nothing may come before what is older. */
static gboolean
begin (MtbQueueLogFile *self, MtbBatch *batch, const struct stat *finished, GError **error)
{
  if (!mtb_batch_flush (batch, error) || !open_file (self, error))
    return FALSE;
  if (!self->goes_back)
    return TRUE;
  if (!read_rotated (self, batch, finished, error))
    {
      close_file (self);
      return FALSE;
    }
  mtb_batch_skip_known (batch);
  return TRUE;
}

static gboolean
change_file (MtbQueueLogFile *self, MtbBatch *batch, GError **error)
{
  struct stat finished = self->opened;

  if (!finish (self, batch, error))
    return FALSE;
  close_file (self);
  return begin (self, batch, &finished, error) && drain (self, batch, error);
}

/**
 * mtb_queue_log_file_follow:
 * @file: a file that was not read yet
 *
 * Has it go on where its log was left, which may be in what it was rotated into while nobody read it:
 * beside it, under its name with a number or a date. The older file is read first. Of a log that was
 * never read the present file is.
 */
void
mtb_queue_log_file_follow (MtbQueueLogFile *file)
{
  file->goes_back = TRUE;
}

/**
 * mtb_queue_log_file_read:
 * @file: a file
 * @batch: takes its lines
 * @error: return location
 *
 * Reads what has come since the last time, and has it judged. After a failure nothing is lost: the
 * next time goes on where this one stopped.
 *
 * Returns: whether all that is there was judged
 */
gboolean
mtb_queue_log_file_read (MtbQueueLogFile *file, MtbBatch *batch, GError **error)
{
  const struct stat none = { 0 };

  /* What was cut off may have been copied first. */
  if (file->fd >= 0 && is_begun_again (file))
    close_file (file);
  if (file->fd < 0 && !begin (file, batch, &none, error))
    return FALSE;
  return drain (file, batch, error) && (!is_replaced (file) || change_file (file, batch, error))
         && mtb_batch_flush (batch, error);
}
