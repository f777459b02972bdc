/* A keeper of secrets, where the computer has one: of one sign-in for each server. It never asks the
 * person anything. Its functions may be called on any thread, and what they are told is done in that
 * order. */

#include "mtb-secrets.h"

G_DEFINE_INTERFACE (MtbSecrets, mtb_secrets, G_TYPE_OBJECT)

static void
mtb_secrets_default_init (MtbSecretsInterface *iface)
{
}

/**
 * mtb_secrets_keep:
 * @self: a keeper of secrets
 * @server: the server's name
 * @username: who has signed in there
 * @secret: what proves it
 *
 * Keeps it in place of any other for @server. Returns at once; where it cannot be kept it is not.
 */
void
mtb_secrets_keep (MtbSecrets *self, const char *server, const char *username, const char *secret)
{
  g_return_if_fail (MTB_IS_SECRETS (self));

  MTB_SECRETS_GET_IFACE (self)->keep (self, server, username, secret);
}

/**
 * mtb_secrets_forget:
 * @self: a keeper of secrets
 * @server: the server's name
 *
 * Keeps nothing for @server any more. Returns at once.
 */
void
mtb_secrets_forget (MtbSecrets *self, const char *server)
{
  g_return_if_fail (MTB_IS_SECRETS (self));

  MTB_SECRETS_GET_IFACE (self)->forget (self, server);
}

/**
 * mtb_secrets_recall:
 * @self: a keeper of secrets
 * @server: the server's name
 * @username: (out) (transfer full): who has signed in there
 *
 * Blocks, but not for long.
 *
 * Returns: (transfer full) (nullable): what proves it; %NULL where nothing is kept
 */
char *
mtb_secrets_recall (MtbSecrets *self, const char *server, char **username)
{
  g_return_val_if_fail (MTB_IS_SECRETS (self), NULL);

  return MTB_SECRETS_GET_IFACE (self)->recall (self, server, username);
}
