#pragma once

#include "mtb-client.h"
#include "mtb-engine.h"

G_BEGIN_DECLS

struct _MtbEngine
{
  GObject parent_instance;
  MtbClient *client;
  MtbTransport *transport;
  GThreadPool *gives;
  GThreadPool *questions;
  GThreadPool *inquiries;
  GThread *keeper;
  GThread *listener;
  GCancellable *stop;

  /* Held while news are gathered and sent off, so that they arrive in the order of what they saw. */
  GMutex telling;

  /* Shared with the keeper and the listener. */
  GMutex mutex;
  GCond wake;
  gboolean wanted;
  gboolean active;
  gint64 n_fetched;
  gint64 n_to_fetch;
  gint64 fetching_told_at;
  guint n_sign_ins;
  GCancellable *turn; /* of whoever is signed in; cancelled as they leave */

  /* The question thread's own. */
  MtbStore *reader;
  char *reader_uri;
  guint reader_generation;

  /* The main thread's own. */
  MtbEngineState state;
  MtbPerson *person;
  char *person_folder;
  gboolean must_change;
  MtbTally tally;
  gint64 last_contact;
  gint64 shown_fetched;
  gint64 shown_to_fetch;
  guint n_changes;
  GHashTable *connected;
  GHashTable *gone;
};

/* News for the main thread, from any thread; @state where it is another one. */
void mtb_engine_tell (MtbEngine *self, const MtbEngineState *state);

/* The same of what is @over as soon as it is cancelled: then nothing is told of it any more. */
void mtb_engine_tell_unless (MtbEngine *self, GCancellable *over, const MtbEngineState *state);

/* mtb-engine-keeper.c: in step with the server */
gpointer mtb_engine_run_keeper (gpointer data);
gpointer mtb_engine_run_listener (gpointer data);
MtbEngineState mtb_engine_sync_and_tell (MtbEngine *self);
void mtb_engine_want_sync (MtbEngine *self);
void mtb_engine_begin_turn (MtbEngine *self);
GCancellable *mtb_engine_ref_turn (MtbEngine *self);
gboolean mtb_engine_activate (MtbEngine *self, GCancellable *turn);
void mtb_engine_deactivate (MtbEngine *self);

/* mtb-engine-connected.c: who is connected, as the live connection tells; NULL where it has ended */
void mtb_engine_connected_clear (MtbEngine *self);
void mtb_engine_tell_connected (MtbEngine *self, JsonObject *message);
void mtb_engine_emit_connected (MtbEngine *self);

/* mtb-engine-jobs.c: something to be done beside the main thread, in the order in which it was asked for.
 * What it finds, if anything, is for whoever's turn it was when they asked. */
typedef struct
{
  gboolean (*run) (MtbEngine *self, gpointer data, GCancellable *cancellable, GError **error);
  GCancellable *turn;
  char *first;
  char *second;
  gpointer arguments;
  gpointer found;
  GDestroyNotify free_found;
} MtbEngineJob;

GTask *mtb_engine_new_job (MtbEngine *self,
                           gboolean (*run) (MtbEngine *, gpointer, GCancellable *, GError **),
                           const char *first,
                           const char *second,
                           gpointer arguments,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
void mtb_engine_run_job (gpointer item, gpointer data);
void mtb_engine_run_job_in_thread (GTask *task,
                                   gpointer source,
                                   gpointer data,
                                   GCancellable *cancellable);
gboolean mtb_engine_find (MtbEngineJob *job, gpointer found, GDestroyNotify free_found);
gboolean mtb_engine_finish_job (MtbEngine *self, GAsyncResult *result, GError **error);
gpointer mtb_engine_finish_finding (MtbEngine *self, GAsyncResult *result, GError **error);
void mtb_engine_free_secret (gpointer data);

/* Ends a task that was given up, or whose @turn is over. */
gboolean mtb_engine_end_if_over (GTask *task, GCancellable *turn);

/* Ends a task with an error that a person may be shown. */
void mtb_engine_fail (GTask *task, GError *error);

/* A task as one of the engine's threads has it. The last that holds the engine must not be such a
 * thread, which would wait there for its own end: what it has done with is let go on the main thread. */
typedef GTask MtbThreadTask;
void mtb_thread_task_let_go (MtbThreadTask *task);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbThreadTask, mtb_thread_task_let_go)

/* mtb-engine-questions.c: what its pools run */
void mtb_engine_run_question (gpointer item, gpointer data);
void mtb_engine_run_inquiry (gpointer item, gpointer data);

G_END_DECLS
