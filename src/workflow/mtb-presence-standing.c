/* How a person stands, and what may follow from it.
 *
 * Repetition. An act that leads to where the person is already changes nothing and is no error; a
 * desk may know less than the server.
 *
 * Presumption. A lapse is what the server presumes, from the moment when it last heard of the desk.
 * The next act of a desk that kept running refutes it: the stretch before lasts on, and the act is
 * judged by that. Who returns, or begins anew, says that they were away, and the lapse stands. Who
 * had an Auxiliary was away with approval, so what comes next always refutes a lapse there; a lapse
 * ends no Auxiliary within its minutes. The end of a sign-in is refuted by what was done before the
 * server noted it; requests that it withdrew stay withdrawn. */

#include "mtb-presence-private.h"

#include <glib/gi18n.h>

/* To begin and to resume when away is only where a lapse says so; to resume leads to the state before
 * the lapse. */
const MtbTransition mtb_presence_transitions[] = {
  { "off", "begin", "available" },
  { "away", "begin", "available" },
  { "available", "end", "off" },
  { "on_call", "end", "off" },
  { "wrap_up", "end", "off" },
  { "auxiliary", "end", "off" },
  { "away", "end", "off" },
  { "available", "leave", "away" },
  { "wrap_up", "leave", "away" },
  { "available", "return", "available" },
  { "on_call", "return", "on_call" },
  { "wrap_up", "return", "wrap_up" },
  { "auxiliary", "return", "available" },
  { "away", "return", "available" },
  { "available", "answer", "on_call" },
  { "on_call", "answer", "on_call" },
  { "wrap_up", "answer", "on_call" },
  { "auxiliary", "answer", "on_call" },
  { "away", "answer", "on_call" },
  { "on_call", "hang_up", "wrap_up" },
  { "wrap_up", "hang_up", "wrap_up" },
  { "available", "finish", "available" },
  { "on_call", "finish", "available" },
  { "wrap_up", "finish", "available" },
  { "away", "resume", "available" },
  { "away", "resume", "on_call" },
  { "away", "resume", "wrap_up" },
  { "away", "resume", "auxiliary" },
  { "available", "start", "auxiliary" },
  { "away", "start", "auxiliary" },
  { "auxiliary", "overrun", "away" },
  { "available", "lapse", "away" },
  { "on_call", "lapse", "away" },
  { "wrap_up", "lapse", "away" },
  { "auxiliary", "lapse", "away" },
  { "available", "expire", "off" },
  { "on_call", "expire", "off" },
  { "wrap_up", "expire", "off" },
  { "auxiliary", "expire", "off" },
  { "away", "expire", "off" },
  { NULL, NULL, NULL },
};

static const MtbTransition *
find_transition (gint64 state, gint64 act)
{
  return mtb_transition_find (mtb_presence_transitions, mtb_presence_state_words[state],
                              mtb_presence_act_words[act]);
}

static gint64
parse_state (const char *word)
{
  return mtb_field_parse_choice (mtb_shape_find (&mtb_presence_table.shape, "state"), word);
}

/**
 * mtb_presence_may:
 * @state: a #MtbPresenceState
 * @act: a #MtbPresenceAct
 *
 * What began `away` says more: %MTB_PRESENCE_ACT_BEGIN and %MTB_PRESENCE_ACT_RESUME need a lapse.
 *
 * Returns: whether somebody in @state may do @act
 */
gboolean
mtb_presence_may (gint64 state, gint64 act)
{
  return find_transition (state, act) != NULL;
}

/* Whether an act leads to this state, wherever it comes from. */
static gboolean
leads_to (gint64 act, gint64 state)
{
  for (const MtbTransition *line = mtb_presence_transitions; line->act != NULL; line++)
    if (g_str_equal (line->act, mtb_presence_act_words[act])
        && g_str_equal (line->to, mtb_presence_state_words[state]))
      return TRUE;
  return FALSE;
}

gboolean
mtb_presence_act_is_own (gint64 act)
{
  return act <= MTB_PRESENCE_ACT_RESUME;
}

void
mtb_standing_clear (MtbStanding *self)
{
  mtb_record_unref (self->current);
  g_clear_pointer (&self->refuted, g_ptr_array_unref);
}

gint64
mtb_standing_get_state (const MtbStanding *self)
{
  return self->current != NULL ? self->current->state : MTB_PRESENCE_OFF;
}

/* What lasts for a person; NULL where nothing is known. */
static gboolean
select_current (const MtbOccasion *occasion,
                const char *person_id,
                MtbPresence **current,
                GError **error)
{
  return mtb_look_up (occasion, &mtb_presence_table.shape,
                      "SELECT $columns(p) FROM presence p WHERE p.ended_at IS NULL"
                      " AND p.person_id = :person",
                      MTB_PARAMETERS (MTB_TEXT ("person", person_id)), (gpointer *) current, error);
}

