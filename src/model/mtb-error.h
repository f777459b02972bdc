#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MtbError:
 * @MTB_ERROR_INVALID: an argument is missing, out of its range or of the wrong kind; see
 *   mtb_error_get_field()
 * @MTB_ERROR_FORBIDDEN: this person may not do or see that
 * @MTB_ERROR_NOT_FOUND: what was named does not exist, or the person may not know that it does
 * @MTB_ERROR_CONFLICT: the state does not allow it
 * @MTB_ERROR_ONLINE_ONLY: needs the server's word, and the server cannot be reached
 * @MTB_ERROR_UNAUTHORIZED: nobody is signed in, or the sign-in has ended
 * @MTB_ERROR_PASSWORD_CHANGE: the password was set by somebody else and has to be changed first
 * @MTB_ERROR_DISMISSED: this sign-in was ended for good; the desk empties itself but for its outbox
 * @MTB_ERROR_GONE: the cursor is too old or sight has changed; a snapshot is needed
 * @MTB_ERROR_MISMATCH: the server's history is not the one this desk has seen
 * @MTB_ERROR_TOO_LARGE: a limit on size or number was passed
 * @MTB_ERROR_TOO_OLD: this program is too old for the server
 * @MTB_ERROR_TOO_MANY: too many attempts, or too many at once; see mtb_error_get_wait_s()
 * @MTB_ERROR_UNREACHABLE: no answer came; nothing is known about the outcome
 * @MTB_ERROR_STORAGE: the database, the disk or the server failed; try again later
 * @MTB_ERROR_DAMAGED: what a database holds is not what was written to it; trying again does not help
 * @MTB_ERROR_UNTRUSTED: the server does not prove who it is; nothing was sent to it
 *
 * The one error domain of the project, coded by what the caller will do about it.
 */
typedef enum
{
  MTB_ERROR_INVALID,
  MTB_ERROR_FORBIDDEN,
  MTB_ERROR_NOT_FOUND,
  MTB_ERROR_CONFLICT,
  MTB_ERROR_ONLINE_ONLY,
  MTB_ERROR_UNAUTHORIZED,
  MTB_ERROR_PASSWORD_CHANGE,
  MTB_ERROR_DISMISSED,
  MTB_ERROR_GONE,
  MTB_ERROR_MISMATCH,
  MTB_ERROR_TOO_LARGE,
  MTB_ERROR_TOO_OLD,
  MTB_ERROR_TOO_MANY,
  MTB_ERROR_UNREACHABLE,
  MTB_ERROR_STORAGE,
  MTB_ERROR_DAMAGED,
  MTB_ERROR_UNTRUSTED,
} MtbError;

#define MTB_ERROR (mtb_error_quark ())

GQuark mtb_error_quark (void);
void mtb_error_set_invalid (GError **error, const char *field, const char *message);
const char *mtb_error_get_field (const GError *error);
void mtb_error_set_field (GError *error, const char *field);
void mtb_error_set_too_many (GError **error, gint64 wait_s);
gint64 mtb_error_get_wait_s (const GError *error);
void mtb_error_set_wait_s (GError *error, gint64 wait_s);
gboolean mtb_error_is_verdict (const GError *error);

G_END_DECLS
