#pragma once

#include "mtb-engine.h"
#include "mtb-link.h"

G_BEGIN_DECLS

void mtb_link_check_async (MtbEngine *engine,
                           const char *link,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean mtb_link_check_finish (MtbEngine *engine,
                                GAsyncResult *result,
                                MtbLinkKind *kind,
                                char **id,
                                GError **error);

G_END_DECLS
