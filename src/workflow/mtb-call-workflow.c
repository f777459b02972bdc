/* Records of calls (R1): written down once, corrected with the old version kept. */

#include "mtb-workflow-private.h"

#include "mtb-setting.h"
#include "mtb-subscriber.h"

#include <glib/gi18n.h>

const MtbTransition mtb_call_transitions[] = {
  { NULL, "call.log", "recorded" },
  { "recorded", "call.amend", "recorded" },
  { NULL, NULL, NULL },
};

static gboolean
check_customer (const MtbOccasion *occasion,
                const char *subscriber_id,
                const char *prospect_id,
                gint64 resolution,
                GError **error)
{
  gpointer customer = NULL;

  if (subscriber_id != NULL && prospect_id != NULL)
    return mtb_refuse (error, MTB_ERROR_INVALID, "prospect_id",
                       N_ ("A call has one customer, a subscriber or a prospective one"));
  if (subscriber_id == NULL && prospect_id == NULL)
    return resolution == MTB_RESOLUTION_CUT_OFF
           || mtb_refuse (error, MTB_ERROR_INVALID, "subscriber_id", N_ ("Say who called"));
  /* A desk need not hold the directory, so only the authority can tell that somebody is missing. */
  if (subscriber_id != NULL && occasion->head == NULL)
    return TRUE;
  if (subscriber_id != NULL)
    customer = mtb_need (occasion, &mtb_subscriber_table.shape, subscriber_id, "subscriber_id",
                         N_ ("There is no such subscriber"), error);
  else
    customer = mtb_need (occasion, &mtb_prospect_table.shape, prospect_id, "prospect_id",
                         N_ ("There is no such prospective customer"), error);
  mtb_record_unref (customer);
  return customer != NULL;
}

static gboolean
check_type (const MtbOccasion *occasion, const char *type_id, GError **error)
{
  g_autoptr (MtbCallType) type = mtb_need (occasion, &mtb_call_type_table.shape, type_id, "type_id",
                                           N_ ("There is no such type of call"), error);

  if (type == NULL)
    return FALSE;
  if (type->parent_id == NULL)
    return mtb_refuse (error, MTB_ERROR_INVALID, "type_id",
                       N_ ("Choose the type of call down to its second level"));
  if (type->active != 1)
    return mtb_refuse (error, MTB_ERROR_CONFLICT, "type_id",
                       N_ ("This type of call is no longer in use"));
  return TRUE;
}

static gboolean
check_pbx_call (const MtbOccasion *occasion, const char *pbx_call_id, GError **error)
{
  g_autoptr (MtbPbxCall) pbx_call = NULL;
  gint64 n_links;

  if (pbx_call_id == NULL)
    return TRUE;
  pbx_call = mtb_need (occasion, &mtb_pbx_call_table.shape, pbx_call_id, "pbx_call_id",
                       N_ ("The PBX saw no such call"), error);
  if (pbx_call == NULL)
    return FALSE;
  if (g_strcmp0 (pbx_call->person_id, occasion->person->id) != 0)
    return mtb_refuse (error, MTB_ERROR_FORBIDDEN, "pbx_call_id",
                       N_ ("This call was taken by somebody else"));
  if (!mtb_store_select_number (
        occasion->store, "SELECT COUNT(*) FROM call_link WHERE pbx_call_id = :id AND joined = 1",
        MTB_PARAMETERS (MTB_TEXT ("id", pbx_call_id)), &n_links, error))
    return FALSE;
  return n_links == 0
         || mtb_refuse (error, MTB_ERROR_CONFLICT, "pbx_call_id",
                        N_ ("This call is already written up"));
}

/* A record keeps what suited its type when it was written, so that a new figure judges no old call. */
static gboolean
set_suiting (const MtbOccasion *occasion, MtbCall *call, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbCallType) type =
    mtb_store_get (occasion->store, &mtb_call_type_table.shape, call->type_id, &failure);
  g_autoptr (MtbCallType) kind =
    type != NULL && type->suits_s == MTB_ABSENT && type->parent_id != NULL
      ? mtb_store_get (occasion->store, &mtb_call_type_table.shape, type->parent_id, &failure)
      : NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  call->suits_s = kind != NULL ? kind->suits_s : type != NULL ? type->suits_s : MTB_ABSENT;
  return TRUE;
}

