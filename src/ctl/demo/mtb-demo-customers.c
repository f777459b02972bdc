/* The demonstration's subscribers: their packages in tiers, and what they have used of them. */

#include "mtb-demo-private.h"

#include "mtb-person.h"
#include "mtb-subscriber-list.h"
#include "mtb-subscriber.h"

#define N_SUBSCRIBERS 20000
#define GIGABYTE G_GINT64_CONSTANT (1000000000)
#define MINOR_UNITS 100
/* Every so manieth subscriber is one of the recorded log's callers, as far as these go; the rest of
 * them are strangers. */
#define CALLER_EVERY 61
#define N_CALLERS 300

static const struct
{
  const char *code;
  guint weight;
} areas[] = {
  { "011", 40 }, { "021", 17 }, { "031", 11 }, { "041", 10 }, { "033", 8 }, { "043", 4 },
  { "015", 3 },  { "016", 2 },  { "023", 2 },  { "052", 1 },  { "051", 1 }, { "022", 1 },
};

typedef struct
{
  const char *name;
  gint64 gigabytes;
} Tier;

static const struct
{
  const char *name;
  guint weight;
  Tier tiers[3];
} packages[] = {
  { "منزلي 2 ميغا", 30, { { "40 غيغابايت", 40 }, { "80 غيغابايت", 80 }, { "120 غيغابايت", 120 } } },
  { "منزلي 4 ميغا",
    34,
    { { "80 غيغابايت", 80 }, { "120 غيغابايت", 120 }, { "200 غيغابايت", 200 } } },
  { "منزلي 8 ميغا",
    18,
    { { "150 غيغابايت", 150 }, { "250 غيغابايت", 250 }, { "400 غيغابايت", 400 } } },
  { "ليلي 2 ميغا", 8, { { "60 غيغابايت", 60 }, { "100 غيغابايت", 100 }, { "150 غيغابايت", 150 } } },
  { "أعمال 8 ميغا", 7, { { "300 غيغابايت", 300 }, { "500 غيغابايت", 500 }, { "غير محدود", 0 } } },
  { "أعمال 16 ميغا",
    3,
    { { "600 غيغابايت", 600 }, { "1000 غيغابايت", 1000 }, { "غير محدود", 0 } } },
};

#define FIRST_BUSINESS 4

static const char *const routers[] = {
  "TP-Link TD-W8961N", "D-Link DSL-2750U", "ZTE H108N", "Huawei HG532e", "Zyxel VMG1312", NULL,
};

static guint
pick_area (GRand *rand)
{
  int chance = g_rand_int_range (rand, 0, 100);
  guint i = 0;

  for (; i < G_N_ELEMENTS (areas) - 1 && chance >= (int) areas[i].weight; i++)
    chance -= (int) areas[i].weight;
  return i;
}

static guint
pick_package (GRand *rand, gboolean company)
{
  int chance = g_rand_int_range (rand, 0, 100);
  guint i = 0;

  if (company)
    return (guint) g_rand_int_range (rand, FIRST_BUSINESS, G_N_ELEMENTS (packages));
  for (; i < G_N_ELEMENTS (packages) - 1 && chance >= (int) packages[i].weight; i++)
    chance -= (int) packages[i].weight;
  return i;
}

static gint64
pick_status (GRand *rand)
{
  int chance = g_rand_int_range (rand, 0, 100);

  return chance < 92   ? MTB_SUBSCRIBER_ACTIVE
         : chance < 94 ? MTB_SUBSCRIBER_PENDING
         : chance < 98 ? MTB_SUBSCRIBER_SUSPENDED
                       : MTB_SUBSCRIBER_ENDED;
}

static char *
dup_telephone (MtbDemo *demo, guint i, GPtrArray *callers)
{
  guint area = pick_area (demo->rand);
  /* No two have the same number, as the factor and the range have no divisor in common. */
  guint64 number = 2000000 + (guint64) i * 7368787 % 7000000;

  if (i % CALLER_EVERY == 0 && i / CALLER_EVERY < MIN (callers->len, N_CALLERS))
    {
      const char *caller = g_ptr_array_index (callers, i / CALLER_EVERY);

      return g_strdup_printf ("%.3s %s", caller, caller + 3);
    }
  return g_strdup_printf ("%s %" G_GUINT64_FORMAT, areas[area].code, number);
}

