/* Disks that fail. SQLite reads and writes through here to the files of each machine, which lie in a
 * folder of the machine's own. From a chosen operation on a disk does nothing any more, as for a
 * program that was killed; when the power is lost, of what was not synced each write is there, torn or
 * not there. Nothing is really synced: the machine under the simulation does not fail. */

#include "mtb-sim-disk.h"

#include "mtb-sim-breaks.h"
#include "mtb-sim-faults.h"
#include "mtb-sim-files.h"
#include "mtb-sim-random.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECTOR 512

struct _MtbSimDisk
{
  char *folder;
  GHashTable *unsynced; /* path to GPtrArray of Write */
  gboolean failed;
  guint fuse;
  guint n_full;
  guint n_met_full;
  guint n_before_full;
};

/* What a write did, so that it can be undone, and done again. A truncation has no @after. */
typedef struct
{
  ino_t inode;
  gint64 offset;
  gint64 size_before;
  GBytes *before;
  GBytes *after;
} Write;

typedef struct
{
  sqlite3_file base;
  MtbSimDisk *disk;
  char *path;
  ino_t inode;
  sqlite3_file *real;
} File;

static sqlite3_vfs *below;
static GPtrArray *disks;

static void
free_write (gpointer data)
{
  Write *write = data;

  g_bytes_unref (write->before);
  g_clear_pointer (&write->after, g_bytes_unref);
  g_free (write);
}

/* The disk on which @path is; %NULL where it is none of the simulation's. */
MtbSimDisk *
mtb_sim_disk_find (const char *path)
{
  for (guint i = 0; path != NULL && disks != NULL && i < disks->len; i++)
    {
      MtbSimDisk *disk = g_ptr_array_index (disks, i);

      if (g_str_has_prefix (path, disk->folder))
        return disk;
    }
  return NULL;
}

/* Counts an operation that changes the disk; FALSE from the one on at which it fails. */
gboolean
mtb_sim_disk_works_still (MtbSimDisk *disk)
{
  if (disk == NULL)
    return TRUE;
  if (disk->fuse > 0 && --disk->fuse == 0)
    disk->failed = TRUE;
  return !disk->failed;
}

static ino_t
find_inode (const char *path)
{
  struct stat status;

  return stat (path, &status) == 0 ? status.st_ino : 0;
}

static void
note_write (File *file, const void *data, int size, gint64 offset)
{
  GPtrArray *writes = g_hash_table_lookup (file->disk->unsynced, file->path);
  Write *write = g_new0 (Write, 1);
  sqlite3_int64 length = 0;
  gint64 end;

  if (writes == NULL)
    {
      writes = g_ptr_array_new_with_free_func (free_write);
      g_hash_table_insert (file->disk->unsynced, g_strdup (file->path), writes);
    }
  file->real->pMethods->xFileSize (file->real, &length);
  write->inode = file->inode;
  write->offset = offset;
  write->size_before = length;
  end = data != NULL ? MIN (offset + size, length) : length;
  if (end > offset)
    {
      guint8 *before = g_malloc ((gsize) (end - offset));

      file->real->pMethods->xRead (file->real, before, (int) (end - offset), offset);
      write->before = g_bytes_new_take (before, (gsize) (end - offset));
    }
  else
    write->before = g_bytes_new (NULL, 0);
  if (data != NULL)
    write->after = g_bytes_new (data, (gsize) size);
  g_ptr_array_add (writes, write);
}

static int
close_file (sqlite3_file *base)
{
  File *file = (File *) base;
  int result = file->real->pMethods->xClose (file->real);

  g_free (file->path);
  return result;
}

static int
read_file (sqlite3_file *base, void *buffer, int size, sqlite3_int64 offset)
{
  File *file = (File *) base;

  if (file->disk != NULL && file->disk->failed)
    return SQLITE_IOERR_READ;
  return file->real->pMethods->xRead (file->real, buffer, size, offset);
}

/* Counts a write, and whether there is no space for it. */
gboolean
mtb_sim_disk_meets_full (MtbSimDisk *disk)
{
  if (disk->n_full == 0)
    return FALSE;
  if (disk->n_before_full > 0)
    {
      disk->n_before_full--;
      return FALSE;
    }
  disk->n_full--;
  disk->n_met_full++;
  return TRUE;
}

static int
write_file (sqlite3_file *base, const void *data, int size, sqlite3_int64 offset)
{
  File *file = (File *) base;
  gboolean worked = file->disk != NULL && !file->disk->failed;

  if (worked && mtb_sim_disk_meets_full (file->disk))
    return SQLITE_FULL;
  if (!mtb_sim_disk_works_still (file->disk))
    {
      /* The program may be killed while it writes. */
      if (worked && size > SECTOR && mtb_sim_random_happens (500))
        {
          mtb_fault_hit (MTB_FAULT_WRITE_TORN);
          note_write (file, data, SECTOR, offset);
          file->real->pMethods->xWrite (file->real, data, SECTOR, offset);
        }
      return SQLITE_IOERR_WRITE;
    }
  if (file->disk != NULL)
    note_write (file, data, size, offset);
  return file->real->pMethods->xWrite (file->real, data, size, offset);
}

