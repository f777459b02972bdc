#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *mtb_damage_put_aside (const char *path, gboolean is_precious, GError **error);

G_END_DECLS
