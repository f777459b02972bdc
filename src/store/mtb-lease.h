#pragma once

#include "mtb-store.h"

G_BEGIN_DECLS

/**
 * MtbLease:
 * @id: person and desk
 * @person_id: who is connected
 * @desk: (nullable): from which desk
 * @connected_at: since when
 * @seen_at: when the desk was last heard of
 * @ended_at: when it went; absent while it is connected
 *
 * A desk with a live connection to a server. It lasts as long as it is renewed, whichever server
 * holds it, and is outside commands and audit.
 */
typedef struct
{
  char *id;
  char *person_id;
  char *desk;
  gint64 connected_at;
  gint64 seen_at;
  gint64 ended_at;
} MtbLease;

/* How often desks are told that the connection stands, and after how many of these without a word
 * a desk is taken for gone. */
#define MTB_BEAT_S 15
#define MTB_BEATS_MISSED 3

extern const MtbShape mtb_lease_shape;

MTB_DEFINE_RECORD_AUTOPTR (MtbLease)

MtbLease *mtb_lease_new (const char *person_id, const char *desk, gint64 connected_at);
gboolean mtb_lease_write (MtbStore *store, const MtbLease *lease, GError **error);
gboolean mtb_lease_stands (const MtbLease *lease, gint64 now, gint64 lease_ms);

G_END_DECLS
