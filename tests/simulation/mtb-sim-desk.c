/* Somebody at a desk: the real client in a folder of its own, on a machine that may be killed at any
 * write or lose its power, with a clock that may be wrong. It remembers all that its person gave, and
 * holds against that what the outbox says: nothing goes, nothing comes that nobody gave, and no verdict
 * becomes another one. */

#include "mtb-sim-desk-private.h"

#include "mtb-error.h"
#include "mtb-outbox-private.h"
#include "mtb-refusal.h"
#include "mtb-sim-faults.h"
#include "mtb-sim-people.h"
#include "mtb-sim-random.h"
#include "mtb-time.h"

#include <glib/gstdio.h>
#include <string.h>

#define KEPT_MS (29 * MTB_DAY)

static void
free_given (gpointer data)
{
  MtbSimGiven *given = data;

  g_free (given->id);
  g_free (given);
}

MtbSimDesk *
mtb_sim_desk_new (MtbSimServer *server, const char *folder, const char *username)
{
  MtbSimDesk *self = g_new0 (MtbSimDesk, 1);

  self->server = server;
  self->folder = g_strconcat (folder, "/", username, "/", NULL);
  self->username = g_strdup (username);
  self->line = mtb_sim_line_new (server, username);
  self->disk = mtb_sim_disk_new (self->folder);
  self->passwords = mtb_sim_passwords_new ();
  self->given = g_ptr_array_new_with_free_func (free_given);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
mtb_sim_desk_free (MtbSimDesk *desk)
{
  mtb_sim_desk_stop (desk);
  g_object_unref (desk->line);
  mtb_sim_disk_free (desk->disk);
  mtb_sim_passwords_free (desk->passwords);
  g_ptr_array_unref (desk->given);
  g_hash_table_unref (desk->by_id);
  g_free (desk->folder);
  g_free (desk->username);
  g_free (desk);
}

/* What may happen to whoever talks to a server over a network. */
static gboolean
is_fault (MtbSimDesk *self, const GError *error)
{
  if (error->domain != MTB_ERROR)
    return FALSE;
  switch (error->code)
    {
    case MTB_ERROR_UNREACHABLE:
    case MTB_ERROR_UNAUTHORIZED:
    case MTB_ERROR_DISMISSED:
    case MTB_ERROR_STORAGE:
      return TRUE;
    case MTB_ERROR_TOO_MANY:
      return self->kept_out;
    case MTB_ERROR_TOO_LARGE:
      return mtb_sim_line_limits_bodies (self->line);
    case MTB_ERROR_MISMATCH:
      mtb_fault_hit (MTB_FAULT_MISMATCH_SEEN);
      return mtb_sim_server_is_rewound (self->server);
    default:
      return FALSE;
    }
}

void
mtb_sim_desk_expect_fault (MtbSimDesk *self, const char *what, const GError *error)
{
  mtb_sim_trace ("%s: %s: %s", self->username, what, error->message);
  if (!mtb_sim_disk_has_failed (self->disk) && !is_fault (self, error))
    mtb_sim_fail ("%s: %s: %s", self->username, what, error->message);
}

/* Starts the program; FALSE where its person cannot work with it now, and then it does not run. */
gboolean
mtb_sim_desk_start (MtbSimDesk *desk)
{
  const MtbSimClock *before = mtb_sim_clock_use (&desk->clock);
  gboolean ok;

  desk->client = mtb_client_new (MTB_TRANSPORT (desk->line), desk->folder);
  ok = mtb_sim_desk_sign_in (desk);
  if (!ok)
    g_clear_pointer (&desk->client, mtb_client_free);
  mtb_sim_clock_use (before);
  mtb_sim_trace ("%s %s", desk->username, ok ? "starts" : "does not start");
  return ok;
}

void
mtb_sim_desk_stop (MtbSimDesk *desk)
{
  const MtbSimClock *before = mtb_sim_clock_use (&desk->clock);

  g_clear_pointer (&desk->cache, mtb_store_close);
  g_clear_pointer (&desk->outbox, mtb_store_close);
  g_clear_pointer (&desk->client, mtb_client_free);
  mtb_sim_clock_use (before);
}

void
mtb_sim_desk_kill (MtbSimDesk *desk, gboolean power_lost)
{
  mtb_sim_trace ("%s killed%s", desk->username, power_lost ? " without power" : "");
  mtb_sim_disk_fail (desk->disk);
  mtb_sim_desk_stop (desk);
  mtb_sim_disk_recover (desk->disk, power_lost);
}

gboolean
mtb_sim_desk_is_up (MtbSimDesk *desk)
{
  return desk->client != NULL;
}

/* Whether the program is still there after it was killed at a write, perhaps. */
gboolean
mtb_sim_desk_survives (MtbSimDesk *desk)
{
  gboolean power_lost;

  if (!mtb_sim_disk_has_failed (desk->disk))
    return desk->client != NULL;
  power_lost = mtb_sim_random_happens (500);
  mtb_fault_hit (power_lost ? MTB_FAULT_DESK_POWER : MTB_FAULT_DESK_KILLED_WRITING);
  mtb_sim_desk_kill (desk, power_lost);
  return FALSE;
}

static MtbSimGiven *
note_given (MtbSimDesk *self, const char *id)
{
  MtbSimGiven *given = g_new0 (MtbSimGiven, 1);

  given->id = g_strdup (id);
  given->state = MTB_GIVEN_WAITING;
  given->seq = MTB_ABSENT;
  given->answered_at = MTB_ABSENT;
  given->n_epochs = G_MAXUINT;
  g_ptr_array_add (self->given, given);
  g_hash_table_insert (self->by_id, given->id, given);
  return given;
}

/* Gives a command; FALSE where it could not be given, and then nothing of it may be there. Takes
 * @arguments. */
gboolean
mtb_sim_desk_give (MtbSimDesk *desk, gpointer arguments)
{
  const MtbSimClock *before = mtb_sim_clock_use (&desk->clock);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = mtb_client_give (desk->client, arguments, &error);

  mtb_sim_clock_use (before);
  mtb_sim_trace ("%s gives %s %s: %s", desk->username, mtb_command_of (arguments)->shape.name,
                 mtb_record_get_id (arguments), id != NULL ? id : error->message);
  mtb_record_unref (arguments);
  if (id != NULL)
    note_given (desk, id);
  else if (!mtb_sim_disk_has_failed (desk->disk))
    mtb_sim_desk_look (desk, FALSE);
  return id != NULL;
}

/* One sync, and where the sign-in has ended, another one. */
gboolean
mtb_sim_desk_sync (MtbSimDesk *desk)
{
  const MtbSimClock *before = mtb_sim_clock_use (&desk->clock);
  g_autoptr (GError) error = NULL;
  gboolean ok = mtb_client_sync (desk->client, NULL, &error);

  if (!ok)
    mtb_sim_desk_expect_fault (desk, "sync", error);
  else
    mtb_sim_trace ("%s is in step", desk->username);
  if (g_error_matches (error, MTB_ERROR, MTB_ERROR_DISMISSED))
    mtb_sim_desk_be_dismissed (desk);
  if (g_error_matches (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED))
    {
      mtb_fault_hit (MTB_FAULT_SIGN_IN_ENDED);
      mtb_sim_desk_sign_in (desk);
    }
  mtb_sim_clock_use (before);
  return ok;
}

/* Opens a subscriber's card. Whoever may not any more is told so. */
gboolean
mtb_sim_desk_fetch_card (MtbSimDesk *desk, const char *subscriber_id)
{
  const MtbSimClock *before = mtb_sim_clock_use (&desk->clock);
  g_autoptr (GError) error = NULL;
  gboolean ok = mtb_client_fetch_card (desk->client, subscriber_id, NULL, &error);

  if (ok)
    mtb_sim_trace ("%s has the card of %s", desk->username, subscriber_id);
  else if (!g_error_matches (error, MTB_ERROR, MTB_ERROR_FORBIDDEN))
    mtb_sim_desk_expect_fault (desk, "card", error);
  mtb_sim_clock_use (before);
  return ok;
}

static MtbSimGiven *
find_given (MtbSimDesk *self, const char *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

/* The person mends or drops one of the refused, or leaves it for later. */
void
mtb_sim_desk_deal_with_refusal (MtbSimDesk *desk)
{
  const MtbSimClock *before = mtb_sim_clock_use (&desk->clock);
  g_autoptr (GPtrArray) refusals = mtb_client_list_refusals (desk->client, NULL);
  MtbRefusal *refusal = refusals != NULL && refusals->len > 0
                          ? g_ptr_array_index (refusals, mtb_sim_random_below (refusals->len))
                          : NULL;

  if (refusal != NULL)
    {
      const char *id = mtb_refusal_get_command_id (refusal);
      gboolean drop = mtb_sim_random_happens (500);
      gboolean ok =
        drop ? mtb_client_drop (desk->client, id, NULL)
             : mtb_client_mend (desk->client, id, mtb_refusal_get_arguments (refusal), NULL);

      mtb_sim_trace ("%s %s %s: %d", desk->username, drop ? "drops" : "mends", id, ok);
      if (find_given (desk, id) != NULL)
        find_given (desk, id)->dropped = TRUE;
    }
  mtb_sim_clock_use (before);
  if (refusal != NULL && !mtb_sim_disk_has_failed (desk->disk))
    mtb_sim_desk_look (desk, TRUE);
}

/* While the program does not run, somebody deletes what can be fetched again. */
void
mtb_sim_desk_delete_cache (MtbSimDesk *desk)
{
  static const char *const endings[] = { "", "-wal", "-shm" };
  g_autofree char *folder = mtb_client_dup_folder (desk->client);

  mtb_sim_desk_stop (desk);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (folder, "/cache.db", endings[i], NULL);

      g_unlink (path);
    }
}

void
mtb_sim_desk_empty_cache (MtbSimDesk *desk)
{
  const MtbSimClock *before = mtb_sim_clock_use (&desk->clock);
  g_autoptr (GError) error = NULL;

  if (!mtb_client_empty (desk->client, &error))
    mtb_sim_desk_expect_fault (desk, "empty the cache", error);
  mtb_sim_clock_use (before);
}

static MtbStore *
open_file (MtbSimDesk *self, const char *name)
{
  g_autofree char *folder = mtb_client_dup_folder (self->client);
  g_autofree char *uri = g_strconcat ("sqlite:", folder, "/", name, NULL);
  g_autoptr (GError) error = NULL;
  MtbStore *store = mtb_store_open (uri, MTB_STORE_READ_ONLY, &error);

  if (store == NULL)
    mtb_sim_fail ("%s: %s cannot be read: %s", self->username, name, error->message);
  return store;
}

/* Another connection to the rows; only while the program runs. */
MtbStore *
mtb_sim_desk_get_cache (MtbSimDesk *desk)
{
  guint generation;
  g_autofree char *uri = mtb_client_dup_cache_uri (desk->client, &generation);

  if (desk->cache == NULL || generation != desk->generation)
    {
      mtb_store_close (desk->cache);
      desk->cache = open_file (desk, "cache.db");
      desk->generation = generation;
    }
  return desk->cache;
}

MtbStore *
mtb_sim_desk_get_outbox (MtbSimDesk *desk)
{
  if (desk->outbox == NULL)
    desk->outbox = open_file (desk, "outbox.db");
  return desk->outbox;
}

static gboolean
may_become (MtbSimDesk *self, const MtbSimGiven *given, const MtbGiven *row)
{
  gboolean another_epoch = mtb_sim_server_get_n_epochs (self->server) > given->n_epochs;

  switch (given->state)
    {
    case MTB_GIVEN_APPLIED:
      return another_epoch || (row->state == MTB_GIVEN_APPLIED && row->seq == given->seq);
    case MTB_GIVEN_REFUSED:
      return row->state == MTB_GIVEN_REFUSED || row->state == MTB_GIVEN_HELD
             || (row->state == MTB_GIVEN_CLOSED && given->dropped);
    case MTB_GIVEN_CLOSED:
      return row->state == MTB_GIVEN_CLOSED;
    case MTB_GIVEN_HELD:
      return row->state != MTB_GIVEN_WAITING;
    case MTB_GIVEN_WAITING:
    default:
      return row->state != MTB_GIVEN_CLOSED || given->dropped;
    }
}

static void
look_at (MtbSimDesk *self, const MtbGiven *row, gboolean may_be_new, GHashTable *gone)
{
  MtbSimGiven *given = find_given (self, row->id);

  if (given == NULL && !may_be_new)
    mtb_sim_fail ("%s: the outbox has a %s that was not given: %s", self->username, row->type,
                  row->id);
  if (given == NULL)
    given = note_given (self, row->id);
  if (!may_become (self, given, row))
    mtb_sim_fail ("%s: the verdict on %s was another one (%d, now %d)", self->username, row->id,
                  (int) given->state, (int) row->state);
  if (given->state == MTB_GIVEN_WAITING && row->state == MTB_GIVEN_REFUSED)
    mtb_fault_hit (MTB_FAULT_COMMAND_REFUSED);
  /* What waited with a command that was mended is given again with it. */
  given->dropped =
    given->dropped || (given->state == MTB_GIVEN_HELD && row->state == MTB_GIVEN_CLOSED);
  given->state = row->state;
  given->seq = row->seq;
  given->answered_at = row->answered_at;
  if (row->state == MTB_GIVEN_WAITING)
    given->n_epochs = G_MAXUINT;
  else if (given->n_epochs == G_MAXUINT)
    given->n_epochs = self->n_epochs;
  g_hash_table_remove (gone, row->id);
}

static gboolean
may_be_gone (const MtbSimGiven *given)
{
  return (given->state == MTB_GIVEN_APPLIED || given->state == MTB_GIVEN_CLOSED)
         && given->answered_at < mtb_sim_time_now () - KEPT_MS;
}

/* Holds what the outbox says against what the person gave. @may_be_new: whether it may have what the
 * simulation does not know of: what was being given when the machine failed, what was mended. */
void
mtb_sim_desk_look (MtbSimDesk *desk, gboolean may_be_new)
{
  g_autoptr (GPtrArray) rows =
    mtb_store_select (mtb_sim_desk_get_outbox (desk), &mtb_given_shape,
                      "SELECT $columns(g) FROM given g ORDER BY g.n", NULL, NULL);
  g_autoptr (GHashTable) gone = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < desk->given->len; i++)
    {
      MtbSimGiven *given = g_ptr_array_index (desk->given, i);

      if (!may_be_gone (given))
        g_hash_table_add (gone, given->id);
    }
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    look_at (desk, g_ptr_array_index (rows, i), may_be_new, gone);
  desk->n_epochs = mtb_sim_server_get_n_epochs (desk->server);
  g_hash_table_iter_init (&iter, gone);
  if (g_hash_table_iter_next (&iter, &id, NULL))
    mtb_sim_fail ("%s: %u commands that were given are not in the outbox any more, %s first",
                  desk->username, g_hash_table_size (gone), (const char *) id);
}

