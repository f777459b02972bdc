/* Signing in and out. */

#include "mtb-client-private.h"

#include "mtb-error.h"
#include "mtb-setting.h"
#include "mtb-time.h"
#include "mtb-verifier.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

#define OFFLINE_DAYS 14

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
      self->replica = mtb_replica_open (folder, person, mtb_time_now () + self->offset_ms, error);
      g_free (self->username);
      self->username = g_strdup (username);
    }
  self->n_changes++;
  same = self->replica != NULL;
  g_mutex_unlock (&self->mutex);
  return same;
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
  JsonObject *user = answer != NULL ? mtb_json_get_object (answer, "user") : NULL;
  MtbPerson *person;

  sodium_memzero (body, strlen (body));
  g_free (body);
  if (answer == NULL)
    return NULL;
  person = user != NULL ? mtb_json_read_record (user, &mtb_person_table.shape, error) : NULL;
  if (person == NULL || mtb_json_get_text (answer, "token") == NULL)
    {
      g_clear_error (error);
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_TOO_OLD,
                           N_ ("The server's answer is not understood"));
      mtb_record_unref (person);
      return NULL;
    }
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
sign_in_online (MtbClient *self,
                const char *username,
                const char *password,
                GCancellable *cancellable,
                GError **error)
{
  g_autofree char *folder = dup_person_folder (self, username);
  g_autofree char *path = g_build_filename (folder, "verifier", NULL);
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
  if (!open_replica (self, username, person, error))
    return FALSE;
  if (!mtb_client_must_change (self))
    return mtb_verifier_write (path, person, password, mtb_client_get_now (self), error);
  /* Not with a password that somebody else knows. */
  mtb_verifier_remove (path);
  return TRUE;
}

static char *
read_setting (MtbStore *store, const char *name)
{
  return mtb_store_select_text (store, "SELECT value FROM setting WHERE name = :name",
                                MTB_PARAMETERS (MTB_TEXT ("name", name)), NULL);
}

/* How long the server allows; kept in the rows, so that it holds without the server. */
static gint64
get_offline_days (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "cache.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (MtbStore) store = NULL;
  g_autofree char *value = NULL;
  gint64 days;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    store = mtb_store_open (uri, MTB_STORE_READ_ONLY, NULL);
  if (store != NULL)
    value = read_setting (store, MTB_SETTING_OFFLINE_DAYS);
  return value != NULL && g_ascii_string_to_signed (value, 10, 0, 90, &days, NULL) ? days
                                                                                   : OFFLINE_DAYS;
}

static gboolean
sign_in_offline (MtbClient *self, const char *username, const char *password, GError **error)
{
  g_autofree char *folder = dup_person_folder (self, username);
  g_autofree char *path = g_build_filename (folder, "verifier", NULL);
  g_autoptr (MtbPerson) person = mtb_verifier_check (path, password, mtb_client_get_now (self),
                                                     get_offline_days (folder) * MTB_DAY, error);

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
  self->signed_in_at = mtb_time_now () + self->offset_ms;
  self->asleep_us = mtb_client_count_asleep_us ();
  g_mutex_unlock (&self->mutex);
}

/**
 * mtb_client_sign_in:
 * @client: a client
 * @username: what was typed
 * @password: what was typed
 * @cancellable: (nullable): gives up
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
  gboolean ok = sign_in_online (client, username, password, cancellable, &failure);

  if (g_error_matches (failure, MTB_ERROR, MTB_ERROR_UNREACHABLE)
      || g_error_matches (failure, MTB_ERROR, MTB_ERROR_STORAGE))
    ok = sign_in_offline (client, username, password, error);
  else if (!ok)
    g_propagate_error (error, g_steal_pointer (&failure));
  if (ok)
    note_sign_in (client);
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

/* Whether the administrator wants nothing kept here of who is not there; with the mutex held. */
static gboolean
is_to_be_emptied (MtbClient *self)
{
  g_autofree char *value =
    self->replica != NULL ? read_setting (
      mtb_cache_get_store (mtb_replica_get_cache (self->replica)), MTB_SETTING_WIPE_AT_SIGN_OUT)
                          : NULL;

  return g_strcmp0 (value, "1") == 0;
}

/**
 * mtb_client_sign_out:
 * @client: a client
 * @cancellable: (nullable): gives up telling the server
 *
 * Ends the sign-in. What waits to be sent stays and goes out the next time; all else that is kept of
 * the person goes where the department has set it so.
 */
void
mtb_client_sign_out (MtbClient *client, GCancellable *cancellable)
{
  g_autofree char *token = mtb_client_dup_token (client);
  g_autofree char *folder = NULL;

  if (token != NULL)
    {
      g_autoptr (MtbAnswer) answer = mtb_transport_send (client->transport, "DELETE", "/v1/session",
                                                         token, NULL, cancellable, NULL);
    }
  g_mutex_lock (&client->mutex);
  if (is_to_be_emptied (client))
    folder = dup_person_folder (client, client->username);
  g_clear_pointer (&client->replica, mtb_replica_close);
  if (folder != NULL)
    mtb_replica_empty_folder (folder);
  g_clear_pointer (&client->token, g_free);
  g_clear_pointer (&client->username, g_free);
  set_password (client, NULL);
  client->n_changes++;
  g_mutex_unlock (&client->mutex);
}
