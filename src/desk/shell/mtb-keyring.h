#pragma once

#include "mtb-secrets.h"

G_BEGIN_DECLS

#define MTB_TYPE_KEYRING (mtb_keyring_get_type ())
G_DECLARE_FINAL_TYPE (MtbKeyring, mtb_keyring, MTB, KEYRING, GObject)

MtbSecrets *mtb_keyring_new (const char *folder);

G_END_DECLS