/* The one that has to be right; NULL where nobody knows. */
const char *
mtb_sim_desk_get_password (MtbSimDesk *desk)
{
  return mtb_sim_passwords_is_sure (desk->passwords) ? mtb_sim_passwords_get_right (desk->passwords)
                                                     : NULL;
}

gboolean
mtb_sim_desk_was_kept_out (MtbSimDesk *desk)
{
  return desk->kept_out;
}

const char *
mtb_sim_desk_get_username (MtbSimDesk *desk)
{
  return desk->username;
}

const char *
mtb_sim_desk_get_person_id (MtbSimDesk *desk)
{
  return mtb_sim_id (desk->username);
}

MtbSimServer *
mtb_sim_desk_get_server (MtbSimDesk *desk)
{
  return desk->server;
}

MtbSimLine *
mtb_sim_desk_get_line (MtbSimDesk *desk)
{
  return desk->line;
}

MtbSimDisk *
mtb_sim_desk_get_disk (MtbSimDesk *desk)
{
  return desk->disk;
}

MtbSimClock *
mtb_sim_desk_get_clock (MtbSimDesk *desk)
{
  return &desk->clock;
}

GPtrArray *
mtb_sim_desk_get_given (MtbSimDesk *desk)
{
  return desk->given;
}

MtbPerson *
mtb_sim_desk_dup_person (MtbSimDesk *desk)
{
  return mtb_client_dup_person (desk->client);
}

/* What the desk takes for the time. */
gint64
mtb_sim_desk_get_now (MtbSimDesk *desk)
{
  const MtbSimClock *before = mtb_sim_clock_use (&desk->clock);
  gint64 now = mtb_client_get_now (desk->client);

  mtb_sim_clock_use (before);
  return now;
}

guint
mtb_sim_desk_count_waiting (MtbSimDesk *desk)
{
  MtbTally tally;

  mtb_client_count (desk->client, &tally);
  return tally.n_waiting;
}
