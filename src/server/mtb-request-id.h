#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

const char *mtb_request_id_of (SoupServerMessage *message, gboolean is_trusted);

G_END_DECLS
