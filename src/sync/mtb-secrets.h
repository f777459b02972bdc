#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define MTB_TYPE_SECRETS (mtb_secrets_get_type ())
G_DECLARE_INTERFACE (MtbSecrets, mtb_secrets, MTB, SECRETS, GObject)

/**
 * MtbSecretsInterface:
 * @keep: see mtb_secrets_keep()
 * @forget: see mtb_secrets_forget()
 * @recall: see mtb_secrets_recall()
 */
struct _MtbSecretsInterface
{
  GTypeInterface parent_interface;

  void (*keep) (MtbSecrets *self, const char *server, const char *username, const char *secret);
  void (*forget) (MtbSecrets *self, const char *server);
  char *(*recall) (MtbSecrets *self, const char *server, char **username);
};

void
mtb_secrets_keep (MtbSecrets *self, const char *server, const char *username, const char *secret);
void mtb_secrets_forget (MtbSecrets *self, const char *server);
char *mtb_secrets_recall (MtbSecrets *self, const char *server, char **username);

G_END_DECLS
