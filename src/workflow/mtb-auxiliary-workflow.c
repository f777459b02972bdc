/* Requests for Auxiliary (R10): asked for while on shift, one at a time, decided by whoever leads the
 * person. It counts from its approval, never from before it; when it begins and ends follows from
 * its person's presence. */

#include "mtb-workflow-private.h"

#include "mtb-presence.h"

#include <glib/gi18n.h>

/* One that the end of a sign-in ended resumes where that was refuted. */
const MtbTransition mtb_auxiliary_transitions[] = {
  { NULL, "auxiliary.ask", "asked" },
  { "asked", "auxiliary.approve", "approved" },
  { "asked", "auxiliary.refuse", "refused" },
  { "asked", "auxiliary.withdraw", "withdrawn" },
  { "approved", "auxiliary.withdraw", "withdrawn" },
  { "approved", "start", "running" },
  { "running", "end", "ended" },
  { "ended", "resume", "running" },
  { NULL, NULL, NULL },
};

/* Moves a request on, or leaves it where the act does not apply to it. */
static gboolean
move_request (MtbAuxiliary *request, const char *act)
{
  const MtbTransition *transition = mtb_transition_find (
    mtb_auxiliary_transitions, mtb_auxiliary_status_words[request->status], act);

  if (transition == NULL)
    return FALSE;
  request->status =
    mtb_field_parse_choice (mtb_shape_find (&mtb_auxiliary_table.shape, "status"), transition->to);
  return TRUE;
}

static gboolean
has_text (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));

  return *stripped != '\0';
}

gboolean
mtb_auxiliary_read_approved (const MtbOccasion *occasion,
                             const char *person_id,
                             MtbAuxiliary **approved,
                             GError **error)
{
  return mtb_look_up (occasion, &mtb_auxiliary_table.shape,
                      "SELECT $columns(a) FROM auxiliary a"
                      " WHERE a.status = 'approved' AND a.person_id = :person",
                      MTB_PARAMETERS (MTB_TEXT ("person", person_id)), (gpointer *) approved,
                      error);
}

gboolean
mtb_auxiliary_start (const MtbOccasion *occasion, MtbAuxiliary *request, gint64 at, GError **error)
{
  request->started_at = at;
  return !move_request (request, "start") || mtb_store_put (occasion->store, request, error);
}

gboolean
mtb_auxiliary_end (const MtbOccasion *occasion, MtbAuxiliary *request, gint64 at, GError **error)
{
  request->ended_at = at;
  return !move_request (request, "end") || mtb_store_put (occasion->store, request, error);
}

gboolean
mtb_auxiliary_resume (const MtbOccasion *occasion, const char *id, GError **error)
{
  g_autoptr (MtbAuxiliary) request = NULL;

  if (!mtb_find (occasion, &mtb_auxiliary_table.shape, id, (gpointer *) &request, error))
    return FALSE;
  if (request == NULL || !move_request (request, "resume"))
    return TRUE;
  request->ended_at = MTB_ABSENT;
  return mtb_store_put (occasion->store, request, error);
}

/* The end of a shift leaves no request behind. */
gboolean
mtb_auxiliary_withdraw_all (const MtbOccasion *occasion, const char *person_id, GError **error)
{
  g_autoptr (GPtrArray) requests =
    mtb_store_select (occasion->store, &mtb_auxiliary_table.shape,
                      "SELECT $columns(a) FROM auxiliary a"
                      " WHERE a.status IN ('asked', 'approved') AND a.person_id = :person",
                      MTB_PARAMETERS (MTB_TEXT ("person", person_id)), error);

  for (guint i = 0; requests != NULL && i < requests->len; i++)
    {
      MtbAuxiliary *request = g_ptr_array_index (requests, i);

      if (move_request (request, "auxiliary.withdraw")
          && !mtb_store_put (occasion->store, request, error))
        return FALSE;
    }
  return requests != NULL;
}

static gboolean
check_free_to_ask (const MtbOccasion *occasion, GError **error)
{
  gint64 state;
  gint64 n_open;

  if (!mtb_presence_read_state (occasion, occasion->person->id, &state, error)
      || !mtb_store_select_number (
        occasion->store,
        "SELECT COUNT(*) FROM auxiliary"
        " WHERE status IN ('asked', 'approved', 'running') AND person_id = :person",
        MTB_PARAMETERS (MTB_TEXT ("person", occasion->person->id)), &n_open, error))
    return FALSE;
  if (state == MTB_PRESENCE_OFF)
    return mtb_refuse (error, MTB_ERROR_CONFLICT, NULL,
                       N_ ("You are not on shift; begin your shift first"));
  return n_open == 0
         || mtb_refuse (error, MTB_ERROR_CONFLICT, NULL,
                        N_ ("You have a request already; withdraw it or come back first"));
}

