/* A desk that talks with its server: a replica, and what is said over a transport. Every function
 * may be called on any thread and blocks on it; the replica is locked only while it is worked on,
 * never while the network is waited for. Signing in is in mtb-client-session.c, sending and
 * fetching in mtb-client-sync.c. */

#include "mtb-client-private.h"

#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-status.h"
#include "mtb-time.h"
#include "mtb-verifier.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

static char *
load_desk (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "desk", NULL);
  char *desk = NULL;

  if (g_file_get_contents (path, &desk, NULL, NULL) && mtb_id_is_valid (desk))
    return desk;
  g_free (desk);
  desk = mtb_id_new (mtb_time_now ());
  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents_full (path, desk, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
  return desk;
}

/* What the administrator knows the desk by: its machine, and what sets it apart there. */
static char *
name_desk (const char *folder)
{
  g_autofree char *id = load_desk (folder);

  return g_strdup_printf ("%.64s %s", g_get_host_name (), strrchr (id, '-') + 1);
}

/**
 * mtb_client_new:
 * @transport: (transfer none): the way to the server
 * @folder: where this machine's desks keep their files
 *
 * Returns: (transfer full): a client that nobody has signed in to
 */
MtbClient *
mtb_client_new (MtbTransport *transport, const char *folder)
{
  MtbClient *self = g_new0 (MtbClient, 1);

  self->transport = g_object_ref (transport);
  self->folder = g_strdup (folder);
  self->desk = name_desk (folder);
  self->last_contact = MTB_ABSENT;
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->syncing);
  g_mutex_init (&self->signing);
  g_mutex_init (&self->clock);
  return self;
}

static void
forget_password (MtbClient *self)
{
  if (self->password != NULL)
    sodium_memzero (self->password, strlen (self->password));
  g_clear_pointer (&self->password, g_free);
}

/**
 * mtb_client_free:
 * @client: (nullable) (transfer full): a client
 */
void
mtb_client_free (MtbClient *client)
{
  if (client == NULL)
    return;
  forget_password (client);
  mtb_replica_close (client->replica);
  g_object_unref (client->transport);
  g_clear_object (&client->secrets);
  g_free (client->folder);
  g_free (client->desk);
  g_free (client->username);
  g_free (client->token);
  g_free (client->resumed_id);
  g_mutex_clear (&client->mutex);
  g_mutex_clear (&client->syncing);
  g_mutex_clear (&client->signing);
  g_mutex_clear (&client->clock);
  g_free (client);
}

/**
 * mtb_client_set_secrets:
 * @client: a client that nobody has signed in to
 * @secrets: what keeps the sign-in over the end of the program
 */
void
mtb_client_set_secrets (MtbClient *client, MtbSecrets *secrets)
{
  g_set_object (&client->secrets, secrets);
}

/* What the server said of itself: its clock, and that it is there. */
static void
note_contact (MtbClient *self, JsonObject *body)
{
  g_auto (MtbServerInfo) info = { 0 };

  g_mutex_lock (&self->clock);
  if (mtb_message_read_server (body, &info) && info.time != MTB_ABSENT)
    self->offset_ms = info.time - mtb_time_now ();
  g_mutex_unlock (&self->clock);
  g_mutex_lock (&self->mutex);
  self->last_contact = mtb_client_get_now (self);
  g_mutex_unlock (&self->mutex);
}

/* A sign-in that the server ended before its time was revoked, and so is the one without it; not so
 * one that has ended here since it was shown. */
static void
lose_token (MtbClient *self, const char *token)
{
  g_autofree char *path = mtb_client_dup_verifier_path (self);
  gboolean is_ours;

  g_mutex_lock (&self->mutex);
  is_ours = g_strcmp0 (self->token, token) == 0;
  if (is_ours && mtb_client_get_now (self) < self->expires_at)
    mtb_verifier_remove (path);
  if (is_ours)
    g_clear_pointer (&self->token, g_free);
  g_mutex_unlock (&self->mutex);
  if (is_ours)
    mtb_client_forget_token (self);
}

