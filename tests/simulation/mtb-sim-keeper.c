/* Stands in for the server's keeper, which has a thread of its own: what is asked for is done at once,
 * on the thread of whoever asks. */

#include "mtb-keeper.h"

struct _MtbKeeper
{
  MtbKeeperFunc func;
  gpointer data;
};

MtbKeeper *
mtb_keeper_new (MtbKeeperFunc func, gint64 interval_us, gpointer data)
{
  MtbKeeper *self = g_new0 (MtbKeeper, 1);

  self->func = func;
  self->data = data;
  return self;
}

void
mtb_keeper_free (MtbKeeper *keeper)
{
  g_free (keeper);
}

gboolean
mtb_keeper_is_ending (MtbKeeper *keeper)
{
  return FALSE;
}

void
mtb_keeper_ask (MtbKeeper *keeper)
{
  keeper->func (keeper, TRUE, keeper->data);
}
