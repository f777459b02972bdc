/* The demonstration's days: calls come in by the hour and the day of the week, wait in a queue for
 * whoever of the shift becomes free first, or give up. The PBX's lines follow from that, and so do
 * the agents' records. */

#include "mtb-demo-private.h"

#include "mtb-call.h"
#include "mtb-fold.h"
#include "mtb-person.h"

/* Calls of an ordinary day: those of twelve agents, of whom ten work, at about 35 each. */
#define CALLS_A_DAY 380
#define HOURS 24
#define DAYS 7
#define FRIDAY 4

/* From Monday on; Friday is the day of rest. */
static const double weekdays[DAYS] = { 1.12, 1.06, 1.0, 0.98, 0.38, 0.82, 1.18 };

static const double hours[HOURS] = { 2,  1.2, 0.7, 0.5, 0.3, 0.3, 0.8, 2, 5, 9, 11, 11,
                                     10, 9,   7,   6,   6,   7,   8,   9, 9, 8, 6,  4 };

#define PATIENCE_MIN_S 15
#define PATIENCE_S 170
#define RING_S 7

typedef struct
{
  MtbDemo *demo;
  gint64 start;
  guint number;
  guint weekday;
  gint64 *free_at;
  gint64 *there_until;
} Day;

/* Of each week, by an agent's place in it: when the shift begins, and which day is free. Friday is
 * free for most; each shift has somebody on every day. */
static const struct
{
  guint shift;
  guint day_off;
} places[] = {
  { 1, FRIDAY }, { 1, FRIDAY }, { 1, FRIDAY }, { 1, FRIDAY },     { 1, FRIDAY + 1 }, { 1, 2 },
  { 2, FRIDAY }, { 2, FRIDAY }, { 2, FRIDAY }, { 2, FRIDAY + 1 }, { 2, 1 },          { 0, DAYS },
};

#define N_PLACES G_N_ELEMENTS (places)
#define SHIFT_HOURS 8

static gboolean
is_on_shift (const Day *day, guint agent, gint64 at)
{
  guint place = (agent * 5 + day->number / DAYS) % N_PLACES;

  return places[place].day_off != day->weekday
         && (guint) ((at - day->start) / MTB_HOUR) / SHIFT_HOURS == places[place].shift;
}

/* The one who is free first; -1 where nobody is there. */
static int
choose_agent (const Day *day, gint64 at)
{
  int chosen = -1;
  guint n_agents = day->demo->agents->len;
  guint first = (guint) g_rand_int_range (day->demo->rand, 0, (gint32) n_agents);

  for (guint i = 0; i < n_agents; i++)
    {
      guint agent = (first + i) % n_agents;
      gint64 free_at = MAX (day->free_at[agent], at);

      if (is_on_shift (day, agent, at) && (chosen < 0 || free_at < MAX (day->free_at[chosen], at)))
        chosen = (int) agent;
    }
  return chosen;
}

static void
plan_line (MtbDemo *demo,
           gint64 at,
           const char *reference,
           const char *queue,
           const char *agent,
           const char *event,
           const char *const data[4])
{
  MtbPbxObserve *line = mtb_record_new (&mtb_pbx_observe.shape);

  line->id = mtb_demo_dup_id (demo);
  line->happened_at = at;
  line->reference = g_strdup (reference);
  line->queue = g_strdup (queue);
  line->agent_name = g_strdup (agent);
  line->event = g_strdup (event);
  line->data1 = g_strdup (data[0]);
  line->data2 = g_strdup (data[1]);
  line->data3 = g_strdup (data[2]);
  line->data4 = g_strdup (data[3]);
  mtb_demo_plan (demo, at, at, MTB_PERSON_PBX, line);
}

typedef struct
{
  char *reference;
  char *number;
  const char *queue;
  gint64 entered_at;
  gint64 wait_s;
  gint64 talk_s;
} Arrival;

static void
plan_enter (const Day *day, const Arrival *arrival)
{
  plan_line (day->demo, arrival->entered_at, arrival->reference, arrival->queue, NULL, "ENTERQUEUE",
             (const char *const[4]){ NULL, arrival->number, "1" });
}

static void
plan_lost (const Day *day, const Arrival *arrival)
{
  g_autofree char *wait = g_strdup_printf ("%" G_GINT64_FORMAT, arrival->wait_s);

  plan_enter (day, arrival);
  plan_line (day->demo, arrival->entered_at + arrival->wait_s * MTB_SECOND, arrival->reference,
             arrival->queue, NULL, "ABANDON", (const char *const[4]){ "1", "1", wait });
}

