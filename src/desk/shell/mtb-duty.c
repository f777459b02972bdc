#include "mtb-duty.h"

#include "mtb-duty-words.h"
#include "mtb-id.h"
#include "mtb-today.h"
#include "mtb-workflow.h"

#include <glib/gi18n.h>

#define REQUESTS_LIMIT 100

/**
 * MtbDuty:
 *
 * How the person of a desk stands: their state, what they may do from it, and their requests for
 * Auxiliary of today. It follows what the person does in the pages. `changed` is emitted when
 * anything of it has changed, `decided` with the words for it when a request was answered.
 */
struct _MtbDuty
{
  GObject parent_instance;

  MtbEngine *engine;
  MtbToday *today;
  MtbQueryModel *standings;
  MtbQueryModel *requests;
  MtbFloorRow *standing;
  GHashTable *waiting;
  MtbPresenceState activity;
  gboolean activity_changed;
  guint n_given;
};

G_DEFINE_FINAL_TYPE (MtbDuty, mtb_duty, G_TYPE_OBJECT)

enum
{
  CHANGED,
  DECIDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

const MtbDutyAct mtb_duty_acts[] = {
  { MTB_PRESENCE_ACT_BEGIN, N_ ("Begin Shift") },
  { MTB_PRESENCE_ACT_RETURN, N_ ("I Am Back") },
  { MTB_PRESENCE_ACT_FINISH, N_ ("Ready for Calls") },
  { MTB_PRESENCE_ACT_LEAVE, N_ ("Away") },
  { MTB_PRESENCE_ACT_END, N_ ("End Shift") },
  { 0 },
};

/* What the pages' activity amounts to, by the state that it leads to. */
static const MtbPresenceAct acts_towards[] = {
  [MTB_PRESENCE_AVAILABLE] = MTB_PRESENCE_ACT_FINISH,
  [MTB_PRESENCE_ON_CALL] = MTB_PRESENCE_ACT_ANSWER,
  [MTB_PRESENCE_WRAP_UP] = MTB_PRESENCE_ACT_HANG_UP,
};

static void
ask_standing (MtbDuty *self)
{
  g_autoptr (MtbFloorSearch) search = mtb_record_new (mtb_floor_query.arguments);

  search->person_id = g_strdup (mtb_engine_get_person (self->engine)->id);
  mtb_query_model_ask (self->standings, search);
}

static void
ask_requests (MtbDuty *self)
{
  g_autoptr (MtbAuxiliarySearch) search = mtb_record_new (mtb_auxiliary_query.arguments);

  if (mtb_engine_get_person (self->engine) == NULL)
    return;
  search->person_id = g_strdup (mtb_engine_get_person (self->engine)->id);
  search->from = mtb_today_get_start (self->today, 0);
  search->limit = REQUESTS_LIMIT;
  mtb_query_model_ask (self->requests, search);
}

/* What was given is taken from the rows, not from what it is thought to lead to: as long as they may
 * be older than that, nothing more is concluded. */
static void
pursue_activity (MtbDuty *self)
{
  if (self->n_given > 0 || self->standing == NULL)
    return;
  if (self->activity_changed && self->standing->state == self->activity)
    self->activity_changed = FALSE;
  else if (self->activity_changed && mtb_duty_may (self, acts_towards[self->activity]))
    mtb_duty_move_async (self, acts_towards[self->activity], NULL, NULL);
}

static void
on_standing_refreshed (MtbDuty *self)
{
  g_autoptr (MtbItem) item = g_list_model_get_item (G_LIST_MODEL (self->standings), 0);

  if (self->n_given > 0 || mtb_engine_get_person (self->engine) == NULL)
    return;
  mtb_record_unref (self->standing);
  self->standing = item != NULL ? mtb_record_ref (mtb_item_get_record (item)) : NULL;
  g_signal_emit (self, signals[CHANGED], 0);
  pursue_activity (self);
}

static void
note_request (MtbDuty *self, const MtbAuxiliaryRow *request)
{
  g_autofree char *words = NULL;

  if (request->status == MTB_AUXILIARY_ASKED)
    g_hash_table_add (self->waiting, g_strdup (request->id));
  else if (g_hash_table_remove (self->waiting, request->id))
    words = mtb_duty_words_dup_decision (request);
  if (words != NULL)
    g_signal_emit (self, signals[DECIDED], 0, words);
}

static void
on_requests_refreshed (MtbDuty *self)
{
  GListModel *requests = G_LIST_MODEL (self->requests);

  for (guint i = 0; i < g_list_model_get_n_items (requests); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (requests, i);

      note_request (self, mtb_item_get_record (item));
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
mtb_duty_dispose (GObject *object)
{
  MtbDuty *self = MTB_DUTY (object);

  g_clear_object (&self->standings);
  g_clear_object (&self->requests);
  g_clear_object (&self->today);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (mtb_duty_parent_class)->dispose (object);
}

static void
mtb_duty_finalize (GObject *object)
{
  MtbDuty *self = MTB_DUTY (object);

  g_clear_pointer (&self->standing, mtb_record_unref);
  g_hash_table_unref (self->waiting);

  G_OBJECT_CLASS (mtb_duty_parent_class)->finalize (object);
}

static void
mtb_duty_class_init (MtbDutyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mtb_duty_dispose;
  object_class->finalize = mtb_duty_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mtb_duty_init (MtbDuty *self)
{
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->activity = MTB_PRESENCE_AVAILABLE;
}

/**
 * mtb_duty_new:
 * @engine: the engine, with somebody signed in
 *
 * Returns: (transfer full) (nullable): how that person stands; %NULL where the role knows no shifts
 */
MtbDuty *
mtb_duty_new (MtbEngine *engine)
{
  MtbDuty *self;

  g_return_val_if_fail (MTB_IS_ENGINE (engine), NULL);

  if (!mtb_workflow_may (mtb_engine_get_person (engine), &mtb_presence_move))
    return NULL;
  self = g_object_new (MTB_TYPE_DUTY, NULL);
  self->engine = g_object_ref (engine);
  self->today = mtb_today_new (engine);
  self->standings = mtb_query_model_new (engine, &mtb_floor_query);
  self->requests = mtb_query_model_new (engine, &mtb_auxiliary_query);
  g_signal_connect_object (self->standings, "refreshed", G_CALLBACK (on_standing_refreshed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->requests, "refreshed", G_CALLBACK (on_requests_refreshed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->today, "began", G_CALLBACK (ask_requests), self,
                           G_CONNECT_SWAPPED);
  ask_standing (self);
  ask_requests (self);
  return self;
}

/**
 * mtb_duty_get_engine:
 * @self: a duty
 *
 * Returns: (transfer none): the engine that it asks and gives to
 */
MtbEngine *
mtb_duty_get_engine (MtbDuty *self)
{
  g_return_val_if_fail (MTB_IS_DUTY (self), NULL);

  return self->engine;
}

/**
 * mtb_duty_get_standing:
 * @self: a duty
 *
 * Returns: (nullable): how the person stands; %NULL until that is known
 */
const MtbFloorRow *
mtb_duty_get_standing (MtbDuty *self)
{
  g_return_val_if_fail (MTB_IS_DUTY (self), NULL);

  return self->standing;
}

/**
 * mtb_duty_is_on_shift:
 * @self: a duty
 *
 * Returns: whether the person is known to be on shift
 */
gboolean
mtb_duty_is_on_shift (MtbDuty *self)
{
  g_return_val_if_fail (MTB_IS_DUTY (self), FALSE);

  return self->standing != NULL && self->standing->state != MTB_PRESENCE_OFF;
}

/**
 * mtb_duty_get_activity:
 * @self: a duty
 *
 * Returns: the state that goes with what the person does in the pages, see mtb_duty_follow()
 */
MtbPresenceState
mtb_duty_get_activity (MtbDuty *self)
{
  g_return_val_if_fail (MTB_IS_DUTY (self), MTB_PRESENCE_AVAILABLE);

  return self->activity;
}

/**
 * mtb_duty_get_requests:
 * @self: a duty
 *
 * Returns: (transfer none): today's requests for Auxiliary, items of #MtbAuxiliaryRow, the latest
 *   first
 */
GListModel *
mtb_duty_get_requests (MtbDuty *self)
{
  g_return_val_if_fail (MTB_IS_DUTY (self), NULL);

  return G_LIST_MODEL (self->requests);
}

/**
 * mtb_duty_may:
 * @self: a duty
 * @act: an act of one's own
 *
 * Returns: whether the person may do it now, and it would change something
 */
gboolean
mtb_duty_may (MtbDuty *self, MtbPresenceAct act)
{
  const MtbTransition *transition;

  g_return_val_if_fail (MTB_IS_DUTY (self), FALSE);

  if (self->standing == NULL || !mtb_presence_may (self->standing->state, act))
    return FALSE;
  transition =
    mtb_transition_find (mtb_presence_transitions, mtb_presence_state_words[self->standing->state],
                         mtb_presence_act_words[act]);
  return !g_str_equal (transition->from, transition->to);
}

/**
 * mtb_duty_offers:
 * @self: a duty
 * @act: one of #mtb_duty_acts
 *
 * Returns: whether it makes sense now: from away one comes back, and what a page has open ends there
 */
gboolean
mtb_duty_offers (MtbDuty *self, MtbPresenceAct act)
{
  if (!mtb_duty_may (self, act))
    return FALSE;
  if (act == MTB_PRESENCE_ACT_BEGIN)
    return !mtb_duty_is_on_shift (self);
  return act != MTB_PRESENCE_ACT_FINISH || self->standing->state != (gint64) self->activity;
}

/**
 * mtb_duty_follow:
 * @self: a duty
 * @activity: on a call, after-call work, or available for neither
 *
 * Notes what the person does in the pages. Who is on shift is brought into that state, once: what
 * moves them after that is not taken back.
 */
void
mtb_duty_follow (MtbDuty *self, MtbPresenceState activity)
{
  g_return_if_fail (MTB_IS_DUTY (self));
  g_return_if_fail (activity < G_N_ELEMENTS (acts_towards) && activity != MTB_PRESENCE_OFF);

  if (self->activity == activity)
    return;
  self->activity = activity;
  self->activity_changed = TRUE;
  pursue_activity (self);
}

static void
on_given (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MtbDuty *self = g_task_get_source_object (task);
  GError *error = NULL;
  gboolean given = mtb_engine_give_finish (MTB_ENGINE (engine), result, &error);

  self->n_given--;
  if (given)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  /* What was asked before is not waited for. */
  if (self->engine != NULL && mtb_engine_get_person (self->engine) != NULL)
    ask_standing (self);
}

/**
 * mtb_duty_move_async:
 * @self: a duty
 * @act: an act that the person may do, see mtb_duty_may()
 * @callback: (nullable): called when it is given
 * @user_data: given to @callback
 *
 * Does an act of the person's.
 */
void
mtb_duty_move_async (MtbDuty *self,
                     MtbPresenceAct act,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (MtbPresenceMove) arguments = mtb_record_new (&mtb_presence_move.shape);
  GTask *task;

  g_return_if_fail (MTB_IS_DUTY (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, mtb_duty_move_async);
  arguments->id = mtb_id_new (mtb_engine_get_now (self->engine));
  arguments->act = act;
  self->n_given++;
  mtb_engine_give_async (self->engine, arguments, NULL, on_given, task);
}

/**
 * mtb_duty_move_finish:
 * @self: a duty
 * @result: what the callback was given
 * @error: return location, see mtb_engine_give_finish()
 *
 * Returns: whether it was given
 */
gboolean
mtb_duty_move_finish (MtbDuty *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
