/* Passwords that are guessed. Failures are counted in three ways: of an account at an address, of an
 * account at all addresses that are strange, of an address. Some cost nothing; each one more doubles
 * the time until the next attempt, up to a quarter of an hour, and with time they are forgotten, one
 * after the other.
 *
 * Nobody is kept out of their account by others: at an address from which anybody has signed in
 * lately, what strangers elsewhere do does not count; where this person has, what others at the
 * address do does not, either. There, an attacker has what an account at an address allows.
 *
 * A name that nobody has is counted as any other. What is counted is the attempt, before it is known
 * whether it fails, so that many at once are no more than one after the other; who is let in has
 * it taken back. */

#include "mtb-guard.h"

#include "mtb-attempt.h"
#include "mtb-audit.h"
#include "mtb-error.h"
#include "mtb-time.h"

#include <gio/gio.h>
#include <string.h>

#define WAIT_MAX_S (15 * 60)
/* 2 to the power of one less is longer than the longest wait. */
#define N_WAITS 11
#define KNOWN_MS (30 * MTB_DAY)
#define ROWS_MAX 100000
#define BUSY_S 2

/* An attempt that is stored tells little of what was typed, which may be a password by mistake: so
 * many digits of a hash are too few to find it by. */
#define ACCOUNT_DIGITS 6

#define ADDRESS_MAX 64
#define NETWORK_BYTES 8

/* Whose passwords are being looked at, by this process, and how many more wait for that. */
static GMutex mutex;
static GCond somebody_left;
static GHashTable *inside;
static guint n_inside;

typedef enum
{
  PAIR,
  ACCOUNT,
  ADDRESS,
  N_KINDS,
} Kind;

/* How many failures cost nothing, and after how long one is forgotten; in the long run there is
 * no more than one attempt in that time. */
static const struct
{
  const char *name;
  gint64 n_free;
  gint64 forget_ms;
} limits[N_KINDS] = {
  [PAIR] = { "pair", 3, 15 * MTB_MINUTE },
  [ACCOUNT] = { "account", 20, 5 * MTB_MINUTE },
  [ADDRESS] = { "address", 100, MTB_MINUTE / 2 },
};

/**
 * MtbGuard:
 *
 * One attempt to show a password.
 */
struct _MtbGuard
{
  char *username;
  char *person_id;
  char *account;
  char *address;
  char *ids[N_KINDS];
  gboolean counts[N_KINDS];
  gboolean slows_down[N_KINDS];
};

static char *
dup_account (const char *username)
{
  char *hash = mtb_audit_hash_secret (username);

  hash[ACCOUNT_DIGITS] = '\0';
  return hash;
}

static gboolean
is_version_4_in_6 (const guint8 *bytes)
{
  static const guint8 prefix[12] = { [10] = 0xff, [11] = 0xff };

  return memcmp (bytes, prefix, sizeof prefix) == 0;
}

/* Whoever has an address of IPv6 has its whole network. */
static char *
dup_network (GInetAddress *address)
{
  guint8 bytes[16];
  g_autoptr (GInetAddress) network = NULL;

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return g_inet_address_to_string (address);
  memcpy (bytes, g_inet_address_to_bytes (address), sizeof bytes);
  if (is_version_4_in_6 (bytes))
    network = g_inet_address_new_from_bytes (bytes + 12, G_SOCKET_FAMILY_IPV4);
  else
    {
      memset (bytes + NETWORK_BYTES, 0, sizeof bytes - NETWORK_BYTES);
      network = g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV6);
    }
  return g_inet_address_to_string (network);
}

static char *
dup_address (const char *origin)
{
  g_autoptr (GInetAddress) address =
    origin != NULL ? g_inet_address_new_from_string (origin) : NULL;
  g_autofree char *plain = NULL;

  if (address != NULL)
    return dup_network (address);
  plain = g_str_to_ascii (origin != NULL ? origin : "local", "C");
  return g_strndup (plain, ADDRESS_MAX);
}

/**
 * mtb_guard_new:
 * @username: the name that was typed
 * @person_id: (nullable): whose it is, who may sign in
 * @origin: (nullable): from which address; of IPv6 the network counts
 *
 * Returns: (transfer full): an attempt that is to be checked
 */