static void
plan_talk (const Day *day, const Arrival *arrival, const char *agent)
{
  g_autofree char *wait = g_strdup_printf ("%" G_GINT64_FORMAT, arrival->wait_s);
  g_autofree char *talk = g_strdup_printf ("%" G_GINT64_FORMAT, arrival->talk_s);
  g_autofree char *channel = g_strdup_printf ("%s1", arrival->reference);
  gint64 connected_at = arrival->entered_at + arrival->wait_s * MTB_SECOND;
  gboolean caller = mtb_demo_happens (day->demo, 0.7);

  plan_enter (day, arrival);
  plan_line (day->demo, connected_at, arrival->reference, arrival->queue, agent, "CONNECT",
             (const char *const[4]){ wait, channel, "3" });
  plan_line (day->demo, connected_at + arrival->talk_s * MTB_SECOND, arrival->reference,
             arrival->queue, agent, caller ? "COMPLETECALLER" : "COMPLETEAGENT",
             (const char *const[4]){ wait, talk, "1" });
}

/* The agent calls a subscriber back; the queues see nothing of that. */
static void
plan_call_back (const Day *day, const MtbPersonPut *agent, gint64 *free_at)
{
  MtbDemo *demo = day->demo;
  const MtbSubscriberPut *subscriber = mtb_demo_pick_subscriber (demo);
  g_autofree char *number = mtb_fold_number (subscriber->telephone);
  MtbDemoCall call = { agent, subscriber, number, MTB_DIRECTION_OUT, 0, 0, 0, 0 };

  call.talk = mtb_demo_pick_talk (demo, FALSE);
  call.started_at = *free_at + 20 * MTB_SECOND;
  call.ended_at = call.started_at + (gint64) (25 + mtb_demo_wait (demo, 90)) * MTB_SECOND;
  call.wrap_up_s = g_rand_int_range (demo->rand, 5, 40);
  *free_at = call.ended_at + call.wrap_up_s * MTB_SECOND;
  if (*free_at > demo->quiet_from)
    return;
  mtb_demo_plan_record (demo, &call);
  if (mtb_demo_tells_shifts (demo, day->start))
    {
      mtb_demo_plan_move (demo, call.started_at, agent, MTB_PRESENCE_ACT_ANSWER);
      mtb_demo_plan_move (demo, call.ended_at, agent, MTB_PRESENCE_ACT_HANG_UP);
      mtb_demo_plan_move (demo, *free_at, agent, MTB_PRESENCE_ACT_FINISH);
    }
}

/* After a call the next, or now and then a break. */
static void
plan_free (Day *day, const MtbPersonPut *person, int agent)
{
  gint64 *free_at = &day->free_at[agent];

  if (!mtb_demo_tells_shifts (day->demo, day->start))
    return;
  mtb_demo_plan_move (day->demo, *free_at, person, MTB_PRESENCE_ACT_FINISH);
  if (mtb_demo_happens (day->demo, 0.06) && is_on_shift (day, (guint) agent, *free_at + MTB_HOUR))
    *free_at = mtb_demo_plan_break (day->demo, person, *free_at);
}

static void
take_call (Day *day, Arrival *arrival, int agent, const MtbSubscriberPut *subscriber)
{
  MtbDemo *demo = day->demo;
  const MtbPersonPut *person = g_ptr_array_index (demo->agents, agent);
  MtbDemoCall call = { person, subscriber, arrival->number, MTB_DIRECTION_IN, 0, 0, 0, 0 };

  call.talk = mtb_demo_pick_talk (demo, subscriber == NULL);
  call.wrap_up_s = (gint64) (8 + mtb_demo_wait (demo, 25));
  arrival->talk_s =
    12
    + (gint64) ((double) mtb_demo_get_suiting_time (call.talk)
                * (0.25 + 0.5 * g_rand_double (demo->rand) + mtb_demo_wait (demo, 0.25)));
  call.started_at = arrival->entered_at + arrival->wait_s * MTB_SECOND;
  call.ended_at = call.started_at + arrival->talk_s * MTB_SECOND;
  day->free_at[agent] = call.ended_at + call.wrap_up_s * MTB_SECOND;
  if (day->free_at[agent] <= demo->quiet_from)
    {
      plan_talk (day, arrival, person->pbx_name);
      mtb_demo_plan_record (demo, &call);
      plan_free (day, person, agent);
    }
  if (mtb_demo_happens (demo, 0.05))
    plan_call_back (day, person, &day->free_at[agent]);
}

static char *
dup_strange_number (MtbDemo *demo)
{
  return g_strdup_printf ("09%d%07d", g_rand_int_range (demo->rand, 3, 10),
                          g_rand_int_range (demo->rand, 0, 10000000));
}

