/* The chain of the audit trail: each entry's hash covers the one before it and all that the entry
 * says, the arguments by their own salted hash. When salt and arguments are erased because their
 * time is over, the chain still holds. */

#include "mtb-audit.h"

#include "mtb-error.h"
#include "mtb-walk.h"

#include <sodium.h>
#include <string.h>

#define HASH_BYTES 32
#define SALT_BYTES 16

static void
add_text (crypto_generichash_state *state, const char *text)
{
  guint8 there = text != NULL;

  crypto_generichash_update (state, &there, 1);
  if (text != NULL)
    crypto_generichash_update (state, (const guint8 *) text, strlen (text) + 1);
}

static void
add_number (crypto_generichash_state *state, gint64 number)
{
  gint64 fixed = GINT64_TO_BE (number);

  crypto_generichash_update (state, (const guint8 *) &fixed, sizeof fixed);
}

static char *
to_hex (const guint8 *bytes, gsize n_bytes)
{
  char *hex = g_malloc (2 * n_bytes + 1);

  return sodium_bin2hex (hex, 2 * n_bytes + 1, bytes, n_bytes);
}

static char *
finish (crypto_generichash_state *state)
{
  guint8 hash[HASH_BYTES];

  crypto_generichash_final (state, hash, sizeof hash);
  return to_hex (hash, sizeof hash);
}

/**
 * mtb_audit_make_salt:
 *
 * Returns: (transfer full): 128 random bits, in hexadecimal
 */
char *
mtb_audit_make_salt (void)
{
  guint8 salt[SALT_BYTES];

  randombytes_buf (salt, sizeof salt);
  return to_hex (salt, sizeof salt);
}

/**
 * mtb_audit_hash_payload:
 * @salt: the entry's salt
 * @payload: the arguments
 *
 * Returns: (transfer full): BLAKE2b-256 over both, in hexadecimal
 */
char *
mtb_audit_hash_payload (const char *salt, const char *payload)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, HASH_BYTES);
  add_text (&state, salt);
  add_text (&state, payload);
  return finish (&state);
}

/**
 * mtb_audit_hash_secret:
 * @secret: a token of 256 random bits
 *
 * Returns: (transfer full): what is kept of it, BLAKE2b-256 in hexadecimal
 */
char *
mtb_audit_hash_secret (const char *secret)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, HASH_BYTES);
  add_text (&state, secret);
  return finish (&state);
}

static char *
hash_entry (const MtbEntry *entry, const char *previous)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, HASH_BYTES);
  add_text (&state, previous);
  for (guint i = 0; i < mtb_entry_shape.n_fields; i++)
    {
      const MtbField *field = &mtb_entry_shape.fields[i];

      if (g_str_equal (field->name, "salt") || g_str_equal (field->name, "payload")
          || g_str_equal (field->name, "hash"))
        continue;
      if (mtb_field_is_text (field))
        add_text (&state, mtb_field_get_text (field, entry));
      else
        add_number (&state, mtb_field_get_number (field, entry));
    }
  return finish (&state);
}

/**
 * mtb_audit_seal:
 * @entry: an entry with everything but its hash
 * @previous: the hash of the entry before it
 *
 * Closes the entry with its hash.
 */
void
mtb_audit_seal (MtbEntry *entry, const char *previous)
{
  g_free (entry->hash);
  entry->hash = hash_entry (entry, previous);
}

typedef struct
{
  char *previous;
  gint64 n_entries;
  gint64 last_seq;
} Walk;

static gboolean
check_entry (const MtbEntry *entry, Walk *walk, GError **error)
{
  g_autofree char *hash = hash_entry (entry, walk->previous);
  g_autofree char *payload =
    entry->salt != NULL ? mtb_audit_hash_payload (entry->salt, entry->payload) : NULL;

  if (!g_str_equal (hash, entry->hash)
      || (payload != NULL && !g_str_equal (payload, entry->payload_hash)))
    {
      g_set_error (error, MTB_ERROR, MTB_ERROR_MISMATCH,
                   "the audit trail is broken at entry %" G_GINT64_FORMAT
                   " (command %s): it, or one before it, was changed, removed or put in",
                   entry->seq, entry->id);
      return FALSE;
    }
  g_free (walk->previous);
  walk->previous = g_strdup (entry->hash);
  walk->last_seq = entry->seq;
  walk->n_entries++;
  return TRUE;
}

static gboolean
check_end (const Walk *walk, const MtbHead *head, GError **error)
{
  if (walk->last_seq == head->audit_seq && g_str_equal (walk->previous, head->audit_hash))
    return TRUE;
  g_set_error (error, MTB_ERROR, MTB_ERROR_MISMATCH,
               "the audit trail is broken after entry %" G_GINT64_FORMAT
               ": it should go on to entry %" G_GINT64_FORMAT,
               walk->last_seq, head->audit_seq);
  return FALSE;
}

/**
 * mtb_audit_check:
 * @store: an authority's store in a transaction
 * @n_entries: (out): how many entries hold
 * @error: return location, %MTB_ERROR_MISMATCH naming the first entry that does not
 *
 * Walks the whole chain.
 *
 * Returns: whether nothing was changed, removed or put in
 */
gboolean
mtb_audit_check (MtbStore *store, gint64 *n_entries, GError **error)
{
  Walk state = { g_strnfill (2 * HASH_BYTES, '0'), 0, 0 };
  g_autoptr (MtbHead) head = mtb_ledger_read_head (store, error);
  g_autoptr (MtbWalk) walk = mtb_walk_new (store, &mtb_entry_shape);
  gconstpointer entry;
  gboolean ok = head != NULL;

  while ((ok = ok && mtb_walk_next (walk, &entry, error)) && entry != NULL)
    ok = check_entry (entry, &state, error);
  ok = ok && check_end (&state, head, error);
  *n_entries = state.n_entries;
  g_free (state.previous);
  return ok;
}

/**
 * mtb_audit_verify:
 * @store: an authority's store
 * @n_entries: (out): how many entries hold
 * @error: return location, %MTB_ERROR_MISMATCH naming the first entry that does not
 *
 * mtb_audit_check() in a transaction of its own.
 *
 * Returns: whether nothing was changed, removed or put in
 */
gboolean
mtb_audit_verify (MtbStore *store, gint64 *n_entries, GError **error)
{
  gboolean ok;

  *n_entries = 0;
  if (!mtb_store_begin_read (store, error))
    return FALSE;
  ok = mtb_audit_check (store, n_entries, error);
  mtb_store_rollback (store);
  return ok;
}
