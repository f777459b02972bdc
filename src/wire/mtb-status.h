#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *mtb_status_get_code (const GError *error);
guint mtb_status_get_http (const GError *error);
GError *mtb_status_new_error (const char *code, const char *message, const char *field);
char *mtb_status_write_problem (const GError *error, const char *request);
GError *mtb_status_read_problem (guint http_status, const char *body, gsize length);

G_END_DECLS
