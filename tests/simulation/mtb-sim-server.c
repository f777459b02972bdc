/* The server of the simulation: the real service on a database in a file, which may be killed at any
 * write, lose its power and be restored from an older backup. Beside the service there is a tool, as
 * `mutabaactl` would be, by which importers and the operator give commands. */

#include "mtb-sim-server.h"

#include "mtb-directory.h"
#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-ledger.h"
#include "mtb-person.h"
#include "mtb-sim-faults.h"
#include "mtb-sim-people.h"
#include "mtb-time.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

/* What makes a directory old takes long in a department; here it is to happen. */
#define CHANGES_COUNT 1000

struct _MtbSimServer
{
  char *folder;
  char *path;
  char *uri;
  char *parts;
  MtbSimDisk *disk;
  MtbSimClock clock;
  MtbService *service;
  MtbAuthority *tool;
  gint64 backed_up_at;
  guint n_restores;
  guint n_epochs;
  gint64 epoch_at;
  gboolean rewound;
};

static const char *const endings[] = { "", "-wal", "-shm" };

MtbSimServer *
mtb_sim_server_new (const char *folder)
{
  MtbSimServer *self = g_new0 (MtbSimServer, 1);

  self->folder = g_strconcat (folder, "/server/", NULL);
  self->path = g_strconcat (self->folder, "department.db", NULL);
  self->uri = g_strconcat ("sqlite:", self->path, NULL);
  self->parts = g_strconcat (self->folder, "parts", NULL);
  self->backed_up_at = MTB_ABSENT;
  self->clock.is_servers = TRUE;
  g_mkdir_with_parents (self->folder, 0700);
  self->disk = mtb_sim_disk_new (self->folder);
  mtb_sim_people_found (self->path);
  mtb_sim_disk_forget_writes (self->disk);
  return self;
}

void
mtb_sim_server_free (MtbSimServer *server)
{
  mtb_sim_server_stop (server);
  mtb_sim_disk_free (server->disk);
  g_free (server->folder);
  g_free (server->path);
  g_free (server->uri);
  g_free (server->parts);
  g_free (server);
}

static gboolean
open_all (MtbSimServer *self)
{
  g_autoptr (GError) error = NULL;

  self->service = mtb_service_new (self->uri, NULL, NULL, &error);
  if (self->service != NULL)
    self->tool = mtb_authority_open (self->uri, &error);
  if (self->tool == NULL)
    {
      mtb_sim_trace ("server does not start: %s", error->message);
      if (!mtb_sim_disk_has_failed (self->disk) && mtb_sim_disk_get_n_full (self->disk) == 0)
        mtb_sim_fail ("the server does not start: %s", error->message);
      return FALSE;
    }
  mtb_service_set_clock (self->service, mtb_sim_clock_read, &self->clock);
  mtb_authority_set_clock (self->tool, mtb_sim_clock_read, &self->clock);
  mtb_service_set_snapshots (self->service, self->parts);
  return TRUE;
}

static void
close_all (MtbSimServer *self)
{
  const MtbSimClock *before = mtb_sim_clock_use (&self->clock);

  g_clear_pointer (&self->service, mtb_service_free);
  g_clear_pointer (&self->tool, mtb_authority_free);
  mtb_sim_clock_use (before);
}

gboolean
mtb_sim_server_start (MtbSimServer *server)
{
  const MtbSimClock *before = mtb_sim_clock_use (&server->clock);
  gboolean ok = open_all (server);

  mtb_sim_clock_use (before);
  if (ok)
    mtb_sim_trace ("server starts");
  else
    mtb_sim_server_kill (server, FALSE);
  return ok;
}

void
mtb_sim_server_stop (MtbSimServer *server)
{
  close_all (server);
}

static void
remove_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_files (path);
      else
        g_file_delete (file, NULL, NULL);
    }
}

/* Somebody tidies up what can be made again, or another machine takes over which has none of it. */
void
mtb_sim_server_lose_parts (MtbSimServer *server)
{
  mtb_sim_trace ("server without its parts of snapshots");
  remove_files (server->parts);
}

gboolean __real_mtb_directory_count_changes (MtbStore *store,
                                             gint64 after,
                                             gint64 *n_changes,
                                             GError **error);
gboolean __wrap_mtb_directory_count_changes (MtbStore *store,
                                             gint64 after,
                                             gint64 *n_changes,
                                             GError **error);

gboolean
__wrap_mtb_directory_count_changes (MtbStore *store,
                                    gint64 after,
                                    gint64 *n_changes,
                                    GError **error)
{
  if (!__real_mtb_directory_count_changes (store, after, n_changes, error))
    return FALSE;
  *n_changes *= CHANGES_COUNT;
  return TRUE;
}

/* From one moment to the next nothing is written any more; then the machine is there again, without
 * the service. */
void
mtb_sim_server_kill (MtbSimServer *server, gboolean power_lost)
{
  mtb_sim_trace ("server killed%s", power_lost ? " without power" : "");
  mtb_sim_disk_fail (server->disk);
  close_all (server);
  mtb_sim_disk_recover (server->disk, power_lost);
}

