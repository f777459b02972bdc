/* Group commit: the thread on which the authority lives. It takes all the commands that wait, from
 * whichever requests, judges and commits them as one group, and then lets every request go on. */

#include "mtb-writer.h"

#include "mtb-command.h"
#include "mtb-guard.h"
#include "mtb-metrics.h"
#include "mtb-retention.h"
#include "mtb-status.h"
#include "mtb-watch.h"

#define GROUP_MAX 1000
#define WINDOW_US (G_TIME_SPAN_HOUR / 2)
#define WATCH_US (10 * G_TIME_SPAN_SECOND)
#define ERASE_US G_TIME_SPAN_HOUR
#define ERASE_ON_US G_TIME_SPAN_SECOND
#define FORGET_US G_TIME_SPAN_MINUTE

struct _MtbWriter
{
  MtbAuthority *authority;
  GAsyncQueue *queue;
  GThread *thread;
  GSourceFunc committed;
  gpointer committed_data;
  gint64 window_moved;
  gint64 watched;
  gint64 erased;
  gint64 forgotten;
  gboolean erases; /* there was a portion, so there may be another */
  MtbWatch watch;
};

/* Commands to be judged, or else something to be run, which is waited for or not. Each that is has a
 * lock and a condition of its own, so that those whose commands were judged are woken, and not in each
 * other's way. */
typedef struct
{
  GPtrArray *orders;
  MtbHead *head;
  gboolean done;
  GMutex mutex;
  GCond cond;
  MtbWriterFunc func;
  gpointer data;
  gboolean is_waited_for;
  GError *error;
  GDestroyNotify destroy;
} Job;

/* What the queue holds when the thread is to end. */
static Job end_job;

static void
push (MtbWriter *self, Job *job)
{
  mtb_metrics_add (MTB_METRIC_WRITER_QUEUE, NULL, 1);
  g_async_queue_push (self->queue, job);
}

static GPtrArray *
take_jobs (MtbWriter *self)
{
  GPtrArray *jobs = g_ptr_array_new ();
  Job *job = g_async_queue_timeout_pop (self->queue, WATCH_US);
  guint n_orders = 0;

  while (job != NULL)
    {
      g_ptr_array_add (jobs, job);
      mtb_metrics_add (MTB_METRIC_WRITER_QUEUE, NULL, -1);
      n_orders += job->orders != NULL ? job->orders->len : 1;
      job = n_orders < GROUP_MAX ? g_async_queue_try_pop (self->queue) : NULL;
    }
  return jobs;
}

/* A type that nobody knows may be any text. */
static void
count_order (const MtbOrder *order)
{
  const char *type = order->envelope->type;
  const char *verdict = order->verdict == NULL    ? "failed"
                        : order->repeated         ? "repeated"
                        : order->verdict->applied ? "applied"
                                                  : mtb_status_get_code (order->verdict->error);

  mtb_metrics_add (MTB_METRIC_COMMANDS,
                   MTB_LABELS (mtb_command_find (type) != NULL ? type : "unknown", verdict), 1);
}

static void
judge_orders (MtbWriter *self, GPtrArray *orders)
{
  gint64 begun = g_get_monotonic_time ();

  if (orders->len == 0)
    return;
  mtb_authority_judge (self->authority, orders);
  mtb_metrics_observe (MTB_METRIC_COMMIT_TIME, NULL,
                       (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC);
  mtb_metrics_observe (MTB_METRIC_GROUP_SIZE, NULL, orders->len);
  for (guint i = 0; i < orders->len; i++)
    count_order (g_ptr_array_index (orders, i));
}

/* Whoever waits for it has it from now on. */
static void
finish (Job *job)
{
  g_mutex_lock (&job->mutex);
  job->done = TRUE;
  g_cond_signal (&job->cond);
  g_mutex_unlock (&job->mutex);
}

static void
judge_jobs (MtbWriter *self, GPtrArray *jobs)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new ();

  for (guint i = 0; i < jobs->len; i++)
    {
      Job *job = g_ptr_array_index (jobs, i);

      if (job->orders != NULL)
        g_ptr_array_extend (orders, job->orders, NULL, NULL);
    }
  judge_orders (self, orders);
  for (guint i = jobs->len; i > 0; i--)
    {
      Job *job = g_ptr_array_index (jobs, i - 1);

      if (job->orders == NULL)
        continue;
      job->head = mtb_authority_dup_head (self->authority);
      finish (job);
      g_ptr_array_remove_index (jobs, i - 1);
    }
}

static void
run_job (MtbWriter *self, Job *job)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = job->func (self->authority, job->data, &error);

  if (job->is_waited_for)
    {
      job->error = g_steal_pointer (&error);
      finish (job);
      return;
    }
  if (!ok)
    g_warning ("not written: %s", error->message);
  job->destroy (job->data);
  g_free (job);
}

