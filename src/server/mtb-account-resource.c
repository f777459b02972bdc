/* `/v1/people/ID/password` and `/v1/session/password`: a temporary password for somebody, and one's own
 * new one. No password is logged or kept, and a temporary one is shown this once. */

#include "mtb-service-private.h"

#include "mtb-error.h"
#include "mtb-password-rules.h"
#include "mtb-workflow.h"

#include <glib/gi18n.h>
#include <string.h>

static MtbPerson *
find_person (MtbExchange *exchange, GError **error)
{
  g_autofree char *id = mtb_exchange_dup_segment (exchange);
  MtbPerson *person = mtb_store_get (exchange->store, &mtb_person_table.shape, id, error);

  if (person == NULL && *error == NULL)
    g_set_error_literal (error, MTB_ERROR, MTB_ERROR_NOT_FOUND, N_ ("There is no such person"));
  return person;
}

static gboolean
set_temporary (MtbExchange *exchange, const char *person_id, const char *password, GError **error)
{
  g_autoptr (MtbCredential) credential = mtb_accounts_make_credential (
    person_id, password, TRUE, mtb_service_get_now (exchange->service), error);
  MtbPersonRef *arguments;

  if (credential == NULL)
    return FALSE;
  arguments = mtb_record_new (&mtb_account_password.shape);
  arguments->person_id = g_strdup (person_id);
  return mtb_exchange_command (exchange, exchange->session, arguments, credential, error);
}

gboolean
mtb_resource_post_password (MtbExchange *exchange, GError **error)
{
  g_autoptr (MtbPerson) person = NULL;
  char *password;
  gboolean ok;

  if (!mtb_workflow_may (mtb_viewer_get_person (exchange->viewer), &mtb_account_password))
    return mtb_resource_fail_forbidden (error);
  person = find_person (exchange, error);
  if (person == NULL)
    return FALSE;
  mtb_exchange_release (exchange);
  password = mtb_password_make_temporary ();
  ok = set_temporary (exchange, person->id, password, error);
  if (ok)
    mtb_json_append_text_member (exchange->json, "password", password);
  mtb_password_forget (password);
  return ok;
}

static gboolean
check_words (const char *old, const char *new, GError **error)
{
  if (old == NULL || new == NULL)
    mtb_error_set_invalid (error, old == NULL ? "old" : "new",
                           "the old and the new password are needed");
  else
    return TRUE;
  return FALSE;
}

/* With a token that was stolen the password is not guessed faster than without. */
static gboolean
check_old (MtbExchange *exchange, const char *old, GError **error)
{
  const MtbPerson *person = mtb_viewer_get_person (exchange->viewer);
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbCredential) credential =
    mtb_store_get (exchange->store, &mtb_credential_shape, person->id, &failure);

  if (failure == NULL
      && mtb_resource_try_password (exchange, person->username, person, credential, old, &failure))
    return TRUE;
  if (g_error_matches (failure, MTB_ERROR, MTB_ERROR_UNAUTHORIZED))
    mtb_error_set_invalid (error, "old", N_ ("This is not your password"));
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
check_new (const char *old, const char *new, const char *const *own_words, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (g_str_equal (old, new))
    {
      mtb_error_set_invalid (error, "new", N_ ("Choose another password than the one you have"));
      return FALSE;
    }
  if (mtb_password_check_choice (new, own_words, &failure))
    return TRUE;
  mtb_error_set_field (failure, "new");
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
change (MtbExchange *exchange, const char *new, GError **error)
{
  const MtbSession *session = exchange->session;
  g_autoptr (MtbCredential) credential = mtb_accounts_make_credential (
    session->person_id, new, FALSE, mtb_service_get_now (exchange->service), error);
  MtbAccountChange *arguments;

  if (credential == NULL)
    return FALSE;
  arguments = mtb_record_new (&mtb_account_change.shape);
  arguments->person_id = g_strdup (session->person_id);
  arguments->session_id = g_strdup (session->id);
  return mtb_exchange_command (exchange, session, arguments, credential, error);
}

gboolean
mtb_resource_put_password (MtbExchange *exchange, GError **error)
{
  g_autoptr (JsonObject) object = mtb_exchange_read_body (exchange, error);
  const char *old = object != NULL ? mtb_json_get_text (object, "old") : NULL;
  const char *new = object != NULL ? mtb_json_get_text (object, "new") : NULL;
  g_auto (GStrv) own_words = NULL;

  if (object == NULL || !check_words (old, new, error))
    return FALSE;
  own_words =
    mtb_password_list_own_words (exchange->store, mtb_viewer_get_person (exchange->viewer));
  return check_old (exchange, old, error)
         && check_new (old, new, (const char *const *) own_words, error)
         && change (exchange, new, error);
}
