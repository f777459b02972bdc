#pragma once

#include "mtb-ledger.h"

G_BEGIN_DECLS

char *mtb_audit_hash_payload (const char *salt, const char *payload);
char *mtb_audit_hash_secret (const char *secret);
char *mtb_audit_make_salt (void);
void mtb_audit_seal (MtbEntry *entry, const char *previous);
gboolean mtb_audit_check (MtbStore *store, gint64 *n_entries, GError **error);
gboolean mtb_audit_verify (MtbStore *store, gint64 *n_entries, GError **error);

G_END_DECLS
