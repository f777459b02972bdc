#pragma once

#include <glib.h>

G_BEGIN_DECLS

void mtb_notify_send (const char *state);
void mtb_notify_start_watchdog (void);

G_END_DECLS
