/* Group commit: the thread on which the authority lives. It takes all the commands that wait, from
 * whichever requests, judges and commits them as one group, and then lets every request go on. */

#include "mtb-writer.h"

#include "mtb-time.h"

#define GROUP_MAX 1000
#define WINDOW_US (G_TIME_SPAN_HOUR / 2)

struct _MtbWriter
{
  MtbAuthority *authority;
  GAsyncQueue *queue;
  GThread *thread;
  GMutex mutex;
  GSourceFunc committed;
  gpointer committed_data;
};

/* Each has a condition of its own, so that only those are woken whose commands were judged. */
typedef struct
{
  GPtrArray *orders;
  gboolean done;
  GCond cond;
} Job;

/* What the queue holds when the thread is to end. */
static Job end_job;

static GPtrArray *
take_jobs (MtbWriter *self)
{
  GPtrArray *jobs = g_ptr_array_new ();
  Job *job = g_async_queue_timeout_pop (self->queue, WINDOW_US);
  guint n_orders = 0;

  while (job != NULL)
    {
      g_ptr_array_add (jobs, job);
      n_orders += job == &end_job ? 0 : job->orders->len;
      job = n_orders < GROUP_MAX ? g_async_queue_try_pop (self->queue) : NULL;
    }
  return jobs;
}

static gboolean
judge_jobs (MtbWriter *self, GPtrArray *jobs)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new ();
  gboolean go_on = TRUE;

  for (guint i = 0; i < jobs->len; i++)
    {
      Job *job = g_ptr_array_index (jobs, i);

      if (job == &end_job)
        go_on = FALSE;
      else
        g_ptr_array_extend (orders, job->orders, NULL, NULL);
    }
  mtb_authority_judge (self->authority, orders);
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < jobs->len; i++)
    {
      Job *job = g_ptr_array_index (jobs, i);

      job->done = TRUE;
      g_cond_signal (&job->cond);
    }
  g_mutex_unlock (&self->mutex);
  if (orders->len > 0 && self->committed != NULL)
    self->committed (self->committed_data);
  return go_on;
}

static gpointer
run_writer (gpointer data)
{
  MtbWriter *self = data;
  gboolean go_on = TRUE;

  while (go_on)
    {
      g_autoptr (GPtrArray) jobs = take_jobs (self);
      g_autoptr (GError) error = NULL;

      if (jobs->len > 0)
        go_on = judge_jobs (self, jobs);
      else if (!mtb_authority_move_window (self->authority, &error))
        g_warning ("the window cannot move: %s", error->message);
    }
  return NULL;
}

/**
 * mtb_writer_new:
 * @authority: (transfer full): the authority, which from now on lives on the writer's thread
 * @committed: (nullable): called on the writer's thread after each commit
 * @data: handed to @committed
 *
 * Returns: (transfer full): the writer
 */
MtbWriter *
mtb_writer_new (MtbAuthority *authority, GSourceFunc committed, gpointer data)
{
  MtbWriter *self = g_new0 (MtbWriter, 1);

  self->authority = authority;
  self->queue = g_async_queue_new ();
  self->committed = committed;
  self->committed_data = data;
  g_mutex_init (&self->mutex);
  self->thread = g_thread_new ("writer", run_writer, self);
  return self;
}

/**
 * mtb_writer_free:
 * @writer: (nullable) (transfer full): a writer
 *
 * Judges what still waits, then ends.
 */
void
mtb_writer_free (MtbWriter *writer)
{
  if (writer == NULL)
    return;
  g_async_queue_push (writer->queue, &end_job);
  g_thread_join (writer->thread);
  g_async_queue_unref (writer->queue);
  mtb_authority_free (writer->authority);
  g_mutex_clear (&writer->mutex);
  g_free (writer);
}

/**
 * mtb_writer_judge:
 * @writer: a writer
 * @orders: (element-type MtbOrder): commands of one request
 *
 * Waits until each order has its verdict or its failure. Called on any thread but the writer's.
 */
void
mtb_writer_judge (MtbWriter *writer, GPtrArray *orders)
{
  Job job = { .orders = orders };

  g_cond_init (&job.cond);
  g_async_queue_push (writer->queue, &job);
  g_mutex_lock (&writer->mutex);
  while (!job.done)
    g_cond_wait (&job.cond, &writer->mutex);
  g_mutex_unlock (&writer->mutex);
  g_cond_clear (&job.cond);
}
