/* A desk's own copy: the outbox, which is precious, and the cache, which is not. Without a network,
 * a thread or a clock of its own. What is to last is written to the outbox first and then to the
 * cache; where the two differ after a crash, the outbox is right. Belongs to one thread at a time. */

#include "mtb-replica.h"

#include "mtb-damage.h"
#include "mtb-download.h"
#include "mtb-error.h"
#include "mtb-refusal.h"
#include "mtb-workflow.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#define OUTBOX "outbox.db"

struct _MtbReplica
{
  char *cache_path;
  char *cache_uri;
  MtbPerson *person;
  char *outbox_path;
  MtbOutbox *outbox;
  MtbCache *cache;
  guint generation;
  gint64 n_saved;
  gint64 tidied_at;
};

/* No two caches of this process have the same, be they of the same file. */
static guint
next_generation (void)
{
  static gint n_caches = 0;

  return (guint) g_atomic_int_add (&n_caches, 1) + 1;
}

/* What is damaged can be fetched again. */
static gboolean
open_cache (MtbReplica *self, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *aside = NULL;

  self->cache = mtb_cache_open (self->cache_path, &failure);
  if (self->cache != NULL)
    return TRUE;
  if (!g_error_matches (failure, MTB_ERROR, MTB_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  aside = mtb_damage_put_aside (self->cache_path, FALSE, error);
  if (aside == NULL)
    return FALSE;
  g_warning ("the cache is damaged and is fetched again: %s", failure->message);
  self->cache = mtb_cache_open (self->cache_path, error);
  return self->cache != NULL;
}

/* What is damaged is nowhere else: as much is saved as can be read. */
static gboolean
open_outbox (MtbReplica *self, GError **error)
{
  g_autoptr (GError) failure = NULL;

  self->outbox = mtb_outbox_open (self->outbox_path, &failure);
  if (self->outbox != NULL && mtb_outbox_check (self->outbox, &failure))
    return TRUE;
  g_clear_pointer (&self->outbox, mtb_outbox_close);
  if (!g_error_matches (failure, MTB_ERROR, MTB_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  self->outbox = mtb_outbox_rescue (self->outbox_path, &self->n_saved, error);
  return self->outbox != NULL;
}

/**
 * mtb_replica_open:
 * @folder: where this person's files of this server are kept
 * @person: who works here
 * @error: return location
 *
 * Returns: (transfer full): the replica, with what is pending in its rows
 */
MtbReplica *
mtb_replica_open (const char *folder, const MtbPerson *person, GError **error)
{
  g_autoptr (MtbReplica) self = g_new0 (MtbReplica, 1);

  self->outbox_path = g_build_filename (folder, OUTBOX, NULL);
  self->cache_path = g_build_filename (folder, "cache.db", NULL);
  self->cache_uri = g_strconcat ("sqlite:", self->cache_path, NULL);
  self->person = mtb_record_copy (person);
  self->generation = next_generation ();
  self->n_saved = MTB_ABSENT;
  self->tidied_at = MTB_ABSENT;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, MTB_ERROR, MTB_ERROR_STORAGE, "the folder %s cannot be made", folder);
      return NULL;
    }
  if (!open_outbox (self, error) || !open_cache (self, error))
    return NULL;
  if (!mtb_cache_is_in_step (self->cache, self->outbox)
      && !mtb_cache_rebase (self->cache, self->person, self->outbox, NULL, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * mtb_replica_close:
 * @replica: (nullable) (transfer full): a replica
 */
void
mtb_replica_close (MtbReplica *replica)
{
  if (replica == NULL)
    return;
  mtb_cache_close (replica->cache);
  mtb_outbox_close (replica->outbox);
  mtb_record_unref (replica->person);
  g_free (replica->outbox_path);
  g_free (replica->cache_path);
  g_free (replica->cache_uri);
  g_free (replica);
}

/**
 * mtb_replica_get_person:
 * @replica: a replica
 *
 * Returns: who works here
 */
const MtbPerson *
mtb_replica_get_person (MtbReplica *replica)
{
  return replica->person;
}

/**
 * mtb_replica_set_person:
 * @replica: a replica
 * @person: the same person, as the server knows them now
 */
void
mtb_replica_set_person (MtbReplica *replica, const MtbPerson *person)
{
  mtb_record_unref (replica->person);
  replica->person = mtb_record_copy (person);
}

/**
 * mtb_replica_get_outbox:
 * @replica: a replica
 *
 * Returns: (transfer none): its outbox
 */
MtbOutbox *
mtb_replica_get_outbox (MtbReplica *replica)
{
  return replica->outbox;
}

/**
 * mtb_replica_get_cache:
 * @replica: a replica
 *
 * Returns: (transfer none): its cache; another one after a snapshot
 */
MtbCache *
mtb_replica_get_cache (MtbReplica *replica)
{
  return replica->cache;
}

/**
 * mtb_replica_get_cache_uri:
 * @replica: a replica
 *
 * Returns: where the cache can be read by a second connection
 */
const char *
mtb_replica_get_cache_uri (MtbReplica *replica)
{
  return replica->cache_uri;
}

/**
 * mtb_replica_get_generation:
 * @replica: a replica
 *
 * Returns: a number that moves when the cache is another file, which readers must open anew
 */
guint
mtb_replica_get_generation (MtbReplica *replica)
{
  return replica->generation;
}

/**
 * mtb_replica_count:
 * @replica: a replica
 * @tally: (out): what is in the outbox
 */
void
mtb_replica_count (MtbReplica *replica, MtbTally *tally)
{
  *tally = (MtbTally){ 0, MTB_ABSENT, 0, replica->n_saved };
  if (replica->outbox == NULL)
    return;
  tally->n_waiting = (guint) mtb_outbox_count (replica->outbox, FALSE, &tally->waiting_since);
  tally->n_refused = (guint) mtb_outbox_count (replica->outbox, TRUE, NULL);
}

/**
 * mtb_replica_give:
 * @replica: a replica
 * @arguments: a command's arguments
 * @id: the command's id
 * @now: the time
 * @error: return location
 *
 * Gives a command: it is in the outbox, durably, and its rows are here, before this returns. One
 * that needs the authority's word is only put into the outbox.
 *
 * Returns: whether it was given; otherwise nothing has happened
 */
gboolean
mtb_replica_give (MtbReplica *replica,
                  gconstpointer arguments,
                  const char *id,
                  gint64 now,
                  GError **error)
{
  const MtbCommand *command = mtb_command_of (arguments);
  g_autoptr (GError) failure = NULL;

  if (mtb_command_is_online_only (command))
    {
      if (!mtb_workflow_may (replica->person, command))
        {
          g_set_error_literal (error, MTB_ERROR, MTB_ERROR_FORBIDDEN,
                               N_ ("Your role does not allow this"));
          return FALSE;
        }
      return mtb_record_check (arguments, error)
             && mtb_outbox_add (replica->outbox, arguments, id, now, error);
    }
  if (!mtb_cache_try (replica->cache, replica->person, arguments, now, error))
    return FALSE;
  if (!mtb_outbox_add (replica->outbox, arguments, id, now, error))
    {
      mtb_cache_undo (replica->cache);
      return FALSE;
    }
  /* From here on it is given. Rows that cannot show it now do so when they are next rebased. */
  if (!mtb_cache_keep (replica->cache, id, &failure))
    g_warning ("what was given cannot be shown yet: %s", failure->message);
  return TRUE;
}

static gboolean
rebase (MtbReplica *self, const MtbCursor *cursor, GError **error)
{
  return mtb_cache_rebase (self->cache, self->person, self->outbox, cursor, error);
}

/* Who works here is one of the rows: roles and team are those that the server gave last. */
static void
renew_person (MtbReplica *self)
{
  MtbPerson *person = mtb_store_get (mtb_cache_get_store (self->cache), &mtb_person_table.shape,
                                     self->person->id, NULL);

  if (person == NULL)
    return;
  mtb_record_unref (self->person);
  self->person = person;
}

static gboolean
is_any_refused (GPtrArray *verdicts)
{
  for (guint i = 0; i < verdicts->len; i++)
    if (!((const MtbVerdict *) g_ptr_array_index (verdicts, i))->applied)
      return TRUE;
  return FALSE;
}

/**
 * mtb_replica_take_verdicts:
 * @replica: a replica
 * @verdicts: (element-type MtbVerdict): what the server says
 * @now: the time
 * @error: return location
 *
 * What was applied stays in the rows as it is until the next page says how the server has it: a desk
 * with much to offer again does not run all of it again for each batch of it. Nor is anything run again
 * for a refusal of what is in no row.
 *
 * Returns: whether they are kept, and what was refused is out of the rows
 */
gboolean
mtb_replica_take_verdicts (MtbReplica *replica, GPtrArray *verdicts, gint64 now, GError **error)
{
  return mtb_outbox_take_verdicts (replica->outbox, verdicts, now, error)
         && (!is_any_refused (verdicts) || mtb_cache_is_in_step (replica->cache, replica->outbox)
             || rebase (replica, NULL, error));
}

/**
 * mtb_replica_take_page:
 * @replica: a replica
 * @body: an answer to `GET /v1/changes`
 * @length: how long that is
 * @more: (out): whether another page follows
 * @error: return location
 *
 * Puts the page aside, and with the last one brings the rows up to date.
 *
 * Returns: whether it is taken
 */
gboolean
mtb_replica_take_page (MtbReplica *replica,
                       const char *body,
                       gsize length,
                       gboolean *more,
                       GError **error)
{
  g_autoptr (JsonObject) object = mtb_json_read (body, length, error);
  g_autoptr (MtbCursor) cursor = NULL;
  g_auto (MtbServerInfo) info = { 0 };
  gint64 next;

  if (object == NULL)
    return FALSE;
  next = mtb_json_get_number (object, "next");
  if (!mtb_message_read_server (object, &info) || next == MTB_ABSENT)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNREACHABLE,
                           "the server's answer cannot be read");
      return FALSE;
    }
  *more = json_object_get_boolean_member_with_default (object, "more", FALSE);
  if (!mtb_cache_add_page (replica->cache, body, length, info.head, error))
    return FALSE;
  if (*more)
    return TRUE;
  cursor = mtb_cursor_new (info.epoch, next, info.head);
  if (!rebase (replica, cursor, error))
    return FALSE;
  renew_person (replica);
  return TRUE;
}

/* After the epoch has changed, what the old history had applied is offered again; to a server that was
 * put back to an epoch before that, when its operator has begun another one. */
static gboolean
take_epoch (MtbReplica *self, const MtbCursor *before, const MtbCursor *now, GError **error)
{
  g_autofree char *known = mtb_outbox_get (self->outbox, "epoch");
  const char *epoch = known != NULL ? known : before != NULL ? before->epoch : NULL;

  /* An epoch's id begins with the time at which it began. */
  if (epoch != NULL && strcmp (epoch, now->epoch) > 0)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_MISMATCH,
                           "this server's history is not the one that this desk has seen");
      return FALSE;
    }
  if (epoch != NULL && !g_str_equal (epoch, now->epoch)
      && !mtb_outbox_offer_again (self->outbox, error))
    return FALSE;
  return mtb_outbox_set (self->outbox, "epoch", now->epoch, error);
}

/**
 * mtb_replica_take_snapshot:
 * @replica: a replica
 * @path: the file of a snapshot, in the same folder
 * @error: return location
 *
 * Puts a snapshot in the place of the rows, and runs what is pending over it.
 *
 * Returns: whether it is done
 */
gboolean
mtb_replica_take_snapshot (MtbReplica *replica, const char *path, GError **error)
{
  g_autoptr (MtbCursor) before = NULL;
  g_autoptr (MtbCursor) cursor = NULL;
  gboolean installed;

  before = mtb_cache_get_cursor (replica->cache, NULL);
  cursor = mtb_cache_prepare (path, error);
  /* As always the outbox first: whatever happens in between, what it offers again is offered. */
  if (cursor == NULL || !take_epoch (replica, before, cursor, error))
    return FALSE;
  g_clear_pointer (&replica->cache, mtb_cache_close);
  installed = mtb_cache_install (replica->cache_path, path, error);
  replica->generation = next_generation ();
  if (!open_cache (replica, installed ? error : NULL) || !installed)
    return FALSE;
  renew_person (replica);
  return rebase (replica, NULL, error);
}

/**
 * mtb_replica_empty_folder:
 * @folder: where a person's files of a server are kept
 *
 * Removes all that a desk keeps of the person: the cache with the cards that were fetched, what they
 * began to write, the verifier by which they sign in without the server. The outbox stays whole. What
 * was not sent is nowhere else; and what was sent may have to be offered again to a server that has
 * lost it.
 */
void
mtb_replica_empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_str_has_prefix (name, OUTBOX))
        g_unlink (path);
    }
}