/* What is no success is an error; one that says that the token is not good any more loses it. */
static MtbAnswer *
check_answer (MtbClient *self, MtbAnswer *answer, const char *token, GError **error)
{
  g_autoptr (MtbAnswer) owned = answer;
  GError *problem;
  gsize length;
  const char *text;

  if (owned == NULL || owned->status == 200 || owned->status == 206)
    return g_steal_pointer (&owned);
  text = g_bytes_get_data (owned->body, &length);
  problem = mtb_status_read_problem (owned->status, text, length);
  /* Its disk is not this desk's: nothing is known about the outcome. */
  if (g_error_matches (problem, MTB_ERROR, MTB_ERROR_STORAGE))
    problem->code = MTB_ERROR_UNREACHABLE;
  g_propagate_error (error, problem);
  if (owned->status == 401 && token != NULL)
    lose_token (self, token);
  return NULL;
}

MtbAnswer *
mtb_client_request (MtbClient *self,
                    const char *method,
                    const char *path,
                    const char *body,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autofree char *token = mtb_client_dup_token (self);
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;

  return check_answer (
    self, mtb_transport_send (self->transport, method, path, token, bytes, cancellable, error),
    token, error);
}

/* Asks for a file; the answer has a stream. */
MtbAnswer *
mtb_client_fetch (MtbClient *self,
                  const char *path,
                  gint64 from,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autofree char *token = mtb_client_dup_token (self);

  return check_answer (self,
                       mtb_transport_fetch (self->transport, path, token, from, cancellable, error),
                       token, error);
}

/* Sends, and reads an answer that is JSON; @bytes, where wanted, get the answer as it came. */
JsonObject *
mtb_client_exchange (MtbClient *self,
                     const char *method,
                     const char *path,
                     const char *body,
                     GBytes **bytes,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (MtbAnswer) answer = mtb_client_request (self, method, path, body, cancellable, error);
  gsize length;
  const char *text;
  JsonObject *object;

  if (answer == NULL)
    return NULL;
  text = g_bytes_get_data (answer->body, &length);
  object = mtb_json_read (text, length, NULL);
  if (object == NULL)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNREACHABLE,
                           "the server's answer cannot be read");
      return NULL;
    }
  note_contact (self, object);
  if (bytes != NULL)
    *bytes = g_bytes_ref (answer->body);
  return object;
}

/* Locks the replica; FALSE, unlocked, where nobody is signed in or it cannot be worked on. */
gboolean
mtb_client_lock (MtbClient *self, GError **error)
{
  g_mutex_lock (&self->mutex);
  if (self->replica != NULL && mtb_replica_is_open (self->replica, error))
    return TRUE;
  if (self->replica == NULL)
    g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED, N_ ("Sign in again"));
  g_mutex_unlock (&self->mutex);
  return FALSE;
}

/* What was done with the replica has come to @error, if to any: what is damaged is repaired. */
void
mtb_client_unlock (MtbClient *self, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (error != NULL && g_error_matches (*error, MTB_ERROR, MTB_ERROR_DAMAGED))
    {
      g_warning ("%s", (*error)->message);
      if (!mtb_replica_repair (self->replica, &failure))
        g_warning ("what is damaged cannot be repaired: %s", failure->message);
      self->n_changes++;
    }
  g_mutex_unlock (&self->mutex);
}

/**
 * mtb_client_repair:
 * @client: a client
 * @generation: which file was read, see mtb_client_dup_cache_uri()
 * @error: return location: what was found by whoever reads the rows; %MTB_ERROR_DAMAGED is acted on
 *
 * Saves what can be saved of damaged files; the rest is fetched again with the next sync. Nothing is
 * done where another file stands in that one's place already.
 */
void
mtb_client_repair (MtbClient *client, guint generation, GError **error)
{
  if (mtb_client_lock (client, NULL))
    mtb_client_unlock (client,
                       mtb_replica_get_generation (client->replica) == generation ? error : NULL);
}

