#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean mtb_scan (const char *body, gsize length, GError **error);

G_END_DECLS