static gboolean
begin_anew (MtbReplica *replica, GError **error)
{
  replica->generation = next_generation ();
  return open_cache (replica, error) && rebase (replica, NULL, error);
}

/**
 * mtb_replica_is_open:
 * @replica: a replica
 * @error: return location
 *
 * Opens again what could not be, when a file was to be another one and the disk did not allow it.
 *
 * Returns: whether it can be worked on; otherwise only mtb_replica_get_person() and mtb_replica_count()
 *   and what closes it may be called
 */
gboolean
mtb_replica_is_open (MtbReplica *replica, GError **error)
{
  return (replica->outbox != NULL || open_outbox (replica, error))
         && (replica->cache != NULL || begin_anew (replica, error));
}

/**
 * mtb_replica_repair:
 * @replica: a replica of which a file is damaged
 * @error: return location
 *
 * Puts the cache aside, and the outbox where it is damaged too, saves what can be read of that, and
 * begins again with no rows.
 *
 * Returns: whether it is done
 */
gboolean
mtb_replica_repair (MtbReplica *replica, GError **error)
{
  g_autofree char *aside = NULL;

  g_clear_pointer (&replica->outbox, mtb_outbox_close);
  g_clear_pointer (&replica->cache, mtb_cache_close);
  aside = mtb_damage_put_aside (replica->cache_path, FALSE, error);
  return aside != NULL && open_outbox (replica, error) && begin_anew (replica, error);
}

