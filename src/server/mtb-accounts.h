#pragma once

#include "mtb-authority.h"
#include "mtb-person.h"

G_BEGIN_DECLS

#define MTB_PASSWORD_MIN 8
#define MTB_PASSWORD_MAX 256

guint64 mtb_password_get_n_looked_at (void);
char *mtb_password_make_verifier (const char *password, GError **error);
gboolean mtb_password_verify (const char *verifier, const char *password);
char *mtb_password_make_temporary (void);
void mtb_password_forget (char *password);
MtbCredential *mtb_accounts_make_credential (const char *person_id,
                                             const char *password,
                                             gboolean must_change,
                                             gint64 now,
                                             GError **error);
gboolean mtb_accounts_set_password (MtbAuthority *authority,
                                    const char *by_person_id,
                                    const char *person_id,
                                    const char *password,
                                    gboolean must_change,
                                    GError **error);
MtbPerson *mtb_accounts_find (MtbStore *store,
                              const char *username,
                              MtbCredential **credential,
                              GError **error);
gboolean mtb_accounts_check (const MtbPerson *person,
                             const MtbCredential *credential,
                             const char *password,
                             GError **error);
MtbSession *mtb_accounts_make_session (const char *person_id,
                                       const char *desk,
                                       const char *origin,
                                       gint64 now,
                                       gint64 expires_at,
                                       char **token);
gboolean mtb_accounts_fail_dismissed (GError **error);
MtbSession *
mtb_accounts_find_session (MtbStore *store, const char *token, gint64 now, GError **error);

G_END_DECLS
