#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *mtb_scan (const char *body, gsize length, GError **error);

G_END_DECLS
