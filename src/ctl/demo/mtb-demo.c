/* A department to look at: everything is invented, off a fixed seed, but the PBX's log of the last
 * quarter of an hour, which was recorded. It comes about by the commands by which any department
 * does; the authority's clock is set to the time at which each is supposed to have been given. */

#include "mtb-demo.h"

#include "mtb-demo-private.h"

#include "mtb-error.h"
#include "mtb-founding.h"
#include "mtb-id.h"
#include "mtb-person.h"
#include "mtb-queue-log-file.h"

#include <glib/gi18n.h>
#include <math.h>

#define SEED 14012019
#define BRANCH_LOG "/var/log/asterisk-branch/queue_log"

typedef struct
{
  gint64 at;
  guint order;
  const char *person_id;
  MtbEnvelope *envelope;
} Event;

static gint64
read_clock (gpointer data)
{
  return ((MtbDemo *) data)->clock;
}

static void
event_free (gpointer data)
{
  Event *event = data;

  mtb_envelope_free (event->envelope);
  g_free (event);
}

/* The same id on every machine. */
char *
mtb_demo_dup_id (MtbDemo *demo)
{
  g_autofree char *number = g_strdup_printf ("%u", demo->n_ids++);

  return mtb_id_derive ("demo", number, NULL);
}

gboolean
mtb_demo_happens (MtbDemo *demo, double probability)
{
  return g_rand_double (demo->rand) < probability;
}

/* A time between two things that happen by chance. */
double
mtb_demo_wait (MtbDemo *demo, double mean)
{
  return -mean * log (1.0 - g_rand_double (demo->rand));
}

/* Takes @arguments; @person_id stays where it is until the end. */
void
mtb_demo_plan (MtbDemo *demo, gint64 at, gint64 given_at, const char *person_id, gpointer arguments)
{
  Event *event = g_new0 (Event, 1);
  g_autofree char *id = mtb_demo_dup_id (demo);

  event->at = at;
  event->order = demo->events->len;
  event->person_id = person_id;
  event->envelope = mtb_envelope_new (arguments, id, 0, given_at);
  g_ptr_array_add (demo->events, event);
}

static gboolean
give (MtbDemo *demo, const char *person_id, MtbEnvelope *envelope, GError **error)
{
  if (!mtb_batch_begin_line (demo->batch, demo->batch->n_lines + 1, error))
    {
      mtb_envelope_free (envelope);
      return FALSE;
    }
  mtb_batch_add (demo->batch, envelope, person_id)->received_at = demo->clock;
  return TRUE;
}

/* Takes @arguments. */
gboolean
mtb_demo_give (MtbDemo *demo, const char *person_id, gpointer arguments, GError **error)
{
  g_autofree char *id = mtb_demo_dup_id (demo);

  return give (demo, person_id, mtb_envelope_new (arguments, id, 0, demo->clock), error);
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const Event *left = *(const Event *const *) a;
  const Event *right = *(const Event *const *) b;

  if (left->at != right->at)
    return left->at < right->at ? -1 : 1;
  return left->order < right->order ? -1 : 1;
}

/* Lets happen what was planned, up to now. */
static gboolean
run_events (MtbDemo *demo, GError **error)
{
  g_ptr_array_sort (demo->events, compare_events);
  for (guint i = 0; i < demo->events->len; i++)
    {
      Event *event = g_ptr_array_index (demo->events, i);

      if (event->at > demo->now)
        break;
      demo->clock = event->at;
      if (!give (demo, event->person_id, g_steal_pointer (&event->envelope), error))
        return FALSE;
    }
  return mtb_batch_flush (demo->batch, error);
}

static gboolean
check_whole (MtbDemo *demo, GError **error)
{
  const MtbRejection *rejection;

  if (demo->batch->rejections->len == 0)
    return TRUE;
  rejection = g_ptr_array_index (demo->batch->rejections, 0);
  g_set_error (error, MTB_ERROR, MTB_ERROR_CONFLICT, "command %u was refused: %s (%s)",
               rejection->line, rejection->reason, rejection->field);
  return FALSE;
}

