#pragma once

#include <glib.h>

G_BEGIN_DECLS

void mtb_language_begin (void);
void mtb_language_end (void);
gboolean mtb_language_is_in_effect (const char *language);

G_END_DECLS
