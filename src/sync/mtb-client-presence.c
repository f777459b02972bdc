/* The desk that was taken for dead. */

#include "mtb-client-private.h"

#include "mtb-command.h"
#include "mtb-id.h"
#include "mtb-presence.h"

#include <time.h>

/* A machine that slept for longer was left. */
#define SLEEP_US (60 * G_USEC_PER_SEC)

/* By the clocks of the kernel, which nobody sets. */
gint64
mtb_client_count_asleep_us (void)
{
  struct timespec all = { 0 }, awake = { 0 };

  clock_gettime (CLOCK_BOOTTIME, &all);
  clock_gettime (CLOCK_MONOTONIC, &awake);
  return (all.tv_sec - awake.tv_sec) * G_USEC_PER_SEC + (all.tv_nsec - awake.tv_nsec) / 1000;
}

static gboolean
has_slept (MtbClient *self)
{
  return mtb_client_count_asleep_us () - self->asleep_us > SLEEP_US;
}

static MtbPresence *
find_lapse (MtbClient *self)
{
  g_autoptr (MtbPresence) stretch = NULL;

  if (!mtb_client_lock (self, NULL))
    return NULL;
  stretch = mtb_store_select_one (
    mtb_cache_get_store (mtb_replica_get_cache (self->replica)), &mtb_presence_table.shape,
    "SELECT $columns(p) FROM presence p WHERE p.person_id = :person AND p.ended_at IS NULL",
    MTB_PARAMETERS (MTB_TEXT ("person", mtb_replica_get_person (self->replica)->id)), NULL);
  if (stretch != NULL
      && (stretch->act != MTB_PRESENCE_ACT_LAPSE || stretch->started_at < self->signed_in_at
          || has_slept (self) || g_strcmp0 (stretch->id, self->resumed_id) == 0))
    mtb_record_unref (g_steal_pointer (&stretch));
  if (stretch != NULL)
    {
      g_free (self->resumed_id);
      self->resumed_id = g_strdup (stretch->id);
    }
  g_mutex_unlock (&self->mutex);
  return g_steal_pointer (&stretch);
}

/**
 * mtb_client_resume:
 * @client: a client that is in step with the server
 *
 * Says, where the server has presumed its person away because nothing was heard of this desk, that
 * nobody has left it: the person has been signed in all the time, and the machine did not sleep.
 * Whoever signs in anew has to say themselves what they do.
 *
 * Returns: whether there is something to send
 */
gboolean
mtb_client_resume (MtbClient *client)
{
  g_autoptr (MtbPresence) lapse = find_lapse (client);
  g_autoptr (MtbPresenceMove) move = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  if (lapse == NULL)
    return FALSE;
  move = mtb_record_new (&mtb_presence_move.shape);
  move->id = mtb_id_new (mtb_client_get_now (client));
  move->act = MTB_PRESENCE_ACT_RESUME;
  id = mtb_client_give (client, move, &error);
  if (id == NULL && error != NULL)
    g_message ("the state before the lapse does not come back: %s", error->message);
  return id != NULL;
}
