/* Passwords: one's own, and a temporary one for somebody else. */

#include "mtb-client-private.h"

#include "mtb-error.h"
#include "mtb-verifier.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

/**
 * mtb_client_must_change:
 * @client: a client
 *
 * Returns: whether the server takes and gives nothing until the person has changed their password
 */
gboolean
mtb_client_must_change (MtbClient *client)
{
  gboolean must_change;

  g_mutex_lock (&client->mutex);
  must_change = client->must_change;
  g_mutex_unlock (&client->mutex);
  return must_change;
}

static void
set_must_change (MtbClient *self, gboolean must_change)
{
  g_mutex_lock (&self->mutex);
  self->must_change = must_change;
  g_mutex_unlock (&self->mutex);
}

/* Where the password has to be changed, nothing is sent that would only be refused. */
gboolean
mtb_client_check_password (MtbClient *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonObject) answer = NULL;

  if (!mtb_client_must_change (self))
    return TRUE;
  answer = mtb_client_exchange (self, "GET", "/v1/session", NULL, NULL, cancellable, error);
  if (answer == NULL)
    return FALSE;
  set_must_change (self,
                   json_object_get_boolean_member_with_default (answer, "must_change", FALSE));
  if (!mtb_client_must_change (self))
    return TRUE;
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_PASSWORD_CHANGE,
                       N_ ("Change your password first"));
  return FALSE;
}

static char *
write_change (const char *old, const char *new)
{
  GString *json = g_string_new ("{");

  mtb_json_append_text_member (json, "old", old);
  mtb_json_append_text_member (json, "new", new);
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

/* From now on the new password lets the person in here without the server, too. */
static gboolean
keep_verifier (MtbClient *self, const char *password, GError **error)
{
  g_autofree char *path = mtb_client_dup_verifier_path (self);
  g_autoptr (MtbPerson) person = mtb_client_dup_person (self);

  return person == NULL
         || mtb_verifier_write (path, person, password, mtb_client_get_now (self), error);
}

static gboolean
change_password (MtbClient *self,
                 const char *old,
                 const char *new,
                 GCancellable *cancellable,
                 GError **error)
{
  char *body = write_change (old, new);
  g_autoptr (JsonObject) answer =
    mtb_client_exchange (self, "PUT", "/v1/session/password", body, NULL, cancellable, error);

  sodium_memzero (body, strlen (body));
  g_free (body);
  if (answer == NULL)
    return FALSE;
  set_must_change (self, FALSE);
  /* It was not kept while the password was one that somebody else knows. */
  mtb_client_keep_token (self);
  return keep_verifier (self, new, error);
}

/**
 * mtb_client_change_password:
 * @client: a client
 * @old: the person's password
 * @new: what it shall be
 * @cancellable: (nullable): gives up, as who has signed out meanwhile has
 * @error: return location; mtb_error_get_field() is `old` or `new` where one of them is wrong
 *
 * Changes the password of who is signed in. Their other sign-ins end.
 *
 * Returns: whether it is changed
 */
gboolean
mtb_client_change_password (MtbClient *client,
                            const char *old,
                            const char *new,
                            GCancellable *cancellable,
                            GError **error)
{
  gboolean ok;

  g_mutex_lock (&client->signing);
  ok = !g_cancellable_set_error_if_cancelled (cancellable, error)
       && change_password (client, old, new, cancellable, error);
  g_mutex_unlock (&client->signing);
  return ok;
}

/**
 * mtb_client_reset_password:
 * @client: a client
 * @person_id: somebody
 * @cancellable: (nullable): gives up
 * @error: return location
 *
 * Has the server make a temporary password for somebody, who has to change it when they sign in.
 * Their sign-ins end.
 *
 * Returns: (transfer full): the password, which is not told again
 */
char *
mtb_client_reset_password (MtbClient *client,
                           const char *person_id,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autofree char *path = g_strdup_printf ("/v1/people/%s/password", person_id);
  g_autoptr (JsonObject) answer =
    mtb_client_exchange (client, "POST", path, NULL, NULL, cancellable, error);
  const char *password = answer != NULL ? mtb_json_get_text (answer, "password") : NULL;

  if (answer != NULL && password == NULL)
    g_set_error_literal (error, MTB_ERROR, MTB_ERROR_TOO_OLD,
                         N_ ("The server's answer is not understood"));
  return g_strdup (password);
}