static int
truncate_file (sqlite3_file *base, sqlite3_int64 size)
{
  File *file = (File *) base;

  if (!mtb_sim_disk_works_still (file->disk))
    return SQLITE_IOERR_TRUNCATE;
  if (file->disk != NULL)
    note_write (file, NULL, 0, size);
  return file->real->pMethods->xTruncate (file->real, size);
}

/* A promise that may be broken on purpose. */
static gboolean
lies_about_syncs (const File *file)
{
  return (mtb_break_is (MTB_BREAK_SERVER_NOT_SYNCED) && strstr (file->path, "/server/") != NULL)
         || (mtb_break_is (MTB_BREAK_OUTBOX_NOT_SYNCED)
             && strstr (file->path, "/outbox.db") != NULL);
}

static int
sync_file (sqlite3_file *base, int flags)
{
  File *file = (File *) base;

  if (!mtb_sim_disk_works_still (file->disk))
    return SQLITE_IOERR_FSYNC;
  if (file->disk != NULL && !lies_about_syncs (file))
    g_hash_table_remove (file->disk->unsynced, file->path);
  return SQLITE_OK;
}

static int
measure_file (sqlite3_file *base, sqlite3_int64 *size)
{
  File *file = (File *) base;

  return file->real->pMethods->xFileSize (file->real, size);
}

static int
lock_file (sqlite3_file *base, int level)
{
  File *file = (File *) base;

  return file->real->pMethods->xLock (file->real, level);
}

static int
unlock_file (sqlite3_file *base, int level)
{
  File *file = (File *) base;

  return file->real->pMethods->xUnlock (file->real, level);
}

static int
is_file_reserved (sqlite3_file *base, int *result)
{
  File *file = (File *) base;

  return file->real->pMethods->xCheckReservedLock (file->real, result);
}

static int
control_file (sqlite3_file *base, int operation, void *argument)
{
  File *file = (File *) base;

  return file->real->pMethods->xFileControl (file->real, operation, argument);
}

static int
get_sector_size (sqlite3_file *base)
{
  File *file = (File *) base;

  return file->real->pMethods->xSectorSize (file->real);
}

static int
get_characteristics (sqlite3_file *base)
{
  File *file = (File *) base;

  return file->real->pMethods->xDeviceCharacteristics (file->real);
}

static int
map_shared (sqlite3_file *base, int page, int size, int extend, void volatile **memory)
{
  File *file = (File *) base;

  return file->real->pMethods->xShmMap (file->real, page, size, extend, memory);
}

static int
lock_shared (sqlite3_file *base, int offset, int n, int flags)
{
  File *file = (File *) base;

  return file->real->pMethods->xShmLock (file->real, offset, n, flags);
}

static void
fence_shared (sqlite3_file *base)
{
  File *file = (File *) base;

  file->real->pMethods->xShmBarrier (file->real);
}

static int
unmap_shared (sqlite3_file *base, int remove)
{
  File *file = (File *) base;
  gboolean failed = file->disk != NULL && file->disk->failed;

  return file->real->pMethods->xShmUnmap (file->real, remove && !failed);
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = close_file,
  .xRead = read_file,
  .xWrite = write_file,
  .xTruncate = truncate_file,
  .xSync = sync_file,
  .xFileSize = measure_file,
  .xLock = lock_file,
  .xUnlock = unlock_file,
  .xCheckReservedLock = is_file_reserved,
  .xFileControl = control_file,
  .xSectorSize = get_sector_size,
  .xDeviceCharacteristics = get_characteristics,
  .xShmMap = map_shared,
  .xShmLock = lock_shared,
  .xShmBarrier = fence_shared,
  .xShmUnmap = unmap_shared,
};

static int
open_file (sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *flags_out)
{
  File *file = (File *) base;
  MtbSimDisk *disk = mtb_sim_disk_find (path);
  int result;

  memset (file, 0, sizeof *file);
  if (disk != NULL && disk->failed)
    return SQLITE_CANTOPEN;
  file->real = (sqlite3_file *) (file + 1);
  result = below->xOpen (below, path, file->real, flags, flags_out);
  if (result != SQLITE_OK)
    return result;
  file->base.pMethods = &methods;
  file->disk = disk;
  file->path = g_strdup (path);
  file->inode = disk != NULL ? find_inode (path) : 0;
  return SQLITE_OK;
}

static int
delete_file (sqlite3_vfs *vfs, const char *path, int sync_folder)
{
  MtbSimDisk *disk = mtb_sim_disk_find (path);

  if (!mtb_sim_disk_works_still (disk))
    return SQLITE_IOERR_DELETE;
  if (disk != NULL)
    g_hash_table_remove (disk->unsynced, path);
  return below->xDelete (below, path, 0);
}

static int
fill_random (sqlite3_vfs *vfs, int size, char *buffer)
{
  mtb_sim_random_fill (buffer, (gsize) size);
  return size;
}

/* There is one thread, so nobody would let go of a lock meanwhile. */
static int
sleep_not (sqlite3_vfs *vfs, int us)
{
  return us;
}

