/* Who is connected at one moment, out of the leases, and what a desk is told of it. A person with
 * several desks is gone when the last of them is. */

#include "mtb-connected.h"

#include "mtb-json.h"
#include "mtb-lease.h"
#include "mtb-person.h"
#include "mtb-presence.h"
#include "mtb-time.h"

/* For so long after they went people stand in the list, so that a desk can say since when. */
#define GONE_MS (12 * MTB_HOUR)

typedef struct
{
  gint64 since;
  gint64 seen_at;
} Standing;

struct _MtbConnected
{
  gatomicrefcount refs;
  GHashTable *people;
};

static void
add_lease (MtbConnected *self, const MtbLease *lease, gboolean stands)
{
  Standing *standing = g_hash_table_lookup (self->people, lease->person_id);

  if (standing == NULL)
    {
      standing = g_new (Standing, 1);
      *standing = (Standing){ MTB_ABSENT, lease->seen_at };
      g_hash_table_insert (self->people, g_strdup (lease->person_id), standing);
    }
  standing->seen_at = MAX (standing->seen_at, lease->seen_at);
  if (stands && (standing->since == MTB_ABSENT || lease->connected_at < standing->since))
    standing->since = lease->connected_at;
}

/**
 * mtb_connected_read:
 * @store: an authority's store in a transaction
 * @now: the time
 * @lease_ms: for how long a lease stands without being renewed
 * @error: return location
 *
 * Returns: (transfer full): who is connected now, through whichever server
 */
MtbConnected *
mtb_connected_read (MtbStore *store, gint64 now, gint64 lease_ms, GError **error)
{
  g_autoptr (GPtrArray) leases = mtb_store_select (
    store, &mtb_lease_shape,
    "SELECT $columns(l) FROM lease l WHERE l.seen_at > :from"
    " AND l.person_id NOT IN (:pbx, :subscribers)",
    MTB_PARAMETERS (MTB_NUMBER ("from", now - GONE_MS), MTB_TEXT ("pbx", MTB_PERSON_PBX),
                    MTB_TEXT ("subscribers", MTB_PERSON_SUBSCRIBERS)),
    error);
  MtbConnected *self;

  if (leases == NULL)
    return NULL;
  self = g_new0 (MtbConnected, 1);
  g_atomic_ref_count_init (&self->refs);
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < leases->len; i++)
    {
      const MtbLease *lease = g_ptr_array_index (leases, i);

      add_lease (self, lease, mtb_lease_stands (lease, now, lease_ms));
    }
  return self;
}

/**
 * mtb_connected_ref:
 * @self: a picture of who is connected, which does not change
 *
 * Returns: (transfer full): @self
 */
MtbConnected *
mtb_connected_ref (MtbConnected *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * mtb_connected_unref:
 * @self: (nullable) (transfer full): a picture of who is connected
 */
void
mtb_connected_unref (MtbConnected *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->people);
  g_free (self);
}

static gboolean
is_connected (MtbConnected *self, const char *person_id)
{
  const Standing *standing = g_hash_table_lookup (self->people, person_id);

  return standing != NULL && standing->since != MTB_ABSENT;
}

/**
 * mtb_connected_compare:
 * @self: who is connected
 * @before: who was
 *
 * Returns: (transfer container) (element-type utf8): the ids of those who have come or gone, @self's
 */
GPtrArray *
mtb_connected_compare (MtbConnected *self, MtbConnected *before)
{
  GPtrArray *changed = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer person_id;

  /* Who was connected is in both: a lease that has run out is still remembered. */
  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, &person_id, NULL))
    if (is_connected (self, person_id) != is_connected (before, person_id))
      g_ptr_array_add (changed, person_id);
  return changed;
}

static void
append_standing (GString *json, const char *person_id, const Standing *standing)
{
  mtb_json_append_text_member (json, "person_id", person_id);
  if (standing->since != MTB_ABSENT)
    mtb_json_append_time_member (json, "since", standing->since);
  else
    mtb_json_append_time_member (json, "seen_at", standing->seen_at);
  g_string_append_c (json, '}');
}

/**
 * mtb_connected_write_list:
 * @self: who is connected
 * @viewer: who is told
 *
 * Returns: (transfer full): the message with everybody whose presence @viewer sees: `since` of who is
 *   connected, `seen_at` of who has gone in the last hours
 */
char *
mtb_connected_write_list (MtbConnected *self, const MtbViewer *viewer)
{
  GString *json = g_string_new ("{\"type\":\"connected\",\"people\":[");
  const char *separator = "{";
  GHashTableIter iter;
  gpointer person_id;
  gpointer standing;

  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, &person_id, &standing))
    if (mtb_connected_is_seen_by (viewer, person_id))
      {
        g_string_append (json, separator);
        append_standing (json, person_id, standing);
        separator = ",{";
      }
  g_string_append (json, "]}");
  return g_string_free (json, FALSE);
}

/**
 * mtb_connected_write_person:
 * @self: who is connected
 * @person_id: somebody who has come or gone
 *
 * Returns: (transfer full): the message that says so
 */
char *
mtb_connected_write_person (MtbConnected *self, const char *person_id)
{
  GString *json = g_string_new ("{");

  mtb_json_append_text_member (json, "type", is_connected (self, person_id) ? "connected" : "gone");
  append_standing (json, person_id, g_hash_table_lookup (self->people, person_id));
  return g_string_free (json, FALSE);
}

/**
 * mtb_connected_is_seen_by:
 * @viewer: somebody
 * @person_id: somebody
 *
 * Returns: whether @viewer may know whether @person_id is connected, which is as with presence
 */
gboolean
mtb_connected_is_seen_by (const MtbViewer *viewer, const char *person_id)
{
  return mtb_viewer_sees_scope (viewer, &mtb_presence_table, person_id);
}
