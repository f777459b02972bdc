/* A record that an agent wrote and a call that the PBX saw: two records and a link. They are joined
 * by themselves when the agent is the same, the times overlap, and the number fits or there is no
 * other candidate. The PBX sees who calls, so a record of calling somebody waits for none of its
 * calls. What a person has taken apart stays apart. */

#include "mtb-workflow-private.h"

#include "mtb-fold.h"
#include "mtb-subscriber.h"

#include <glib/gi18n.h>

const MtbTransition mtb_call_link_transitions[] = {
  { NULL, "call.join", "joined" },
  { "joined", "call.unjoin", "apart" },
  { "apart", "call.join", "joined" },
  { NULL, NULL, NULL },
};

gboolean
mtb_join (const MtbOccasion *occasion,
          const MtbCall *call,
          const char *pbx_call_id,
          const char *joined_by,
          gboolean joined,
          GError **error)
{
  g_autoptr (MtbCallLink) link = mtb_record_new (&mtb_call_link_table.shape);

  link->id = mtb_call_link_dup_id (call->id, pbx_call_id);
  link->call_id = g_strdup (call->id);
  link->pbx_call_id = g_strdup (pbx_call_id);
  link->person_id = g_strdup (call->person_id);
  link->joined = joined ? 1 : 0;
  link->joined_by = g_strdup (joined_by);
  link->started_at = call->started_at;
  return mtb_store_put (occasion->store, link, error);
}

static char *
dup_customer_number (const MtbOccasion *occasion, const MtbCall *call)
{
  return mtb_store_select_text (
    occasion->store,
    call->subscriber_id != NULL ? "SELECT telephone FROM subscriber WHERE id = :id"
                                : "SELECT telephone FROM prospect WHERE id = :id",
    MTB_PARAMETERS (
      MTB_TEXT ("id", call->subscriber_id != NULL ? call->subscriber_id : call->prospect_id)),
    NULL);
}

static gboolean
number_fits (const MtbOccasion *occasion, const MtbCall *call, const MtbPbxCall *pbx_call)
{
  g_autofree char *known = dup_customer_number (occasion, call);

  return mtb_fold_is_same_number (pbx_call->number, call->number)
         || mtb_fold_is_same_number (pbx_call->number, known);
}

/* The one that fits, or -1: the only one whose number fits, else the only one there is. */
static int
choose (const gboolean *fits, guint n_candidates)
{
  int chosen = -1;
  guint n_fitting = 0;

  for (guint i = 0; i < n_candidates; i++)
    if (fits[i])
      {
        chosen = (int) i;
        n_fitting++;
      }
  if (n_fitting == 1)
    return chosen;
  return n_fitting == 0 && n_candidates == 1 ? 0 : -1;
}

gboolean
mtb_join_record (const MtbOccasion *occasion, const MtbCall *call, GError **error)
{
  g_autoptr (MtbUnjoined) own = occasion->unjoined == NULL ? mtb_unjoined_new () : NULL;
  g_autoptr (GPtrArray) candidates = NULL;
  gboolean fits[MTB_JOIN_CANDIDATES_MAX];
  int chosen;

  if (call->direction == MTB_DIRECTION_OUT)
    return TRUE;
  candidates =
    mtb_unjoined_find (own != NULL ? own : occasion->unjoined, occasion->store, call, error);
  if (candidates == NULL)
    return FALSE;
  for (guint i = 0; i < candidates->len; i++)
    fits[i] = number_fits (occasion, call, g_ptr_array_index (candidates, i));
  chosen = choose (fits, candidates->len);
  if (chosen < 0)
    return TRUE;
  return mtb_join (occasion, call, mtb_record_get_id (g_ptr_array_index (candidates, chosen)), NULL,
                   TRUE, error);
}