static void
put_below_sqlite (void)
{
  static sqlite3_vfs vfs;

  if (below != NULL)
    return;
  below = sqlite3_vfs_find (NULL);
  vfs = *below;
  vfs.pNext = NULL;
  vfs.zName = "simulation";
  vfs.szOsFile = (int) sizeof (File) + below->szOsFile;
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  vfs.xRandomness = fill_random;
  vfs.xSleep = sleep_not;
  sqlite3_vfs_register (&vfs, 1);
}

/* @folder: an absolute path that ends with a slash */
MtbSimDisk *
mtb_sim_disk_new (const char *folder)
{
  MtbSimDisk *self = g_new0 (MtbSimDisk, 1);

  put_below_sqlite ();
  if (disks == NULL)
    disks = g_ptr_array_new ();
  self->folder = g_strdup (folder);
  self->unsynced =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_ptr_array_add (disks, self);
  return self;
}

void
mtb_sim_disk_free (MtbSimDisk *disk)
{
  g_ptr_array_remove (disks, disk);
  g_hash_table_unref (disk->unsynced);
  g_free (disk->folder);
  g_free (disk);
}

/* The disk fails at the @n_operations-th operation that would change it; never where that is 0. */
void
mtb_sim_disk_fail_at (MtbSimDisk *disk, guint n_operations)
{
  disk->fuse = n_operations;
}

/* Whatever is asked of the disk fails, until it recovers. */
void
mtb_sim_disk_fail (MtbSimDisk *disk)
{
  disk->failed = TRUE;
}

gboolean
mtb_sim_disk_has_failed (MtbSimDisk *disk)
{
  return disk->failed;
}

static void
pour (int descriptor, GBytes *bytes, gsize length, gint64 offset)
{
  if (length > 0 && pwrite (descriptor, g_bytes_get_data (bytes, NULL), length, offset) < 0)
    g_error ("a file of the simulation cannot be written");
}

static void
undo_write (int descriptor, const Write *write)
{
  pour (descriptor, write->before, g_bytes_get_size (write->before), write->offset);
  if (ftruncate (descriptor, write->size_before) != 0)
    g_error ("a file of the simulation cannot be cut");
}

static void
maybe_redo_write (int descriptor, const Write *write, guint kept_per_mille)
{
  gsize size;

  if (write->after == NULL || !mtb_sim_random_happens (kept_per_mille))
    {
      mtb_fault_hit (MTB_FAULT_WRITE_FORGOTTEN);
      return;
    }
  size = g_bytes_get_size (write->after);
  if (size > SECTOR && mtb_sim_random_happens (200))
    {
      mtb_fault_hit (MTB_FAULT_WRITE_TORN);
      size = (1 + mtb_sim_random_below ((guint) (size / SECTOR))) * SECTOR;
    }
  pour (descriptor, write->after, MIN (size, g_bytes_get_size (write->after)), write->offset);
}

static void
lose_writes (const char *path, GPtrArray *writes)
{
  static const guint shares[] = { 0, 500, 900 };
  guint kept = shares[mtb_sim_random_below (G_N_ELEMENTS (shares))];
  ino_t inode = find_inode (path);
  int descriptor = open (path, O_RDWR | O_CLOEXEC);

  if (descriptor < 0)
    return;
  for (guint i = writes->len; i > 0; i--)
    if (((Write *) g_ptr_array_index (writes, i - 1))->inode == inode)
      undo_write (descriptor, g_ptr_array_index (writes, i - 1));
  for (guint i = 0; i < writes->len; i++)
    if (((Write *) g_ptr_array_index (writes, i))->inode == inode)
      maybe_redo_write (descriptor, g_ptr_array_index (writes, i), kept);
  close (descriptor);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (a, b);
}

/* The machine starts again. Nothing has the disk's files open. @power_lost: whether what was not
 * synced may be gone; a program that was killed leaves it to the system. */
void
mtb_sim_disk_recover (MtbSimDisk *disk, gboolean power_lost)
{
  g_autoptr (GList) paths = g_list_sort (g_hash_table_get_keys (disk->unsynced), compare_paths);

  for (GList *path = paths; power_lost && path != NULL; path = path->next)
    lose_writes (path->data, g_hash_table_lookup (disk->unsynced, path->data));
  if (power_lost)
    {
      g_hash_table_remove_all (disk->unsynced);
      mtb_sim_files_forget (disk->folder);
    }
  disk->failed = FALSE;
  disk->fuse = 0;
  disk->n_full = 0;
}

/* After @n_before writes there is no space for @n_writes. */
void
mtb_sim_disk_fill_up (MtbSimDisk *disk, guint n_before, guint n_writes)
{
  disk->n_before_full = n_before;
  disk->n_full = n_writes;
  disk->n_met_full = 0;
}

/* How many writes have met a full disk since it was filled up. */
guint
mtb_sim_disk_get_n_full (MtbSimDisk *disk)
{
  return disk->n_met_full;
}

/* The files are other ones now, and as if they had always been there. */
void
mtb_sim_disk_forget_writes (MtbSimDisk *disk)
{
  g_hash_table_remove_all (disk->unsynced);
}