static void
plan_arrival (Day *day, gint64 at, guint n)
{
  MtbDemo *demo = day->demo;
  const MtbSubscriberPut *subscriber =
    mtb_demo_happens (demo, 0.94) ? mtb_demo_pick_subscriber (demo) : NULL;
  gboolean business = subscriber != NULL && g_str_has_prefix (subscriber->package, "أعمال");
  Arrival arrival = { NULL, NULL, business ? "corporate" : "support", at, 0, 0 };
  gint64 patience_s = (gint64) (PATIENCE_MIN_S + mtb_demo_wait (demo, PATIENCE_S));
  int agent = choose_agent (day, at);

  arrival.number =
    subscriber != NULL ? mtb_fold_number (subscriber->telephone) : dup_strange_number (demo);
  arrival.reference = g_strdup_printf ("%" G_GINT64_FORMAT ".%u", at / MTB_SECOND, n);
  arrival.wait_s = (gint64) (2 + mtb_demo_wait (demo, RING_S));
  if (agent >= 0)
    arrival.wait_s += (MAX (day->free_at[agent], at) - at) / MTB_SECOND;
  if (agent >= 0 && arrival.wait_s <= patience_s)
    take_call (day, &arrival, agent, subscriber);
  else
    {
      arrival.wait_s = patience_s;
      if (at + patience_s * MTB_SECOND <= demo->quiet_from)
        plan_lost (day, &arrival);
    }
  g_free (arrival.number);
  g_free (arrival.reference);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

static gint64
pick_time (Day *day)
{
  double sum = 0, chance;
  guint hour = 0;

  for (guint i = 0; i < HOURS; i++)
    sum += hours[i];
  chance = g_rand_double_range (day->demo->rand, 0, sum);
  for (; hour < HOURS - 1 && chance >= hours[hour]; hour++)
    chance -= hours[hour];
  return day->start + hour * MTB_HOUR + g_rand_int_range (day->demo->rand, 0, 3600) * MTB_SECOND;
}

/* On some days something breaks, and many call within half an hour. */
static void
add_burst (Day *day, GArray *times)
{
  gint64 from = pick_time (day);
  guint n = (guint) g_rand_int_range (day->demo->rand, 15, 45);

  for (guint i = 0; i < n; i++)
    {
      gint64 at = from + (gint64) mtb_demo_wait (day->demo, 700) * MTB_SECOND;

      g_array_append_val (times, at);
    }
}

static void
plan_day (Day *day)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  double share = weekdays[day->weekday] * g_rand_double_range (day->demo->rand, 0.9, 1.1);
  guint n = (guint) (CALLS_A_DAY * share);

  for (guint i = 0; i < n; i++)
    {
      gint64 at = pick_time (day);

      g_array_append_val (times, at);
    }
  if (mtb_demo_happens (day->demo, 0.2))
    add_burst (day, times);
  g_array_sort (times, compare_times);
  for (guint i = 0; i < times->len; i++)
    plan_arrival (day, g_array_index (times, gint64, i), i);
}

/* Everybody of a shift comes a little early, and goes when the last call is done. Whoever is on the
 * recorded log is there by then, and nobody goes while it runs. */
static void
plan_shifts (Day *day)
{
  MtbDemo *demo = day->demo;

  for (guint i = 0; mtb_demo_tells_shifts (demo, day->start) && i < demo->agents->len; i++)
    for (guint shift = 0; shift < HOURS / SHIFT_HOURS; shift++)
      {
        const MtbPersonPut *person = g_ptr_array_index (demo->agents, i);
        gint64 begins = day->start + shift * SHIFT_HOURS * MTB_HOUR;
        gint64 comes = begins;
        gint64 ends = MAX (begins + SHIFT_HOURS * MTB_HOUR, day->free_at[i]) + MTB_MINUTE;

        if (!is_on_shift (day, i, begins) || begins > demo->quiet_from)
          continue;
        comes -= g_rand_int_range (demo->rand, 10, 240) * MTB_SECOND;
        mtb_demo_plan_move (demo, MAX (comes, day->there_until[i] + MTB_SECOND), person,
                            MTB_PRESENCE_ACT_BEGIN);
        day->there_until[i] = ends;
        if (ends <= demo->quiet_from)
          mtb_demo_plan_move (demo, ends, person, MTB_PRESENCE_ACT_END);
      }
}

static void
plan_last_minutes (Day *day)
{
  for (guint i = 0; i < day->demo->agents->len; i++)
    if (day->there_until[i] <= day->demo->quiet_from)
      mtb_demo_plan_move (day->demo, day->demo->quiet_from,
                          g_ptr_array_index (day->demo->agents, i), MTB_PRESENCE_ACT_BEGIN);
}

void
mtb_demo_plan_days (MtbDemo *demo, gint64 first_day)
{
  g_autofree gint64 *free_at = g_new0 (gint64, demo->agents->len);
  g_autofree gint64 *there_until = g_new0 (gint64, demo->agents->len);
  Day day = { .demo = demo, .start = first_day, .free_at = free_at, .there_until = there_until };

  for (; day.start < demo->now; day.number++)
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (day.start / MTB_SECOND);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, demo->zone);

      day.weekday = (guint) g_date_time_get_day_of_week (local) - 1;
      plan_day (&day);
      plan_shifts (&day);
      day.start = mtb_time_get_day_start (day.start + MTB_DAY + MTB_HOUR * 12, demo->zone);
    }
  plan_last_minutes (&day);
}
