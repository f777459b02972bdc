/* Signing in and out. */

#include "mtb-client-private.h"

#include "mtb-error.h"
#include "mtb-stock.h"
#include "mtb-time.h"
#include "mtb-verifier.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

static char *
dup_person_folder (MtbClient *self, const char *username)
{
  g_autofree char *server =
    g_compute_checksum_for_string (G_CHECKSUM_SHA256, mtb_transport_get_name (self->transport), -1);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, username, -1);

  server[16] = '\0';
  name[16] = '\0';
  return g_build_filename (self->folder, server, name, NULL);
}

/**
 * mtb_client_dup_folder:
 * @client: a client
 *
 * Returns: (transfer full): where all is kept that this desk keeps of who is signed in; it is emptied
 *   of all but the outbox when the desk is
 */
char *
mtb_client_dup_folder (MtbClient *client)
{
  char *folder;

  g_mutex_lock (&client->mutex);
  folder = dup_person_folder (client, client->username != NULL ? client->username : "");
  g_mutex_unlock (&client->mutex);
  return folder;
}

char *
mtb_client_dup_verifier_path (MtbClient *self)
{
  g_autofree char *folder = mtb_client_dup_folder (self);

  return g_build_filename (folder, "verifier", NULL);
}

static void
set_password (MtbClient *self, const char *password)
{
  if (self->password != NULL)
    sodium_memzero (self->password, strlen (self->password));
  g_free (self->password);
  self->password = g_strdup (password);
}

static gboolean
open_replica (MtbClient *self, const char *username, const MtbPerson *person, GError **error)
{
  g_autofree char *folder = dup_person_folder (self, username);
  gboolean same;

  g_mutex_lock (&self->mutex);
  same = self->replica != NULL && g_strcmp0 (self->username, username) == 0;
  if (same)
    mtb_replica_set_person (self->replica, person);
  else
    {
      g_clear_pointer (&self->replica, mtb_replica_close);
      self->replica = mtb_replica_open (folder, person, error);
      g_free (self->username);
      self->username = g_strdup (username);
    }
  self->n_changes++;
  same = self->replica != NULL;
  g_mutex_unlock (&self->mutex);
  return same;
}

/* With the mutex held. */
static void
forget_person (MtbClient *self)
{
  g_clear_pointer (&self->replica, mtb_replica_close);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->username, g_free);
  set_password (self, NULL);
  self->must_change = FALSE;
  self->n_changes++;
}

static char *
write_sign_in (MtbClient *self, const char *username, const char *password)
{
  GString *json = g_string_new ("{");

  mtb_json_append_text_member (json, "username", username);
  mtb_json_append_text_member (json, "password", password);
  mtb_json_append_text_member (json, "desk", self->desk);
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

/* A sign-in as the keeper of secrets has it. */
typedef struct
{
  char *token;
  gint64 expires_at;
} KeptToken;

static const MtbField kept_token_fields[] = {
  MTB_FIELD (KeptToken, token, TEXT, .required = TRUE),
  MTB_FIELD (KeptToken, expires_at, TIME, .required = TRUE),
};

static const MtbShape kept_token_shape = MTB_SHAPE ("kept_token", KeptToken, kept_token_fields);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KeptToken, mtb_record_unref)

void
mtb_client_keep_token (MtbClient *self)
{
  g_autoptr (KeptToken) kept = mtb_record_new (&kept_token_shape);
  g_autofree char *username = NULL;
  g_autofree char *secret = NULL;

  if (self->secrets == NULL)
    return;
  g_mutex_lock (&self->mutex);
  username = g_strdup (self->username);
  kept->token = g_strdup (self->token);
  kept->expires_at = self->expires_at;
  g_mutex_unlock (&self->mutex);
  secret = mtb_json_write_record (kept);
  mtb_secrets_keep (self->secrets, mtb_transport_get_name (self->transport), username, secret);
  sodium_memzero (secret, strlen (secret));
}

