#pragma once

#include <glib.h>

G_BEGIN_DECLS

void mtb_sim_files_forget (const char *folder);

G_END_DECLS
