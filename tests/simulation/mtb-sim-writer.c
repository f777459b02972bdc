/* Stands in for the server's writer, which has a thread of its own: judges at once, on the thread of
 * whoever asks, so that a seed always runs the same way. What has to be done now and then is done by
 * the server's clock. */

#include "mtb-retention.h"
#include "mtb-sim-faults.h"
#include "mtb-time.h"
#include "mtb-watch.h"
#include "mtb-writer.h"

#define WATCH_MS (10 * MTB_SECOND)

struct _MtbWriter
{
  MtbAuthority *authority;
  MtbWatch watch;
};

MtbWriter *
mtb_writer_new (MtbAuthority *authority, GSourceFunc committed, gpointer data)
{
  MtbWriter *self = g_new0 (MtbWriter, 1);

  self->authority = authority;
  self->watch.up_since = mtb_authority_get_now (authority);
  return self;
}

void
mtb_writer_free (MtbWriter *writer)
{
  if (writer == NULL)
    return;
  mtb_authority_free (writer->authority);
  g_free (writer);
}

static void
erase_old (MtbWriter *self)
{
  gint64 n_erased;

  if (mtb_retention_erase (self->authority, &n_erased, NULL) && n_erased > 0)
    mtb_fault_hit (MTB_FAULT_ARGUMENTS_ERASED);
}

static void
keep_house (MtbWriter *self)
{
  gint64 now = mtb_authority_get_now (self->authority);

  /* As if it had been looked all the time, where only nobody asked for anything. */
  if (ABS (now - self->watch.ran_at) < WATCH_MS)
    return;
  self->watch.ran_at = now;
  if (mtb_authority_move_window (self->authority, NULL)
      && mtb_watch_run (&self->watch, self->authority, NULL))
    erase_old (self);
}

MtbHead *
mtb_writer_judge (MtbWriter *writer, GPtrArray *orders)
{
  MtbHead *head;

  mtb_authority_judge (writer->authority, orders);
  head = mtb_authority_dup_head (writer->authority);
  keep_house (writer);
  return head;
}

void
mtb_writer_run (MtbWriter *writer, MtbWriterFunc func, gpointer data, GDestroyNotify destroy)
{
  func (writer->authority, data, NULL);
  destroy (data);
}

gboolean
mtb_writer_do (MtbWriter *writer, MtbWriterFunc func, gpointer data, GError **error)
{
  return func (writer->authority, data, error);
}
