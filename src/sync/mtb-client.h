#pragma once

#include "mtb-download.h"
#include "mtb-query.h"
#include "mtb-replica.h"
#include "mtb-secrets.h"
#include "mtb-stock.h"
#include "mtb-transport.h"

G_BEGIN_DECLS

typedef struct _MtbClient MtbClient;

MtbClient *mtb_client_new (MtbTransport *transport, const char *folder);
void mtb_client_free (MtbClient *client);
void mtb_client_set_secrets (MtbClient *client, MtbSecrets *secrets);
void mtb_client_set_fetching_func (MtbClient *client, MtbDownloadFunc func, gpointer data);

gboolean mtb_client_sign_in (MtbClient *client,
                             const char *username,
                             const char *password,
                             GCancellable *cancellable,
                             GError **error);
gboolean mtb_client_restore (MtbClient *client, GCancellable *cancellable, GError **error);
void mtb_client_sign_out (MtbClient *client, GCancellable *cancellable);
gboolean mtb_client_must_change (MtbClient *client);
gboolean mtb_client_change_password (MtbClient *client,
                                     const char *old,
                                     const char *new,
                                     GCancellable *cancellable,
                                     GError **error);
char *mtb_client_reset_password (MtbClient *client,
                                 const char *person_id,
                                 GCancellable *cancellable,
                                 GError **error);
gboolean mtb_client_resume (MtbClient *client);
gboolean mtb_client_sync (MtbClient *client, GCancellable *cancellable, GError **error);
gboolean mtb_client_fetch_card (MtbClient *client,
                                const char *subscriber_id,
                                GCancellable *cancellable,
                                GError **error);

GPtrArray *mtb_client_ask (MtbClient *client,
                           const MtbQuery *query,
                           gconstpointer arguments,
                           GCancellable *cancellable,
                           GError **error);

char *mtb_client_give (MtbClient *client, gconstpointer arguments, GError **error);
gboolean mtb_client_get_verdict (MtbClient *client, const char *id, GError **error);
GPtrArray *mtb_client_list_refusals (MtbClient *client, GError **error);
gboolean
mtb_client_mend (MtbClient *client, const char *id, gconstpointer arguments, GError **error);
gboolean mtb_client_drop (MtbClient *client, const char *id, GError **error);

MtbPerson *mtb_client_dup_person (MtbClient *client);
char *mtb_client_dup_folder (MtbClient *client);
char *mtb_client_dup_token (MtbClient *client);
char *mtb_client_dup_cache_uri (MtbClient *client, guint *generation);
void mtb_client_count (MtbClient *client, MtbTally *tally);
guint mtb_client_get_n_changes (MtbClient *client);
gint64 mtb_client_get_now (MtbClient *client);
gint64 mtb_client_get_last_contact (MtbClient *client);
gboolean mtb_client_is_empty (MtbClient *client);
MtbStock *mtb_client_measure (MtbClient *client, GError **error);
void mtb_client_repair (MtbClient *client, guint generation, GError **error);
gboolean mtb_client_empty (MtbClient *client, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbClient, mtb_client_free)

G_END_DECLS