static gboolean
select_before (const MtbOccasion *occasion,
               const MtbPresence *stretch,
               MtbPresence **before,
               GError **error)
{
  return mtb_look_up (occasion, &mtb_presence_table.shape,
                      "SELECT $columns(p) FROM presence p WHERE p.person_id = :person"
                      " AND p.started_at < :at ORDER BY p.started_at DESC NULLS LAST LIMIT 1",
                      MTB_PARAMETERS (MTB_TEXT ("person", stretch->person_id),
                                      MTB_NUMBER ("at", stretch->started_at)),
                      (gpointer *) before, error);
}

gboolean
mtb_presence_read_state (const MtbOccasion *occasion,
                         const char *person_id,
                         gint64 *state,
                         GError **error)
{
  g_auto (MtbStanding) standing = { 0 };

  if (!select_current (occasion, person_id, &standing.current, error))
    return FALSE;
  *state = mtb_standing_get_state (&standing);
  return TRUE;
}

static gboolean
is_presumed (const MtbPresence *current)
{
  return current != NULL
         && (current->act == MTB_PRESENCE_ACT_LAPSE || current->act == MTB_PRESENCE_ACT_EXPIRE);
}

static gboolean
refutes (const MtbPresenceStep *step, const MtbPresence *presumed, const MtbPresence *before)
{
  if (presumed->act == MTB_PRESENCE_ACT_EXPIRE)
    return mtb_presence_act_is_own (step->act) && step->act != MTB_PRESENCE_ACT_BEGIN
           && step->at < presumed->received_at;
  if (step->act == MTB_PRESENCE_ACT_LAPSE)
    return FALSE;
  return before->state == MTB_PRESENCE_AUXILIARY
         || (mtb_presence_act_is_own (step->act) && step->act != MTB_PRESENCE_ACT_BEGIN
             && step->act != MTB_PRESENCE_ACT_RETURN);
}

gboolean
mtb_standing_read (MtbStanding *self,
                   const MtbOccasion *occasion,
                   const MtbPresenceStep *step,
                   GError **error)
{
  self->refuted = g_ptr_array_new_with_free_func (mtb_record_unref);
  if (!select_current (occasion, step->person_id, &self->current, error))
    return FALSE;
  while (is_presumed (self->current))
    {
      g_autoptr (MtbPresence) before = NULL;

      if (!select_before (occasion, self->current, &before, error))
        return FALSE;
      if (before == NULL || !refutes (step, self->current, before))
        return TRUE;
      before->ended_at = MTB_ABSENT;
      g_ptr_array_add (self->refuted, self->current);
      self->current = g_steal_pointer (&before);
    }
  return TRUE;
}

/* Whether the act is allowed, and where it leads; the same state where nothing is to change. */
gboolean
mtb_standing_judge (const MtbStanding *self, gint64 act, gint64 *to)
{
  gint64 from = mtb_standing_get_state (self);
  gboolean refuted = self->refuted->len > 0;
  gboolean lapsed = from == MTB_PRESENCE_AWAY && self->current->act == MTB_PRESENCE_ACT_LAPSE;
  const MtbTransition *transition;

  *to = from;
  if (act == MTB_PRESENCE_ACT_RESUME)
    return refuted || leads_to (act, from);
  /* A desk that was started anew in an Auxiliary which a lapse hid. */
  if (act == MTB_PRESENCE_ACT_BEGIN && refuted && from == MTB_PRESENCE_AUXILIARY)
    act = MTB_PRESENCE_ACT_RETURN;
  if (act == MTB_PRESENCE_ACT_BEGIN && from == MTB_PRESENCE_AWAY && !lapsed)
    return FALSE;
  transition = find_transition (from, act);
  if (transition == NULL)
    return leads_to (act, from);
  *to = parse_state (transition->to);
  return TRUE;
}

/* Why it is not allowed, and what to do. */
const char *
mtb_standing_explain (const MtbStanding *self, gint64 act)
{
  gint64 state = mtb_standing_get_state (self);

  if (state == MTB_PRESENCE_OFF)
    return N_ ("You are not on shift; begin your shift first");
  if (act == MTB_PRESENCE_ACT_RESUME)
    return N_ ("You left by yourself; say that you are back");
  switch (state)
    {
    case MTB_PRESENCE_ON_CALL:
      return N_ ("You are on a call; hang up first");
    case MTB_PRESENCE_WRAP_UP:
      return N_ ("Finish the after-call work first");
    case MTB_PRESENCE_AUXILIARY:
    case MTB_PRESENCE_AWAY:
      return N_ ("You are away; say first that you are back");
    default:
      return N_ ("You are on no call");
    }
}
