#pragma once

#include "mtb-accounts.h"
#include "mtb-query.h"
#include "mtb-service.h"
#include "mtb-snapshots.h"
#include "mtb-viewer.h"
#include "mtb-writer.h"

G_BEGIN_DECLS

/**
 * MtbExchange:
 * @service: the service
 * @request: what was asked
 * @store: a store in a read transaction
 * @head: the head, read in it; %NULL where the database cannot be read
 * @session: (nullable): the sign-in
 * @viewer: (nullable): who asks
 * @json: the answer, an object that is being written
 * @file: (nullable): the answer where it is a file
 *
 * A request on its way to its answer.
 */
typedef struct
{
  MtbService *service;
  const MtbRequest *request;
  MtbStore *store;
  MtbHead *head;
  MtbSession *session;
  MtbViewer *viewer;
  GString *json;
  MtbResponse *file;
} MtbExchange;

typedef gboolean (*MtbResource) (MtbExchange *exchange, GError **error);

gboolean mtb_resource_post_session (MtbExchange *exchange, GError **error);
gboolean mtb_resource_get_session (MtbExchange *exchange, GError **error);
gboolean mtb_resource_delete_session (MtbExchange *exchange, GError **error);
gboolean mtb_resource_put_password (MtbExchange *exchange, GError **error);
gboolean mtb_resource_post_password (MtbExchange *exchange, GError **error);
gboolean mtb_resource_post_commands (MtbExchange *exchange, GError **error);
gboolean mtb_resource_get_changes (MtbExchange *exchange, GError **error);
gboolean mtb_resource_get_snapshot (MtbExchange *exchange, GError **error);
gboolean mtb_resource_get_snapshot_part (MtbExchange *exchange, GError **error);
gboolean mtb_resource_get_subscribers (MtbExchange *exchange, GError **error);
gboolean mtb_resource_get_subscriber (MtbExchange *exchange, GError **error);
gboolean mtb_resource_get_rows (MtbExchange *exchange, GError **error);
gboolean mtb_resource_get_catalogue (MtbExchange *exchange, GError **error);
gboolean mtb_resource_get_health (MtbExchange *exchange, GError **error);
gboolean mtb_resource_get_metrics (MtbExchange *exchange, GError **error);

gboolean mtb_resource_try_password (MtbExchange *exchange,
                                    const char *username,
                                    const MtbPerson *person,
                                    const MtbCredential *credential,
                                    const char *password,
                                    GError **error);
gboolean mtb_resource_fail_forbidden (GError **error);
gboolean mtb_resource_check_may_ask (MtbExchange *exchange, const MtbQuery *query, GError **error);
void mtb_resource_append_rows (MtbExchange *exchange, const char *name, const GPtrArray *rows);

const MtbLimits *mtb_service_get_limits (MtbService *service);
gint64 mtb_service_get_beat_ms (MtbService *service);
gint64 mtb_service_get_now (MtbService *service);
MtbSnapshots *mtb_service_get_snapshots (MtbService *service);
gboolean mtb_resource_check_sight (MtbExchange *exchange, gint64 after, GError **error);
MtbWriter *mtb_service_get_writer (MtbService *service);
void mtb_exchange_release (MtbExchange *exchange);
gboolean mtb_exchange_take (MtbExchange *exchange, GError **error);
void mtb_exchange_judge (MtbExchange *exchange, GPtrArray *orders);
char *mtb_exchange_dup_segment (MtbExchange *exchange);
JsonObject *mtb_exchange_read_body (MtbExchange *exchange, GError **error);
gboolean mtb_exchange_command (MtbExchange *exchange,
                               const MtbSession *session,
                               gpointer arguments,
                               gpointer attachment,
                               GError **error);

G_END_DECLS
