#pragma once

#include "mtb-client.h"

G_BEGIN_DECLS

/* Everything below the mutex is looked at with it held; it is never held over the network. */
struct _MtbClient
{
  MtbTransport *transport;
  MtbSecrets *secrets;
  MtbDownloadFunc fetching;
  gpointer fetching_data;
  GMutex syncing; /* one sync at a time, over the network too */
  GMutex signing; /* in, out, or with another password: one at a time, over the network too */
  char *folder;
  char *desk;
  GMutex clock; /* never held while something is done, so that a window may ask what time it is */
  gint64 offset_ms;
  GMutex mutex;
  MtbReplica *replica;
  char *username;
  char *password;
  char *token;
  gint64 expires_at;
  gboolean must_change; /* the password, before anything else */
  gboolean dismissed; /* and emptied, since the person signed in */
  gint64 last_contact;
  guint n_changes;
  gint64 signed_in_at; /* by the person, not again by the desk */
  gint64 asleep_us; /* how long the machine had slept by then since its start */
  char *resumed_id;
};

JsonObject *mtb_client_exchange (MtbClient *self,
                                 const char *method,
                                 const char *path,
                                 const char *body,
                                 GBytes **bytes,
                                 GCancellable *cancellable,
                                 GError **error);
MtbAnswer *mtb_client_request (MtbClient *self,
                               const char *method,
                               const char *path,
                               const char *body,
                               GCancellable *cancellable,
                               GError **error);
MtbAnswer *mtb_client_fetch (MtbClient *self,
                             const char *path,
                             gint64 from,
                             GCancellable *cancellable,
                             GError **error);
gboolean mtb_client_fetch_snapshot (MtbClient *self, GCancellable *cancellable, GError **error);
gboolean mtb_client_lock (MtbClient *self, GError **error);
void mtb_client_unlock (MtbClient *self, GError **error);
char *mtb_client_dup_verifier_path (MtbClient *self);
void mtb_client_keep_token (MtbClient *self);
void mtb_client_forget_token (MtbClient *self);
void mtb_client_empty_of_leavers (MtbClient *self);
gint64 mtb_client_count_asleep_us (void);
gboolean mtb_client_check_password (MtbClient *self, GCancellable *cancellable, GError **error);
gboolean mtb_client_sign_in_again (MtbClient *self, GCancellable *cancellable, GError **error);

G_END_DECLS
