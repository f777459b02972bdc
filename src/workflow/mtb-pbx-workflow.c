/* What the lines of Asterisk's queue log do to calls and pauses. A line that fits nothing that is
 * known, because it is of another kind or because the log began in the middle of a call, is kept as
 * it stood. Formats: app_queue's queue_log, see the importer for the lines themselves. */

#include "mtb-workflow-private.h"

#include "mtb-fold.h"
#include "mtb-id.h"
#include "mtb-number.h"
#include "mtb-setting.h"
#include "mtb-time.h"

#include <string.h>

/* AGENTDUMP is no end: the agent hung up on the announcement, and the caller waits on. */
const MtbTransition mtb_pbx_call_transitions[] = {
  { NULL, "ENTERQUEUE", "waiting" },
  { "waiting", "CONNECT", "talking" },
  { "talking", "COMPLETEAGENT", "completed" },
  { "talking", "COMPLETECALLER", "completed" },
  { "talking", "BLINDTRANSFER", "transferred" },
  { "talking", "ATTENDEDTRANSFER", "transferred" },
  { "talking", "TRANSFER", "transferred" },
  { "waiting", "ABANDON", "abandoned" },
  { "waiting", "EXITWITHTIMEOUT", "timed_out" },
  { "waiting", "EXITEMPTY", "left_empty" },
  { "waiting", "EXITWITHKEY", "left_by_key" },
  { "waiting", "WITHDRAW", "withdrawn" },
  { "waiting", "SYSCOMPAT", "failed" },
  { "talking", "SYSCOMPAT", "failed" },
  { "waiting", "QUEUESTART", "lost" },
  { "talking", "QUEUESTART", "lost" },
  { NULL, NULL, NULL },
};

/* The calls of the same PBX as the line. */
#define OF_SOURCE " LEFT JOIN pbx_source s ON s.id = p.id WHERE COALESCE (s.source, '') = :source"

/* The last datum of a line may have more behind it. */
static gint64
parse_seconds (const char *text)
{
  g_autofree char *digits = text != NULL ? g_strndup (text, strcspn (text, "|")) : NULL;
  gint64 seconds;

  return mtb_number_parse (digits, 0, G_MAXINT32, &seconds) ? seconds : MTB_ABSENT;
}

static char *
dup_person_id (const MtbOccasion *occasion, const char *agent_name)
{
  return mtb_store_select_text (
    occasion->store,
    "SELECT id FROM person WHERE pbx_name = :name ORDER BY active DESC, id LIMIT 1",
    MTB_PARAMETERS (MTB_TEXT ("name", agent_name)), NULL);
}

