#pragma once

#include "mtb-record.h"

G_BEGIN_DECLS

char *mtb_plain_write (const MtbField *field, gconstpointer record);
gboolean mtb_plain_read (const MtbField *field, const char *text, gpointer record);

G_END_DECLS
