#pragma once

#include "mtb-record.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void mtb_json_append_text (GString *json, const char *text);
void mtb_json_append_member (GString *json, const char *name);
void mtb_json_append_text_member (GString *json, const char *name, const char *text);
void mtb_json_append_number_member (GString *json, const char *name, gint64 number);
void mtb_json_append_time_member (GString *json, const char *name, gint64 time_ms);
void mtb_json_append_record (GString *json, gconstpointer record);
char *mtb_json_write_record (gconstpointer record);

JsonObject *mtb_json_read (const char *body, gsize length, GError **error);
gpointer mtb_json_read_record (JsonObject *object, const MtbShape *shape, GError **error);
gpointer mtb_json_parse_record (const char *text, const MtbShape *shape, GError **error);
const char *mtb_json_get_text (JsonObject *object, const char *name);
gint64 mtb_json_get_number (JsonObject *object, const char *name);
gint64 mtb_json_get_time (JsonObject *object, const char *name);
JsonObject *mtb_json_get_object (JsonObject *object, const char *name);
JsonArray *mtb_json_get_array (JsonObject *object, const char *name);

G_END_DECLS
