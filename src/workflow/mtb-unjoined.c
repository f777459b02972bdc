/* The calls that the PBX saw and that are joined to no record, of people whose records come in one
 * transaction. Who was cut off gives many records at once; what they may be joined to is read
 * together with the first of them, and not once for each. */

#include "mtb-unjoined.h"

#include "mtb-pbx.h"

#define CALLS_MAX 50

/* All that a record from @from on may be joined to, if it ended before @until. */
typedef struct
{
  gint64 from;
  gint64 until;
  GPtrArray *calls;
} Stretch;

struct _MtbUnjoined
{
  GHashTable *people;
};

static void
stretch_free (gpointer data)
{
  Stretch *self = data;

  g_ptr_array_unref (self->calls);
  g_free (self);
}

/**
 * mtb_unjoined_new:
 *
 * Returns: (transfer full): what is read while a transaction goes on
 */
MtbUnjoined *
mtb_unjoined_new (void)
{
  MtbUnjoined *self = g_new (MtbUnjoined, 1);

  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, stretch_free);
  return self;
}

/**
 * mtb_unjoined_free:
 * @unjoined: (nullable) (transfer full): what is needed no more
 */
void
mtb_unjoined_free (MtbUnjoined *unjoined)
{
  if (unjoined == NULL)
    return;
  g_hash_table_unref (unjoined->people);
  g_free (unjoined);
}

static Stretch *
read_stretch (MtbStore *store, const MtbCall *call, GError **error)
{
  GPtrArray *calls = mtb_store_select (
    store, &mtb_pbx_call_table.shape,
    "SELECT $columns(p) FROM pbx_call p WHERE p.person_id = :person AND p.entered_at >= :from"
    " AND (p.ended_at IS NULL OR p.ended_at >= :started) AND NOT EXISTS (SELECT 1 FROM call_link l"
    " WHERE l.pbx_call_id = p.id AND l.joined = 1) ORDER BY p.entered_at, p.id LIMIT :most",
    MTB_PARAMETERS (MTB_TEXT ("person", call->person_id),
                    MTB_NUMBER ("from", call->started_at - MTB_JOIN_LONGEST),
                    MTB_NUMBER ("started", call->started_at - MTB_JOIN_SLACK),
                    MTB_NUMBER ("most", CALLS_MAX)),
    error);
  Stretch *self;

  if (calls == NULL)
    return NULL;
  self = g_new (Stretch, 1);
  self->from = call->started_at;
  self->until = calls->len < CALLS_MAX
                  ? G_MAXINT64
                  : ((const MtbPbxCall *) g_ptr_array_index (calls, calls->len - 1))->entered_at
                      - MTB_JOIN_SLACK;
  self->calls = calls;
  return self;
}

static const Stretch *
need_stretch (MtbUnjoined *self, MtbStore *store, const MtbCall *call, GError **error)
{
  Stretch *stretch = g_hash_table_lookup (self->people, call->person_id);

  if (stretch != NULL && call->started_at >= stretch->from && call->ended_at < stretch->until)
    return stretch;
  stretch = read_stretch (store, call, error);
  if (stretch != NULL)
    g_hash_table_replace (self->people, g_strdup (call->person_id), stretch);
  return stretch;
}

static gboolean
overlap (const MtbCall *call, const MtbPbxCall *pbx_call)
{
  return pbx_call->entered_at >= call->started_at - MTB_JOIN_LONGEST
         && pbx_call->connected_at != MTB_ABSENT
         && pbx_call->connected_at <= call->ended_at + MTB_JOIN_SLACK
         && (pbx_call->ended_at == MTB_ABSENT
             || pbx_call->ended_at >= call->started_at - MTB_JOIN_SLACK);
}

/**
 * mtb_unjoined_find:
 * @unjoined: what was read in this transaction
 * @store: the transaction's store
 * @call: a new record
 * @error: return location
 *
 * Returns: (transfer container) (element-type MtbPbxCall): calls that were taken by who wrote the record,
 *   overlap it in time and are joined to none; the first few, the earliest first
 */
GPtrArray *
mtb_unjoined_find (MtbUnjoined *unjoined, MtbStore *store, const MtbCall *call, GError **error)
{
  const Stretch *stretch = need_stretch (unjoined, store, call, error);
  GPtrArray *candidates;

  if (stretch == NULL)
    return NULL;
  candidates = g_ptr_array_new_with_free_func (mtb_record_unref);
  for (guint i = 0; i < stretch->calls->len && candidates->len < MTB_JOIN_CANDIDATES_MAX; i++)
    if (overlap (call, g_ptr_array_index (stretch->calls, i)))
      g_ptr_array_add (candidates, mtb_record_ref (g_ptr_array_index (stretch->calls, i)));
  return candidates;
}

static void
forget_person (MtbUnjoined *self, const char *person_id)
{
  if (person_id != NULL)
    g_hash_table_remove (self->people, person_id);
}

static void
take_out (MtbUnjoined *self, const MtbCallLink *link)
{
  const Stretch *stretch = g_hash_table_lookup (self->people, link->person_id);

  for (guint i = 0; stretch != NULL && i < stretch->calls->len; i++)
    if (g_str_equal (mtb_record_get_id (g_ptr_array_index (stretch->calls, i)), link->pbx_call_id))
      {
        g_ptr_array_remove_index (stretch->calls, i);
        return;
      }
}

/**
 * mtb_unjoined_note:
 * @unjoined: what was read in this transaction
 * @table: a table of the store
 * @before: (nullable): a row as it was
 * @after: (nullable): the row as it will be
 *
 * Hears of each row that is written, so that what was read stays true.
 */
void
mtb_unjoined_note (MtbUnjoined *unjoined,
                   const MtbTable *table,
                   gconstpointer before,
                   gconstpointer after)
{
  if (table == &mtb_pbx_call_table)
    {
      forget_person (unjoined, before != NULL ? ((const MtbPbxCall *) before)->person_id : NULL);
      forget_person (unjoined, after != NULL ? ((const MtbPbxCall *) after)->person_id : NULL);
    }
  else if (table == &mtb_call_link_table)
    {
      const MtbCallLink *link = after != NULL ? after : before;

      if (after != NULL && link->joined == 1)
        take_out (unjoined, link);
      else
        forget_person (unjoined, link->person_id);
    }
}

/**
 * mtb_unjoined_forget:
 * @unjoined: what was read in a transaction that has ended
 *
 * Somebody else may write now.
 */
void
mtb_unjoined_forget (MtbUnjoined *unjoined)
{
  g_hash_table_remove_all (unjoined->people);
}
