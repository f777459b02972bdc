#pragma once

#include <glib.h>

G_BEGIN_DECLS

void mtb_sim_random_seed (guint64 seed);
guint mtb_sim_random_below (guint n);
gint64 mtb_sim_random_between (gint64 from, gint64 to);
gboolean mtb_sim_random_happens (guint per_mille);
void mtb_sim_random_fill (gpointer buffer, gsize size);

G_END_DECLS