MtbGuard *
mtb_guard_new (const char *username, const char *person_id, const char *origin)
{
  MtbGuard *self = g_new0 (MtbGuard, 1);

  self->username = g_strdup (username);
  self->person_id = g_strdup (person_id);
  self->account = dup_account (username);
  self->address = dup_address (origin);
  self->ids[PAIR] = g_strjoin ("/", "pair", self->account, self->address, NULL);
  self->ids[ACCOUNT] = g_strjoin ("/", "account", self->account, NULL);
  self->ids[ADDRESS] = g_strjoin ("/", "address", self->address, NULL);
  return self;
}

/**
 * mtb_guard_free:
 * @guard: (nullable) (transfer full): an attempt
 */
void
mtb_guard_free (MtbGuard *guard)
{
  if (guard == NULL)
    return;
  g_free (guard->username);
  g_free (guard->person_id);
  g_free (guard->account);
  g_free (guard->address);
  for (guint i = 0; i < N_KINDS; i++)
    g_free (guard->ids[i]);
  g_free (guard);
}

/* No more than what has the longest wait, whatever a clock has said. */
static gint64
get_left_ms (Kind kind, const MtbAttempt *row, gint64 now)
{
  gint64 most = (limits[kind].n_free + N_WAITS) * limits[kind].forget_ms;

  return row != NULL ? CLAMP (row->forgotten_at - now, 0, most) : 0;
}

static gint64
count_failures (Kind kind, gint64 left_ms)
{
  return (left_ms + limits[kind].forget_ms - 1) / limits[kind].forget_ms;
}

static gint64
get_wait_ms (Kind kind, gint64 n_failures)
{
  gint64 n_beyond = MIN (n_failures - limits[kind].n_free, N_WAITS);

  if (n_beyond <= 0)
    return 0;
  return MIN (G_GINT64_CONSTANT (1) << (n_beyond - 1), WAIT_MAX_S) * MTB_SECOND;
}

/* Who need not wait is free at any time, also where the clock is set back. */
static gint64
get_free_at (Kind kind, gint64 n_failures, gint64 now)
{
  gint64 wait_ms = get_wait_ms (kind, n_failures);

  return wait_ms > 0 ? now + wait_ms : 0;
}

/* A wait that is longer than any was written by a clock that was wrong. */
static gint64
get_blocked_ms (const MtbAttempt *row, gint64 now)
{
  gint64 ms = row != NULL ? row->free_at - now : 0;

  return ms > 0 && ms <= WAIT_MAX_S * MTB_SECOND ? ms : 0;
}

/* What strangers do does not count where somebody is known. */
static gboolean
find_what_counts (MtbGuard *self, MtbStore *store, gint64 now, GError **error)
{
  gint64 seen_at, person_seen_at;

  if (!mtb_store_select_number (store, "SELECT MAX (seen_at) FROM place WHERE address = :address",
                                MTB_PARAMETERS (MTB_TEXT ("address", self->address)), &seen_at,
                                error)
      || !mtb_store_select_number (
        store, "SELECT MAX (seen_at) FROM place WHERE address = :address AND person_id = :person",
        MTB_PARAMETERS (MTB_TEXT ("address", self->address), MTB_TEXT ("person", self->person_id)),
        &person_seen_at, error))
    return FALSE;
  self->counts[PAIR] = TRUE;
  self->counts[ACCOUNT] = seen_at <= now - KNOWN_MS;
  self->counts[ADDRESS] = person_seen_at <= now - KNOWN_MS;
  return TRUE;
}

static MtbAttempt *
find_row (MtbGuard *self, Kind kind, MtbStore *store, GError **error)
{
  return self->counts[kind] ? mtb_store_get (store, &mtb_attempt_shape, self->ids[kind], error)
                            : NULL;
}

/**
 * mtb_guard_check:
 * @guard: an attempt
 * @store: an authority's store
 * @now: the time
 * @error: return location, %MTB_ERROR_TOO_MANY
 *
 * Returns: whether the password may be looked at
 */
