#include "mtb-error.h"

#include <glib/gi18n.h>

typedef struct
{
  char *field;
  gint64 wait_s;
} MtbErrorPrivate;

static void
mtb_error_private_init (MtbErrorPrivate *priv)
{
  priv->field = NULL;
  priv->wait_s = 0;
}

static void
mtb_error_private_copy (const MtbErrorPrivate *src, MtbErrorPrivate *dest)
{
  dest->field = g_strdup (src->field);
  dest->wait_s = src->wait_s;
}

static void
mtb_error_private_clear (MtbErrorPrivate *priv)
{
  g_free (priv->field);
}

/**
 * mtb_error_quark:
 *
 * Returns: the quark of the project's error domain
 */
G_DEFINE_EXTENDED_ERROR (MtbError, mtb_error)

/**
 * mtb_error_set_invalid:
 * @error: (out) (optional): where to put the error
 * @field: the argument that is wrong
 * @message: what is wrong, a translatable literal
 *
 * Sets a %MTB_ERROR_INVALID that names its field.
 */
void
mtb_error_set_invalid (GError **error, const char *field, const char *message)
{
  if (error == NULL)
    return;
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_INVALID, message);
  mtb_error_set_field (*error, field);
}

/**
 * mtb_error_get_field:
 * @error: an error of the domain %MTB_ERROR
 *
 * Returns: (nullable): the argument that the error is about
 */
const char *
mtb_error_get_field (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);
  return error->domain == MTB_ERROR ? mtb_error_get_private (error)->field : NULL;
}

/**
 * mtb_error_set_field:
 * @error: an error of the domain %MTB_ERROR
 * @field: (nullable): the argument that the error is about
 */
void
mtb_error_set_field (GError *error, const char *field)
{
  MtbErrorPrivate *priv;

  g_return_if_fail (error != NULL && error->domain == MTB_ERROR);
  priv = mtb_error_get_private (error);
  g_free (priv->field);
  priv->field = g_strdup (field);
}

/**
 * mtb_error_set_too_many:
 * @error: (out) (optional): where to put the error
 * @wait_s: for how many seconds another attempt is refused
 *
 * Sets a %MTB_ERROR_TOO_MANY.
 */
void
mtb_error_set_too_many (GError **error, gint64 wait_s)
{
  if (error == NULL)
    return;
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_TOO_MANY,
                       N_ ("Too many attempts; try again later"));
  mtb_error_set_wait_s (*error, wait_s);
}

/**
 * mtb_error_get_wait_s:
 * @error: an error
 *
 * Returns: for how many seconds another attempt is refused; 0 where nothing is known of that
 */
gint64
mtb_error_get_wait_s (const GError *error)
{
  g_return_val_if_fail (error != NULL, 0);
  return error->domain == MTB_ERROR ? mtb_error_get_private (error)->wait_s : 0;
}

/**
 * mtb_error_set_wait_s:
 * @error: an error of the domain %MTB_ERROR
 * @wait_s: for how many seconds another attempt is refused
 */
void
mtb_error_set_wait_s (GError *error, gint64 wait_s)
{
  g_return_if_fail (error != NULL && error->domain == MTB_ERROR);
  mtb_error_get_private (error)->wait_s = wait_s;
}

/**
 * mtb_error_is_verdict:
 * @error: an error
 *
 * Tells a judgement of a command (it is wrong, and stays so) from a failure of the machinery
 * (a full disk, a lost connection), which must never become one.
 *
 * Returns: whether @error may be recorded as the verdict of a command
 */
gboolean
mtb_error_is_verdict (const GError *error)
{
  return error->domain == MTB_ERROR && error->code <= MTB_ERROR_ONLINE_ONLY;
}