void
mtb_client_forget_token (MtbClient *self)
{
  if (self->secrets != NULL)
    mtb_secrets_forget (self->secrets, mtb_transport_get_name (self->transport));
}

static MtbPerson *
read_user (JsonObject *answer, GError **error)
{
  JsonObject *user = mtb_json_get_object (answer, "user");
  MtbPerson *person =
    user != NULL ? mtb_json_read_record (user, &mtb_person_table.shape, NULL) : NULL;

  if (person == NULL)
    g_set_error_literal (error, MTB_ERROR, MTB_ERROR_TOO_OLD,
                         N_ ("The server's answer is not understood"));
  return person;
}

static MtbPerson *
sign_in_at_server (MtbClient *self,
                   const char *username,
                   const char *password,
                   GCancellable *cancellable,
                   GError **error)
{
  char *body = write_sign_in (self, username, password);
  g_autoptr (JsonObject) answer =
    mtb_client_exchange (self, "POST", "/v1/session", body, NULL, cancellable, error);
  MtbPerson *person;

  sodium_memzero (body, strlen (body));
  g_free (body);
  if (answer == NULL)
    return NULL;
  person = read_user (answer, error);
  if (person == NULL)
    return NULL;
  g_mutex_lock (&self->mutex);
  g_free (self->token);
  self->token = g_strdup (mtb_json_get_text (answer, "token"));
  self->expires_at = mtb_json_get_time (answer, "expires_at");
  self->dismissed = FALSE;
  self->must_change = json_object_get_boolean_member_with_default (answer, "must_change", FALSE);
  g_mutex_unlock (&self->mutex);
  return person;
}

static gboolean
is_in (MtbClient *self, const char *username)
{
  gboolean is_in;

  g_mutex_lock (&self->mutex);
  is_in = self->replica != NULL && g_strcmp0 (self->username, username) == 0;
  g_mutex_unlock (&self->mutex);
  return is_in;
}

/* What lets the person in the next time, but not with a password that somebody else knows. */
static gboolean
keep_sign_in (MtbClient *self,
              const char *path,
              const MtbPerson *person,
              const char *password,
              GError **error)
{
  if (mtb_client_must_change (self))
    {
      mtb_verifier_remove (path);
      return TRUE;
    }
  if (!mtb_verifier_write (path, person, password, mtb_client_get_now (self), error))
    return FALSE;
  mtb_client_keep_token (self);
  return TRUE;
}

/* Whom the server lets in and this desk cannot leaves nothing for whoever comes next. */
static gboolean
sign_in_online (MtbClient *self,
                const char *username,
                const char *password,
                GCancellable *cancellable,
                GError **error)
{
  g_autofree char *folder = dup_person_folder (self, username);
  g_autofree char *path = g_build_filename (folder, "verifier", NULL);
  gboolean was_in = is_in (self, username);
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbPerson) person =
    sign_in_at_server (self, username, password, cancellable, &failure);

  if (person == NULL)
    {
      if (g_error_matches (failure, MTB_ERROR, MTB_ERROR_UNAUTHORIZED))
        mtb_verifier_remove (path);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (open_replica (self, username, person, error)
      && keep_sign_in (self, path, person, password, error))
    return TRUE;
  g_mutex_lock (&self->mutex);
  if (!was_in)
    forget_person (self);
  g_mutex_unlock (&self->mutex);
  return FALSE;
}

