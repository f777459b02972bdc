/* What is not kept for good: the arguments in the audit trail, with the salts of their hashes, once they
 * are older than the department wants; and sign-ins of which no desk has to be told any more.
 *
 * Everything that follows from a command is in rows of its own, and what a restored database lacks
 * comes out of desks' outboxes, so nothing needs the arguments. The hash over them stays in the entry,
 * and with it the chain holds. Erasing itself is no entry: it does what a setting says, and who set
 * that stands in the trail. */

#include "mtb-retention.h"

#include "mtb-setting.h"
#include "mtb-time.h"

#define PORTION 1000

/**
 * mtb_retention_get_days:
 * @store: an authority's store
 * @days: (out): after how many days arguments are erased; 0 for never
 * @error: return location
 *
 * Returns: whether it is known
 */
gboolean
mtb_retention_get_days (MtbStore *store, gint64 *days, GError **error)
{
  *days = 0;
  if (!mtb_store_select_number (
        store, "SELECT CAST (value AS BIGINT) FROM setting WHERE name = :name",
        MTB_PARAMETERS (MTB_TEXT ("name", MTB_SETTING_RETENTION_DAYS)), days, error))
    return FALSE;
  *days = MAX (*days, 0);
  return TRUE;
}

/* The last entry of the next portion that is old enough, and all before it. */
static gboolean
find_end (MtbStore *store, gint64 from, gint64 before, gint64 *end, GError **error)
{
  gint64 first_kept;

  if (!mtb_store_select_number (store,
                                "SELECT MIN (p.seq) FROM (SELECT seq, received_at FROM command"
                                " WHERE seq > :from ORDER BY seq LIMIT :portion) p"
                                " WHERE p.received_at >= :before",
                                MTB_PARAMETERS (MTB_NUMBER ("from", from),
                                                MTB_NUMBER ("portion", PORTION),
                                                MTB_NUMBER ("before", before)),
                                &first_kept, error)
      || !mtb_store_select_number (
        store,
        "SELECT MAX (p.seq) FROM (SELECT seq FROM command"
        " WHERE seq > :from ORDER BY seq LIMIT :portion) p",
        MTB_PARAMETERS (MTB_NUMBER ("from", from), MTB_NUMBER ("portion", PORTION)), end, error))
    return FALSE;
  if (first_kept != MTB_ABSENT)
    *end = first_kept - 1;
  *end = MAX (*end, from);
  return TRUE;
}

static gboolean
erase_portion (MtbStore *store, MtbHead *head, gint64 before, gint64 *n_erased, GError **error)
{
  gint64 from = MAX (head->erased_to, 0);
  const MtbParameter *range;
  gint64 end;

  if (!find_end (store, from, before, &end, error))
    return FALSE;
  range = MTB_PARAMETERS (MTB_NUMBER ("from", from), MTB_NUMBER ("end", end));
  head->erased_to = end;
  return mtb_store_select_number (store,
                                  "SELECT COUNT(*) FROM command WHERE seq > :from AND seq <= :end",
                                  range, n_erased, error)
         && mtb_store_run (
           store,
           "UPDATE command SET salt = NULL, payload = NULL WHERE seq > :from AND seq <= :end",
           range, error);
}

static gboolean
forget_sign_ins (MtbStore *store, gint64 now, GError **error)
{
  return mtb_store_run (store, "DELETE FROM session WHERE expires_at < :before",
                        MTB_PARAMETERS (MTB_NUMBER ("before", now - MTB_DISMISSED_DAYS * MTB_DAY)),
                        error);
}

/* In a transaction; the head is taken first, as always. */
static gboolean
erase (MtbStore *store, gint64 now, gint64 *n_erased, GError **error)
{
  g_autoptr (MtbHead) head = mtb_ledger_take_head (store, error);
  gint64 days;

  if (head == NULL || !mtb_retention_get_days (store, &days, error))
    return FALSE;
  return (days == 0 || erase_portion (store, head, now - days * MTB_DAY, n_erased, error))
         && forget_sign_ins (store, now, error) && mtb_ledger_write_head (store, head, error);
}

/**
 * mtb_retention_erase:
 * @authority: the authority
 * @n_erased: (out): how many entries have lost their arguments; 0 where there is no more to do
 * @error: return location
 *
 * Erases one portion, as a transaction of its own, so that nobody waits for it long.
 *
 * Returns: whether it went well
 */
gboolean
mtb_retention_erase (MtbAuthority *authority, gint64 *n_erased, GError **error)
{
  MtbStore *store = mtb_authority_get_store (authority);

  *n_erased = 0;
  if (!mtb_store_begin (store, error))
    return FALSE;
  if (erase (store, mtb_authority_get_now (authority), n_erased, error)
      && mtb_store_commit (store, error))
    return TRUE;
  mtb_store_rollback (store);
  return FALSE;
}
