#pragma once

#include "mtb-call-query.h"
#include "mtb-command.h"
#include "mtb-customer-query.h"
#include "mtb-department-query.h"
#include "mtb-refusal.h"
#include "mtb-secrets.h"
#include "mtb-stock.h"
#include "mtb-transport.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MtbEngineState:
 * @MTB_ENGINE_SIGNED_OUT: nobody is signed in
 * @MTB_ENGINE_SYNCING: the first data are on their way, or much has to be caught up
 * @MTB_ENGINE_ONLINE: the server answers, and what it has is here
 * @MTB_ENGINE_OFFLINE: the server does not answer; work goes on from the cache
 * @MTB_ENGINE_UNTRUSTED: the server does not prove who it is; as without it
 * @MTB_ENGINE_LOCKED_OUT: the server wants the password again; work goes on from the cache
 * @MTB_ENGINE_PASSWORD_CHANGE: the server waits for another password before anything else; work goes
 *   on from the cache
 * @MTB_ENGINE_DISMISSED: the person may not work here any more, or not at this desk until they have
 *   signed in again; what it kept of them is gone, but for the outbox
 * @MTB_ENGINE_ESTRANGED: the server's history is not the one seen here; nothing is sent or fetched
 *   until its operator has begun a new epoch
 * @MTB_ENGINE_TOO_OLD: this program is too old for the server; what it holds is kept
 * @MTB_ENGINE_UNABLE: this computer cannot read or write its data; what was written before is kept
 */
typedef enum
{
  MTB_ENGINE_SIGNED_OUT,
  MTB_ENGINE_SYNCING,
  MTB_ENGINE_ONLINE,
  MTB_ENGINE_OFFLINE,
  MTB_ENGINE_UNTRUSTED,
  MTB_ENGINE_LOCKED_OUT,
  MTB_ENGINE_PASSWORD_CHANGE,
  MTB_ENGINE_DISMISSED,
  MTB_ENGINE_ESTRANGED,
  MTB_ENGINE_TOO_OLD,
  MTB_ENGINE_UNABLE,
} MtbEngineState;

#define MTB_TYPE_ENGINE_STATE (mtb_engine_state_get_type ())
GType mtb_engine_state_get_type (void);

#define MTB_TYPE_ENGINE (mtb_engine_get_type ())
G_DECLARE_FINAL_TYPE (MtbEngine, mtb_engine, MTB, ENGINE, GObject)

MtbEngine *mtb_engine_new (MtbTransport *transport, const char *folder);

void mtb_engine_set_secrets (MtbEngine *self, MtbSecrets *secrets);

void mtb_engine_restore_async (MtbEngine *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean mtb_engine_restore_finish (MtbEngine *self, GAsyncResult *result, GError **error);
void mtb_engine_sign_in_async (MtbEngine *self,
                               const char *username,
                               const char *password,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean mtb_engine_sign_in_finish (MtbEngine *self, GAsyncResult *result, GError **error);
void mtb_engine_sign_out_async (MtbEngine *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean mtb_engine_sign_out_finish (MtbEngine *self, GAsyncResult *result, GError **error);

void mtb_engine_change_password_async (MtbEngine *self,
                                       const char *old,
                                       const char *new,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean mtb_engine_change_password_finish (MtbEngine *self, GAsyncResult *result, GError **error);
void mtb_engine_reset_password_async (MtbEngine *self,
                                      const char *person_id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
char *mtb_engine_reset_password_finish (MtbEngine *self, GAsyncResult *result, GError **error);

MtbEngineState mtb_engine_get_state (MtbEngine *self);
gboolean mtb_engine_get_must_change (MtbEngine *self);
const MtbPerson *mtb_engine_get_person (MtbEngine *self);
char *mtb_engine_dup_folder (MtbEngine *self);
guint mtb_engine_get_n_waiting (MtbEngine *self);
gint64 mtb_engine_get_waiting_since (MtbEngine *self);
guint mtb_engine_get_n_refused (MtbEngine *self);
gint64 mtb_engine_get_n_saved (MtbEngine *self);
gint64 mtb_engine_get_last_contact (MtbEngine *self);
gint64 mtb_engine_get_n_to_fetch (MtbEngine *self, gint64 *n_fetched);
gint64 mtb_engine_get_now (MtbEngine *self);

gboolean mtb_engine_knows_connected (MtbEngine *self);
gboolean mtb_engine_is_connected (MtbEngine *self, const char *person_id);
gint64 mtb_engine_get_gone_since (MtbEngine *self, const char *person_id);

void mtb_engine_give_async (MtbEngine *self,
                            gpointer arguments,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean mtb_engine_give_finish (MtbEngine *self, GAsyncResult *result, GError **error);

void mtb_engine_ask_async (MtbEngine *self,
                           const MtbQuery *query,
                           gpointer arguments,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
GPtrArray *mtb_engine_ask_finish (MtbEngine *self, GAsyncResult *result, GError **error);
gboolean mtb_engine_ask_is_partial (MtbEngine *self, GAsyncResult *result);

void mtb_engine_open_card_async (MtbEngine *self,
                                 const char *subscriber_id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean mtb_engine_open_card_finish (MtbEngine *self, GAsyncResult *result, GError **error);

void mtb_engine_list_refusals_async (MtbEngine *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *mtb_engine_list_refusals_finish (MtbEngine *self, GAsyncResult *result, GError **error);
void mtb_engine_mend_async (MtbEngine *self,
                            const char *command_id,
                            gpointer arguments,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean mtb_engine_mend_finish (MtbEngine *self, GAsyncResult *result, GError **error);
void mtb_engine_drop_async (MtbEngine *self,
                            const char *command_id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean mtb_engine_drop_finish (MtbEngine *self, GAsyncResult *result, GError **error);

void mtb_engine_measure_async (MtbEngine *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
MtbStock *mtb_engine_measure_finish (MtbEngine *self, GAsyncResult *result, GError **error);
void mtb_engine_empty_async (MtbEngine *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean mtb_engine_empty_finish (MtbEngine *self, GAsyncResult *result, GError **error);

void mtb_engine_sync_now (MtbEngine *self);

G_END_DECLS
