#pragma once

#include "mtb-store.h"

G_BEGIN_DECLS

/**
 * MtbHead:
 * @id: always 1
 * @epoch: which history this is
 * @seq: the feed number last given out
 * @audit_seq: the number of the last entry of the audit trail
 * @audit_hash: its hash, in hexadecimal
 * @window_from: rows of a windowed table before this have left the desks
 * @recovering: whether a new epoch has begun and desks still offer again what was lost
 * @erased_to: up to which entry of the trail salt and payload are erased; absent for none
 *
 * The one row that every writing transaction takes first, so that writers are serial, numbers
 * follow the order of commits and each entry of the trail has its predecessor.
 */
typedef struct
{
  gint64 id;
  char *epoch;
  gint64 seq;
  gint64 audit_seq;
  char *audit_hash;
  gint64 window_from;
  gint64 recovering;
  gint64 erased_to;
} MtbHead;

/**
 * MtbChange:
 * @seq: the feed number
 * @tbl: the table; `window` where the window has moved to the time in @row_id
 * @row_id: the key
 * @before_scope: (nullable): whose row it was; empty where it was nobody's or everybody's, %NULL
 *   where it was not there
 * @after_scope: (nullable): whose row it is, likewise
 *
 * An entry of the feed: that a row has changed, and for whom; the row itself is read when it is
 * sent.
 */
typedef struct
{
  gint64 seq;
  char *tbl;
  char *row_id;
  char *before_scope;
  char *after_scope;
} MtbChange;

/**
 * MtbEntry:
 * @seq: its number, taken from the feed's
 * @id: the command's id
 * @person_id: who gave it
 * @desk: from which desk
 * @origin: from which address
 * @type: the command's name
 * @given_at: when, by the desk's corrected clock and never after its receipt
 * @received_at: when it was received
 * @salt: random, hexadecimal; erased with @payload
 * @payload: the arguments; erased when their time is over
 * @payload_hash: BLAKE2b-256 over salt and payload, hexadecimal
 * @status: `applied` or `rejected`
 * @code: (nullable): the error's code
 * @message: (nullable): the error's message
 * @field: (nullable): the argument that is wrong
 * @hash: BLAKE2b-256 over the one before and all of this but salt and payload, hexadecimal
 *
 * A command that was judged: its verdict, and an entry of the audit trail.
 */
typedef struct
{
  gint64 seq;
  char *id;
  char *person_id;
  char *desk;
  char *origin;
  char *type;
  gint64 given_at;
  gint64 received_at;
  char *salt;
  char *payload;
  char *payload_hash;
  char *status;
  char *code;
  char *message;
  char *field;
  char *hash;
} MtbEntry;

/**
 * MtbSession:
 * @token_hash: BLAKE2b-256 of the token, hexadecimal
 * @id: what others may call it by
 * @desk: (nullable): at which desk
 * @origin: (nullable): from which address
 * @dismissed: 1 where it has ended, and whoever shows its token is told that their desk is to empty
 *   itself; absent or 0 otherwise
 * @must_change: 1 where nothing may be done with it before the password is changed
 *
 * A sign-in that has not ended, or of which the desk has still to be told.
 */
typedef struct
{
  char *token_hash;
  char *id;
  char *person_id;
  char *desk;
  char *origin;
  gint64 created_at;
  gint64 expires_at;
  gint64 dismissed;
  gint64 must_change;
} MtbSession;

/* For so long after it would have ended by itself a desk is told that it was dismissed, which is for
 * as long as somebody may at most sign in to a desk without the server. */
#define MTB_DISMISSED_DAYS 90

/**
 * MtbCredential:
 * @verifier: what argon2id made of the password
 * @must_change: 1 where somebody else has set it, so that it has to be changed before anything else
 */
typedef struct
{
  char *person_id;
  char *verifier;
  gint64 changed_at;
  gint64 must_change;
} MtbCredential;

/**
 * MtbSightChange:
 * @seq: the feed number at which what this person may see has changed
 */
typedef struct
{
  char *person_id;
  gint64 seq;
} MtbSightChange;

#define MTB_CHANGE_WINDOW "window"

extern const MtbShape mtb_head_shape;
extern const MtbShape mtb_change_shape;
extern const MtbShape mtb_entry_shape;
extern const MtbShape mtb_session_shape;
extern const MtbShape mtb_credential_shape;
extern const MtbShape mtb_sight_change_shape;

MTB_DEFINE_RECORD_AUTOPTR (MtbHead)
MTB_DEFINE_RECORD_AUTOPTR (MtbChange)
MTB_DEFINE_RECORD_AUTOPTR (MtbEntry)
MTB_DEFINE_RECORD_AUTOPTR (MtbSession)
MTB_DEFINE_RECORD_AUTOPTR (MtbCredential)
MTB_DEFINE_RECORD_AUTOPTR (MtbSightChange)

GPtrArray *mtb_ledger_list_shapes (void);
gboolean mtb_ledger_create_tables (MtbStore *store, GError **error);
gboolean mtb_ledger_is_empty (MtbStore *store, gboolean *empty, GError **error);
gboolean mtb_ledger_create (MtbStore *store, const char *epoch, GError **error);
gboolean mtb_ledger_is_there (MtbStore *store);
MtbHead *mtb_ledger_take_head (MtbStore *store, GError **error);
MtbHead *mtb_ledger_read_head (MtbStore *store, GError **error);
gboolean mtb_ledger_write_head (MtbStore *store, const MtbHead *head, GError **error);
gboolean mtb_ledger_add_change (MtbStore *store,
                                MtbHead *head,
                                const MtbTable *table,
                                gconstpointer before,
                                gconstpointer after,
                                GError **error);
gboolean mtb_ledger_move_window (MtbStore *store, MtbHead *head, gint64 from, GError **error);
gboolean mtb_ledger_change_sight (MtbStore *store,
                                  const MtbHead *head,
                                  const char *person_id,
                                  GError **error);
char *mtb_head_format (const MtbHead *head);
gboolean mtb_ledger_check_history (MtbStore *store,
                                   const MtbHead *head,
                                   const char *epoch,
                                   const char *seen,
                                   GError **error);
GHashTable *mtb_ledger_find_known (MtbStore *store,
                                   const char *const *command_ids,
                                   guint n_ids,
                                   GError **error);
MtbEntry *mtb_ledger_find_entry (MtbStore *store, const char *command_id, GError **error);

G_END_DECLS
