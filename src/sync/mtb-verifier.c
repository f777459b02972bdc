/* Signing in to one's own desk while the server cannot be reached: an argon2id verifier of the
 * password, with whose it is and when the server last knew them. It is good for a set time and goes
 * when the server revokes it. */

#include "mtb-verifier.h"

#include "mtb-error.h"
#include "mtb-json.h"
#include "mtb-time.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#define OPERATIONS 2
#define MEMORY (19 * 1024 * 1024)

typedef struct
{
  char *verifier;
  gint64 seen_at;
  char *person;
} Verifier;

static const MtbField verifier_fields[] = {
  MTB_FIELD (Verifier, verifier, TEXT, .required = TRUE),
  MTB_FIELD (Verifier, seen_at, TIME, .required = TRUE),
  MTB_FIELD (Verifier, person, TEXT, .required = TRUE),
};

static const MtbShape verifier_shape = MTB_SHAPE ("verifier", Verifier, verifier_fields);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Verifier, mtb_record_unref)

static gboolean
write_file (const char *path, const Verifier *record, GError **error)
{
  g_autofree char *text = mtb_json_write_record (record);

  return g_file_set_contents_full (
    path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

static Verifier *
read_file (const char *path)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  return mtb_json_parse_record (text, &verifier_shape, NULL);
}

/**
 * mtb_verifier_write:
 * @path: the file
 * @person: who has just signed in to the server
 * @password: with what
 * @now: the time
 * @error: return location
 *
 * Returns: whether the person may sign in here without the server from now on
 */
gboolean
mtb_verifier_write (const char *path,
                    const MtbPerson *person,
                    const char *password,
                    gint64 now,
                    GError **error)
{
  g_autoptr (Verifier) record = mtb_record_new (&verifier_shape);
  char verifier[crypto_pwhash_STRBYTES];

  if (crypto_pwhash_str_alg (verifier, password, strlen (password), OPERATIONS, MEMORY,
                             crypto_pwhash_ALG_ARGON2ID13)
      != 0)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_STORAGE, "not enough memory");
      return FALSE;
    }
  record->verifier = g_strdup (verifier);
  record->seen_at = now;
  record->person = mtb_json_write_record (person);
  return write_file (path, record, error);
}

static Verifier *
read_good (const char *path, gint64 now, gint64 max_age_ms, GError **error)
{
  g_autoptr (Verifier) record = read_file (path);

  if (record == NULL)
    g_set_error_literal (
      error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED,
      N_ ("The server cannot be reached, and you have not signed in here before"));
  else if (now - record->seen_at > max_age_ms)
    g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED,
                         N_ ("The server was not reached for too long; sign in when it is"));
  else
    return g_steal_pointer (&record);
  return NULL;
}

/**
 * mtb_verifier_check:
 * @path: the file
 * @password: what was typed
 * @now: the time
 * @max_age_ms: for how long after the last contact a sign-in is good
 * @error: return location, %MTB_ERROR_UNAUTHORIZED
 *
 * Returns: (transfer full): the person, as the server last knew them
 */
MtbPerson *
mtb_verifier_check (const char *path,
                    const char *password,
                    gint64 now,
                    gint64 max_age_ms,
                    GError **error)
{
  g_autoptr (Verifier) record = read_good (path, now, max_age_ms, error);

  if (record == NULL)
    return NULL;
  if (crypto_pwhash_str_verify (record->verifier, password, strlen (password)) != 0)
    g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED,
                         N_ ("The user name or the password is wrong"));
  else
    return mtb_json_parse_record (record->person, &mtb_person_table.shape, error);
  return NULL;
}

/**
 * mtb_verifier_find_person:
 * @path: the file
 * @now: the time
 * @max_age_ms: for how long after the last contact a sign-in is good
 * @error: return location, %MTB_ERROR_UNAUTHORIZED
 *
 * For who has proved otherwise that they signed in here.
 *
 * Returns: (transfer full): the person, as the server last knew them
 */
MtbPerson *
mtb_verifier_find_person (const char *path, gint64 now, gint64 max_age_ms, GError **error)
{
  g_autoptr (Verifier) record = read_good (path, now, max_age_ms, error);

  return record != NULL ? mtb_json_parse_record (record->person, &mtb_person_table.shape, error)
                        : NULL;
}

/**
 * mtb_verifier_touch:
 * @path: the file
 * @person: who works here, as the server knows them now
 * @now: when that was
 */
void
mtb_verifier_touch (const char *path, const MtbPerson *person, gint64 now)
{
  g_autoptr (Verifier) record = read_file (path);
  g_autofree char *text = mtb_json_write_record (person);

  if (record == NULL || (now - record->seen_at < MTB_HOUR && g_strcmp0 (record->person, text) == 0))
    return;
  record->seen_at = now;
  g_free (record->person);
  record->person = g_steal_pointer (&text);
  write_file (path, record, NULL);
}

/**
 * mtb_verifier_remove:
 * @path: the file
 */
void
mtb_verifier_remove (const char *path)
{
  g_unlink (path);
}