static MtbSubscriberPut *
build_subscriber (MtbDemo *demo, guint i, GPtrArray *callers)
{
  MtbSubscriberPut *subscriber = mtb_record_new (&mtb_subscriber_put.shape);
  gboolean company = mtb_demo_happens (demo, 0.06);
  guint package = pick_package (demo->rand, company);
  g_autofree char *latin = NULL;

  subscriber->account_number = g_strdup_printf ("%u", 1100000 + i);
  subscriber->id = mtb_subscriber_dup_id (subscriber->account_number);
  subscriber->name =
    company ? mtb_demo_dup_company (demo->rand, &latin) : mtb_demo_dup_name (demo->rand, &latin);
  subscriber->username = g_strdup_printf ("%s%u", latin, i + 1);
  subscriber->telephone = dup_telephone (demo, i, callers);
  subscriber->package = g_strdup (packages[package].name);
  subscriber->tier = g_strdup (packages[package].tiers[g_rand_int_range (demo->rand, 0, 3)].name);
  subscriber->status = pick_status (demo->rand);
  return subscriber;
}

gboolean
mtb_demo_add_subscribers (MtbDemo *demo, GError **error)
{
  g_autoptr (GPtrArray) callers = mtb_demo_list_recorded_numbers ();

  demo->subscribers = g_ptr_array_new_with_free_func (mtb_record_unref);
  for (guint i = 0; i < N_SUBSCRIBERS; i++)
    {
      MtbSubscriberPut *subscriber = build_subscriber (demo, i, callers);

      g_ptr_array_add (demo->subscribers, subscriber);
      if (!mtb_demo_give (demo, MTB_PERSON_SUBSCRIBERS, mtb_record_ref (subscriber), error))
        return FALSE;
    }
  return mtb_batch_flush (demo->batch, error);
}

/* Some call often. */
const MtbSubscriberPut *
mtb_demo_pick_subscriber (MtbDemo *demo)
{
  double chance = g_rand_double (demo->rand);

  return g_ptr_array_index (demo->subscribers,
                            (guint) (chance * chance * (double) demo->subscribers->len));
}

static gint64
get_allowed (const MtbSubscriberPut *subscriber)
{
  gint64 gigabytes = g_ascii_strtoll (subscriber->tier, NULL, 10);

  return gigabytes > 0 ? gigabytes * GIGABYTE : MTB_ABSENT;
}

static void
set_volumes (MtbDemo *demo, MtbCardMeasure *card, double month)
{
  gint64 allowed = card->volume_allowed != MTB_ABSENT ? card->volume_allowed : 800 * GIGABYTE;
  double share = month * (0.1 + 1.3 * g_rand_double (demo->rand));
  gint64 used = (gint64) ((double) allowed * MIN (share, 1.0));

  card->volume_up = used / g_rand_int_range (demo->rand, 9, 20);
  card->volume_browsing = used / g_rand_int_range (demo->rand, 5, 9);
  card->volume_down = used - card->volume_up - card->volume_browsing;
}

static void
set_technical (MtbDemo *demo, MtbCardMeasure *card, gboolean business)
{
  const char *router = routers[g_rand_int_range (demo->rand, 0, G_N_ELEMENTS (routers))];

  if (mtb_demo_happens (demo, business ? 0.6 : 0.02))
    card->static_ip = g_strdup_printf ("198.18.%d.%d", g_rand_int_range (demo->rand, 0, 256),
                                       g_rand_int_range (demo->rand, 1, 255));
  card->bridge_mode = mtb_demo_happens (demo, business ? 0.35 : 0.06);
  card->router = g_strdup (router);
  card->filter = mtb_demo_happens (demo, 0.9);
}

static MtbCardMeasure *
build_card (MtbDemo *demo, const MtbSubscriberPut *subscriber, double month, gint64 measured_at)
{
  MtbCardMeasure *card = mtb_record_new (&mtb_card_measure.shape);
  gboolean business = g_str_has_prefix (subscriber->package, "أعمال");
  gboolean owes = subscriber->status == MTB_SUBSCRIBER_SUSPENDED || mtb_demo_happens (demo, 0.08);

  card->id = g_strdup (subscriber->id);
  card->volume_allowed = get_allowed (subscriber);
  set_volumes (demo, card, subscriber->status == MTB_SUBSCRIBER_ACTIVE ? month : 0);
  card->balance = (owes ? -1 : 1) * g_rand_int_range (demo->rand, 0, 120) * 500 * MINOR_UNITS;
  card->currency = g_strdup ("SYP");
  set_technical (demo, card, business);
  card->measured_at = measured_at;
  return card;
}

gboolean
mtb_demo_add_cards (MtbDemo *demo, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (demo->now / MTB_SECOND);
  gint64 measured_at = demo->now - demo->now % MTB_HOUR;
  double month = g_date_time_get_day_of_month (now) / 30.0;

  for (guint i = 0; i < demo->subscribers->len; i++)
    {
      const MtbSubscriberPut *subscriber = g_ptr_array_index (demo->subscribers, i);

      if (!mtb_demo_give (demo, MTB_PERSON_SUBSCRIBERS,
                          build_card (demo, subscriber, month, measured_at), error))
        return FALSE;
    }
  return mtb_batch_flush (demo->batch, error);
}
