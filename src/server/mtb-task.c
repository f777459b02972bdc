/* Work beside a main loop: done on a thread of a pool, then taken up again on the loop. */

#include "mtb-task.h"

typedef struct
{
  GMainContext *context;
  MtbTaskFunc work;
  GSourceFunc done;
  gpointer data;
} Task;

static void
run_task (gpointer item, gpointer unused)
{
  Task *task = item;
  g_autoptr (GSource) source = g_idle_source_new ();

  task->work (task->data);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, task->done, task->data, NULL);
  g_source_attach (source, task->context);
  g_main_context_unref (task->context);
  g_free (task);
}

/**
 * mtb_task_pool_new:
 * @n_threads: the most that run at once
 *
 * Returns: (transfer full): a pool for mtb_task_push(); free it with g_thread_pool_free()
 */
GThreadPool *
mtb_task_pool_new (int n_threads)
{
  return g_thread_pool_new (run_task, NULL, n_threads, FALSE, NULL);
}

/**
 * mtb_task_push:
 * @pool: the pool
 * @work: what to do, on a thread
 * @done: what to do then, on the caller's main context; returns %G_SOURCE_REMOVE
 * @data: handed to both
 */
void
mtb_task_push (GThreadPool *pool, MtbTaskFunc work, GSourceFunc done, gpointer data)
{
  Task *task = g_new0 (Task, 1);

  task->context = g_main_context_ref_thread_default ();
  task->work = work;
  task->done = done;
  task->data = data;
  g_thread_pool_push (pool, task, NULL);
}
