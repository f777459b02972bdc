#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

void mtb_file_sender_start (SoupServerMessage *message, GInputStream *stream, gint64 length);

G_END_DECLS
