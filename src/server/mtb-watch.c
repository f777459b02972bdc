/* Who is on shift by their rows, and of whom nothing is heard any more. A desk that died leaves its
 * person away since it was last heard of; a sign-in that has ended without a sign-out ends the shift
 * where its person last did something. Nobody's shift suffers from a server that was down: it waits
 * until desks have had their time to come back. Connectors of which nothing is heard are taken for
 * stopped, in the same way. */

#include "mtb-watch.h"

#include "mtb-command.h"
#include "mtb-connection.h"
#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-person.h"
#include "mtb-presence.h"
#include "mtb-time.h"

#include <glib/gi18n.h>

#define LAPSE_MS (MTB_LAPSE_S * MTB_SECOND)
#define BREAK_MS (60 * MTB_SECOND)

/* Somebody on shift; @seen_at is of any desk of theirs, @expires_at of their last sign-in. */
typedef struct
{
  char *id;
  char *person_id;
  gint64 state;
  gint64 act;
  gint64 started_at;
  gint64 seen_at;
  gint64 expires_at;
} Watched;

static const MtbField watched_fields[] = {
  MTB_FIELD (Watched, id, ID, .required = TRUE),
  MTB_FIELD (Watched, person_id, ID, .required = TRUE),
  MTB_FIELD (Watched, state, ENUM, .required = TRUE, .choices = mtb_presence_state_words),
  MTB_FIELD (Watched, act, ENUM, .required = TRUE, .choices = mtb_presence_act_words),
  MTB_FIELD (Watched, started_at, TIME, .required = TRUE),
  MTB_FIELD (Watched, seen_at, TIME),
  MTB_FIELD (Watched, expires_at, TIME),
};

static const MtbShape watched_shape = MTB_SHAPE ("watched", Watched, watched_fields);

static GPtrArray *
list_watched (MtbStore *store, GError **error)
{
  return mtb_store_select (
    store, &watched_shape,
    "SELECT p.id, p.person_id, p.state, p.act, p.started_at,"
    " (SELECT MAX (l.seen_at) FROM lease l WHERE l.person_id = p.person_id) AS seen_at,"
    " (SELECT MAX (CASE WHEN s.dismissed = 1 THEN s.created_at ELSE s.expires_at END)"
    "   FROM session s WHERE s.person_id = p.person_id) AS expires_at"
    " FROM presence p WHERE p.ended_at IS NULL AND p.state <> 'off'",
    NULL, error);
}

static gboolean
has_sign_in (const Watched *watched, gint64 now)
{
  return watched->expires_at != MTB_ABSENT && watched->expires_at > now;
}

static gboolean
has_lapsed (const Watched *watched)
{
  return watched->state == MTB_PRESENCE_AWAY && watched->act == MTB_PRESENCE_ACT_LAPSE;
}

/* Their last state, record or call; the stretch itself began with something that they did. */
static gboolean
find_last_act (MtbStore *store, const Watched *watched, gint64 *at, GError **error)
{
  const MtbParameter *parameters = MTB_PARAMETERS (
    MTB_TEXT ("person", watched->person_id), MTB_NUMBER ("from", watched->started_at - MTB_DAY));
  gint64 logged_at;
  gint64 ended_at;

  if (!mtb_store_select_number (store,
                                "SELECT MAX (c.logged_at) FROM call c"
                                " WHERE c.person_id = :person AND c.started_at >= :from",
                                parameters, &logged_at, error)
      || !mtb_store_select_number (store,
                                   "SELECT MAX (c.ended_at) FROM pbx_call c"
                                   " WHERE c.person_id = :person AND c.entered_at >= :from",
                                   parameters, &ended_at, error))
    return FALSE;
  *at = watched->started_at;
  if (logged_at != MTB_ABSENT)
    *at = MAX (*at, logged_at);
  if (ended_at != MTB_ABSENT)
    *at = MAX (*at, ended_at);
  return TRUE;
}

static MtbPresenceLapse *
new_lapse (const Watched *watched, gint64 act, gint64 seen_at)
{
  MtbPresenceLapse *lapse = mtb_record_new (&mtb_presence_lapse.shape);
  g_autofree char *when = mtb_time_format (seen_at);
  g_autofree char *sign_in = mtb_time_format (watched->expires_at);

  /* Each server that comes to this says the same, and the second time changes nothing; what was
   * refuted may come true later in the same stretch. */
  lapse->id =
    mtb_id_derive ("presence.lapse", watched->id, mtb_presence_act_words[act], when, sign_in, NULL);
  lapse->person_id = g_strdup (watched->person_id);
  lapse->act = act;
  lapse->seen_at = seen_at;
  return lapse;
}

static gboolean
presume (MtbStore *store, const Watched *watched, gint64 now, GPtrArray *lapses, GError **error)
{
  gint64 heard_at = watched->seen_at != MTB_ABSENT ? MAX (watched->seen_at, watched->started_at)
                                                   : watched->started_at;
  gint64 done_at;

  if (now - heard_at <= LAPSE_MS)
    return TRUE;
  if (has_sign_in (watched, now))
    {
      /* Where no live connection ever stood, its absence says nothing. */
      if (watched->seen_at != MTB_ABSENT && !has_lapsed (watched))
        g_ptr_array_add (lapses, new_lapse (watched, MTB_PRESENCE_ACT_LAPSE, heard_at));
      return TRUE;
    }
  /* Nor does it of who never came to a desk, and whose shift was told otherwise. */
  if (watched->seen_at == MTB_ABSENT && watched->expires_at == MTB_ABSENT)
    return TRUE;
  if (!find_last_act (store, watched, &done_at, error))
    return FALSE;
  g_ptr_array_add (lapses, new_lapse (watched, MTB_PRESENCE_ACT_EXPIRE, MIN (done_at, now)));
  return TRUE;
}

