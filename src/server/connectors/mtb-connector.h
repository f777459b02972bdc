#pragma once

#include "mtb-authority.h"
#include "mtb-connection.h"

G_BEGIN_DECLS

typedef struct _MtbConnector MtbConnector;

MtbConnector *mtb_connector_begin (MtbAuthority *authority,
                                   MtbConnectionKind kind,
                                   const char *name,
                                   const char *person_id);
void mtb_connector_tell (MtbConnector *self, gboolean taken, const GError *trouble);
void mtb_connector_end (MtbConnector *self, MtbConnectionState state, const GError *trouble);

G_END_DECLS
