#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *mtb_postgresql_number_parameters (const char *sql, GPtrArray *names);

G_END_DECLS
