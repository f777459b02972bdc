#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *mtb_password_ask (GError **error);

G_END_DECLS
