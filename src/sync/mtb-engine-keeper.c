/* The threads that keep a desk in step: the keeper sends and fetches when there is a reason, the
 * listener waits for the server's pokes. */

#include "mtb-engine-private.h"

#include "mtb-error.h"
#include "mtb-json.h"

#define RETRY_FIRST_S 1
#define RETRY_LAST_S 15

static MtbEngineState
get_state_after (const GError *error)
{
  if (error == NULL)
    return MTB_ENGINE_ONLINE;
  if (error->domain != MTB_ERROR)
    return MTB_ENGINE_OFFLINE;
  switch ((MtbError) error->code)
    {
    case MTB_ERROR_UNAUTHORIZED:
      return MTB_ENGINE_LOCKED_OUT;
    case MTB_ERROR_PASSWORD_CHANGE:
      return MTB_ENGINE_PASSWORD_CHANGE;
    case MTB_ERROR_UNTRUSTED:
      return MTB_ENGINE_UNTRUSTED;
    case MTB_ERROR_DISMISSED:
      return MTB_ENGINE_DISMISSED;
    case MTB_ERROR_MISMATCH:
      return MTB_ENGINE_ESTRANGED;
    case MTB_ERROR_TOO_OLD:
      return MTB_ENGINE_TOO_OLD;
    case MTB_ERROR_STORAGE:
    case MTB_ERROR_DAMAGED:
      return MTB_ENGINE_UNABLE;
    default:
      return MTB_ENGINE_OFFLINE;
    }
}

static gboolean
is_told_by_state (const GError *error)
{
  return g_error_matches (error, MTB_ERROR, MTB_ERROR_UNREACHABLE)
         || g_error_matches (error, MTB_ERROR, MTB_ERROR_UNTRUSTED)
         || g_error_matches (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED)
         || g_error_matches (error, MTB_ERROR, MTB_ERROR_PASSWORD_CHANGE)
         || g_error_matches (error, MTB_ERROR, MTB_ERROR_DISMISSED);
}

static MtbEngineState
sync_and_tell (MtbEngine *self, GCancellable *turn)
{
  g_autoptr (GError) error = NULL;
  MtbEngineState state;

  mtb_client_sync (self->client, turn, &error);
  if (error != NULL && !is_told_by_state (error))
    g_message ("not in step with the server: %s", error->message);
  state = get_state_after (error);
  mtb_engine_tell_unless (self, turn, &state);
  return state;
}

GCancellable *
mtb_engine_ref_turn (MtbEngine *self)
{
  GCancellable *turn;

  g_mutex_lock (&self->mutex);
  turn = g_object_ref (self->turn);
  g_mutex_unlock (&self->mutex);
  return turn;
}

MtbEngineState
mtb_engine_sync_and_tell (MtbEngine *self)
{
  g_autoptr (GCancellable) turn = mtb_engine_ref_turn (self);

  return sync_and_tell (self, turn);
}

