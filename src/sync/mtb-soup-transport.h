#pragma once

#include "mtb-transport.h"

G_BEGIN_DECLS

#define MTB_TYPE_SOUP_TRANSPORT (mtb_soup_transport_get_type ())
G_DECLARE_FINAL_TYPE (MtbSoupTransport, mtb_soup_transport, MTB, SOUP_TRANSPORT, GObject)

MtbTransport *mtb_soup_transport_new (const char *server);

G_END_DECLS