gboolean
mtb_sim_server_is_up (MtbSimServer *server)
{
  return server->service != NULL;
}

/* The answer; NULL where the server died over it, and then it is down. */
MtbResponse *
mtb_sim_server_handle (MtbSimServer *server, const MtbRequest *request)
{
  const MtbSimClock *before = mtb_sim_clock_use (&server->clock);
  MtbResponse *response = mtb_service_handle (server->service, request);

  mtb_sim_clock_use (before);
  if (!mtb_sim_disk_has_failed (server->disk))
    return response;
  mtb_fault_hit (MTB_FAULT_SERVER_KILLED_WRITING);
  mtb_response_free (response);
  mtb_sim_server_kill (server, FALSE);
  return NULL;
}

static void
copy_file (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);

  g_unlink (to);
  if (g_file_test (from, G_FILE_TEST_EXISTS)
      && !g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL))
    g_error ("a file of the simulation cannot be copied");
}

/* Between two transactions the database and its log are a good copy. */
void
mtb_sim_server_back_up (MtbSimServer *server)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *from = g_strconcat (server->path, endings[i], NULL);
      g_autofree char *to = g_strconcat (server->folder, "backup.db", endings[i], NULL);

      copy_file (from, to);
    }
  server->backed_up_at = mtb_sim_time_now ();
}

gboolean
mtb_sim_server_has_backup (MtbSimServer *server, gint64 max_age_ms)
{
  return server->backed_up_at != MTB_ABSENT
         && mtb_sim_time_now () - server->backed_up_at <= max_age_ms;
}

/* Puts the backup in the place of the database; the server is down afterwards. How it ended does not
 * matter: nothing of what it wrote is left. */
void
mtb_sim_server_restore (MtbSimServer *server)
{
  mtb_sim_server_kill (server, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *from = g_strconcat (server->folder, "backup.db", endings[i], NULL);
      g_autofree char *to = g_strconcat (server->path, endings[i], NULL);

      copy_file (from, to);
    }
  mtb_sim_disk_forget_writes (server->disk);
  server->n_restores++;
  server->rewound = TRUE;
}

/* Whether history was lost and no new epoch has begun yet. */
gboolean
mtb_sim_server_is_rewound (MtbSimServer *server)
{
  return server->rewound;
}

/* How often somebody has tried to begin an epoch. */
guint
mtb_sim_server_get_n_epochs (MtbSimServer *server)
{
  return server->n_epochs;
}

guint
mtb_sim_server_get_n_restores (MtbSimServer *server)
{
  return server->n_restores;
}

/* Has the tool give a command; FALSE where it was refused or the machinery failed. Where the server
 * died over it, it is down. */
gboolean
mtb_sim_server_command (MtbSimServer *server, const char *who, gpointer arguments, const char *id)
{
  const MtbSimClock *before = mtb_sim_clock_use (&server->clock);
  g_autoptr (GError) error = NULL;
  gboolean ok = mtb_authority_command (server->tool, who, arguments, id, NULL, &error);

  mtb_sim_clock_use (before);
  if (!mtb_sim_disk_has_failed (server->disk))
    return ok || mtb_error_is_verdict (error);
  mtb_fault_hit (MTB_FAULT_SERVER_KILLED_WRITING);
  mtb_sim_server_kill (server, FALSE);
  return FALSE;
}

static gboolean
give_epoch (MtbSimServer *self, const MtbCommand *command, const char *epoch)
{
  MtbEpochBegin *arguments = mtb_record_new (&command->shape);

  arguments->epoch = g_strdup (epoch);
  return mtb_sim_server_command (self, MTB_PERSON_OPERATOR, arguments, NULL);
}

gboolean
mtb_sim_server_begin_epoch (MtbSimServer *server)
{
  gint64 now = mtb_sim_clock_read (&server->clock);
  g_autofree char *epoch = NULL;

  /* Where the clock was put back, its operator sees to that first. */
  server->epoch_at = MAX (server->epoch_at + 1, now);
  epoch = mtb_id_new (server->epoch_at);
  server->n_epochs++;
  if (!give_epoch (server, &mtb_epoch_begin, epoch))
    return FALSE;
  server->rewound = FALSE;
  return TRUE;
}

gboolean
mtb_sim_server_end_epoch (MtbSimServer *server)
{
  g_autoptr (MtbHead) head = mtb_ledger_read_head (mtb_sim_server_get_store (server), NULL);

  return head != NULL && give_epoch (server, &mtb_epoch_end, head->epoch);
}

/* Another connection to the database; only while the server is up. */
MtbStore *
mtb_sim_server_get_store (MtbSimServer *server)
{
  return mtb_authority_get_store (server->tool);
}

MtbSimDisk *
mtb_sim_server_get_disk (MtbSimServer *server)
{
  return server->disk;
}

MtbSimClock *
mtb_sim_server_get_clock (MtbSimServer *server)
{
  return &server->clock;
}