gboolean
mtb_join_pbx_call (const MtbOccasion *occasion, const MtbPbxCall *pbx_call, GError **error)
{
  g_autoptr (GPtrArray) candidates = NULL;
  gboolean fits[MTB_JOIN_CANDIDATES_MAX];
  gint64 n_links;
  int chosen;

  if (pbx_call->person_id == NULL)
    return TRUE;
  if (!mtb_store_select_number (
        occasion->store, "SELECT COUNT(*) FROM call_link WHERE pbx_call_id = :id AND joined = 1",
        MTB_PARAMETERS (MTB_TEXT ("id", pbx_call->id)), &n_links, error))
    return FALSE;
  if (n_links > 0)
    return TRUE;
  candidates = mtb_store_select (
    occasion->store, &mtb_call_table.shape,
    "SELECT $columns(c) FROM call c WHERE c.person_id = :person AND c.direction = 'in'"
    " AND c.started_at >= :from AND c.started_at <= :ended AND c.ended_at >= :started"
    " AND NOT EXISTS (SELECT 1 FROM call_link l WHERE l.call_id = c.id"
    " AND (l.joined = 1 OR l.pbx_call_id = :call)) ORDER BY c.started_at LIMIT :most",
    MTB_PARAMETERS (MTB_TEXT ("person", pbx_call->person_id), MTB_TEXT ("call", pbx_call->id),
                    MTB_NUMBER ("from", pbx_call->connected_at - MTB_JOIN_LONGEST),
                    MTB_NUMBER ("started", pbx_call->connected_at - MTB_JOIN_SLACK),
                    MTB_NUMBER ("ended", pbx_call->ended_at + MTB_JOIN_SLACK),
                    MTB_NUMBER ("most", MTB_JOIN_CANDIDATES_MAX)),
    error);
  if (candidates == NULL)
    return FALSE;
  for (guint i = 0; i < candidates->len; i++)
    fits[i] = number_fits (occasion, g_ptr_array_index (candidates, i), pbx_call);
  chosen = choose (fits, candidates->len);
  return chosen < 0
         || mtb_join (occasion, g_ptr_array_index (candidates, chosen), pbx_call->id, NULL, TRUE,
                      error);
}

static gboolean
may_join (const MtbOccasion *occasion, const MtbCall *call, GError **error)
{
  g_autoptr (MtbPerson) writer = NULL;

  if (g_str_equal (call->person_id, occasion->person->id))
    return TRUE;
  writer = mtb_store_get (occasion->store, &mtb_person_table.shape, call->person_id, error);
  if (writer != NULL && (occasion->person->roles & MTB_ROLE_SUPERVISOR) != 0
      && writer->team_id != NULL && g_strcmp0 (writer->team_id, occasion->person->team_id) == 0)
    return TRUE;
  return mtb_refuse (error, MTB_ERROR_FORBIDDEN, NULL,
                     N_ ("Only who wrote the record, or their supervisor, may do this"));
}

static gboolean
change_link (const MtbOccasion *occasion,
             const MtbCallJoin *arguments,
             const char *act,
             GError **error)
{
  g_autofree char *id = mtb_call_link_dup_id (arguments->call_id, arguments->pbx_call_id);
  g_autoptr (MtbCall) call = mtb_need (occasion, &mtb_call_table.shape, arguments->call_id,
                                       "call_id", N_ ("There is no such record"), error);
  g_autoptr (MtbPbxCall) pbx_call = NULL;
  g_autoptr (MtbCallLink) link = NULL;
  const MtbTransition *transition;

  if (call == NULL || !may_join (occasion, call, error))
    return FALSE;
  pbx_call = mtb_need (occasion, &mtb_pbx_call_table.shape, arguments->pbx_call_id, "pbx_call_id",
                       N_ ("The PBX saw no such call"), error);
  if (pbx_call == NULL)
    return FALSE;
  if (g_strcmp0 (pbx_call->person_id, call->person_id) != 0)
    return mtb_refuse (error, MTB_ERROR_CONFLICT, "pbx_call_id",
                       N_ ("This call was taken by somebody else"));
  link = mtb_store_get (occasion->store, &mtb_call_link_table.shape, id, NULL);
  transition = mtb_transition_find (mtb_call_link_transitions,
                                    link == NULL        ? NULL
                                    : link->joined == 1 ? "joined"
                                                        : "apart",
                                    act);
  if (transition == NULL)
    return mtb_refuse (error, MTB_ERROR_CONFLICT, NULL, N_ ("That is how it is already"));
  return mtb_join (occasion, call, pbx_call->id, occasion->person->id,
                   g_str_equal (transition->to, "joined"), error);
}

gboolean
mtb_workflow_call_join (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbCallJoin *arguments = data;
  gint64 n_links;

  if (!mtb_store_select_number (
        occasion->store,
        "SELECT COUNT(*) FROM call_link WHERE joined = 1 AND call_id <> :call"
        " AND pbx_call_id = :pbx",
        MTB_PARAMETERS (MTB_TEXT ("call", arguments->call_id),
                        MTB_TEXT ("pbx", arguments->pbx_call_id)),
        &n_links, error))
    return FALSE;
  if (n_links > 0)
    return mtb_refuse (error, MTB_ERROR_CONFLICT, "pbx_call_id",
                       N_ ("This call is already written up"));
  return change_link (occasion, arguments, "call.join", error);
}

gboolean
mtb_workflow_call_unjoin (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  return change_link (occasion, data, "call.unjoin", error);
}
