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
  g_autofree char *ordinal = NULL;

  if (observed == NULL)
    return NULL;
  ordinal = g_strdup_printf ("%u", count_same (self, line, observed->happened_at));
  observed->id = mtb_id_derive (mtb_pbx_observe.shape.name, self->source, line, ordinal, NULL);
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

/* A rotation may make the new file before the PBX lets go of the old one, so the old one counts
 * until something stands in the new one. */
static gboolean
is_replaced (MtbQueueLogFile *self)
{
  struct stat there;

  return stat (self->path, &there) == 0 && there.st_size > 0
         && (there.st_ino != self->opened.st_ino || there.st_dev != self->opened.st_dev);
}

static gboolean
change_file (MtbQueueLogFile *self, MtbBatch *batch, GError **error)
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
  close_file (self);
  return open_file (self, error) && drain (self, batch, error);
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
  if (file->fd < 0 && !open_file (file, error))
    return FALSE;
  if (is_begun_again (file))
    {
      forget_place (file);
      if (lseek (file->fd, 0, SEEK_SET) < 0)
        return set_failure (file, error);
    }
  return drain (file, batch, error) && (!is_replaced (file) || change_file (file, batch, error))
         && mtb_batch_flush (batch, error);
}
