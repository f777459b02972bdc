#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *mtb_id_new (gint64 now_ms);
char *mtb_id_derive (const char *first, ...) G_GNUC_NULL_TERMINATED;
gboolean mtb_id_is_valid (const char *id);

G_END_DECLS
