/* The recorded log of a real PBX, moved in time so that it ends just before now; the names of its
 * calls stay as they were recorded. The agents write most of its calls down. */

#include "mtb-demo-private.h"

#include "mtb-call.h"
#include "mtb-demo-resources.h"
#include "mtb-fold.h"
#include "mtb-person.h"
#include "mtb-queue-log.h"

#include <gio/gio.h>

/* The log ends this long before now, so that the last records can be written. */
#define REST_MS MTB_MINUTE
/* Nobody else is called in the time before it, so that nobody has two calls at once. */
#define QUIET_MS (2 * MTB_MINUTE)
/* So soon after a call the next may come; what is left to write is written in between. */
#define FREE_MS MTB_SECOND

static GPtrArray *
read_log (void)
{
  g_autoptr (GBytes) bytes =
    g_resource_lookup_data (mtb_demo_get_resource (), "/org/mutabaa/demo/queue_log", 0, NULL);
  g_auto (GStrv) lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", -1);
  GPtrArray *log = g_ptr_array_new_with_free_func (mtb_record_unref);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_ptr_array_add (log, mtb_queue_log_parse (lines[i], NULL));
  return log;
}

/* The numbers of the recorded log's callers, in their order. */
GPtrArray *
mtb_demo_list_recorded_numbers (void)
{
  g_autoptr (GPtrArray) log = read_log ();
  GPtrArray *numbers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < log->len; i++)
    {
      const MtbPbxObserve *line = g_ptr_array_index (log, i);

      if (g_str_equal (line->event, "ENTERQUEUE"))
        g_ptr_array_add (numbers, g_strdup (line->data2));
    }
  return numbers;
}

static GHashTable *
index_subscribers (MtbDemo *demo)
{
  GHashTable *by_number = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < demo->subscribers->len; i++)
    {
      MtbSubscriberPut *subscriber = g_ptr_array_index (demo->subscribers, i);

      g_hash_table_insert (by_number, mtb_fold_number (subscriber->telephone), subscriber);
    }
  return by_number;
}

static const MtbPersonPut *
find_agent (MtbDemo *demo, const char *pbx_name)
{
  for (guint i = 0; i < demo->agents->len; i++)
    {
      const MtbPersonPut *agent = g_ptr_array_index (demo->agents, i);

      if (g_strcmp0 (agent->pbx_name, pbx_name) == 0)
        return agent;
    }
  return NULL;
}

static void
plan_record (MtbDemo *demo,
             const MtbPbxObserve *end,
             gint64 connected_at,
             const char *number,
             const MtbSubscriberPut *subscriber)
{
  MtbDemoCall call = { find_agent (demo, end->agent_name), subscriber, number, 0, 0, 0, 0, 0 };

  call.talk = mtb_demo_pick_talk (demo, subscriber == NULL);
  call.started_at = connected_at;
  call.ended_at = end->happened_at;
  call.wrap_up_s = g_rand_int_range (demo->rand, 3, 25);
  mtb_demo_plan_move (demo, call.ended_at + FREE_MS, call.agent, MTB_PRESENCE_ACT_FINISH);
  if (mtb_demo_happens (demo, 0.85))
    mtb_demo_plan_record (demo, &call);
}

static void
plan_line (MtbDemo *demo, MtbPbxObserve *line)
{
  line->id = mtb_demo_dup_id (demo);
  mtb_demo_plan (demo, line->happened_at, line->happened_at, MTB_PERSON_PBX, mtb_record_ref (line));
}

/* Returns since when the days before it must be quiet. */
gint64
mtb_demo_plan_recorded_log (MtbDemo *demo)
{
  g_autoptr (GPtrArray) log = read_log ();
  g_autoptr (GHashTable) subscribers = index_subscribers (demo);
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) connected = g_hash_table_new (g_str_hash, g_str_equal);
  const MtbPbxObserve *first = g_ptr_array_index (log, 0);
  const MtbPbxObserve *last = g_ptr_array_index (log, log->len - 1);
  gint64 shift = (demo->now - REST_MS - last->happened_at) / MTB_SECOND * MTB_SECOND;

  for (guint i = 0; i < log->len; i++)
    {
      MtbPbxObserve *line = g_ptr_array_index (log, i);
      const char *number =
        line->reference != NULL ? g_hash_table_lookup (numbers, line->reference) : NULL;

      line->happened_at += shift;
      plan_line (demo, line);
      if (g_str_equal (line->event, "ENTERQUEUE"))
        g_hash_table_insert (numbers, line->reference, line->data2);
      else if (g_str_equal (line->event, "CONNECT"))
        g_hash_table_insert (connected, line->reference, line);
      else if (g_str_has_prefix (line->event, "COMPLETE"))
        plan_record (
          demo, line,
          ((MtbPbxObserve *) g_hash_table_lookup (connected, line->reference))->happened_at, number,
          g_hash_table_lookup (subscribers, number));
    }
  return first->happened_at - QUIET_MS;
}
