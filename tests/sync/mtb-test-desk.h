#pragma once

#include "mtb-call.h"
#include "mtb-engine.h"
#include "mtb-error.h"
#include "mtb-refusal.h"
#include "mtb-test-record.h"
#include "mtb-test-server.h"

G_BEGIN_DECLS

/* Somebody at a desk, and the line to the server. */
typedef struct
{
  char *folder;
  char *username;
  MtbTestTransport *line;
  MtbClient *client;
} MtbTestDesk;

MtbTestDesk *mtb_test_desk_new (MtbTestServer *server, const char *username);
MtbTestDesk *mtb_test_desk_new_unsynced (MtbTestServer *server,
                                         const char *username,
                                         const char *computer);
MtbTestDesk *mtb_test_desk_new_at (MtbTestServer *server,
                                   const char *username,
                                   const char *computer);
void mtb_test_desk_free (MtbTestDesk *self);
void mtb_test_desk_sign_in (MtbTestDesk *self);
void mtb_test_desk_stop (MtbTestDesk *self);
void mtb_test_desk_restart (MtbTestDesk *self);
void mtb_test_desk_sync (MtbTestDesk *self);
void mtb_test_desk_sync_fails (MtbTestDesk *self, MtbError code);
void mtb_test_desk_give (MtbTestDesk *self, gpointer arguments);
char *mtb_test_desk_log (MtbTestDesk *self, const char *notes);
gint64 mtb_test_desk_count (MtbTestDesk *self, const char *sql);
char *mtb_test_desk_dup_path (MtbTestDesk *self, const char *name);
guint mtb_test_desk_get_n_waiting (MtbTestDesk *self);
guint mtb_test_desk_get_n_refused (MtbTestDesk *self);
MtbRefusal *mtb_test_desk_get_refusal (MtbTestDesk *self, guint n);

MtbCallLog *mtb_test_new_call (const char *notes);

void mtb_test_end_engine (MtbEngine **engine);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbTestDesk, mtb_test_desk_free)

G_END_DECLS