/**
 * mtb_client_give:
 * @client: a client
 * @arguments: a command's arguments
 * @error: return location
 *
 * Returns: (transfer full): the command's id, under which it is durably kept; %NULL where it cannot
 *   be given, and then nothing has happened
 */
char *
mtb_client_give (MtbClient *client, gconstpointer arguments, GError **error)
{
  gint64 now = mtb_client_get_now (client);
  g_autofree char *id = mtb_id_new (now);
  gboolean ok;

  if (!mtb_client_lock (client, error))
    return NULL;
  ok = mtb_replica_give (client->replica, arguments, id, now, error);
  client->n_changes++;
  mtb_client_unlock (client, error);
  return ok ? g_steal_pointer (&id) : NULL;
}

/**
 * mtb_client_get_verdict:
 * @client: a client
 * @id: a command's id
 * @error: return location; %MTB_ERROR_UNREACHABLE while there is no verdict
 *
 * Returns: whether the server has applied it
 */
gboolean
mtb_client_get_verdict (MtbClient *client, const char *id, GError **error)
{
  g_autoptr (MtbGiven) given = NULL;

  if (!mtb_client_lock (client, error))
    return FALSE;
  given = mtb_outbox_find (mtb_replica_get_outbox (client->replica), id, error);
  mtb_client_unlock (client, error);
  if (given == NULL)
    return FALSE;
  if (given->state == MTB_GIVEN_WAITING)
    g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNREACHABLE,
                         N_ ("The server did not answer; it is not known whether this was done"));
  else if (given->state != MTB_GIVEN_APPLIED)
    g_propagate_error (error, mtb_given_dup_reason (given));
  return given->state == MTB_GIVEN_APPLIED;
}

/**
 * mtb_client_list_refusals:
 * @client: a client
 * @error: return location
 *
 * Returns: (transfer full) (element-type MtbRefusal): what the person has to mend or drop
 */
GPtrArray *
mtb_client_list_refusals (MtbClient *client, GError **error)
{
  GPtrArray *refusals;

  if (!mtb_client_lock (client, error))
    return NULL;
  refusals = mtb_replica_list_refusals (client->replica, error);
  mtb_client_unlock (client, error);
  return refusals;
}

/**
 * mtb_client_mend:
 * @client: a client
 * @id: the command that was refused
 * @arguments: what it says now, about the same rows
 * @error: return location
 *
 * Returns: whether it was given again
 */
gboolean
mtb_client_mend (MtbClient *client, const char *id, gconstpointer arguments, GError **error)
{
  gint64 now = mtb_client_get_now (client);
  gboolean ok;

  if (!mtb_client_lock (client, error))
    return FALSE;
  ok = mtb_replica_mend (client->replica, id, arguments, now, error);
  client->n_changes++;
  mtb_client_unlock (client, error);
  return ok;
}

/**
 * mtb_client_drop:
 * @client: a client
 * @id: the command that was refused
 * @error: return location
 *
 * Returns: whether it is given up
 */
gboolean
mtb_client_drop (MtbClient *client, const char *id, GError **error)
{
  gboolean ok;

  if (!mtb_client_lock (client, error))
    return FALSE;
  ok = mtb_replica_drop (client->replica, id, error);
  client->n_changes++;
  mtb_client_unlock (client, error);
  return ok;
}

/**
 * mtb_client_dup_person:
 * @client: a client
 *
 * Returns: (transfer full) (nullable): who is signed in
 */
MtbPerson *
mtb_client_dup_person (MtbClient *client)
{
  MtbPerson *person = NULL;

  g_mutex_lock (&client->mutex);
  if (client->replica != NULL)
    person = mtb_record_copy (mtb_replica_get_person (client->replica));
  g_mutex_unlock (&client->mutex);
  return person;
}

/**
 * mtb_client_dup_token:
 * @client: a client
 *
 * Returns: (transfer full) (nullable): the token of the sign-in
 */
