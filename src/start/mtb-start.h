#pragma once

#include <glib.h>

G_BEGIN_DECLS

void mtb_start_find_data (void);
void mtb_start_set_up_language (void);

G_END_DECLS
