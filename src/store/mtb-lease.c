/* Who is connected, in the database, so that any server can answer. */

#include "mtb-lease.h"

static const MtbField lease_fields[] = {
  MTB_FIELD (MtbLease, id, TEXT, .required = TRUE),
  MTB_FIELD (MtbLease, person_id, ID, .required = TRUE, .references = "person"),
  MTB_FIELD (MtbLease, desk, TEXT),
  MTB_FIELD (MtbLease, connected_at, TIME, .required = TRUE),
  MTB_FIELD (MtbLease, seen_at, TIME, .required = TRUE),
  MTB_FIELD (MtbLease, ended_at, TIME),
};

const MtbShape mtb_lease_shape = MTB_SHAPE ("lease", MtbLease, lease_fields);

/**
 * mtb_lease_new:
 * @person_id: who is connected
 * @desk: (nullable): from which desk
 * @connected_at: since when
 *
 * Returns: (transfer full): the lease of that desk, heard of just then
 */
MtbLease *
mtb_lease_new (const char *person_id, const char *desk, gint64 connected_at)
{
  MtbLease *lease = mtb_record_new (&mtb_lease_shape);

  lease->id = g_strjoin ("/", person_id, desk, NULL);
  lease->person_id = g_strdup (person_id);
  lease->desk = g_strdup (desk);
  lease->connected_at = connected_at;
  lease->seen_at = connected_at;
  return lease;
}

/**
 * mtb_lease_write:
 * @store: an authority's store in a writing transaction
 * @lease: a lease that begins, goes on or has ended
 * @error: return location
 *
 * Ends only the connection that it tells of: the desk may have a newer one, to another server.
 *
 * Returns: whether it is written
 */
gboolean
mtb_lease_write (MtbStore *store, const MtbLease *lease, GError **error)
{
  if (lease->ended_at == MTB_ABSENT)
    return mtb_store_put (store, lease, error);
  return mtb_store_run (
    store,
    "UPDATE lease SET seen_at = :seen, ended_at = :ended"
    " WHERE id = :id AND connected_at = :connected",
    MTB_PARAMETERS (MTB_NUMBER ("seen", lease->seen_at), MTB_NUMBER ("ended", lease->ended_at),
                    MTB_TEXT ("id", lease->id), MTB_NUMBER ("connected", lease->connected_at)),
    error);
}

/**
 * mtb_lease_stands:
 * @lease: a lease
 * @now: the time
 * @lease_ms: for how long it stands without being renewed
 *
 * Returns: whether the desk is connected
 */
gboolean
mtb_lease_stands (const MtbLease *lease, gint64 now, gint64 lease_ms)
{
  return lease->ended_at == MTB_ABSENT && lease->seen_at > now - lease_ms;
}
