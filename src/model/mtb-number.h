#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean mtb_number_parse (const char *text, gint64 min, gint64 max, gint64 *number);

G_END_DECLS
