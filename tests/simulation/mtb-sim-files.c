/* What programs do with files past SQLite: they too go to disks that fail, and have the simulation's
 * time and names. */

#include "mtb-sim-files.h"

#include "mtb-damage.h"
#include "mtb-sim-clock.h"
#include "mtb-sim-disk.h"
#include "mtb-sim-faults.h"
#include "mtb-sim-random.h"
#include "mtb-time.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PART ".part"

#define REPLACE(type, name, ...) \
  type __real_##name (__VA_ARGS__); \
  type __wrap_##name (__VA_ARGS__); \
  type __wrap_##name (__VA_ARGS__)

static int
fail (int number)
{
  errno = number;
  return -1;
}

/* A program that was killed does nothing to its files any more. */
REPLACE (int, unlink, const char *path)
{
  return mtb_sim_disk_works_still (mtb_sim_disk_find (path)) ? __real_unlink (path) : fail (EIO);
}

REPLACE (int, utimensat, int folder, const char *path, const struct timespec *times, int flags)
{
  struct timespec now = { .tv_sec = mtb_time_now () / 1000 };
  const struct timespec set[] = {
    times[0].tv_nsec == UTIME_NOW ? now : times[0],
    times[1].tv_nsec == UTIME_NOW ? now : times[1],
  };

  return __real_utimensat (folder, path, set, flags);
}

REPLACE (int, rename, const char *from, const char *to)
{
  static const struct timespec now[] = { { .tv_nsec = UTIME_NOW }, { .tv_nsec = UTIME_NOW } };

  if (!mtb_sim_disk_works_still (mtb_sim_disk_find (from)))
    return fail (EIO);
  return __real_rename (from, to) == 0 ? __wrap_utimensat (AT_FDCWD, to, now, 0) : -1;
}

static MtbSimDisk *
find_disk (int descriptor)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", descriptor);
  g_autofree char *path = g_file_read_link (link, NULL);

  return mtb_sim_disk_find (path);
}

REPLACE (ssize_t, write, int descriptor, const void *bytes, size_t n_bytes)
{
  MtbSimDisk *disk = find_disk (descriptor);
  gboolean worked = disk != NULL && !mtb_sim_disk_has_failed (disk);

  if (worked && mtb_sim_disk_meets_full (disk))
    return fail (ENOSPC);
  if (mtb_sim_disk_works_still (disk))
    return __real_write (descriptor, bytes, n_bytes);
  if (worked && n_bytes > 0)
    {
      mtb_fault_hit (MTB_FAULT_WRITE_TORN);
      if (__real_write (descriptor, bytes, mtb_sim_random_below ((guint) n_bytes)) < 0)
        g_error ("a file of the simulation cannot be written");
    }
  return fail (EIO);
}

REPLACE (int, g_mkstemp, char *template)
{
  memset (template + strlen (template) - 6, 'x', 6);
  return open (template, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

REPLACE (gint64, g_get_real_time, void)
{
  return mtb_time_now () * 1000;
}

REPLACE (void, g_usleep, gulong us)
{
  mtb_sim_time_pass ((gint64) us / 1000);
}

/* The disks here fail, fill up and forget. They damage nothing, and so nothing may look like it. */
REPLACE (char *, mtb_damage_put_aside, const char *path, gboolean is_precious, GError **error)
{
  mtb_sim_fail ("%s was taken for damaged", path);
}

static void
forget_part (const char *path)
{
  struct stat about;

  if (stat (path, &about) != 0 || about.st_size == 0 || mtb_sim_random_happens (300))
    return;
  mtb_fault_hit (MTB_FAULT_PART_FORGOTTEN);
  if (truncate (path, mtb_sim_random_below ((guint) about.st_size)) != 0
      || (mtb_sim_random_happens (500) && truncate (path, about.st_size) != 0))
    g_error ("a file of the simulation cannot be cut");
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

static GPtrArray *
list_folder (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* The power is lost: of parts of snapshots, which nobody syncs, the end is missing or nothing but
 * zeros. */
void
mtb_sim_files_forget (const char *folder)
{
  g_autoptr (GPtrArray) paths = list_folder (folder);

  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        mtb_sim_files_forget (path);
      else if (g_str_has_suffix (path, PART))
        forget_part (path);
    }
}
