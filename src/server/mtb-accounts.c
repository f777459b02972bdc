/* Passwords, as argon2id verifiers, and tokens, of which only a hash is kept. Whoever calls the
 * password functions does so beside every main loop: each takes its time by design, and only a few
 * run at once. */

#include "mtb-accounts.h"

#include "mtb-audit.h"
#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-time.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

#define OPERATIONS 2
#define MEMORY (19 * 1024 * 1024)
#define AT_ONCE 2
#define TOKEN_BYTES 32
#define TEMPORARY_GROUPS 3
#define TEMPORARY_GROUP 4

/* Without 0 and o, 1 and l and i. */
static const char plain_characters[] = "23456789abcdefghjkmnpqrstuvwxyz";

static GMutex mutex;
static GCond slot_free;
static guint n_running;
static guint64 n_looked_at;

static void
enter_slot (void)
{
  g_mutex_lock (&mutex);
  while (n_running >= AT_ONCE)
    g_cond_wait (&slot_free, &mutex);
  n_running++;
  n_looked_at++;
  g_mutex_unlock (&mutex);
}

static void
leave_slot (void)
{
  g_mutex_lock (&mutex);
  n_running--;
  g_cond_signal (&slot_free);
  g_mutex_unlock (&mutex);
}

/**
 * mtb_password_get_n_looked_at:
 *
 * Returns: how many passwords were looked at since the program began
 */
guint64
mtb_password_get_n_looked_at (void)
{
  guint64 n;

  g_mutex_lock (&mutex);
  n = n_looked_at;
  g_mutex_unlock (&mutex);
  return n;
}

/**
 * mtb_password_make_verifier:
 * @password: a password
 * @error: return location
 *
 * Returns: (transfer full): what argon2id makes of it, with salt and cost in it
 */
char *
mtb_password_make_verifier (const char *password, GError **error)
{
  char verifier[crypto_pwhash_STRBYTES];
  gsize length = strlen (password);
  int result;

  enter_slot ();
  result = crypto_pwhash_str_alg (verifier, password, length, OPERATIONS, MEMORY,
                                  crypto_pwhash_ALG_ARGON2ID13);
  leave_slot ();
  if (result == 0)
    return g_strdup (verifier);
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_STORAGE, "not enough memory for a password");
  return NULL;
}

/**
 * mtb_password_verify:
 * @verifier: what mtb_password_make_verifier() gave
 * @password: what was typed
 *
 * Returns: whether it is the password
 */
gboolean
mtb_password_verify (const char *verifier, const char *password)
{
  gboolean right;

  if (strlen (password) > MTB_PASSWORD_MAX)
    return FALSE;
  enter_slot ();
  right = crypto_pwhash_str_verify (verifier, password, strlen (password)) == 0;
  leave_slot ();
  return right;
}

/**
 * mtb_password_make_temporary:
 *
 * Returns: (transfer full): a random password of 59 bits, three groups of letters and digits of which
 *   none looks like another, to be given to mtb_password_forget()
 */
char *
mtb_password_make_temporary (void)
{
  char *password = g_malloc (TEMPORARY_GROUPS * (TEMPORARY_GROUP + 1));

  for (guint i = 0; i < TEMPORARY_GROUPS * (TEMPORARY_GROUP + 1); i++)
    password[i] = i % (TEMPORARY_GROUP + 1) == TEMPORARY_GROUP
                    ? '-'
                    : plain_characters[randombytes_uniform (strlen (plain_characters))];
  password[TEMPORARY_GROUPS * (TEMPORARY_GROUP + 1) - 1] = '\0';
  return password;
}

/**
 * mtb_password_forget:
 * @password: (nullable) (transfer full): a password
 */
void
mtb_password_forget (char *password)
{
  if (password != NULL)
    sodium_memzero (password, strlen (password));
  g_free (password);
}

/**
 * mtb_accounts_make_credential:
 * @person_id: whose
 * @password: a password
 * @must_change: whether it has to be changed before anything else
 * @now: the time
 * @error: return location, %MTB_ERROR_INVALID
 *
 * Returns: (transfer full): what is kept of the password
 */
MtbCredential *
mtb_accounts_make_credential (const char *person_id,
                              const char *password,
                              gboolean must_change,
                              gint64 now,
                              GError **error)
{
  g_autoptr (MtbCredential) credential = mtb_record_new (&mtb_credential_shape);

  credential->person_id = g_strdup (person_id);
  credential->verifier = mtb_password_make_verifier (password, error);
  credential->changed_at = now;
  credential->must_change = must_change ? 1 : 0;
  return credential->verifier != NULL ? g_steal_pointer (&credential) : NULL;
}

/**
 * mtb_accounts_set_password:
 * @authority: the authority
 * @by_person_id: who sets it
 * @person_id: whose
 * @password: the new password
 * @must_change: whether it has to be changed before anything else
 * @error: return location
 *
 * Ends the person's sign-ins.
 *
 * Returns: whether it was set
 */
