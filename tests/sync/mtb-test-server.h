#pragma once

#include "mtb-accounts.h"
#include "mtb-client.h"
#include "mtb-service.h"

G_BEGIN_DECLS

#define MTB_TEST_PASSWORD "right password"

/* A server in a folder of its own, with the people `rima` and `samer` (agents) and `hadi`
 * (supervisor) in the team `north`, `lina` (agent) in the team `south`, `nadia` (manager) and
 * `majd` (administrator). It is reached by a transport that can fail in every way that a network
 * can. */
typedef struct
{
  char *folder;
  char *database;
  char *snapshots;
  MtbService *service;
  GRWLock lock; /* held while a request is under way */
  gint64 still_at; /* where its clock stands still */
  gint64 ahead_ms;
  gboolean is_guest; /* in another's folder */
} MtbTestServer;

MtbTestServer *mtb_test_server_new (void);
MtbTestServer *mtb_test_server_new_beside (MtbTestServer *other);
void mtb_test_server_free (MtbTestServer *self);
void mtb_test_server_stop (MtbTestServer *self);
void mtb_test_server_start (MtbTestServer *self);
gint64 mtb_test_server_read_clock (gpointer self);
void mtb_test_server_command (MtbTestServer *self, const char *who, gpointer arguments);
void mtb_test_server_put (MtbTestServer *self, gpointer record);
void mtb_test_server_put_all (MtbStore *store, GPtrArray *records);
gint64 mtb_test_server_count (MtbTestServer *self, const char *sql);
void mtb_test_remove_folder (const char *path);

#define MTB_TYPE_TEST_TRANSPORT (mtb_test_transport_get_type ())
G_DECLARE_FINAL_TYPE (MtbTestTransport, mtb_test_transport, MTB, TEST_TRANSPORT, GObject)

MtbTestTransport *mtb_test_transport_new (MtbTestServer *server);
void mtb_test_transport_set_server (MtbTestTransport *self, MtbTestServer *server);
void mtb_test_transport_set_cut (MtbTestTransport *self, gboolean cut);
void mtb_test_transport_lose_answers (MtbTestTransport *self, const char *method, guint n);
void mtb_test_transport_set_meanwhile (MtbTestTransport *self,
                                       void (*func) (gpointer data),
                                       gpointer data);
void mtb_test_transport_cut_after (MtbTestTransport *self, gint64 n_bytes);
gint64 mtb_test_transport_get_n_fetched (MtbTestTransport *self);
void mtb_test_transport_damage (MtbTestTransport *self, const char *path, guint n);
guint mtb_test_transport_get_n_sent (MtbTestTransport *self, const char *method);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbTestServer, mtb_test_server_free)

G_END_DECLS
