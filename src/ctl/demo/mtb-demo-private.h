#pragma once

#include "mtb-batch.h"
#include "mtb-command.h"
#include "mtb-presence.h"
#include "mtb-time.h"

G_BEGIN_DECLS

#define MTB_DEMO_PASSWORD "mutabaa-demo"
#define MTB_DEMO_DAYS 30
/* Of these, the last in which people tell of their shifts. */
#define MTB_DEMO_SHIFT_DAYS 7

/**
 * MtbDemo:
 * @rand: the only source of chance, with a fixed seed
 * @zone: the department's time zone
 * @now: when the history ends
 * @quiet_from: when the invented calls end and the recorded ones begin
 * @shifts_from: since when people tell of their shifts
 * @clock: what the authority is told the time is
 * @n_ids: how many ids were made
 * @agents: (element-type MtbPersonPut): the agents
 * @supervisors: (element-type MtbPersonPut): the supervisors
 * @subscribers: (element-type MtbSubscriberPut): the subscribers
 * @events: (element-type MtbDemoEvent): what happens, in no order
 *
 * A department in the making.
 */
typedef struct
{
  MtbAuthority *authority;
  MtbBatch *batch;
  GRand *rand;
  GTimeZone *zone;
  gint64 now;
  gint64 quiet_from;
  gint64 shifts_from;
  gint64 clock;
  guint n_ids;
  GPtrArray *agents;
  GPtrArray *supervisors;
  GPtrArray *subscribers;
  GPtrArray *events;
} MtbDemo;

/**
 * MtbDemoCall:
 * @agent: who had it
 * @subscriber: (nullable): who called; %NULL for a prospective customer
 * @number: the other side's number
 * @direction: a #MtbDirection
 * @talk: what it was about, see mtb_demo_pick_talk()
 * @started_at: when the talk began
 * @ended_at: when it ended
 * @wrap_up_s: the work after it
 *
 * A call that an agent will write down.
 */
typedef struct
{
  const MtbPersonPut *agent;
  const MtbSubscriberPut *subscriber;
  const char *number;
  gint64 direction;
  guint talk;
  gint64 started_at;
  gint64 ended_at;
  gint64 wrap_up_s;
} MtbDemoCall;

/* people */
gboolean mtb_demo_add_people (MtbDemo *demo, GError **error);

/* names: UTF-8, and for user names in Latin letters */
char *mtb_demo_dup_name (GRand *rand, char **latin);
char *mtb_demo_dup_company (GRand *rand, char **latin);

/* customers */
gboolean mtb_demo_add_subscribers (MtbDemo *demo, GError **error);
gboolean mtb_demo_add_cards (MtbDemo *demo, GError **error);
const MtbSubscriberPut *mtb_demo_pick_subscriber (MtbDemo *demo);

/* calls */
void mtb_demo_plan_days (MtbDemo *demo, gint64 first_day);
guint mtb_demo_pick_talk (MtbDemo *demo, gboolean prospect);
gint64 mtb_demo_get_suiting_time (guint talk);
void mtb_demo_plan_record (MtbDemo *demo, const MtbDemoCall *call);

/* shifts */
gboolean mtb_demo_tells_shifts (MtbDemo *demo, gint64 at);
void mtb_demo_plan_move (MtbDemo *demo, gint64 at, const MtbPersonPut *person, MtbPresenceAct act);
gint64 mtb_demo_plan_break (MtbDemo *demo, const MtbPersonPut *agent, gint64 free_at);
void mtb_demo_plan_floor (MtbDemo *demo);

/* documents */
void mtb_demo_plan_reading (MtbDemo *demo);

/* the recorded log */
GPtrArray *mtb_demo_list_recorded_numbers (void);
gint64 mtb_demo_plan_recorded_log (MtbDemo *demo);

/* what they share */
char *mtb_demo_dup_id (MtbDemo *demo);
void mtb_demo_plan (MtbDemo *demo,
                    gint64 at,
                    gint64 given_at,
                    const char *person_id,
                    gpointer arguments);
gboolean mtb_demo_give (MtbDemo *demo, const char *person_id, gpointer arguments, GError **error);
gboolean mtb_demo_happens (MtbDemo *demo, double probability);
double mtb_demo_wait (MtbDemo *demo, double mean);

G_END_DECLS