gboolean
mtb_workflow_auxiliary_ask (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbAuxiliaryAsk *arguments = data;
  g_autoptr (MtbAuxiliary) request = mtb_record_new (&mtb_auxiliary_table.shape);

  if (arguments->reason == MTB_AUXILIARY_OTHER && !has_text (arguments->note))
    return mtb_refuse (error, MTB_ERROR_INVALID, "note", N_ ("Say what it is for"));
  if (!mtb_need_new (occasion, &mtb_auxiliary_table.shape, arguments->id, error)
      || !check_free_to_ask (occasion, error))
    return FALSE;
  mtb_record_assign (request, arguments);
  request->person_id = g_strdup (occasion->person->id);
  request->status = MTB_AUXILIARY_ASKED;
  request->asked_at = occasion->given_at;
  request->received_at = occasion->received_at;
  return mtb_store_insert (occasion->store, request, error);
}

static MtbAuxiliary *
need_request (const MtbOccasion *occasion, const char *id, GError **error)
{
  return mtb_need (occasion, &mtb_auxiliary_table.shape, id, "id", N_ ("There is no such request"),
                   error);
}

/* Whoever asks does not approve. */
static gboolean
decide (const MtbOccasion *occasion,
        MtbAuxiliary *request,
        const char *act,
        const char *word,
        GError **error)
{
  if (g_str_equal (request->person_id, occasion->person->id))
    return mtb_refuse (error, MTB_ERROR_FORBIDDEN, "id", N_ ("Nobody decides their own request"));
  if (!mtb_need_sight (occasion, &mtb_auxiliary_table, request->person_id, "id",
                       N_ ("There is no such request"), error))
    return FALSE;
  if (!move_request (request, act))
    return mtb_refuse (error, MTB_ERROR_CONFLICT, "id",
                       N_ ("This request waits for no answer any more"));
  g_free (request->decided_by);
  request->decided_by = g_strdup (occasion->person->id);
  request->decided_at = occasion->received_at;
  g_free (request->word);
  request->word = has_text (word) ? g_strdup (word) : NULL;
  return TRUE;
}

gboolean
mtb_workflow_auxiliary_approve (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbAuxiliaryDecide *arguments = data;
  g_autoptr (MtbAuxiliary) request = need_request (occasion, arguments->id, error);
  MtbPresenceStep start = { NULL, MTB_PRESENCE_ACT_START, occasion->received_at,
                            arguments->presence_id };
  gint64 state;
  gboolean begins;

  if (request == NULL || !decide (occasion, request, "auxiliary.approve", arguments->word, error)
      || !mtb_presence_read_state (occasion, request->person_id, &state, error))
    return FALSE;
  begins = mtb_presence_may (state, MTB_PRESENCE_ACT_START);
  start.person_id = request->person_id;
  if (begins && !mtb_need_new (occasion, &mtb_presence_table.shape, arguments->presence_id, error))
    return FALSE;
  return mtb_store_put (occasion->store, request, error)
         && (!begins || mtb_presence_step (occasion, &start, error));
}

gboolean
mtb_workflow_auxiliary_refuse (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbAuxiliaryDecide *arguments = data;
  g_autoptr (MtbAuxiliary) request = need_request (occasion, arguments->id, error);

  if (request == NULL || !decide (occasion, request, "auxiliary.refuse", arguments->word, error))
    return FALSE;
  return request->word != NULL ? mtb_store_put (occasion->store, request, error)
                               : mtb_refuse (error, MTB_ERROR_INVALID, "word", N_ ("Say why"));
}

gboolean
mtb_workflow_auxiliary_withdraw (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbAuxiliaryWithdraw *arguments = data;
  g_autoptr (MtbAuxiliary) request = need_request (occasion, arguments->id, error);

  if (request == NULL)
    return FALSE;
  if (!g_str_equal (request->person_id, occasion->person->id))
    return mtb_refuse (error, MTB_ERROR_FORBIDDEN, "id",
                       N_ ("Only who asked may withdraw a request"));
  if (request->status == MTB_AUXILIARY_RUNNING)
    return mtb_refuse (error, MTB_ERROR_CONFLICT, "id", N_ ("It has begun; say that you are back"));
  if (!move_request (request, "auxiliary.withdraw"))
    return mtb_refuse (error, MTB_ERROR_CONFLICT, "id", N_ ("This request is over"));
  return mtb_store_put (occasion->store, request, error);
}
