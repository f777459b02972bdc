/* A thread that does one thing beside the requests: when it is asked to, and now and then. It begins
 * when it is first asked. */

#include "mtb-keeper.h"

struct _MtbKeeper
{
  MtbKeeperFunc func;
  gint64 interval_us;
  gpointer data;
  GThread *thread;
  GMutex mutex;
  GCond wake;
  gboolean asked;
  gint ending;
};

/**
 * mtb_keeper_new:
 * @func: does what is to be done, on the keeper's thread
 * @interval_us: after so long it is done without anybody asking
 * @data: handed to @func
 *
 * Returns: (transfer full): a keeper
 */
MtbKeeper *
mtb_keeper_new (MtbKeeperFunc func, gint64 interval_us, gpointer data)
{
  MtbKeeper *self = g_new0 (MtbKeeper, 1);

  self->func = func;
  self->interval_us = interval_us;
  self->data = data;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  return self;
}

/**
 * mtb_keeper_free:
 * @keeper: (nullable) (transfer full): a keeper
 *
 * Waits until what is being done has ended.
 */
void
mtb_keeper_free (MtbKeeper *keeper)
{
  if (keeper == NULL)
    return;
  g_mutex_lock (&keeper->mutex);
  g_atomic_int_set (&keeper->ending, TRUE);
  g_cond_broadcast (&keeper->wake);
  g_mutex_unlock (&keeper->mutex);
  g_clear_pointer (&keeper->thread, g_thread_join);
  g_mutex_clear (&keeper->mutex);
  g_cond_clear (&keeper->wake);
  g_free (keeper);
}

/**
 * mtb_keeper_is_ending:
 * @keeper: a keeper
 *
 * Returns: whether what is being done should end; on any thread
 */
gboolean
mtb_keeper_is_ending (MtbKeeper *keeper)
{
  return g_atomic_int_get (&keeper->ending);
}

static gpointer
run (gpointer data)
{
  MtbKeeper *self = data;

  g_mutex_lock (&self->mutex);
  while (!mtb_keeper_is_ending (self))
    {
      gint64 until = g_get_monotonic_time () + self->interval_us;
      gboolean asked = self->asked;

      if (!asked && g_cond_wait_until (&self->wake, &self->mutex, until))
        continue;
      self->asked = FALSE;
      g_mutex_unlock (&self->mutex);
      self->func (self, asked, self->data);
      g_mutex_lock (&self->mutex);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

/**
 * mtb_keeper_ask:
 * @keeper: a keeper
 *
 * Has it done soon; waits for nothing.
 */
void
mtb_keeper_ask (MtbKeeper *keeper)
{
  g_mutex_lock (&keeper->mutex);
  keeper->asked = TRUE;
  if (keeper->thread == NULL)
    keeper->thread = g_thread_new ("keeper", run, keeper);
  g_cond_broadcast (&keeper->wake);
  g_mutex_unlock (&keeper->mutex);
}