/**
 * mtb_replica_tidy:
 * @replica: a replica that is where the server is
 * @now: the server's time
 *
 * Once a day, takes away what has been kept long enough. What cannot be now is the next time.
 */
void
mtb_replica_tidy (MtbReplica *replica, gint64 now)
{
  g_autoptr (GError) error = NULL;

  if (replica->tidied_at != MTB_ABSENT && now < replica->tidied_at + MTB_DAY)
    return;
  if (mtb_outbox_forget (replica->outbox, now, &error))
    replica->tidied_at = now;
  else
    g_message ("what is old is not taken away yet: %s", error->message);
}

/**
 * mtb_replica_forget:
 * @replica: a replica
 * @error: return location
 *
 * Empties the person's folder, see mtb_replica_empty_folder(), and begins again with no rows.
 *
 * Returns: whether it is done
 */
gboolean
mtb_replica_forget (MtbReplica *replica, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (replica->cache_path);

  g_clear_pointer (&replica->cache, mtb_cache_close);
  mtb_replica_empty_folder (folder);
  return begin_anew (replica, error);
}

/**
 * mtb_replica_empty_cache:
 * @replica: a replica
 * @error: return location
 *
 * Removes the rows and cards that can be fetched again, and nothing else, and begins again with none.
 *
 * Returns: whether it is done
 */