static gboolean
keep_event (const MtbOccasion *occasion, const MtbPbxObserve *line, GError **error)
{
  const char *data[] = { line->data1, line->data2, line->data3, line->data4, line->data5 };
  g_autoptr (MtbPbxEvent) event = mtb_record_new (&mtb_pbx_event_table.shape);
  GString *text = g_string_new (NULL);

  mtb_record_assign (event, line);
  for (guint i = 0; i < G_N_ELEMENTS (data); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", data[i] != NULL ? data[i] : "");
  event->data = g_string_free (text, FALSE);
  return mtb_store_put (occasion->store, event, error);
}

/* More digits than the longest number has are none. */
static char *
dup_number (const char *caller)
{
  g_autofree char *digits = mtb_fold_number (caller);
  gint64 max = mtb_shape_find (&mtb_pbx_call_table.shape, "number")->max;

  return (gint64) strlen (digits) <= max ? g_steal_pointer (&digits) : NULL;
}

static const char *
get_source (const MtbPbxObserve *line)
{
  return line->source != NULL ? line->source : "";
}

static gboolean
note_source (const MtbOccasion *occasion, const MtbPbxObserve *line, GError **error)
{
  g_autoptr (MtbPbxSource) source = mtb_record_new (&mtb_pbx_source_table.shape);

  mtb_record_assign (source, line);
  return *get_source (line) == '\0' || mtb_store_put (occasion->store, source, error);
}

static gboolean
enter_queue (const MtbOccasion *occasion, const MtbPbxObserve *line, GError **error)
{
  g_autoptr (MtbPbxCall) call = mtb_record_new (&mtb_pbx_call_table.shape);

  mtb_record_assign (call, line);
  call->number = dup_number (line->data2);
  call->entered_at = line->happened_at;
  call->outcome = MTB_OUTCOME_WAITING;
  g_clear_pointer (&call->agent_name, g_free);
  return mtb_store_select_number (occasion->store,
                                  "SELECT wait_s FROM threshold WHERE in_force_from <= :at"
                                  " ORDER BY in_force_from DESC, id LIMIT 1",
                                  MTB_PARAMETERS (MTB_NUMBER ("at", line->happened_at)),
                                  &call->threshold_s, error)
         && mtb_store_put (occasion->store, call, error) && note_source (occasion, line, error);
}

static void
take_connect (const MtbOccasion *occasion, MtbPbxCall *call, const MtbPbxObserve *line)
{
  call->wait_s = parse_seconds (line->data1);
  call->ring_s = parse_seconds (line->data3);
  call->connected_at = line->happened_at;
  call->agent_name = g_strdup (line->agent_name);
  call->person_id = dup_person_id (occasion, line->agent_name);
}

/* The clock of the PBX may have been set back in between. */
static gint64
count_seconds (gint64 from, gint64 until)
{
  return MAX (until - from, 0) / MTB_SECOND;
}

static gint64
get_wait (const MtbPbxCall *call, const MtbPbxObserve *line)
{
  gboolean by_key = g_str_equal (line->event, "EXITWITHKEY");
  gint64 wait_s = parse_seconds (by_key ? line->data4 : line->data3);

  return wait_s != MTB_ABSENT ? wait_s : count_seconds (call->entered_at, line->happened_at);
}

static gint64
get_talk (const MtbPbxCall *call, const MtbPbxObserve *line)
{
  gboolean transfer = g_str_has_suffix (line->event, "TRANSFER");
  gboolean shifted =
    g_str_equal (line->event, "ATTENDEDTRANSFER") && g_strcmp0 (line->data1, "LINK") == 0;
  gint64 talk_s = parse_seconds (shifted ? line->data5 : transfer ? line->data4 : line->data2);

  return talk_s != MTB_ABSENT ? talk_s : count_seconds (call->connected_at, line->happened_at);
}

/* Who is on a call is told by the PBX, whatever their desk does. */
static gboolean
follow_call (const MtbOccasion *occasion,
             const MtbPbxCall *call,
             MtbPresenceAct act,
             const MtbPbxObserve *line,
             GError **error)
{
  g_autofree char *id = mtb_id_derive ("presence", line->id, NULL);
  MtbPresenceStep step = { call->person_id, act, line->happened_at, id };

  return mtb_presence_follow (occasion, &step, error);
}

static gboolean
move_call (const MtbOccasion *occasion,
           MtbPbxCall *call,
           const MtbTransition *transition,
           const MtbPbxObserve *line,
           GError **error)
{
  gboolean talked = call->outcome == MTB_OUTCOME_TALKING;

  call->outcome =
    mtb_field_parse_choice (mtb_shape_find (&mtb_pbx_call_table.shape, "outcome"), transition->to);
  if (call->outcome == MTB_OUTCOME_TALKING)
    {
      take_connect (occasion, call, line);
      return mtb_store_put (occasion->store, call, error)
             && follow_call (occasion, call, MTB_PRESENCE_ACT_ANSWER, line, error);
    }
  call->ended_at = line->happened_at;
  if (talked)
    call->talk_s = get_talk (call, line);
  else
    call->wait_s = get_wait (call, line);
  /* An abandoned call may name the agent whose telephone was being put through; nobody took it. */
  if (!talked && line->agent_name != NULL)
    call->agent_name = g_strdup (line->agent_name);
  if (!mtb_store_put (occasion->store, call, error))
    return FALSE;
  return !mtb_outcome_is_answered (call->outcome)
         || (mtb_join_pbx_call (occasion, call, error)
             && follow_call (occasion, call, MTB_PRESENCE_ACT_HANG_UP, line, error));
}

static gboolean
observe_call (const MtbOccasion *occasion, const MtbPbxObserve *line, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbPbxCall) call = mtb_store_select_one (
    occasion->store, &mtb_pbx_call_table.shape,
    "SELECT $columns(p) FROM pbx_call p" OF_SOURCE
    " AND p.reference = :reference AND p.queue = :queue"
    " ORDER BY p.entered_at DESC, p.id DESC LIMIT 1",
    MTB_PARAMETERS (MTB_TEXT ("reference", line->reference), MTB_TEXT ("queue", line->queue),
                    MTB_TEXT ("source", get_source (line))),
    &failure);
  const MtbTransition *transition;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (call == NULL)
    return keep_event (occasion, line, error);
  transition =
    mtb_transition_find (mtb_pbx_call_transitions, mtb_outcome_words[call->outcome], line->event);
  return transition != NULL ? move_call (occasion, call, transition, line, error)
                            : keep_event (occasion, line, error);
}