static gboolean
sign_in_offline (MtbClient *self, const char *username, const char *password, GError **error)
{
  g_autofree char *folder = dup_person_folder (self, username);
  g_autofree char *path = g_build_filename (folder, "verifier", NULL);
  g_autoptr (MtbPerson) person =
    mtb_verifier_check (path, password, mtb_client_get_now (self),
                        mtb_stock_get_offline_days (folder) * MTB_DAY, error);

  if (person == NULL || !open_replica (self, username, person, error))
    return FALSE;
  g_mutex_lock (&self->mutex);
  set_password (self, password);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

static void
note_sign_in (MtbClient *self)
{
  g_mutex_lock (&self->mutex);
  self->signed_in_at = mtb_client_get_now (self);
  self->asleep_us = mtb_client_count_asleep_us ();
  g_mutex_unlock (&self->mutex);
}

/**
 * mtb_client_sign_in:
 * @client: a client
 * @username: what was typed
 * @password: what was typed
 * @cancellable: (nullable): gives up; nobody is signed in by it who was signed out meanwhile
 * @error: return location
 *
 * Signs in at the server or, where that cannot be reached, to the desk alone; then the sign-in at
 * the server follows when it can.
 *
 * Returns: whether the person may work
 */
gboolean
mtb_client_sign_in (MtbClient *client,
                    const char *username,
                    const char *password,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GError) failure = NULL;
  gboolean ok;

  g_mutex_lock (&client->signing);
  ok = !g_cancellable_set_error_if_cancelled (cancellable, &failure)
       && sign_in_online (client, username, password, cancellable, &failure);
  /* Whoever cannot be let in here is told why the server was not asked. */
  if (g_error_matches (failure, MTB_ERROR, MTB_ERROR_UNTRUSTED))
    ok = sign_in_offline (client, username, password, NULL);
  if (!ok && g_error_matches (failure, MTB_ERROR, MTB_ERROR_UNREACHABLE))
    ok = sign_in_offline (client, username, password, error);
  else if (!ok)
    g_propagate_error (error, g_steal_pointer (&failure));
  if (ok)
    note_sign_in (client);
  g_mutex_unlock (&client->signing);
  return ok;
}

/* Makes up for a sign-in that the server has not seen; without a password to show, the person has
 * to be asked. */
gboolean
mtb_client_sign_in_again (MtbClient *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *username = NULL;
  g_autofree char *password = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean ok;

  g_mutex_lock (&self->mutex);
  username = g_strdup (self->username);
  password = g_strdup (self->password);
  g_mutex_unlock (&self->mutex);
  if (password == NULL)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED, N_ ("Sign in again"));
      return FALSE;
    }
  ok = sign_in_online (self, username, password, cancellable, &failure);
  sodium_memzero (password, strlen (password));
  if (ok || g_error_matches (failure, MTB_ERROR, MTB_ERROR_UNAUTHORIZED))
    {
      g_mutex_lock (&self->mutex);
      set_password (self, NULL);
      g_mutex_unlock (&self->mutex);
    }
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&failure));
  return ok;
}