/* What is left when the commands are judged. */
static gboolean
run_jobs (MtbWriter *self, GPtrArray *jobs)
{
  gboolean go_on = TRUE;

  for (guint i = 0; i < jobs->len; i++)
    {
      Job *job = g_ptr_array_index (jobs, i);

      go_on = go_on && job != &end_job;
      if (job != &end_job)
        run_job (self, job);
    }
  return go_on;
}

/* Whether it is time again for what is done every @interval. */
static gboolean
is_due (gint64 *last, gint64 interval)
{
  gint64 now = g_get_monotonic_time ();

  if (now - *last < interval)
    return FALSE;
  *last = now;
  return TRUE;
}

static void
erase_what_is_old (MtbWriter *self)
{
  g_autoptr (GError) error = NULL;
  gint64 n_erased;

  if (!is_due (&self->erased, self->erases ? ERASE_ON_US : ERASE_US))
    return;
  if (!mtb_retention_erase (self->authority, &n_erased, &error))
    g_warning ("what is old cannot be erased: %s", error->message);
  self->erases = n_erased > 0;
}

/* What has to be done now and then, however much there is to judge. */
static void
keep_house (MtbWriter *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) fault = NULL;

  if (is_due (&self->window_moved, WINDOW_US)
      && !mtb_authority_move_window (self->authority, &error))
    g_warning ("the window cannot move: %s", error->message);
  if (is_due (&self->watched, WATCH_US) && !mtb_watch_run (&self->watch, self->authority, &failure))
    g_warning ("nobody can be presumed away: %s", failure->message);
  if (is_due (&self->forgotten, FORGET_US) && !mtb_guard_clean (self->authority, &fault))
    g_warning ("failures to sign in cannot be forgotten: %s", fault->message);
  erase_what_is_old (self);
}

static gpointer
run_writer (gpointer data)
{
  MtbWriter *self = data;
  gboolean go_on = TRUE;

  self->window_moved = g_get_monotonic_time ();
  self->watched = self->window_moved;
  self->forgotten = self->window_moved;
  while (go_on)
    {
      g_autoptr (GPtrArray) jobs = take_jobs (self);
      gboolean any = jobs->len > 0;

      judge_jobs (self, jobs);
      go_on = run_jobs (self, jobs);
      keep_house (self);
      if (any && self->committed != NULL)
        self->committed (self->committed_data);
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
  self->watch.up_since = mtb_authority_get_now (authority);
  self->watch.ran_at = self->watch.up_since;
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
  push (writer, &end_job);
  g_thread_join (writer->thread);
  g_async_queue_unref (writer->queue);
  mtb_authority_free (writer->authority);
  g_free (writer);
}

static void
wait_for (MtbWriter *self, Job *job)
{
  g_mutex_init (&job->mutex);
  g_cond_init (&job->cond);
  push (self, job);
  g_mutex_lock (&job->mutex);
  while (!job->done)
    g_cond_wait (&job->cond, &job->mutex);
  g_mutex_unlock (&job->mutex);
  g_cond_clear (&job->cond);
  g_mutex_clear (&job->mutex);
}

/**
 * mtb_writer_judge:
 * @writer: a writer
 * @orders: (element-type MtbOrder): commands of one request
 *
 * Waits until each order has its verdict or its failure. Called on any thread but the writer's.
 *
 * Returns: (transfer full) (nullable): the head with which they were committed; %NULL where none was
 */
MtbHead *
mtb_writer_judge (MtbWriter *writer, GPtrArray *orders)
{
  Job job = { .orders = orders };

  wait_for (writer, &job);
  return job.head;
}

/**
 * mtb_writer_do:
 * @writer: a writer
 * @func: what to do on the writer's thread, between groups of commands
 * @data: handed to @func
 * @error: return location
 *
 * Waits until it is done. Called on any thread but the writer's.
 *
 * Returns: whether it went well
 */
gboolean
mtb_writer_do (MtbWriter *writer, MtbWriterFunc func, gpointer data, GError **error)
{
  Job job = { .func = func, .data = data, .is_waited_for = TRUE };

  wait_for (writer, &job);
  if (job.error == NULL)
    return TRUE;
  g_propagate_error (error, job.error);
  return FALSE;
}

/**
 * mtb_writer_run:
 * @writer: a writer
 * @func: what to do on the writer's thread, between groups of commands
 * @data: (transfer full): handed to @func
 * @destroy: frees @data
 *
 * Does not wait.
 */
void
mtb_writer_run (MtbWriter *writer, MtbWriterFunc func, gpointer data, GDestroyNotify destroy)
{
  Job *job = g_new0 (Job, 1);

  job->func = func;
  job->data = data;
  job->destroy = destroy;
  push (writer, job);
}
