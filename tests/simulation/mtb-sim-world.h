#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *mtb_sim_world_run (guint64 seed, const char *folder);

G_END_DECLS
