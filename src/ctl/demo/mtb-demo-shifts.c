/* The shifts of the last days, as people tell them: who comes and goes, and the breaks that a
 * supervisor approves. Calls move people by themselves, off the PBX's log. */

#include "mtb-demo-private.h"

#include "mtb-presence.h"

#define BREAK_MIN_MS (4 * MTB_MINUTE)
#define ANSWER_MS (20 * MTB_SECOND)

static const struct
{
  MtbAuxiliaryReason reason;
  gint64 minutes;
  const char *note;
} breaks[] = {
  { MTB_AUXILIARY_REST, 10, NULL },    { MTB_AUXILIARY_REST, 15, NULL },
  { MTB_AUXILIARY_MEAL, 30, NULL },    { MTB_AUXILIARY_PRAYER, 10, NULL },
  { MTB_AUXILIARY_MEETING, 20, NULL }, { MTB_AUXILIARY_OTHER, 10, "استلام طرد من الاستعلامات" },
};

/* Whether the people of the demonstration tell of their shifts at that time. */
gboolean
mtb_demo_tells_shifts (MtbDemo *demo, gint64 at)
{
  return at >= demo->shifts_from && at <= demo->quiet_from;
}

void
mtb_demo_plan_move (MtbDemo *demo, gint64 at, const MtbPersonPut *person, MtbPresenceAct act)
{
  MtbPresenceMove *move = mtb_record_new (&mtb_presence_move.shape);

  move->id = mtb_demo_dup_id (demo);
  move->act = act;
  mtb_demo_plan (demo, at, at, person->id, move);
}

static const MtbPersonPut *
find_supervisor (MtbDemo *demo, const MtbPersonPut *agent)
{
  for (guint i = 0; i < demo->supervisors->len; i++)
    {
      const MtbPersonPut *supervisor = g_ptr_array_index (demo->supervisors, i);

      if (g_str_equal (supervisor->team_id, agent->team_id))
        return supervisor;
    }
  g_assert_not_reached ();
}

static const char *
plan_request (MtbDemo *demo, gint64 at, const MtbPersonPut *agent, guint kind)
{
  MtbAuxiliaryAsk *ask = mtb_record_new (&mtb_auxiliary_ask.shape);

  ask->id = mtb_demo_dup_id (demo);
  ask->reason = breaks[kind].reason;
  ask->minutes = breaks[kind].minutes;
  ask->note = g_strdup (breaks[kind].note);
  mtb_demo_plan (demo, at, at, agent->id, ask);
  return ask->id;
}

static void
plan_answer (MtbDemo *demo,
             gint64 at,
             const MtbPersonPut *agent,
             const char *request_id,
             const MtbCommand *command,
             const char *word)
{
  MtbAuxiliaryDecide *decide = mtb_record_new (&command->shape);

  decide->id = g_strdup (request_id);
  decide->presence_id = mtb_demo_dup_id (demo);
  decide->word = g_strdup (word);
  mtb_demo_plan (demo, at, at, find_supervisor (demo, agent)->id, decide);
}

/* Asked for in the talk before @free_at, it begins then, where it is approved; returns when the agent
 * takes calls again. */
gint64
mtb_demo_plan_break (MtbDemo *demo, const MtbPersonPut *agent, gint64 free_at)
{
  guint kind = (guint) g_rand_int_range (demo->rand, 0, G_N_ELEMENTS (breaks));
  gint64 length =
    breaks[kind].minutes * MTB_MINUTE + g_rand_int_range (demo->rand, -150, 90) * MTB_SECOND;
  gint64 back_at = free_at + MAX (length, BREAK_MIN_MS);
  const char *request;

  if (!mtb_demo_tells_shifts (demo, back_at))
    return free_at;
  request = plan_request (demo, free_at - 2 * ANSWER_MS, agent, kind);
  if (mtb_demo_happens (demo, 0.15))
    {
      plan_answer (demo, free_at - ANSWER_MS, agent, request, &mtb_auxiliary_refuse,
                   "الطابور مزدحم الآن، اطلبها بعد نصف ساعة من فضلك.");
      return free_at;
    }
  plan_answer (demo, free_at - ANSWER_MS, agent, request, &mtb_auxiliary_approve, NULL);
  mtb_demo_plan_move (demo, back_at, agent, MTB_PRESENCE_ACT_RETURN);
  return back_at;
}

static const MtbPersonPut *
find_agent (MtbDemo *demo, const char *username)
{
  for (guint i = 0; i < demo->agents->len; i++)
    {
      const MtbPersonPut *agent = g_ptr_array_index (demo->agents, i);

      if (g_str_equal (agent->username, username))
        return agent;
    }
  g_assert_not_reached ();
}

/* What a supervisor finds who comes to the floor now: somebody who is over their time, somebody who
 * went without asking, two who ask, and one whose request was refused. */
void
mtb_demo_plan_floor (MtbDemo *demo)
{
  gint64 now = demo->now;
  const MtbPersonPut *nour = find_agent (demo, "nour");
  const char *request = plan_request (demo, now - 16 * MTB_MINUTE, nour, 0);

  for (guint i = 0; i < demo->supervisors->len; i++)
    mtb_demo_plan_move (demo, demo->quiet_from, g_ptr_array_index (demo->supervisors, i),
                        MTB_PRESENCE_ACT_BEGIN);
  plan_answer (demo, now - 15 * MTB_MINUTE, nour, request, &mtb_auxiliary_approve, "لا تتأخر.");
  mtb_demo_plan_move (demo, now - 4 * MTB_MINUTE, find_agent (demo, "wael"),
                      MTB_PRESENCE_ACT_LEAVE);
  plan_request (demo, now - 95 * MTB_SECOND, find_agent (demo, "samer"), 2);
  plan_request (demo, now - 40 * MTB_SECOND, find_agent (demo, "hala"), 3);
  request = plan_request (demo, now - 12 * MTB_MINUTE, find_agent (demo, "rima"), 1);
  plan_answer (demo, now - 11 * MTB_MINUTE, find_agent (demo, "rima"), request,
               &mtb_auxiliary_refuse, "خمسة على الخط، بعد ربع ساعة من فضلك.");
}
