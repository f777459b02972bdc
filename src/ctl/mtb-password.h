#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *mtb_password_ask (GError **error);
void mtb_password_forget (char *password);

G_END_DECLS
