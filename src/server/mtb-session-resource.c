/* `/v1/session`: sign in, who am I, sign out. */

#include "mtb-service-private.h"

#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-limits.h"
#include "mtb-time.h"

#include <string.h>

static void
append_user (GString *json, const MtbPerson *person)
{
  mtb_json_append_member (json, "user");
  mtb_json_append_record (json, person);
}

static gboolean
give_session_command (MtbExchange *exchange,
                      const MtbCommand *command,
                      MtbSession *session,
                      GError **error)
{
  gint64 now = mtb_service_get_now (exchange->service);
  g_autofree char *id = mtb_id_new (now);
  g_autoptr (GPtrArray) orders = g_ptr_array_new ();
  MtbPersonRef *arguments = mtb_record_new (&command->shape);
  g_autoptr (MtbOrder) order = NULL;

  arguments->person_id = g_strdup (session->person_id);
  order = mtb_order_new (mtb_envelope_new (arguments, id, 0, now), session->person_id,
                         session->desk, exchange->request->origin);
  order->attachment = mtb_record_ref (session);
  g_ptr_array_add (orders, order);
  mtb_exchange_release (exchange);
  mtb_writer_judge (mtb_service_get_writer (exchange->service), orders);
  if (order->verdict != NULL && order->verdict->applied)
    return TRUE;
  g_propagate_error (
    error, g_error_copy (order->verdict != NULL ? order->verdict->error : order->failure));
  return FALSE;
}

static MtbPerson *
check_person (MtbExchange *exchange, const char *username, const char *password, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *verifier = NULL;
  g_autoptr (MtbPerson) person = mtb_accounts_find (exchange->store, username, &verifier, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  mtb_exchange_release (exchange);
  return mtb_accounts_check (person, verifier, password, error) ? g_steal_pointer (&person) : NULL;
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

gboolean
mtb_resource_post_session (MtbExchange *exchange, GError **error)
{
  gsize length = 0;
  const char *body =
    exchange->request->body != NULL ? g_bytes_get_data (exchange->request->body, &length) : "";
  g_autoptr (JsonObject) object = mtb_json_read (body, length, error);
  const char *username = object != NULL ? mtb_json_get_text (object, "username") : NULL;
  const char *password = object != NULL ? mtb_json_get_text (object, "password") : NULL;
  const char *desk = object != NULL ? mtb_json_get_text (object, "desk") : NULL;
  g_autoptr (MtbPerson) person = NULL;
  g_autoptr (MtbSession) session = NULL;
  g_autofree char *token = NULL;

  if (object == NULL || !check_words (username, password, desk, error))
    return FALSE;
  person = check_person (exchange, username, password, error);
  if (person == NULL)
    return FALSE;
  session =
    mtb_accounts_make_session (person->id, desk, mtb_service_get_now (exchange->service), &token);
  if (!give_session_command (exchange, &mtb_session_begin, session, error))
    return FALSE;
  mtb_json_append_text_member (exchange->json, "token", token);
  mtb_json_append_time_member (exchange->json, "expires_at", session->expires_at);
  append_user (exchange->json, person);
  return TRUE;
}

gboolean
mtb_resource_get_session (MtbExchange *exchange, GError **error)
{
  mtb_json_append_time_member (exchange->json, "expires_at", exchange->session->expires_at);
  append_user (exchange->json, mtb_viewer_get_person (exchange->viewer));
  return TRUE;
}

gboolean
mtb_resource_delete_session (MtbExchange *exchange, GError **error)
{
  return give_session_command (exchange, &mtb_session_end, exchange->session, error);
}
