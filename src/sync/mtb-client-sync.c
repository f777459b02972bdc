/* Sending what waits and fetching what is new. */

#include "mtb-client-private.h"

#include "mtb-error.h"
#include "mtb-verifier.h"

#define BATCH 100
#define PAGE 1000
#define TIMES_ANEW 3

static GPtrArray *
put_into_envelopes (GPtrArray *given, GError **error)
{
  g_autoptr (GPtrArray) envelopes =
    g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_envelope_free);

  for (guint i = 0; i < given->len; i++)
    {
      const MtbGiven *one = g_ptr_array_index (given, i);
      gpointer arguments = mtb_given_read_arguments (one, error);
      MtbEnvelope *envelope;

      if (arguments == NULL)
        return NULL;
      envelope = mtb_envelope_new (arguments, one->id, one->n, one->given_at);
      /* What needs the authority's word is never sent twice: its verdict is asked for. */
      envelope->settle =
        one->attempts > 0 && mtb_command_is_online_only (mtb_command_of (arguments));
      g_ptr_array_add (envelopes, envelope);
    }
  return g_steal_pointer (&envelopes);
}

/* How far this desk has seen the server's history; NULL where it has seen nothing. */
static MtbCursor *
get_seen (MtbClient *self)
{
  MtbCache *cache = mtb_replica_get_cache (self->replica);
  MtbCursor *cursor = mtb_cache_get_cursor (cache, NULL);

  if (cursor != NULL)
    mtb_cache_pass_pages (cache, cursor);
  return cursor;
}

typedef struct
{
  guint limit;
  gint64 after_n; /* what was given up to here was asked about, and waits for the next sync */
  guint n_commands;
  gint64 last_n;
  guint n_verdicts;
} Batch;

/* The next batch as a body, or NULL without an error where nothing waits. */
static char *
take_batch (MtbClient *self, Batch *batch, GError **error)
{
  MtbOutbox *outbox = mtb_replica_get_outbox (self->replica);
  g_autoptr (GPtrArray) given =
    mtb_outbox_list_waiting (outbox, batch->after_n, batch->limit, error);
  g_autoptr (GPtrArray) envelopes = NULL;
  g_autoptr (MtbCursor) cursor = NULL;

  batch->n_commands = given != NULL ? given->len : 0;
  if (given == NULL || given->len == 0)
    return NULL;
  batch->last_n = ((const MtbGiven *) g_ptr_array_index (given, given->len - 1))->n;
  envelopes = put_into_envelopes (given, error);
  if (envelopes == NULL || !mtb_outbox_note_sent (outbox, given, error))
    return NULL;
  cursor = get_seen (self);
  return mtb_message_write_commands (cursor != NULL ? cursor->epoch : NULL,
                                     cursor != NULL ? cursor->head : NULL, envelopes);
}

/* The server judges up to what it puts off and goes on behind it, but not behind a failure: what is before
 * the last verdict was asked about. Without any, all was put off. */
static void
pass (MtbClient *self, Batch *batch, GPtrArray *verdicts)
{
  MtbOutbox *outbox = mtb_replica_get_outbox (self->replica);
  const MtbVerdict *last =
    verdicts->len > 0 ? g_ptr_array_index (verdicts, verdicts->len - 1) : NULL;
  g_autoptr (MtbGiven) given = last != NULL ? mtb_outbox_find (outbox, last->id, NULL) : NULL;

  batch->n_verdicts = verdicts->len;
  if (last == NULL)
    batch->after_n = batch->last_n;
  else if (given != NULL)
    batch->after_n = given->n;
}

static gboolean
take_verdicts (MtbClient *self, JsonObject *answer, Batch *batch, GError **error)
{
  g_autoptr (GPtrArray) verdicts = mtb_message_read_verdicts (answer, error);
  gint64 now = mtb_client_get_now (self);
  gboolean ok;

  if (verdicts == NULL)
    return FALSE;
  if (!mtb_client_lock (self, error))
    return FALSE;
  ok = mtb_replica_take_verdicts (self->replica, verdicts, now, error);
  pass (self, batch, verdicts);
  self->n_changes++;
  mtb_client_unlock (self, error);
  return ok;
}

