#pragma once

#include "mtb-cache.h"
#include "mtb-outbox.h"

G_BEGIN_DECLS

typedef struct _MtbReplica MtbReplica;

/**
 * MtbTally:
 * @n_waiting: how many commands the server has not judged
 * @waiting_since: when the oldest of them was given, or %MTB_ABSENT
 * @n_refused: how many were refused, or wait with one that was
 * @n_saved: how many could be read of an outbox that was found damaged since it was opened, or
 *   %MTB_ABSENT where none was
 *
 * What a person should know of their outbox.
 */
typedef struct
{
  guint n_waiting;
  gint64 waiting_since;
  guint n_refused;
  gint64 n_saved;
} MtbTally;

MtbReplica *mtb_replica_open (const char *folder, const MtbPerson *person, GError **error);
void mtb_replica_close (MtbReplica *replica);
const MtbPerson *mtb_replica_get_person (MtbReplica *replica);
void mtb_replica_set_person (MtbReplica *replica, const MtbPerson *person);
MtbOutbox *mtb_replica_get_outbox (MtbReplica *replica);
MtbCache *mtb_replica_get_cache (MtbReplica *replica);
const char *mtb_replica_get_cache_uri (MtbReplica *replica);
guint mtb_replica_get_generation (MtbReplica *replica);
void mtb_replica_count (MtbReplica *replica, MtbTally *tally);

gboolean mtb_replica_give (MtbReplica *replica,
                           gconstpointer arguments,
                           const char *id,
                           gint64 now,
                           GError **error);
gboolean
mtb_replica_take_verdicts (MtbReplica *replica, GPtrArray *verdicts, gint64 now, GError **error);
gboolean mtb_replica_take_page (MtbReplica *replica,
                                const char *body,
                                gsize length,
                                gboolean *more,
                                GError **error);
gboolean mtb_replica_take_snapshot (MtbReplica *replica, const char *path, GError **error);
gboolean mtb_replica_is_open (MtbReplica *replica, GError **error);
gboolean mtb_replica_repair (MtbReplica *replica, GError **error);
void mtb_replica_tidy (MtbReplica *replica, gint64 now);
gboolean mtb_replica_forget (MtbReplica *replica, GError **error);
gboolean mtb_replica_empty_cache (MtbReplica *replica, GError **error);
void mtb_replica_empty_folder (const char *folder);
GPtrArray *mtb_replica_list_refusals (MtbReplica *replica, GError **error);
gboolean mtb_replica_mend (MtbReplica *replica,
                           const char *id,
                           gconstpointer arguments,
                           gint64 now,
                           GError **error);
gboolean mtb_replica_drop (MtbReplica *replica, const char *id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbReplica, mtb_replica_close)

G_END_DECLS
