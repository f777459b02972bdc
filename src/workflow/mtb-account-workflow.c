/* Passwords and sign-ins. A sign-in ends at once, and then its token means nothing any more; or it is
 * dismissed, and then whoever shows its token hears that their desk is to empty itself. */

#include "mtb-workflow-private.h"

#include "mtb-person.h"

#include <glib/gi18n.h>

static gboolean
end_sign_ins (const MtbOccasion *occasion,
              const char *person_id,
              const char *but_id,
              GError **error)
{
  return mtb_store_run (
    occasion->store,
    "DELETE FROM session WHERE person_id = :person AND COALESCE (dismissed, 0) = 0"
    " AND (CAST (:but AS TEXT) IS NULL OR id <> :but)",
    MTB_PARAMETERS (MTB_TEXT ("person", person_id), MTB_TEXT ("but", but_id)), error);
}

gboolean
mtb_account_dismiss (const MtbOccasion *occasion, const char *person_id, GError **error)
{
  return mtb_store_run (occasion->store,
                        "UPDATE session SET dismissed = 1 WHERE person_id = :person",
                        MTB_PARAMETERS (MTB_TEXT ("person", person_id)), error);
}

gboolean
mtb_workflow_account_password (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbPersonRef *arguments = data;
  g_autoptr (MtbPerson) person = mtb_need (occasion, &mtb_person_table.shape, arguments->person_id,
                                           "person_id", N_ ("There is no such person"), error);

  if (person == NULL)
    return FALSE;
  if ((person->roles & MTB_ROLES_BUILT_IN) != 0)
    return mtb_refuse (error, MTB_ERROR_FORBIDDEN, "person_id",
                       N_ ("Built-in people cannot sign in"));
  return mtb_store_put (occasion->store, occasion->attachment, error)
         && end_sign_ins (occasion, person->id, NULL, error);
}

/* The one with which the password was changed goes on. */
static gboolean
free_sign_in (const MtbOccasion *occasion, const char *session_id, GError **error)
{
  return mtb_store_run (occasion->store, "UPDATE session SET must_change = 0 WHERE id = :id",
                        MTB_PARAMETERS (MTB_TEXT ("id", session_id)), error);
}

static gboolean
check_sign_in (const MtbOccasion *occasion, const char *session_id, GError **error)
{
  gint64 n_found;

  if (!mtb_store_select_number (
        occasion->store,
        "SELECT COUNT(*) FROM session WHERE id = :id AND COALESCE (dismissed, 0) = 0",
        MTB_PARAMETERS (MTB_TEXT ("id", session_id)), &n_found, error))
    return FALSE;
  if (n_found > 0)
    return TRUE;
  return mtb_refuse (error, MTB_ERROR_NOT_FOUND, "session_id",
                     N_ ("This sign-in has ended already"));
}

/* Not by a sign-in that a reset or an administrator has ended since the old password was checked. */
gboolean
mtb_workflow_account_change (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbAccountChange *arguments = data;

  if (!g_str_equal (arguments->person_id, occasion->person->id))
    return mtb_refuse (error, MTB_ERROR_FORBIDDEN, "person_id",
                       N_ ("This is somebody else's password"));
  return check_sign_in (occasion, arguments->session_id, error)
         && mtb_store_put (occasion->store, occasion->attachment, error)
         && free_sign_in (occasion, arguments->session_id, error)
         && end_sign_ins (occasion, arguments->person_id, arguments->session_id, error);
}

/* With the password that is in force, which may be another than the one that was checked. */
gboolean
mtb_workflow_session_begin (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbSessionBegin *arguments = data;
  MtbSession *session = occasion->attachment;
  g_autoptr (MtbCredential) credential = NULL;

  if (!mtb_find (occasion, &mtb_credential_shape, session->person_id, (gpointer *) &credential,
                 error))
    return FALSE;
  if (arguments->password_at != (credential != NULL ? credential->changed_at : MTB_ABSENT))
    return mtb_refuse (error, MTB_ERROR_CONFLICT, "password_at",
                       N_ ("The password was changed just now. Sign in with the new one"));
  session->must_change = credential != NULL && credential->must_change == 1 ? 1 : 0;
  return mtb_store_put (occasion->store, occasion->attachment, error);
}

gboolean
mtb_workflow_session_end (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbSession *session = occasion->attachment;

  return mtb_store_run (occasion->store, "DELETE FROM session WHERE token_hash = :hash",
                        MTB_PARAMETERS (MTB_TEXT ("hash", session->token_hash)), error);
}

gboolean
mtb_workflow_session_revoke (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbSessionRevoke *arguments = data;

  return check_sign_in (occasion, arguments->session_id, error)
         && mtb_store_run (occasion->store,
                           arguments->wipe == 1 ? "UPDATE session SET dismissed = 1 WHERE id = :id"
                                                : "DELETE FROM session WHERE id = :id",
                           MTB_PARAMETERS (MTB_TEXT ("id", arguments->session_id)), error);
}