/* What comes from another system, and how its connection stands from then on. */
typedef struct
{
  MtbConnectionKind kind;
  const char *name;
  const char *person_id;
  MtbConnectionState state;
} Source;

static const Source pbx = { MTB_CONNECTION_PBX_LOG, "pbx", MTB_PERSON_PBX, MTB_CONNECTION_WORKING };
static const Source branch = { MTB_CONNECTION_PBX_LOG, "branch", MTB_PERSON_PBX,
                               MTB_CONNECTION_WAITING };
static const Source subscribers = { MTB_CONNECTION_SUBSCRIBERS, "subscribers",
                                    MTB_PERSON_SUBSCRIBERS, MTB_CONNECTION_WAITING };

typedef gboolean (*TakeFunc) (MtbDemo *demo, GError **error);

static gboolean
take (MtbDemo *demo, const Source *source, TakeFunc func, GError **error)
{
  g_autoptr (GError) failure = NULL;
  MtbConnector *connector =
    mtb_connector_begin (demo->authority, source->kind, source->name, source->person_id);
  gboolean ok;

  mtb_batch_set_connector (demo->batch, connector);
  ok = func (demo, &failure);
  mtb_batch_set_connector (demo->batch, NULL);
  mtb_connector_end (connector, source->state, failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return ok;
}

/* A log that is not there, for the administrator to see what is said then. */
static gboolean
take_branch_log (MtbDemo *demo, GError **error)
{
  g_autoptr (MtbQueueLogFile) file = mtb_queue_log_file_new (BRANCH_LOG, branch.name);

  return mtb_queue_log_file_read (file, demo->batch, error);
}

static gboolean
make (MtbDemo *demo, GError **error)
{
  gint64 today = mtb_time_get_day_start (demo->now, demo->zone);
  gint64 first_day =
    mtb_time_get_day_start (today - MTB_DEMO_DAYS * MTB_DAY + MTB_HOUR * 12, demo->zone);
  gboolean was_there;

  demo->clock = first_day - MTB_DAY;
  if (!mtb_department_found (demo->authority, &was_there, error))
    return FALSE;
  if (!mtb_demo_add_people (demo, error)
      || !take (demo, &subscribers, mtb_demo_add_subscribers, error))
    return FALSE;
  demo->shifts_from =
    mtb_time_get_day_start (today - MTB_DEMO_SHIFT_DAYS * MTB_DAY + MTB_HOUR * 12, demo->zone);
  demo->quiet_from = mtb_demo_plan_recorded_log (demo);
  mtb_demo_plan_days (demo, first_day);
  mtb_demo_plan_floor (demo);
  mtb_demo_plan_reading (demo);
  if (!take (demo, &pbx, run_events, error))
    return FALSE;
  demo->clock = demo->now;
  take (demo, &branch, take_branch_log, NULL);
  return take (demo, &subscribers, mtb_demo_add_cards, error) && check_whole (demo, error);
}

/**
 * mtb_demo_make:
 * @authority: the authority over an empty database
 * @now: when the history of the department is to end
 * @error: return location
 *
 * Returns: whether the department was made
 */
gboolean
mtb_demo_make (MtbAuthority *authority, gint64 now, GError **error)
{
  MtbDemo demo = { .authority = authority, .now = now };
  gboolean ok;

  if (mtb_department_is_founded (mtb_authority_get_store (authority)))
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_CONFLICT,
                           N_ ("There is a department in this database; the demonstration needs"
                               " one of its own"));
      return FALSE;
    }
  mtb_authority_set_clock (authority, read_clock, &demo);
  demo.batch = mtb_batch_new (authority);
  demo.rand = g_rand_new_with_seed (SEED);
  demo.zone = g_time_zone_new_local ();
  demo.events = g_ptr_array_new_with_free_func (event_free);
  ok = make (&demo, error);
  mtb_batch_free (demo.batch);
  g_rand_free (demo.rand);
  g_time_zone_unref (demo.zone);
  g_ptr_array_unref (demo.events);
  g_clear_pointer (&demo.agents, g_ptr_array_unref);
  g_clear_pointer (&demo.supervisors, g_ptr_array_unref);
  g_clear_pointer (&demo.subscribers, g_ptr_array_unref);
  return ok;
}