/* Those of an agent in a queue, or all. */
static gboolean
end_pauses (const MtbOccasion *occasion,
            const MtbPbxObserve *line,
            const char *agent_name,
            const char *queue,
            GError **error)
{
  g_autoptr (GPtrArray) pauses = mtb_store_select (
    occasion->store, &mtb_pbx_pause_table.shape,
    "SELECT $columns(p) FROM pbx_pause p WHERE p.ended_at IS NULL"
    " AND COALESCE (p.source, '') = :source"
    " AND (CAST (:agent AS TEXT) IS NULL OR p.agent_name = :agent)",
    MTB_PARAMETERS (MTB_TEXT ("agent", agent_name), MTB_TEXT ("source", get_source (line))), error);

  for (guint i = 0; pauses != NULL && i < pauses->len; i++)
    {
      MtbPbxPause *pause = g_ptr_array_index (pauses, i);

      if (agent_name != NULL && g_strcmp0 (pause->queue, queue) != 0)
        continue;
      pause->ended_at = line->happened_at;
      if (!mtb_store_put (occasion->store, pause, error))
        return FALSE;
    }
  return pauses != NULL;
}

static gboolean
begin_pause (const MtbOccasion *occasion, const MtbPbxObserve *line, GError **error)
{
  g_autoptr (MtbPbxPause) pause = mtb_record_new (&mtb_pbx_pause_table.shape);

  /* A pause with a new reason ends the one before it; the log need not say so. */
  if (!end_pauses (occasion, line, line->agent_name, line->queue, error))
    return FALSE;
  mtb_record_assign (pause, line);
  pause->person_id = dup_person_id (occasion, line->agent_name);
  mtb_field_fit_text (mtb_shape_find (&mtb_pbx_pause_table.shape, "reason"), pause, line->data1);
  pause->started_at = line->happened_at;
  return mtb_store_put (occasion->store, pause, error);
}

/* The PBX started: what was open before will never be ended by the log. */
static gboolean
lose_open (const MtbOccasion *occasion, const MtbPbxObserve *line, GError **error)
{
  g_autoptr (GPtrArray) calls = mtb_store_select (
    occasion->store, &mtb_pbx_call_table.shape,
    "SELECT $columns(p) FROM pbx_call p" OF_SOURCE
    " AND p.outcome IN ('waiting', 'talking') AND p.entered_at <= :at",
    MTB_PARAMETERS (MTB_NUMBER ("at", line->happened_at), MTB_TEXT ("source", get_source (line))),
    error);

  for (guint i = 0; calls != NULL && i < calls->len; i++)
    {
      MtbPbxCall *call = g_ptr_array_index (calls, i);

      call->outcome = MTB_OUTCOME_LOST;
      call->ended_at = line->happened_at;
      if (!mtb_store_put (occasion->store, call, error))
        return FALSE;
    }
  return calls != NULL && end_pauses (occasion, line, NULL, NULL, error)
         && keep_event (occasion, line, error);
}

gboolean
mtb_workflow_pbx_observe (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  g_autoptr (MtbPbxObserve) line = mtb_record_copy (data);
  const char *event = line->event;

  /* No PBX's clock makes something that is still to come. */
  line->happened_at = MIN (line->happened_at, occasion->received_at);
  if (g_str_equal (event, "ENTERQUEUE") && line->reference != NULL && line->queue != NULL)
    return enter_queue (occasion, line, error);
  if ((g_str_equal (event, "PAUSE") || g_str_equal (event, "PAUSEALL")) && line->agent_name != NULL)
    return begin_pause (occasion, line, error);
  if ((g_str_equal (event, "UNPAUSE") || g_str_equal (event, "UNPAUSEALL"))
      && line->agent_name != NULL)
    return end_pauses (occasion, line, line->agent_name, line->queue, error);
  if (g_str_equal (event, "QUEUESTART"))
    return lose_open (occasion, line, error);
  if (line->reference != NULL && line->queue != NULL)
    return observe_call (occasion, line, error);
  return keep_event (occasion, line, error);
}
