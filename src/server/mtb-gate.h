#pragma once

#include "mtb-configuration.h"
#include "mtb-error.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _MtbGate MtbGate;

MtbGate *mtb_gate_new (SoupServer *server, const MtbConfiguration *configuration);
void mtb_gate_free (MtbGate *gate);
void mtb_gate_add_live (MtbGate *gate, SoupWebsocketConnection *connection);
void mtb_gate_refuse (SoupServerMessage *message, MtbError code, const char *detail);

G_END_DECLS
