/* Failures to sign in, and where people have signed in, in the database, so that any server knows
 * them. */

#include "mtb-attempt.h"

static const MtbField attempt_fields[] = {
  MTB_FIELD (MtbAttempt, id, TEXT, .required = TRUE),
  MTB_FIELD (MtbAttempt, account, TEXT),
  MTB_FIELD (MtbAttempt, forgotten_at, TIME, .required = TRUE),
  MTB_FIELD (MtbAttempt, free_at, TIME, .required = TRUE),
};

const MtbShape mtb_attempt_shape = MTB_SHAPE ("attempt", MtbAttempt, attempt_fields);

static const MtbField place_fields[] = {
  MTB_FIELD (MtbPlace, id, TEXT, .required = TRUE),
  MTB_FIELD (MtbPlace, person_id, ID, .required = TRUE, .references = "person"),
  MTB_FIELD (MtbPlace, address, TEXT, .required = TRUE),
  MTB_FIELD (MtbPlace, seen_at, TIME, .required = TRUE),
};

const MtbShape mtb_place_shape = MTB_SHAPE ("place", MtbPlace, place_fields);

/**
 * mtb_place_new:
 * @person_id: somebody
 * @address: from where
 * @seen_at: when they signed in
 *
 * Returns: (transfer full): the place
 */
MtbPlace *
mtb_place_new (const char *person_id, const char *address, gint64 seen_at)
{
  MtbPlace *place = mtb_record_new (&mtb_place_shape);

  place->id = g_strjoin ("/", person_id, address, NULL);
  place->person_id = g_strdup (person_id);
  place->address = g_strdup (address);
  place->seen_at = seen_at;
  return place;
}

/* Those go first that would be forgotten first. */
static gboolean
forget_beyond (MtbStore *store, guint n_kept, GError **error)
{
  gint64 first_kept;

  if (!mtb_store_select_number (
        store,
        "SELECT forgotten_at FROM attempt ORDER BY forgotten_at DESC NULLS LAST"
        " LIMIT 1 OFFSET :kept",
        MTB_PARAMETERS (MTB_NUMBER ("kept", n_kept)), &first_kept, error))
    return FALSE;
  return first_kept == MTB_ABSENT
         || mtb_store_run (store, "DELETE FROM attempt WHERE forgotten_at <= :first",
                           MTB_PARAMETERS (MTB_NUMBER ("first", first_kept)), error);
}

/**
 * mtb_attempt_clean:
 * @store: an authority's store in a writing transaction
 * @now: the time
 * @place_ms: for how long a place is known
 * @n_kept: how many attempts are kept at most
 * @error: return location
 *
 * Takes away what is forgotten, and what is more than is kept.
 *
 * Returns: whether it is done
 */
gboolean
mtb_attempt_clean (MtbStore *store, gint64 now, gint64 place_ms, guint n_kept, GError **error)
{
  return mtb_store_run (store, "DELETE FROM attempt WHERE forgotten_at <= :now",
                        MTB_PARAMETERS (MTB_NUMBER ("now", now)), error)
         && mtb_store_run (store, "DELETE FROM place WHERE seen_at <= :before",
                           MTB_PARAMETERS (MTB_NUMBER ("before", now - place_ms)), error)
         && forget_beyond (store, n_kept, error);
}
