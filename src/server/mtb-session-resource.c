/* `/v1/session`: sign in, who am I, sign out. */

#include "mtb-service-private.h"

#include "mtb-error.h"
#include "mtb-guard.h"
#include "mtb-limits.h"
#include "mtb-time.h"

#include <string.h>

static void
append_user (GString *json, const MtbPerson *person, const MtbSession *session)
{
  mtb_json_append_member (json, "must_change");
  g_string_append (json, session->must_change == 1 ? "true" : "false");
  mtb_json_append_member (json, "user");
  mtb_json_append_record (json, person);
}

static gboolean
count_and_check (MtbExchange *exchange,
                 MtbGuard *guard,
                 const MtbPerson *person,
                 const MtbCredential *credential,
                 const char *password,
                 GError **error)
{
  MtbWriter *writer = mtb_service_get_writer (exchange->service);

  if (!mtb_writer_do (writer, mtb_guard_count, guard, error))
    return FALSE;
  if (mtb_accounts_check (person, credential, password, error))
    return mtb_writer_do (writer, mtb_guard_welcome, guard, error);
  mtb_guard_tell (guard);
  return FALSE;
}

/* What is refused since there were too many failures is refused before the password is looked at. Gives
 * the connection back. */
gboolean
mtb_resource_try_password (MtbExchange *exchange,
                           const char *username,
                           const MtbPerson *person,
                           const MtbCredential *credential,
                           const char *password,
                           GError **error)
{
  gboolean may_sign_in = person != NULL && person->active == 1 && credential != NULL;
  g_autoptr (MtbGuard) guard =
    mtb_guard_new (username, may_sign_in ? person->id : NULL, exchange->request->origin);
  guint n_threads = (guint) mtb_service_get_limits (exchange->service)->threads;
  gboolean ok =
    mtb_guard_check (guard, exchange->store, mtb_service_get_now (exchange->service), error);

  mtb_exchange_release (exchange);
  if (!ok || !mtb_guard_enter (guard, n_threads, error))
    return FALSE;
  ok = count_and_check (exchange, guard, person, credential, password, error);
  mtb_guard_leave (guard);
  return ok;
}

static MtbPerson *
check_person (MtbExchange *exchange,
              const char *username,
              const char *password,
              MtbCredential **credential,
              GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbPerson) person =
    mtb_accounts_find (exchange->store, username, credential, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return mtb_resource_try_password (exchange, username, person, *credential, password, error)
           ? g_steal_pointer (&person)
           : NULL;
}

static gboolean
check_words (const char *username, const char *password, const char *desk, GError **error)
{
  if (username == NULL || password == NULL)
    mtb_error_set_invalid (error, "username", "a user name and a password are needed");
  else if (desk != NULL && strlen (desk) > MTB_DESK_MAX)
    mtb_error_set_invalid (error, "desk", "the desk's name is too long");
  else
    return TRUE;
  return FALSE;
}

static gboolean
begin_session (MtbExchange *exchange,
               MtbSession *session,
               const MtbCredential *credential,
               GError **error)
{
  MtbSessionBegin *arguments = mtb_record_new (&mtb_session_begin.shape);

  arguments->person_id = g_strdup (session->person_id);
  arguments->password_at = credential->changed_at;
  return mtb_exchange_command (exchange, session, arguments, session, error);
}

gboolean
mtb_resource_post_session (MtbExchange *exchange, GError **error)
{
  g_autoptr (JsonObject) object = mtb_exchange_read_body (exchange, error);
  const char *username = object != NULL ? mtb_json_get_text (object, "username") : NULL;
  const char *password = object != NULL ? mtb_json_get_text (object, "password") : NULL;
  const char *desk = object != NULL ? mtb_json_get_text (object, "desk") : NULL;
  g_autoptr (MtbCredential) credential = NULL;
  g_autoptr (MtbPerson) person = NULL;
  g_autoptr (MtbSession) session = NULL;
  g_autofree char *token = NULL;
  gint64 now = mtb_service_get_now (exchange->service);
  gint64 hours = mtb_service_get_limits (exchange->service)->session_hours;

  if (object == NULL || !check_words (username, password, desk, error))
    return FALSE;
  person = check_person (exchange, username, password, &credential, error);
  if (person == NULL)
    return FALSE;
  session = mtb_accounts_make_session (person->id, desk, exchange->request->origin, now,
                                       now + hours * MTB_HOUR, &token);
  if (!begin_session (exchange, session, credential, error))
    return FALSE;
  mtb_json_append_text_member (exchange->json, "token", token);
  mtb_json_append_time_member (exchange->json, "expires_at", session->expires_at);
  append_user (exchange->json, person, session);
  return TRUE;
}

gboolean
mtb_resource_get_session (MtbExchange *exchange, GError **error)
{
  mtb_json_append_time_member (exchange->json, "expires_at", exchange->session->expires_at);
  append_user (exchange->json, mtb_viewer_get_person (exchange->viewer), exchange->session);
  return TRUE;
}

gboolean
mtb_resource_delete_session (MtbExchange *exchange, GError **error)
{
  MtbPersonRef *arguments = mtb_record_new (&mtb_session_end.shape);

  arguments->person_id = g_strdup (exchange->session->person_id);
  return mtb_exchange_command (exchange, exchange->session, arguments, exchange->session, error);
}
