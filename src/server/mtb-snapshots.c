/* The parts of snapshots that a server keeps. Beside the requests the directory is made anew when it
 * has become old. Several processes may share the folder: one makes the directory, the others find
 * it. */

#include "mtb-snapshots.h"

#include "mtb-directory.h"
#include "mtb-error.h"
#include "mtb-keeper.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#define DIRECTORY "directory"
#define LOCK "directory.lock"

/* With so many changes, or after so long, a directory is old: another one is made beside it. With very
 * many, whoever takes it would have most of it twice, and waits for the other one. */
#define CHANGES_OLD 10000
#define CHANGES_TOO_MANY 200000
#define OLD_S (24 * 3600)

#define TIDY_US (10 * G_TIME_SPAN_MINUTE)
#define DIRECTORIES_KEPT 1

struct _MtbSnapshots
{
  char *database;
  char *folder;
  MtbKeeper *keeper;
};

/**
 * mtb_snapshots_dup_shelf:
 * @snapshots: the parts
 * @name: whose parts; %NULL for the directory's, which are everybody's who keeps it
 *
 * Returns: (transfer full): the shelf on which these are
 */
char *
mtb_snapshots_dup_shelf (MtbSnapshots *snapshots, const char *name)
{
  return g_build_filename (snapshots->folder, name != NULL ? name : DIRECTORY, NULL);
}

/* The newest of this history, by what is in it: the clock may have been put back. */
static MtbPart *
find_newest (MtbSnapshots *self, MtbStore *store, const MtbHead *head)
{
  g_autofree char *shelf = mtb_snapshots_dup_shelf (self, NULL);
  g_autoptr (GPtrArray) parts = mtb_shelf_list (shelf);
  const MtbPart *newest = NULL;

  for (guint i = 0; i < parts->len; i++)
    {
      const MtbPart *part = g_ptr_array_index (parts, i);

      if (part->cursor->seq <= head->seq
          && (newest == NULL || newest->cursor->seq < part->cursor->seq)
          && mtb_ledger_check_history (store, head, part->cursor->epoch, part->cursor->head, NULL))
        newest = part;
    }
  return newest != NULL ? mtb_part_copy (newest) : NULL;
}

/**
 * mtb_snapshots_find_directory:
 * @snapshots: the parts
 * @store: an authority's store in a read transaction
 * @head: the head, read in it
 * @is_old: (out): whether another one should be made
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the directory to be completed by what has changed since; %NULL
 *   without @error where it has to be made first
 */
MtbPart *
mtb_snapshots_find_directory (MtbSnapshots *snapshots,
                              MtbStore *store,
                              const MtbHead *head,
                              gboolean *is_old,
                              GError **error)
{
  g_autoptr (MtbPart) part = find_newest (snapshots, store, head);
  gint64 age_s;
  gint64 n_changes;

  *is_old = TRUE;
  if (part == NULL || !mtb_directory_count_changes (store, part->cursor->seq, &n_changes, error))
    return NULL;
  age_s = g_get_real_time () / G_USEC_PER_SEC - part->made_at;
  *is_old = n_changes > CHANGES_OLD || (n_changes > 0 && age_s > OLD_S);
  return n_changes <= CHANGES_TOO_MANY ? g_steal_pointer (&part) : NULL;
}

typedef struct
{
  MtbSnapshots *snapshots;
  MtbStore *store;
  MtbStore *target;
} Making;

static gboolean
copy_row (gpointer record, gpointer data, GError **error)
{
  Making *self = data;

  if (!mtb_keeper_is_ending (self->snapshots->keeper))
    return mtb_store_insert (self->target, record, error);
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNREACHABLE, "the server is ending");
  return FALSE;
}

static gboolean
fill_directory (MtbStore *target, gpointer data, GError **error)
{
  Making *self = data;

  self->target = target;
  return mtb_directory_copy (self->store, copy_row, self, error);
}

static gboolean
make_directory (MtbSnapshots *self, MtbStore *store, const MtbHead *head, GError **error)
{
  Making making = { .snapshots = self, .store = store };
  g_autofree char *shelf = mtb_snapshots_dup_shelf (self, NULL);
  g_autofree char *seen = mtb_head_format (head);
  g_autoptr (MtbCursor) cursor = mtb_cursor_new (head->epoch, head->seq, seen);
  g_autoptr (MtbPart) part = mtb_shelf_add (shelf, cursor, fill_directory, &making, error);

  return part != NULL;
}

static gboolean
renew_directory (MtbSnapshots *self, GError **error)
{
  g_autoptr (MtbStore) store = mtb_store_open (self->database, MTB_STORE_READ_ONLY, error);
  g_autoptr (MtbHead) head = NULL;
  g_autoptr (MtbPart) part = NULL;
  gboolean is_old = TRUE;
  gboolean ok;

  if (store == NULL || !mtb_store_begin_read (store, error))
    return FALSE;
  head = mtb_ledger_read_head (store, error);
  if (head != NULL)
    part = mtb_snapshots_find_directory (self, store, head, &is_old, NULL);
  ok = head != NULL && (!is_old || make_directory (self, store, head, error));
  mtb_store_rollback (store);
  return ok;
}

/* Where another process makes it, it is found when it is there. */
static void
renew_directory_alone (MtbSnapshots *self)
{
  g_autofree char *path = g_build_filename (self->folder, LOCK, NULL);
  g_autoptr (GError) error = NULL;
  int lock = -1;

  if (g_mkdir_with_parents (self->folder, 0700) == 0)
    lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0)
    {
      g_warning ("nothing can be written to %s", self->folder);
      return;
    }
  if (flock (lock, LOCK_EX | LOCK_NB) == 0 && !renew_directory (self, &error)
      && !mtb_keeper_is_ending (self->keeper))
    g_warning ("the directory cannot be made ready for new desks: %s", error->message);
  close (lock);
}

static void
tidy (MtbSnapshots *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *shelf = mtb_snapshots_dup_shelf (self, name);

      mtb_shelf_tidy (shelf, g_str_equal (name, DIRECTORY) ? DIRECTORIES_KEPT : 0);
    }
}

static void
keep (MtbKeeper *keeper, gboolean asked, gpointer data)
{
  MtbSnapshots *self = data;

  if (asked)
    renew_directory_alone (self);
  tidy (self);
}

/**
 * mtb_snapshots_new:
 * @database: the database's URI
 * @folder: where the parts are kept; several processes of one database may share it
 *
 * Returns: (transfer full): the parts
 */
MtbSnapshots *
mtb_snapshots_new (const char *database, const char *folder)
{
  MtbSnapshots *self = g_new0 (MtbSnapshots, 1);

  self->database = g_strdup (database);
  self->folder = g_strdup (folder);
  self->keeper = mtb_keeper_new (keep, TIDY_US, self);
  return self;
}

/**
 * mtb_snapshots_free:
 * @snapshots: (nullable) (transfer full): the parts
 */
void
mtb_snapshots_free (MtbSnapshots *snapshots)
{
  if (snapshots == NULL)
    return;
  mtb_keeper_free (snapshots->keeper);
  g_free (snapshots->database);
  g_free (snapshots->folder);
  g_free (snapshots);
}

/**
 * mtb_snapshots_want_directory:
 * @snapshots: the parts
 *
 * Sees to it that there is a directory which is not old; waits for nothing.
 */
void
mtb_snapshots_want_directory (MtbSnapshots *snapshots)
{
  mtb_keeper_ask (snapshots->keeper);
}
