#pragma once

#include "mtb-command.h"

G_BEGIN_DECLS

MtbPbxObserve *mtb_queue_log_parse (const char *line, GError **error);

G_END_DECLS