gboolean
mtb_accounts_set_password (MtbAuthority *authority,
                           const char *by_person_id,
                           const char *person_id,
                           const char *password,
                           gboolean must_change,
                           GError **error)
{
  g_autoptr (MtbCredential) credential = mtb_accounts_make_credential (
    person_id, password, must_change, mtb_authority_get_now (authority), error);
  MtbPersonRef *arguments;

  if (credential == NULL)
    return FALSE;
  arguments = mtb_record_new (&mtb_account_password.shape);
  arguments->person_id = g_strdup (person_id);
  return mtb_authority_command (authority, by_person_id, arguments, NULL, credential, error);
}

static const char *
get_decoy (void)
{
  static gsize decoy = 0;

  if (g_once_init_enter (&decoy))
    g_once_init_leave (&decoy, (gsize) mtb_password_make_verifier ("nobody's password", NULL));
  return (const char *) decoy;
}

/**
 * mtb_accounts_find:
 * @store: an authority's store
 * @username: what was typed
 * @credential: (out) (nullable) (transfer full): what is kept of the password
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the person; %NULL without @error where there is none
 */
MtbPerson *
mtb_accounts_find (MtbStore *store,
                   const char *username,
                   MtbCredential **credential,
                   GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbPerson) person = mtb_store_select_one (
    store, &mtb_person_table.shape, "SELECT $columns(p) FROM person p WHERE p.username = :username",
    MTB_PARAMETERS (MTB_TEXT ("username", username)), &failure);

  *credential = NULL;
  if (person != NULL)
    *credential = mtb_store_get (store, &mtb_credential_shape, person->id, &failure);
  if (failure == NULL)
    return g_steal_pointer (&person);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/**
 * mtb_accounts_check:
 * @person: (nullable): what mtb_accounts_find() found
 * @credential: (nullable): and of the password
 * @password: what was typed
 * @error: return location, %MTB_ERROR_UNAUTHORIZED
 *
 * An unknown name takes as long as a wrong password and gets the same answer. No connection is to
 * be held meanwhile.
 *
 * Returns: whether that person may sign in with it
 */
gboolean
mtb_accounts_check (const MtbPerson *person,
                    const MtbCredential *credential,
                    const char *password,
                    GError **error)
{
  const char *decoy = get_decoy ();
  gboolean right =
    mtb_password_verify (credential != NULL ? credential->verifier : decoy, password);

  if (right && credential != NULL && person->active == 1)
    return TRUE;
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED,
                       N_ ("The user name or the password is wrong"));
  return FALSE;
}

/**
 * mtb_accounts_make_session:
 * @person_id: who signs in
 * @desk: (nullable): at which desk
 * @origin: (nullable): from which address
 * @now: the time
 * @expires_at: until when it is good
 * @token: (out) (transfer full): the secret that the desk will show
 *
 * Returns: (transfer full): what the server keeps of it
 */
MtbSession *
mtb_accounts_make_session (const char *person_id,
                           const char *desk,
                           const char *origin,
                           gint64 now,
                           gint64 expires_at,
                           char **token)
{
  MtbSession *session = mtb_record_new (&mtb_session_shape);
  guint8 bytes[TOKEN_BYTES];
  char text[2 * TOKEN_BYTES + 1];

  randombytes_buf (bytes, sizeof bytes);
  *token = g_strdup (sodium_bin2hex (text, sizeof text, bytes, sizeof bytes));
  session->token_hash = mtb_audit_hash_secret (*token);
  session->id = mtb_id_new (now);
  session->person_id = g_strdup (person_id);
  session->desk = g_strdup (desk);
  session->origin = g_strdup (origin);
  session->dismissed = 0;
  session->created_at = now;
  session->expires_at = expires_at;
  sodium_memzero (bytes, sizeof bytes);
  sodium_memzero (text, sizeof text);
  return session;
}

/**
 * mtb_accounts_fail_dismissed:
 * @error: return location, %MTB_ERROR_DISMISSED
 *
 * Returns: %FALSE
 */
gboolean
mtb_accounts_fail_dismissed (GError **error)
{
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_DISMISSED,
                       N_ ("Your access at this desk has ended"));
  return FALSE;
}

/**
 * mtb_accounts_find_session:
 * @store: an authority's store
 * @token: (nullable): what the desk showed
 * @now: the time
 * @error: return location, %MTB_ERROR_UNAUTHORIZED, %MTB_ERROR_DISMISSED
 *
 * A desk that was dismissed is told so even when its sign-in would have ended meanwhile.
 *
 * Returns: (transfer full): the sign-in
 */
MtbSession *
mtb_accounts_find_session (MtbStore *store, const char *token, gint64 now, GError **error)
{
  g_autofree char *hash = mtb_audit_hash_secret (token != NULL ? token : "");
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbSession) session = mtb_store_get (store, &mtb_session_shape, hash, &failure);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (session != NULL && session->dismissed == 1)
    mtb_accounts_fail_dismissed (error);
  else if (session == NULL || session->expires_at <= now)
    g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED, N_ ("Sign in again"));
  else
    return g_steal_pointer (&session);
  return NULL;
}