static gboolean
recall_token (MtbClient *self, char **username)
{
  g_autofree char *secret =
    self->secrets != NULL
      ? mtb_secrets_recall (self->secrets, mtb_transport_get_name (self->transport), username)
      : NULL;
  g_autoptr (KeptToken) kept =
    secret != NULL ? mtb_json_parse_record (secret, &kept_token_shape, NULL) : NULL;

  if (secret != NULL)
    sodium_memzero (secret, strlen (secret));
  if (kept == NULL || kept->expires_at <= mtb_client_get_now (self))
    return FALSE;
  g_mutex_lock (&self->mutex);
  g_free (self->token);
  self->token = g_steal_pointer (&kept->token);
  self->expires_at = kept->expires_at;
  g_free (self->username);
  self->username = g_strdup (*username);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

/* As the server knows them now or, where it cannot be reached, knew them last. */
static MtbPerson *
find_out_who (MtbClient *self, const char *username, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (JsonObject) answer =
    mtb_client_exchange (self, "GET", "/v1/session", NULL, NULL, cancellable, &failure);
  g_autofree char *folder = dup_person_folder (self, username);
  g_autofree char *path = g_build_filename (folder, "verifier", NULL);

  if (answer != NULL)
    return read_user (answer, error);
  if (g_error_matches (failure, MTB_ERROR, MTB_ERROR_UNREACHABLE)
      || g_error_matches (failure, MTB_ERROR, MTB_ERROR_UNTRUSTED))
    return mtb_verifier_find_person (path, mtb_client_get_now (self),
                                     mtb_stock_get_offline_days (folder) * MTB_DAY, error);
  if (g_error_matches (failure, MTB_ERROR, MTB_ERROR_DISMISSED))
    {
      mtb_replica_empty_folder (folder);
      mtb_client_forget_token (self);
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static gboolean
restore (MtbClient *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *username = NULL;
  g_autoptr (MtbPerson) person = NULL;

  if (!recall_token (self, &username))
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED, N_ ("Sign in again"));
      return FALSE;
    }
  person = find_out_who (self, username, cancellable, error);
  if (person != NULL && open_replica (self, username, person, error))
    {
      note_sign_in (self);
      return TRUE;
    }
  g_mutex_lock (&self->mutex);
  forget_person (self);
  g_mutex_unlock (&self->mutex);
  return FALSE;
}

/**
 * mtb_client_restore:
 * @client: a client that nobody has signed in to
 * @cancellable: (nullable): gives up
 * @error: return location, %MTB_ERROR_UNAUTHORIZED where the person has to sign in
 *
 * Goes on with the sign-in that the keeper of secrets has, while the server says that it is good or
 * cannot be asked.
 *
 * Returns: whether the person may work
 */
gboolean
mtb_client_restore (MtbClient *client, GCancellable *cancellable, GError **error)
{
  gboolean ok;

  g_mutex_lock (&client->signing);
  ok = !g_cancellable_set_error_if_cancelled (cancellable, error)
       && restore (client, cancellable, error);
  g_mutex_unlock (&client->signing);
  return ok;
}

/* Of whoever has left nothing stays here, also where they had signed out or the token is lost: the
 * rows of whoever works at this desk say so. */
void
mtb_client_empty_of_leavers (MtbClient *self)
{
  g_autoptr (GPtrArray) people = NULL;

  if (!mtb_client_lock (self, NULL))
    return;
  people = mtb_store_select (
    mtb_cache_get_store (mtb_replica_get_cache (self->replica)), &mtb_person_table.shape,
    "SELECT $columns(p) FROM person p WHERE p.active = 0 AND p.id <> :own",
    MTB_PARAMETERS (MTB_TEXT ("own", mtb_replica_get_person (self->replica)->id)), NULL);
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      const MtbPerson *person = g_ptr_array_index (people, i);
      g_autofree char *folder = dup_person_folder (self, person->username);

      mtb_replica_empty_folder (folder);
    }
}

/**
 * mtb_client_sign_out:
 * @client: a client
 * @cancellable: (nullable): gives up telling the server
 *
 * Ends the sign-in. What waits to be sent stays and goes out the next time; all else that is kept of
 * the person goes where the department has set it so. A sync that is under way ends first, so that what
 * it brings comes to nobody else, and so does a sign-in or another password.
 */
void
mtb_client_sign_out (MtbClient *client, GCancellable *cancellable)
{
  g_autofree char *token = NULL;
  g_autofree char *folder = NULL;

  g_mutex_lock (&client->syncing);
  g_mutex_lock (&client->signing);
  g_mutex_lock (&client->mutex);
  token = g_steal_pointer (&client->token);
  g_mutex_unlock (&client->mutex);
  mtb_client_forget_token (client);
  if (token != NULL)
    {
      g_autoptr (MtbAnswer) answer = mtb_transport_send (client->transport, "DELETE", "/v1/session",
                                                         token, NULL, cancellable, NULL);
    }
  g_mutex_lock (&client->mutex);
  if (client->replica != NULL)
    folder = dup_person_folder (client, client->username);
  forget_person (client);
  if (folder != NULL && mtb_stock_goes_at_sign_out (folder))
    mtb_replica_empty_folder (folder);
  g_mutex_unlock (&client->mutex);
  g_mutex_unlock (&client->signing);
  g_mutex_unlock (&client->syncing);
}