gboolean
mtb_guard_check (MtbGuard *guard, MtbStore *store, gint64 now, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 blocked_ms = 0;

  if (!find_what_counts (guard, store, now, error))
    return FALSE;
  for (guint i = 0; i < N_KINDS && failure == NULL; i++)
    {
      g_autoptr (MtbAttempt) row = find_row (guard, i, store, &failure);

      blocked_ms = MAX (blocked_ms, get_blocked_ms (row, now));
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (blocked_ms > 0)
    mtb_error_set_too_many (error, (blocked_ms + MTB_SECOND - 1) / MTB_SECOND);
  else
    return TRUE;
  return FALSE;
}

/**
 * mtb_guard_enter:
 * @guard: an attempt
 * @n_threads: on how many requests are answered
 * @error: return location, %MTB_ERROR_TOO_MANY
 *
 * Waits while another attempt of the account at the address is made, so that who is let in at many
 * desks at once is let in at all of them. No more wait than leave an eighth of the threads for others;
 * mtb_guard_leave() afterwards.
 *
 * Returns: whether there is room
 */
gboolean
mtb_guard_enter (MtbGuard *guard, guint n_threads, GError **error)
{
  guint n_others = (n_threads + 7) / 8;
  gboolean is_full;

  g_mutex_lock (&mutex);
  is_full = n_inside >= MAX (n_threads - n_others, 1);
  n_inside += is_full ? 0 : 1;
  if (inside == NULL)
    inside = g_hash_table_new (g_str_hash, g_str_equal);
  while (!is_full && g_hash_table_contains (inside, guard->ids[PAIR]))
    g_cond_wait (&somebody_left, &mutex);
  if (!is_full)
    g_hash_table_add (inside, guard->ids[PAIR]);
  g_mutex_unlock (&mutex);
  if (is_full)
    mtb_error_set_too_many (error, BUSY_S);
  return !is_full;
}

/**
 * mtb_guard_leave:
 * @guard: an attempt, after mtb_guard_enter()
 */
void
mtb_guard_leave (MtbGuard *guard)
{
  g_mutex_lock (&mutex);
  g_hash_table_remove (inside, guard->ids[PAIR]);
  n_inside--;
  g_cond_broadcast (&somebody_left);
  g_mutex_unlock (&mutex);
}

static gboolean
add_failure (MtbGuard *self, Kind kind, MtbStore *store, gint64 now, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbAttempt) row = find_row (self, kind, store, &failure);
  g_autoptr (MtbAttempt) next = mtb_record_new (&mtb_attempt_shape);
  gint64 left_ms = get_left_ms (kind, row, now) + limits[kind].forget_ms;
  gint64 n_failures = count_failures (kind, left_ms);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  next->id = g_strdup (self->ids[kind]);
  next->account = kind != ADDRESS ? g_strdup (self->account) : NULL;
  next->forgotten_at = now + left_ms;
  next->free_at = get_free_at (kind, n_failures, now);
  self->slows_down[kind] = n_failures == limits[kind].n_free + 1;
  return mtb_store_put (store, next, error);
}

static gboolean
take_back (MtbGuard *self, Kind kind, MtbStore *store, gint64 now, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbAttempt) row = find_row (self, kind, store, &failure);
  gint64 left_ms = get_left_ms (kind, row, now) - limits[kind].forget_ms;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (row == NULL)
    return TRUE;
  if (left_ms <= 0 || kind == PAIR)
    return mtb_store_delete (store, &mtb_attempt_shape, row->id, error);
  row->forgotten_at = now + left_ms;
  row->free_at = MIN (row->free_at, get_free_at (kind, count_failures (kind, left_ms), now));
  return mtb_store_put (store, row, error);
}

/* Takes the head first, so that two servers count one after the other. */
static gboolean
begin (MtbStore *store, GError **error)
{
  g_autoptr (MtbHead) head = NULL;

  if (!mtb_store_begin (store, error))
    return FALSE;
  head = mtb_ledger_take_head (store, error);
  if (head == NULL)
    mtb_store_rollback (store);
  return head != NULL;
}

static gboolean
end (MtbStore *store, gboolean ok, GError **error)
{
  if (ok && mtb_store_commit (store, error))
    return TRUE;
  mtb_store_rollback (store);
  return FALSE;
}

/**
 * mtb_guard_count:
 * @authority: the authority
 * @guard: (type MtbGuard): an attempt
 * @error: return location, %MTB_ERROR_TOO_MANY
 *
 * Counts an attempt as a failure, until mtb_guard_welcome(). A #MtbWriterFunc.
 *
 * Returns: whether the password may be looked at
 */