/* Every failure is followed by another try, later and later up to a limit. */
gpointer
mtb_engine_run_keeper (gpointer data)
{
  MtbEngine *self = data;
  gint64 retry_s = 0;

  g_mutex_lock (&self->mutex);
  while (!g_cancellable_is_cancelled (self->stop))
    {
      gint64 until = g_get_monotonic_time () + retry_s * G_TIME_SPAN_SECOND;
      g_autoptr (GCancellable) turn = NULL;
      MtbEngineState state;
      gboolean resumed;

      if (!self->active || !self->wanted)
        {
          if (!self->active || retry_s == 0)
            g_cond_wait (&self->wake, &self->mutex);
          else if (!g_cond_wait_until (&self->wake, &self->mutex, until))
            self->wanted = TRUE;
          continue;
        }
      self->wanted = FALSE;
      turn = g_object_ref (self->turn);
      g_mutex_unlock (&self->mutex);
      state = sync_and_tell (self, turn);
      resumed = state == MTB_ENGINE_ONLINE && mtb_client_resume (self->client);
      g_mutex_lock (&self->mutex);
      self->wanted = self->wanted || resumed;
      retry_s = state == MTB_ENGINE_ONLINE ? 0 : CLAMP (retry_s * 2, RETRY_FIRST_S, RETRY_LAST_S);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

void
mtb_engine_want_sync (MtbEngine *self)
{
  g_mutex_lock (&self->mutex);
  self->wanted = TRUE;
  g_cond_broadcast (&self->wake);
  g_mutex_unlock (&self->mutex);
}

static void
end_turn (MtbEngine *self)
{
  g_cancellable_cancel (self->turn);
  g_object_unref (self->turn);
  self->turn = g_cancellable_new ();
}

/* Before somebody signs in, who takes the place of whoever was about to; whose turn it is may sign in
 * again in it. */
void
mtb_engine_begin_turn (MtbEngine *self)
{
  g_mutex_lock (&self->mutex);
  if (!self->active)
    end_turn (self);
  g_mutex_unlock (&self->mutex);
}

/* Somebody has signed in; FALSE where they have left again meanwhile. */
gboolean
mtb_engine_activate (MtbEngine *self, GCancellable *turn)
{
  g_mutex_lock (&self->mutex);
  if (!g_cancellable_is_cancelled (turn))
    {
      self->active = TRUE;
      self->wanted = FALSE;
      self->n_sign_ins++;
      g_cond_broadcast (&self->wake);
    }
  g_mutex_unlock (&self->mutex);
  return !g_cancellable_is_cancelled (turn);
}

void
mtb_engine_deactivate (MtbEngine *self)
{
  g_mutex_lock (&self->mutex);
  self->active = FALSE;
  self->wanted = FALSE;
  end_turn (self);
  g_cond_broadcast (&self->wake);
  g_mutex_unlock (&self->mutex);
}

typedef struct
{
  MtbEngine *engine;
  gboolean greeted;
} Listening;

/* What may have come before the connection stood is asked for. */
static void
on_message (JsonObject *message, gpointer data)
{
  Listening *self = data;

  if (!self->greeted || g_strcmp0 (mtb_json_get_text (message, "type"), "poke") == 0)
    mtb_engine_want_sync (self->engine);
  self->greeted = TRUE;
  mtb_engine_tell_connected (self->engine, message);
}

/* Returns whether somebody has signed in meanwhile, for whom nothing has failed yet. */
static gboolean
wait_a_while (MtbEngine *self, gint64 seconds)
{
  gint64 until = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
  guint n_sign_ins;
  gboolean signed_in;

  g_mutex_lock (&self->mutex);
  n_sign_ins = self->n_sign_ins;
  while (!g_cancellable_is_cancelled (self->stop) && self->n_sign_ins == n_sign_ins
         && g_cond_wait_until (&self->wake, &self->mutex, until))
    continue;
  signed_in = self->n_sign_ins != n_sign_ins;
  g_mutex_unlock (&self->mutex);
  return signed_in;
}

/* Until the connection ends or the person signs out. Something may have been missed then: the keeper
 * asks. */
static void
listen_for_a_while (MtbEngine *self, const char *token)
{
  g_autoptr (GCancellable) turn = NULL;
  Listening listening = { .engine = self };

  g_mutex_lock (&self->mutex);
  if (self->active)
    turn = g_object_ref (self->turn);
  g_mutex_unlock (&self->mutex);
  if (turn == NULL)
    return;
  mtb_transport_listen (self->transport, token, on_message, &listening, turn, NULL);
  if (listening.greeted)
    mtb_engine_tell_connected (self, NULL);
  mtb_engine_want_sync (self);
}

gpointer
mtb_engine_run_listener (gpointer data)
{
  MtbEngine *self = data;
  gint64 retry_s = RETRY_FIRST_S;

  while (!g_cancellable_is_cancelled (self->stop))
    {
      g_autofree char *token = mtb_client_dup_token (self->client);
      gint64 began = g_get_monotonic_time ();

      if (token != NULL)
        listen_for_a_while (self, token);
      if (g_get_monotonic_time () - began > RETRY_LAST_S * G_TIME_SPAN_SECOND)
        retry_s = RETRY_FIRST_S;
      if (wait_a_while (self, token != NULL ? retry_s : RETRY_FIRST_S))
        retry_s = RETRY_FIRST_S;
      else
        retry_s = MIN (retry_s * 2, RETRY_LAST_S);
    }
  return NULL;
}