/**
 * mtb_watch_find:
 * @store: an authority's store
 * @now: the time
 * @up_since: since when desks could have been heard of
 * @error: return location
 *
 * Returns: (transfer full) (element-type MtbPresenceLapse): what is to be presumed, as arguments of
 *   `presence.lapse`
 */
GPtrArray *
mtb_watch_find (MtbStore *store, gint64 now, gint64 up_since, GError **error)
{
  g_autoptr (GPtrArray) lapses = g_ptr_array_new_with_free_func (mtb_record_unref);
  g_autoptr (GPtrArray) people = NULL;

  if (now - up_since < LAPSE_MS)
    return g_steal_pointer (&lapses);
  people = list_watched (store, error);
  if (people == NULL)
    return NULL;
  for (guint i = 0; i < people->len; i++)
    if (!presume (store, g_ptr_array_index (people, i), now, lapses, error))
      return NULL;
  return g_steal_pointer (&lapses);
}

/* A connection whose connector has not said that it ends, and says nothing any more. */
typedef struct
{
  char *id;
  gint64 kind;
  char *name;
  gint64 last_at;
  gint64 seen_at;
} Silent;

static const MtbField silent_fields[] = {
  MTB_FIELD (Silent, id, ID, .required = TRUE),
  MTB_FIELD (Silent, kind, ENUM, .required = TRUE, .choices = mtb_connection_kind_words),
  MTB_FIELD (Silent, name, TEXT, .required = TRUE),
  MTB_FIELD (Silent, last_at, TIME),
  MTB_FIELD (Silent, seen_at, TIME, .required = TRUE),
};

static const MtbShape silent_shape = MTB_SHAPE ("silent", Silent, silent_fields);

static GPtrArray *
list_silent (MtbAuthority *authority, GError **error)
{
  gint64 before = mtb_authority_get_now (authority) - MTB_CONNECTOR_SILENCE_S * MTB_SECOND;

  return mtb_store_select (
    mtb_authority_get_store (authority), &silent_shape,
    "SELECT c.id, c.kind, c.name, c.last_at, l.seen_at FROM connection c"
    " JOIN lease l ON l.desk = c.id"
    " WHERE c.state <> 'stopped' AND l.ended_at IS NULL AND l.seen_at < :before",
    MTB_PARAMETERS (MTB_NUMBER ("before", before)), error);
}

/* By the same id whichever server comes to it, so that it is told once. A verdict is no failure. */
static gboolean
presume_by (MtbAuthority *authority, gpointer arguments, const char *id, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (mtb_authority_command (authority, MTB_PERSON_OPERATOR, arguments, id, NULL, &failure)
      || mtb_error_is_verdict (failure))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * mtb_watch_connections:
 * @authority: the authority
 * @error: return location
 *
 * Notes that connectors have stopped which were killed: their leases have run out.
 *
 * Returns: whether the machinery went well
 */
gboolean
mtb_watch_connections (MtbAuthority *authority, GError **error)
{
  g_autoptr (GPtrArray) silent = list_silent (authority, error);

  for (guint i = 0; silent != NULL && i < silent->len; i++)
    {
      const Silent *one = g_ptr_array_index (silent, i);
      g_autofree char *when = mtb_time_format (one->seen_at);
      g_autofree char *id = mtb_id_derive ("watch", one->id, when, NULL);
      MtbConnectionReport *report = mtb_record_new (&mtb_connection_report.shape);

      mtb_record_assign (report, one);
      report->state = MTB_CONNECTION_STOPPED;
      report->detail = g_strdup (N_ ("It has ended without a word"));
      if (!presume_by (authority, report, id, error))
        return FALSE;
    }
  return silent != NULL;
}

static gboolean
presume_all (MtbAuthority *authority, const MtbWatch *watch, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) lapses =
    mtb_watch_find (mtb_authority_get_store (authority), now, watch->up_since, error);

  for (guint i = 0; lapses != NULL && i < lapses->len; i++)
    {
      MtbPresenceLapse *lapse = g_ptr_array_index (lapses, i);
      g_autofree char *id = mtb_id_derive ("watch", lapse->id, NULL);

      if (!presume_by (authority, mtb_record_ref (lapse), id, error))
        return FALSE;
    }
  return lapses != NULL && mtb_watch_connections (authority, error);
}

/**
 * mtb_watch_run:
 * @watch: since when this server could hear of desks
 * @authority: the authority
 * @error: return location
 *
 * Presumes what is to be presumed. What is refused has changed meanwhile. To be called every few
 * seconds: a server that could not do this for a while could not write down of whom it heard, either,
 * since its database was away or its machine slept, and begins anew.
 *
 * Returns: whether the machinery went well
 */
gboolean
mtb_watch_run (MtbWatch *watch, MtbAuthority *authority, GError **error)
{
  gint64 now = mtb_authority_get_now (authority);

  if (now - watch->ran_at > BREAK_MS)
    watch->up_since = now;
  if (!presume_all (authority, watch, now, error))
    return FALSE;
  watch->ran_at = now;
  return TRUE;
}
