/* Time passes only when the simulation says so. Each machine has a clock of its own, which may be
 * wrong; the product's clock is that of the machine whose program is running. */

#include "mtb-sim-clock.h"

#include "mtb-time.h"

static gint64 true_now;
static const MtbSimClock *in_use;

void
mtb_sim_time_set (gint64 now)
{
  true_now = now;
}

void
mtb_sim_time_pass (gint64 ms)
{
  true_now += ms;
}

gint64
mtb_sim_time_now (void)
{
  return true_now;
}

/* From now on the program of the machine with @clock runs; returns whose ran before. */
const MtbSimClock *
mtb_sim_clock_use (const MtbSimClock *clock)
{
  const MtbSimClock *before = in_use;

  in_use = clock;
  return before;
}

/* Whose program runs; NULL for the simulation itself. */
const MtbSimClock *
mtb_sim_clock_get_used (void)
{
  return in_use;
}

gboolean
mtb_sim_clock_is_servers (void)
{
  return in_use != NULL && in_use->is_servers;
}

gint64
mtb_sim_clock_read (gpointer clock)
{
  return true_now + ((const MtbSimClock *) clock)->ahead_ms;
}

gint64 __wrap_mtb_time_now (void);

gint64
__wrap_mtb_time_now (void)
{
  return true_now + (in_use != NULL ? in_use->ahead_ms : 0);
}
