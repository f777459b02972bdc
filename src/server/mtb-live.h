#pragma once

#include "mtb-service.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _MtbLive MtbLive;

MtbLive *mtb_live_new (MtbService *service, GThreadPool *pool);
void mtb_live_end (MtbLive *live);
void mtb_live_free (MtbLive *live);
void mtb_live_add (MtbLive *live, SoupWebsocketConnection *connection, const char *token);
void mtb_live_notice (MtbLive *live);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbLive, mtb_live_free)

G_END_DECLS
