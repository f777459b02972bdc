#pragma once

#include "mtb-store.h"

G_BEGIN_DECLS

/**
 * MtbAttempt:
 * @id: of whom or of what the failures are
 * @account: (nullable): the account, where they are of one; see mtb_guard_new()
 * @forgotten_at: when all of them are forgotten, one after the other
 * @free_at: until when another attempt is refused
 *
 * Failures to sign in, for all servers of a database. They are outside commands and audit and go
 * by themselves.
 */
typedef struct
{
  char *id;
  char *account;
  gint64 forgotten_at;
  gint64 free_at;
} MtbAttempt;

/**
 * MtbPlace:
 * @id: person and address
 * @person_id: somebody
 * @address: an address from which they signed in
 * @seen_at: when they last did
 *
 * What tells the people of a department from strangers.
 */
typedef struct
{
  char *id;
  char *person_id;
  char *address;
  gint64 seen_at;
} MtbPlace;

extern const MtbShape mtb_attempt_shape;
extern const MtbShape mtb_place_shape;

MTB_DEFINE_RECORD_AUTOPTR (MtbAttempt)
MTB_DEFINE_RECORD_AUTOPTR (MtbPlace)

MtbPlace *mtb_place_new (const char *person_id, const char *address, gint64 seen_at);
gboolean
mtb_attempt_clean (MtbStore *store, gint64 now, gint64 place_ms, guint n_kept, GError **error);

G_END_DECLS
