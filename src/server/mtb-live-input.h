#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define MTB_TYPE_LIVE_INPUT (mtb_live_input_get_type ())
G_DECLARE_FINAL_TYPE (MtbLiveInput, mtb_live_input, MTB, LIVE_INPUT, GInputStream)

GIOStream *mtb_live_input_take_connection (SoupServerMessage *message, guint patience_s);

G_END_DECLS
