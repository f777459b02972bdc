#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A machine's clock: how far it is ahead of the true time. */
typedef struct
{
  gint64 ahead_ms;
  gboolean is_servers;
} MtbSimClock;

void mtb_sim_time_set (gint64 now);
void mtb_sim_time_pass (gint64 ms);
gint64 mtb_sim_time_now (void);

const MtbSimClock *mtb_sim_clock_use (const MtbSimClock *clock);
const MtbSimClock *mtb_sim_clock_get_used (void);
gboolean mtb_sim_clock_is_servers (void);
gint64 mtb_sim_clock_read (gpointer clock);

G_END_DECLS