static MtbCall *
build_call (const MtbOccasion *occasion, const MtbCallLog *arguments)
{
  MtbCall *call = mtb_record_new (&mtb_call_table.shape);

  mtb_record_assign (call, arguments);
  call->person_id = g_strdup (occasion->person->id);
  call->logged_at = occasion->given_at;
  call->received_at = occasion->received_at;
  call->version = 1;
  /* No desk's clock makes a call that is still to come. */
  call->ended_at = MIN (call->ended_at, occasion->given_at);
  call->started_at = MIN (call->started_at, call->ended_at);
  return call;
}

gboolean
mtb_workflow_call_log (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbCallLog *arguments = data;
  g_autoptr (MtbCall) call = NULL;

  if (arguments->ended_at < arguments->started_at)
    return mtb_refuse (error, MTB_ERROR_INVALID, "ended_at",
                       N_ ("A call cannot end before it begins"));
  if (!mtb_need_new (occasion, &mtb_call_table.shape, arguments->id, error)
      || !check_customer (occasion, arguments->subscriber_id, arguments->prospect_id,
                          arguments->resolution, error)
      || !check_type (occasion, arguments->type_id, error)
      || !check_pbx_call (occasion, arguments->pbx_call_id, error))
    return FALSE;
  call = build_call (occasion, arguments);
  if (!set_suiting (occasion, call, error) || !mtb_store_insert (occasion->store, call, error))
    return FALSE;
  return arguments->pbx_call_id != NULL
           ? mtb_join (occasion, call, arguments->pbx_call_id, occasion->person->id, TRUE, error)
           : mtb_join_record (occasion, call, error);
}

static gboolean
keep_version (const MtbOccasion *occasion, const MtbCall *call, const char *id, GError **error)
{
  g_autoptr (MtbCallVersion) version = mtb_record_new (&mtb_call_version_table.shape);

  mtb_record_assign (version, call);
  g_free (version->id);
  version->id = g_strdup (id);
  version->call_id = g_strdup (call->id);
  version->replaced_at = occasion->given_at;
  version->replaced_by = g_strdup (occasion->person->id);
  return mtb_store_insert (occasion->store, version, error);
}

static gboolean
check_amendable (const MtbOccasion *occasion,
                 const MtbCall *call,
                 const MtbCallAmend *arguments,
                 GError **error)
{
  if (!g_str_equal (call->person_id, occasion->person->id))
    return mtb_refuse (error, MTB_ERROR_FORBIDDEN, NULL,
                       N_ ("Only who wrote a record may correct it"));
  if (call->version != arguments->version)
    return mtb_refuse (error, MTB_ERROR_CONFLICT, "version",
                       N_ ("The record was corrected elsewhere in the meantime; look at it again"));
  return mtb_need_new (occasion, &mtb_call_version_table.shape, arguments->version_id, error)
         && check_customer (occasion, arguments->subscriber_id, arguments->prospect_id,
                            arguments->resolution, error)
         && (g_str_equal (call->type_id, arguments->type_id)
             || check_type (occasion, arguments->type_id, error));
}

gboolean
mtb_workflow_call_amend (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbCallAmend *arguments = data;
  g_autoptr (MtbCall) call = mtb_need (occasion, &mtb_call_table.shape, arguments->id, "id",
                                       N_ ("There is no such record"), error);
  gboolean is_same_type;

  if (call == NULL || !check_amendable (occasion, call, arguments, error)
      || !keep_version (occasion, call, arguments->version_id, error))
    return FALSE;
  is_same_type = g_str_equal (call->type_id, arguments->type_id);
  mtb_record_assign (call, arguments);
  call->version++;
  if (!is_same_type && !set_suiting (occasion, call, error))
    return FALSE;
  return mtb_store_put (occasion->store, call, error);
}
