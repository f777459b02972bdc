/* Presence: a person's stretches in one state each; what lasts is the stretch without an end. What
 * may follow from it is in mtb-presence-standing.c.
 *
 * Time. An act counts from when it was given, but always after the beginning of what lasted: no two
 * stretches overlap and none is empty, so that their beginnings tell their order, whatever a desk's
 * clock said. None is cut at midnight.
 *
 * Auxiliary. An approved one begins as soon as its person is available, in the same command. Where it
 * ran over, what is left behind is divided at the moment when the person was due (R10). */

#include "mtb-presence-private.h"

#include "mtb-id.h"
#include "mtb-time.h"

#include <glib/gi18n.h>

/* A log of the PBX that comes later than this tells what was, not who is where. */
#define FRESH (15 * MTB_MINUTE)

static MtbPresence *
stretch_new (const MtbOccasion *occasion,
             const MtbPresenceStep *step,
             gint64 state,
             gint64 started_at)
{
  MtbPresence *stretch = mtb_record_new (&mtb_presence_table.shape);

  stretch->id = g_strdup (step->id);
  stretch->person_id = g_strdup (step->person_id);
  stretch->state = state;
  stretch->act = step->act;
  stretch->started_at = started_at;
  stretch->received_at = occasion->received_at;
  return stretch;
}

/* The part of an absence for which nobody had approved it. */
static gboolean
insert_overrun (const MtbOccasion *occasion,
                const MtbPresenceStep *step,
                gint64 from,
                gint64 until,
                GError **error)
{
  g_autofree char *id = mtb_id_derive ("presence", step->id, "overrun", NULL);
  MtbPresenceStep overrun = { step->person_id, MTB_PRESENCE_ACT_OVERRUN, from, id };
  g_autoptr (MtbPresence) away = stretch_new (occasion, &overrun, MTB_PRESENCE_AWAY, from);

  away->ended_at = until;
  return mtb_store_insert (occasion->store, away, error);
}

static gboolean
leave_auxiliary (const MtbOccasion *occasion,
                 MtbPresence *current,
                 const MtbPresenceStep *step,
                 gint64 at,
                 GError **error)
{
  g_autoptr (MtbAuxiliary) request = NULL;
  gint64 due = at;

  if (!mtb_find (occasion, &mtb_auxiliary_table.shape, current->auxiliary_id, (gpointer *) &request,
                 error))
    return FALSE;
  if (request != NULL)
    due = mtb_auxiliary_get_due (request->started_at, request->minutes);
  current->ended_at = MIN (at, due);
  if (!mtb_store_put (occasion->store, current, error)
      || (at > due && !insert_overrun (occasion, step, due, at, error)))
    return FALSE;
  return request == NULL || (step->act == MTB_PRESENCE_ACT_LAPSE && at <= due)
         || mtb_auxiliary_end (occasion, request, current->ended_at, error);
}

static gboolean
leave (const MtbOccasion *occasion,
       MtbPresence *current,
       const MtbPresenceStep *step,
       gint64 at,
       GError **error)
{
  if (current == NULL)
    return TRUE;
  if (current->state == MTB_PRESENCE_AUXILIARY && current->auxiliary_id != NULL)
    return leave_auxiliary (occasion, current, step, at, error);
  current->ended_at = at;
  return mtb_store_put (occasion->store, current, error);
}

/* Writes down that a person came into a state, and what follows from it. */
static gboolean
enter (const MtbOccasion *occasion,
       MtbPresence *current,
       const MtbPresenceStep *step,
       gint64 state,
       GError **error)
{
  gint64 at = current != NULL ? MAX (step->at, current->started_at + 1) : step->at;
  g_autoptr (MtbPresence) stretch = stretch_new (occasion, step, state, at);
  g_autofree char *next_id = mtb_id_derive ("presence", step->id, "start", NULL);
  MtbPresenceStep start = { step->person_id, MTB_PRESENCE_ACT_START, at, next_id };
  g_autoptr (MtbAuxiliary) approved = NULL;

  if (!leave (occasion, current, step, at, error))
    return FALSE;
  if (state == MTB_PRESENCE_OFF)
    return mtb_store_insert (occasion->store, stretch, error)
           && mtb_auxiliary_withdraw_all (occasion, step->person_id, error);
  if ((state == MTB_PRESENCE_AVAILABLE || state == MTB_PRESENCE_AUXILIARY)
      && !mtb_auxiliary_read_approved (occasion, step->person_id, &approved, error))
    return FALSE;
  if (state == MTB_PRESENCE_AUXILIARY)
    {
      stretch->auxiliary_id = g_strdup (approved->id);
      return mtb_store_insert (occasion->store, stretch, error)
             && mtb_auxiliary_start (occasion, approved, at, error);
    }
  if (!mtb_store_insert (occasion->store, stretch, error))
    return FALSE;
  if (approved == NULL)
    return TRUE;
  start.at = MAX (at, approved->decided_at);
  return enter (occasion, stretch, &start, MTB_PRESENCE_AUXILIARY, error);
}