char *
mtb_client_dup_token (MtbClient *client)
{
  char *token;

  g_mutex_lock (&client->mutex);
  token = g_strdup (client->token);
  g_mutex_unlock (&client->mutex);
  return token;
}

/**
 * mtb_client_dup_cache_uri:
 * @client: a client
 * @generation: (out): moves when the file is another one and has to be opened anew
 *
 * Returns: (transfer full) (nullable): where the rows can be read
 */
char *
mtb_client_dup_cache_uri (MtbClient *client, guint *generation)
{
  char *uri = NULL;

  g_mutex_lock (&client->mutex);
  if (client->replica != NULL)
    {
      uri = g_strdup (mtb_replica_get_cache_uri (client->replica));
      *generation = mtb_replica_get_generation (client->replica);
    }
  g_mutex_unlock (&client->mutex);
  return uri;
}

/**
 * mtb_client_count:
 * @client: a client
 * @tally: (out): what is in the outbox
 */
void
mtb_client_count (MtbClient *client, MtbTally *tally)
{
  *tally = (MtbTally){ 0, MTB_ABSENT, 0, MTB_ABSENT };
  g_mutex_lock (&client->mutex);
  if (client->replica != NULL)
    mtb_replica_count (client->replica, tally);
  g_mutex_unlock (&client->mutex);
}

/**
 * mtb_client_get_n_changes:
 * @client: a client
 *
 * Returns: a number that moves when the rows or the outbox may have changed
 */
guint
mtb_client_get_n_changes (MtbClient *client)
{
  guint n_changes;

  g_mutex_lock (&client->mutex);
  n_changes = client->n_changes;
  g_mutex_unlock (&client->mutex);
  return n_changes;
}

/**
 * mtb_client_get_now:
 * @client: a client
 *
 * Returns: the time, corrected by what the server's clock said at the last contact; nothing is waited for
 */
gint64
mtb_client_get_now (MtbClient *client)
{
  gint64 now;

  g_mutex_lock (&client->clock);
  now = mtb_time_now () + client->offset_ms;
  g_mutex_unlock (&client->clock);
  return now;
}

/**
 * mtb_client_get_last_contact:
 * @client: a client
 *
 * Returns: when the server last answered, or %MTB_ABSENT
 */
gint64
mtb_client_get_last_contact (MtbClient *client)
{
  gint64 last_contact;

  g_mutex_lock (&client->mutex);
  last_contact = client->last_contact;
  g_mutex_unlock (&client->mutex);
  return last_contact;
}

/**
 * mtb_client_is_empty:
 * @client: a client
 *
 * Returns: whether no rows of the server have come yet
 */
gboolean
mtb_client_is_empty (MtbClient *client)
{
  g_autoptr (MtbCursor) cursor = NULL;

  if (!mtb_client_lock (client, NULL))
    return TRUE;
  cursor = mtb_cache_get_cursor (mtb_replica_get_cache (client->replica), NULL);
  g_mutex_unlock (&client->mutex);
  return cursor == NULL;
}

/**
 * mtb_client_measure:
 * @client: a client
 * @error: return location
 *
 * Returns: (transfer full): what is kept here of who is signed in
 */
MtbStock *
mtb_client_measure (MtbClient *client, GError **error)
{
  g_autofree char *verifier = mtb_client_dup_verifier_path (client);
  g_autofree char *folder = g_path_get_dirname (verifier);

  return mtb_stock_measure (folder, error);
}

/**
 * mtb_client_empty:
 * @client: a client
 * @error: return location
 *
 * Empties what can be fetched again. It waits for a sync that is under way, whose pages belong to the
 * rows that are there.
 *
 * Returns: whether it is done
 */
gboolean
mtb_client_empty (MtbClient *client, GError **error)
{
  gboolean ok = FALSE;

  g_mutex_lock (&client->syncing);
  if (mtb_client_lock (client, error))
    {
      ok = mtb_replica_empty_cache (client->replica, error);
      client->n_changes++;
      g_mutex_unlock (&client->mutex);
    }
  g_mutex_unlock (&client->syncing);
  return ok;
}