gboolean
mtb_replica_empty_cache (MtbReplica *replica, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (replica->cache_path);

  g_clear_pointer (&replica->cache, mtb_cache_close);
  mtb_cache_remove (replica->cache_path);
  mtb_download_forget (folder);
  return begin_anew (replica, error);
}

/**
 * mtb_replica_list_refusals:
 * @replica: a replica
 * @error: return location
 *
 * Returns: (transfer full) (element-type MtbRefusal): what the person has to mend or drop
 */
GPtrArray *
mtb_replica_list_refusals (MtbReplica *replica, GError **error)
{
  g_autoptr (GPtrArray) given = mtb_outbox_list_refused (replica->outbox, error);
  GPtrArray *refusals;

  if (given == NULL)
    return NULL;
  refusals = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < given->len; i++)
    {
      const MtbGiven *one = g_ptr_array_index (given, i);
      gpointer arguments = mtb_given_read_arguments (one, NULL);

      if (arguments != NULL)
        g_ptr_array_add (refusals, mtb_refusal_new (one->id, arguments, one->given_at,
                                                    mtb_given_dup_reason (one),
                                                    one->state == MTB_GIVEN_HELD));
    }
  return refusals;
}

/**
 * mtb_replica_mend:
 * @replica: a replica
 * @id: the command that was refused
 * @arguments: what it says now, about the same rows
 * @now: the time
 * @error: return location
 *
 * Returns: whether it was given again; otherwise it is still refused
 */
gboolean
mtb_replica_mend (MtbReplica *replica,
                  const char *id,
                  gconstpointer arguments,
                  gint64 now,
                  GError **error)
{
  if (!mtb_command_is_online_only (mtb_command_of (arguments)))
    {
      if (!mtb_cache_try (replica->cache, replica->person, arguments, now, error))
        return FALSE;
      mtb_cache_undo (replica->cache);
    }
  return mtb_outbox_mend (replica->outbox, id, arguments, now, error)
         && rebase (replica, NULL, error);
}

/**
 * mtb_replica_drop:
 * @replica: a replica
 * @id: the command that was refused
 * @error: return location
 *
 * Returns: whether it is given up
 */
gboolean
mtb_replica_drop (MtbReplica *replica, const char *id, GError **error)
{
  return mtb_outbox_drop (replica->outbox, id, error);
}