/* Lets the stretch before a refuted presumption last on. */
static gboolean
take_back (const MtbOccasion *occasion, const MtbStanding *standing, GError **error)
{
  for (guint i = 0; i < standing->refuted->len; i++)
    if (!mtb_store_delete (occasion->store, &mtb_presence_table.shape,
                           mtb_record_get_id (g_ptr_array_index (standing->refuted, i)), error))
      return FALSE;
  return standing->refuted->len == 0
         || (mtb_store_put (occasion->store, standing->current, error)
             && (standing->current->auxiliary_id == NULL
                 || mtb_auxiliary_resume (occasion, standing->current->auxiliary_id, error)));
}

static gboolean
apply (const MtbOccasion *occasion,
       const MtbStanding *standing,
       const MtbPresenceStep *step,
       GError **error)
{
  gint64 to;

  if (!mtb_standing_judge (standing, step->act, &to))
    return mtb_refuse (error, MTB_ERROR_CONFLICT, "act",
                       mtb_standing_explain (standing, step->act));
  if (to == mtb_standing_get_state (standing))
    return take_back (occasion, standing, error);
  return mtb_need_new (occasion, &mtb_presence_table.shape, step->id, error)
         && take_back (occasion, standing, error)
         && enter (occasion, standing->current, step, to, error);
}

/* Carries out an act of somebody, or one that befalls them. */
gboolean
mtb_presence_step (const MtbOccasion *occasion, const MtbPresenceStep *step, GError **error)
{
  g_auto (MtbStanding) standing = { 0 };

  return mtb_standing_read (&standing, occasion, step, error)
         && apply (occasion, &standing, step, error);
}

/* What the PBX saw somebody do moves them, if it is news of what they do now; else nothing happens. */
gboolean
mtb_presence_follow (const MtbOccasion *occasion, const MtbPresenceStep *step, GError **error)
{
  g_auto (MtbStanding) standing = { 0 };
  gint64 state;

  if (step->person_id == NULL || step->at < occasion->received_at - FRESH)
    return TRUE;
  if (!mtb_standing_read (&standing, occasion, step, error))
    return FALSE;
  state = mtb_standing_get_state (&standing);
  if (state == MTB_PRESENCE_OFF || step->at < standing.current->started_at
      || !mtb_presence_may (state, step->act))
    return TRUE;
  return apply (occasion, &standing, step, error);
}

gboolean
mtb_workflow_presence_move (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbPresenceMove *arguments = data;
  MtbPresenceStep step = { occasion->person->id, arguments->act, occasion->given_at,
                           arguments->id };

  if (!mtb_presence_act_is_own (arguments->act))
    return mtb_refuse (error, MTB_ERROR_INVALID, "act", N_ ("Nobody does this by themselves"));
  return mtb_presence_step (occasion, &step, error);
}

gboolean
mtb_workflow_presence_lapse (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbPresenceLapse *arguments = data;
  MtbPresenceStep step = { arguments->person_id, arguments->act,
                           MIN (arguments->seen_at, occasion->received_at), arguments->id };
  g_autoptr (MtbPerson) person = NULL;

  if (arguments->act != MTB_PRESENCE_ACT_LAPSE && arguments->act != MTB_PRESENCE_ACT_EXPIRE)
    return mtb_refuse (error, MTB_ERROR_INVALID, "act", N_ ("Only an absence is presumed"));
  person = mtb_need (occasion, &mtb_person_table.shape, arguments->person_id, "person_id",
                     N_ ("There is no such person"), error);
  return person != NULL && mtb_presence_step (occasion, &step, error);
}