static gboolean
push_batch (MtbClient *self,
            Batch *batch,
            gboolean *more,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *body = NULL;
  g_autoptr (JsonObject) answer = NULL;

  if (!mtb_client_lock (self, error))
    return FALSE;
  body = take_batch (self, batch, &failure);
  mtb_client_unlock (self, &failure);
  *more = FALSE;
  if (body != NULL)
    answer = mtb_client_exchange (self, "POST", "/v1/commands", body, NULL, cancellable, &failure);
  if (g_error_matches (failure, MTB_ERROR, MTB_ERROR_TOO_LARGE) && batch->limit > 1)
    {
      batch->limit /= 2;
      *more = TRUE;
      return TRUE;
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  batch->n_verdicts = 0;
  if (answer != NULL && !take_verdicts (self, answer, batch, error))
    return FALSE;
  /* What has no verdict yet is asked about again, but not at once. Who gives all the while has the next
   * sync for that, so that this one comes to what is new. */
  *more = batch->n_commands == batch->limit
          || (batch->n_verdicts > 0 && batch->n_verdicts < batch->n_commands);
  return TRUE;
}

static gboolean
push (MtbClient *self, GCancellable *cancellable, GError **error)
{
  Batch batch = { .limit = BATCH };
  gboolean more = TRUE;

  while (more)
    if (!push_batch (self, &batch, &more, cancellable, error))
      return FALSE;
  return TRUE;
}

static char *
build_pull (MtbClient *self)
{
  g_autoptr (MtbCursor) cursor = NULL;
  char *path = NULL;

  if (!mtb_client_lock (self, NULL))
    return NULL;
  cursor = get_seen (self);
  if (cursor != NULL)
    path = g_strdup_printf ("/v1/changes?after=%" G_GINT64_FORMAT "&limit=%d&epoch=%s&head=%s",
                            cursor->seq, PAGE, cursor->epoch, cursor->head);
  g_mutex_unlock (&self->mutex);
  return path;
}

static gboolean
take_page (MtbClient *self, JsonObject *answer, GBytes *bytes, gboolean *more, GError **error)
{
  JsonArray *changes = mtb_json_get_array (answer, "changes");
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  gboolean ok;

  if (!mtb_client_lock (self, error))
    return FALSE;
  ok = mtb_replica_take_page (self->replica, text, length, more, error);
  if (changes != NULL && json_array_get_length (changes) > 0)
    self->n_changes++;
  mtb_client_unlock (self, error);
  return ok;
}

static gboolean
pull (MtbClient *self, GCancellable *cancellable, GError **error)
{
  gboolean more = TRUE;

  while (more)
    {
      g_autofree char *path = build_pull (self);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (JsonObject) answer = NULL;

      if (path == NULL)
        return mtb_client_fetch_snapshot (self, cancellable, error);
      answer = mtb_client_exchange (self, "GET", path, NULL, &bytes, cancellable, error);
      if (answer == NULL || !take_page (self, answer, bytes, &more, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
push_and_pull (MtbClient *self, GCancellable *cancellable, GError **error)
{
  return push (self, cancellable, error) && pull (self, cancellable, error);
}

/* Another history, or another sight: all anew, and what that makes wait again is sent. What is sent may
 * itself change what its person may see. */
static gboolean
get_in_step (MtbClient *self, GCancellable *cancellable, GError **error)
{
  gboolean anew = mtb_client_is_empty (self);

  for (guint n_times = 1;; n_times++)
    {
      g_autoptr (GError) failure = NULL;

      if (anew && !mtb_client_fetch_snapshot (self, cancellable, error))
        return FALSE;
      if (push_and_pull (self, cancellable, &failure))
        return TRUE;
      anew = g_error_matches (failure, MTB_ERROR, MTB_ERROR_GONE);
      if (!anew || n_times == TIMES_ANEW)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
}

/* Somebody who may not work here any more has no rows here and no way in but by the server. The token
 * is kept in memory alone: as long as it is shown, the server says why. */
static void
dismiss (MtbClient *self)
{
  g_autoptr (GError) error = NULL;

  if (!mtb_client_lock (self, NULL))
    return;
  if (!self->dismissed)
    self->dismissed = mtb_replica_forget (self->replica, &error);
  if (error != NULL)
    g_warning ("this desk cannot be emptied: %s", error->message);
  self->n_changes++;
  g_mutex_unlock (&self->mutex);
  mtb_client_forget_token (self);
}

static void
tidy (MtbClient *self)
{
  gint64 now = mtb_client_get_now (self);

  if (!mtb_client_lock (self, NULL))
    return;
  mtb_replica_tidy (self->replica, now);
  g_mutex_unlock (&self->mutex);
}

static gboolean
sync_all (MtbClient *client, GCancellable *cancellable, GError **error)
{
  g_autofree char *token = mtb_client_dup_token (client);
  g_autofree char *path = mtb_client_dup_verifier_path (client);
  g_autoptr (MtbPerson) person = NULL;
  g_autoptr (GError) failure = NULL;

  if (token == NULL && !mtb_client_sign_in_again (client, cancellable, error))
    return FALSE;
  if (!mtb_client_check_password (client, cancellable, &failure)
      || !get_in_step (client, cancellable, &failure))
    {
      if (g_error_matches (failure, MTB_ERROR, MTB_ERROR_DISMISSED))
        dismiss (client);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  person = mtb_client_dup_person (client);
  if (person != NULL)
    mtb_verifier_touch (path, person, mtb_client_get_now (client));
  mtb_client_empty_of_leavers (client);
  tidy (client);
  return TRUE;
}

/**
 * mtb_client_sync:
 * @client: a client
 * @cancellable: (nullable): gives up
 * @error: return location, coded by what is to be done: %MTB_ERROR_UNREACHABLE to try again,
 *   %MTB_ERROR_UNAUTHORIZED to ask for the password, %MTB_ERROR_PASSWORD_CHANGE for another one,
 *   %MTB_ERROR_DISMISSED where the desk was emptied, %MTB_ERROR_MISMATCH, %MTB_ERROR_TOO_OLD
 *
 * Sends all that waits when it begins, then fetches all that is new. Whatever happens, nothing is lost
 * by it; what is found damaged on the way is fetched again at once. Two threads never do so at once:
 * what one has sent and not heard of, another would take for lost.
 *
 * Returns: whether the desk is where the server is
 */
gboolean
mtb_client_sync (MtbClient *client, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gboolean ok;

  g_mutex_lock (&client->syncing);
  ok = sync_all (client, cancellable, &failure);
  if (g_error_matches (failure, MTB_ERROR, MTB_ERROR_DAMAGED))
    {
      g_clear_error (&failure);
      ok = sync_all (client, cancellable, &failure);
    }
  g_mutex_unlock (&client->syncing);
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&failure));
  return ok;
}

/* It has the subscriber, who is one of the rows, too. @generation: of the rows for which it was asked. */
static gboolean
take_card (MtbClient *self,
           JsonObject *answer,
           guint generation,
           gboolean *overtaken,
           GError **error)
{
  gint64 now = mtb_client_get_now (self);
  gboolean ok;

  if (!mtb_client_lock (self, error))
    return FALSE;
  *overtaken = mtb_replica_get_generation (self->replica) != generation
               || mtb_cache_is_past (mtb_replica_get_cache (self->replica), answer);
  ok =
    *overtaken || mtb_cache_keep_card (mtb_replica_get_cache (self->replica), answer, now, error);
  mtb_client_unlock (self, error);
  return ok;
}

/**
 * mtb_client_fetch_card:
 * @client: a client
 * @subscriber_id: a subscriber
 * @cancellable: (nullable): gives up
 * @error: return location
 *
 * Fetches the *User Info* card and keeps it with its time. One that newer rows, or another person's,
 * have overtaken on its way is fetched again.
 *
 * Returns: whether it is here
 */
gboolean
mtb_client_fetch_card (MtbClient *client,
                       const char *subscriber_id,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *path = g_strconcat ("/v1/subscribers/", subscriber_id, NULL);
  gboolean overtaken = TRUE;

  for (guint n_times = 0; overtaken && n_times < TIMES_ANEW; n_times++)
    {
      g_autoptr (JsonObject) answer = NULL;
      guint generation;

      if (!mtb_client_lock (client, error))
        return FALSE;
      generation = mtb_replica_get_generation (client->replica);
      g_mutex_unlock (&client->mutex);
      answer = mtb_client_exchange (client, "GET", path, NULL, NULL, cancellable, error);
      if (answer == NULL || !take_card (client, answer, generation, &overtaken, error))
        return FALSE;
    }
  if (overtaken)
    g_set_error_literal (error, MTB_ERROR, MTB_ERROR_MISMATCH,
                         "this server's history is not the one that this desk has seen");
  return !overtaken;
}