gboolean
mtb_guard_count (MtbAuthority *authority, gpointer guard, GError **error)
{
  MtbGuard *self = guard;
  MtbStore *store = mtb_authority_get_store (authority);
  gint64 now = mtb_authority_get_now (authority);
  gboolean ok = begin (store, error);

  if (!ok)
    return FALSE;
  ok = mtb_guard_check (self, store, now, error);
  for (guint i = 0; ok && i < N_KINDS; i++)
    ok = !self->counts[i] || add_failure (self, i, store, now, error);
  return end (store, ok, error);
}

/**
 * mtb_guard_tell:
 * @guard: an attempt that was counted, and whose password is wrong
 *
 * Tells the operator where failures begin to have consequences. A name that nobody has may be a
 * password, so it is not told.
 */
void
mtb_guard_tell (const MtbGuard *guard)
{
  const char *name = guard->person_id != NULL ? guard->username : "nobody";

  if (guard->slows_down[PAIR])
    g_message ("signing in as %s from %s is slowed down after failures", name, guard->address);
  if (guard->slows_down[ACCOUNT])
    g_message ("signing in as %s from strange addresses is slowed down after failures", name);
  if (guard->slows_down[ADDRESS])
    g_message ("signing in from %s is slowed down after failures", guard->address);
}

/**
 * mtb_guard_welcome:
 * @authority: the authority
 * @guard: (type MtbGuard): an attempt that was counted, and whose password is right
 * @error: return location
 *
 * Takes back what was counted, forgets what the person failed here before, and knows them here from
 * now on. A #MtbWriterFunc.
 *
 * Returns: whether it is written
 */
gboolean
mtb_guard_welcome (MtbAuthority *authority, gpointer guard, GError **error)
{
  MtbGuard *self = guard;
  MtbStore *store = mtb_authority_get_store (authority);
  gint64 now = mtb_authority_get_now (authority);
  g_autoptr (MtbPlace) place = mtb_place_new (self->person_id, self->address, now);
  gboolean ok = begin (store, error);

  if (!ok)
    return FALSE;
  for (guint i = 0; ok && i < N_KINDS; i++)
    ok = take_back (self, i, store, now, error);
  return end (store, ok && mtb_store_put (store, place, error), error);
}

/**
 * mtb_guard_clean:
 * @authority: the authority
 * @error: return location
 *
 * Takes away what is forgotten. However many names and addresses are tried, what is kept has a
 * limit.
 *
 * Returns: whether it is done
 */
gboolean
mtb_guard_clean (MtbAuthority *authority, GError **error)
{
  MtbStore *store = mtb_authority_get_store (authority);

  return begin (store, error)
         && end (
           store,
           mtb_attempt_clean (store, mtb_authority_get_now (authority), KNOWN_MS, ROWS_MAX, error),
           error);
}

/**
 * mtb_guard_lift:
 * @authority: the authority
 * @username: a user name
 * @error: return location
 *
 * Forgets the failures to sign in under that name, at all addresses.
 *
 * Returns: whether it is done
 */
gboolean
mtb_guard_lift (MtbAuthority *authority, const char *username, GError **error)
{
  MtbStore *store = mtb_authority_get_store (authority);
  g_autofree char *account = dup_account (username);

  return begin (store, error)
         && end (store,
                 mtb_store_run (store, "DELETE FROM attempt WHERE account = :account",
                                MTB_PARAMETERS (MTB_TEXT ("account", account)), error),
                 error);
}

/**
 * mtb_guard_get_free_at:
 * @store: an authority's store
 * @username: a user name
 * @now: the time
 *
 * Returns: until when attempts under that name are refused at some address; 0 where they are not
 */
gint64
mtb_guard_get_free_at (MtbStore *store, const char *username, gint64 now)
{
  g_autofree char *account = dup_account (username);
  gint64 free_at = MTB_ABSENT;

  mtb_store_select_number (store,
                           "SELECT MAX (free_at) FROM attempt"
                           " WHERE account = :account AND free_at > :now AND free_at <= :latest",
                           MTB_PARAMETERS (MTB_TEXT ("account", account), MTB_NUMBER ("now", now),
                                           MTB_NUMBER ("latest", now + WAIT_MAX_S * MTB_SECOND)),
                           &free_at, NULL);
  return MAX (free_at, 0);
}
