/* Running totals, kept up in the transaction of whatever changes them.
 *
 * For each row that changes, what it added before is taken away and what it adds now is added. This
 * is gathered for a whole group of commands; mtb_totals_flush() then writes each total that was
 * touched once. A full recount goes through the same functions, so that it gives the same digits.
 *
 * A call of the PBX counts in the half-hour, counted from the beginning of the organisation's day,
 * and in the day in which it entered its queue; a record in the day in which the talk began. What a
 * link says reads the rows that it joins: where and for whom they count never changes once they can
 * be joined, nor does the after-call work. A record may be joined with several calls, where one was
 * passed on; its after-call work counts once, with the call that is shown with it, the one with the
 * least key. No call is joined with two records. */

#include "mtb-totals-private.h"

#include "mtb-id.h"
#include "mtb-time.h"
#include "mtb-total.h"

/* Which total: of a queue or person, of a type where the table has one. The texts are the total's own. */
typedef struct
{
  const MtbShape *shape;
  gint64 at;
  const char *whose;
  const char *of_what;
} Key;

static guint
hash_key (gconstpointer key)
{
  const Key *self = key;

  return g_str_hash (self->whose) ^ g_int64_hash (&self->at)
         ^ (self->of_what != NULL ? g_str_hash (self->of_what) : 0);
}

static gboolean
keys_are_equal (gconstpointer a, gconstpointer b)
{
  const Key *one = a;
  const Key *other = b;

  return one->at == other->at && one->shape == other->shape
         && g_str_equal (one->whose, other->whose) && g_strcmp0 (one->of_what, other->of_what) == 0;
}

static gboolean
is_figure (const MtbField *field)
{
  return field->type == MTB_TYPE_INTEGER || field->type == MTB_TYPE_DURATION;
}

static Key
get_key (gconstpointer total)
{
  Key key = { .shape = mtb_record_get_shape (total) };

  for (guint i = 1; i < key.shape->n_fields; i++)
    {
      const MtbField *field = &key.shape->fields[i];

      if (mtb_field_is_text (field))
        *(i == 1 ? &key.whose : &key.of_what) = mtb_field_get_text (field, total);
      else if (!is_figure (field))
        key.at = mtb_field_get_number (field, total);
    }
  return key;
}

/**
 * mtb_totals_new:
 * @zone: the organisation's time zone
 *
 * Returns: (transfer full): totals to which nothing has to be added
 */
MtbTotals *
mtb_totals_new (GTimeZone *zone)
{
  MtbTotals *self = g_new0 (MtbTotals, 1);

  self->zone = g_time_zone_ref (zone);
  self->pending = g_hash_table_new_full (hash_key, keys_are_equal, g_free, mtb_record_unref);
  return self;
}

/**
 * mtb_totals_free:
 * @totals: (nullable) (transfer full): totals
 */
void
mtb_totals_free (MtbTotals *totals)
{
  if (totals == NULL)
    return;
  g_time_zone_unref (totals->zone);
  g_hash_table_unref (totals->pending);
  g_free (totals);
}

/**
 * mtb_totals_forget:
 * @totals: totals
 *
 * Drops what was gathered, where its transaction has come to nothing.
 */
void
mtb_totals_forget (MtbTotals *totals)
{
  g_hash_table_remove_all (totals->pending);
}

gint64
mtb_totals_get_next_day (const MtbTotals *self, gint64 day_at)
{
  /* Days have from 23 to 25 hours. */
  return mtb_time_get_day_start (day_at + 36 * MTB_HOUR, self->zone);
}

static gint64
get_day (MtbTotals *self, gint64 at)
{
  if (at < self->day_from || at >= self->day_until)
    {
      self->day_from = mtb_time_get_day_start (at, self->zone);
      self->day_until = mtb_totals_get_next_day (self, self->day_from);
    }
  return self->day_from;
}

static void
add_figures (gpointer total, gconstpointer more)
{
  const MtbShape *shape = mtb_record_get_shape (total);

  for (guint i = 0; i < shape->n_fields; i++)
    if (is_figure (&shape->fields[i]))
      mtb_field_set_number (&shape->fields[i], total,
                            mtb_field_get_number (&shape->fields[i], total)
                              + mtb_field_get_number (&shape->fields[i], more));
}

gboolean
mtb_totals_has_figures (gconstpointer total)
{
  const MtbShape *shape = mtb_record_get_shape (total);

  for (guint i = 0; i < shape->n_fields; i++)
    if (is_figure (&shape->fields[i]) && mtb_field_get_number (&shape->fields[i], total) != 0)
      return TRUE;
  return FALSE;
}

static char *
dup_id (const Key *key)
{
  g_autofree char *when = g_strdup_printf ("%" G_GINT64_FORMAT, key->at);

  return mtb_id_derive (key->shape->name, when, key->whose, key->of_what, NULL);
}

static gpointer
new_total (const Key *key)
{
  const MtbShape *shape = key->shape;
  gpointer total = mtb_record_new (shape);

  mtb_field_take_text (&shape->fields[0], total, dup_id (key));
  for (guint i = 1; i < shape->n_fields; i++)
    {
      const MtbField *field = &shape->fields[i];

      if (mtb_field_is_text (field))
        mtb_field_set_text (field, total, i == 1 ? key->whose : key->of_what);
      else
        mtb_field_set_number (field, total, is_figure (field) ? 0 : key->at);
    }
  return total;
}

/* What has to be added to a total. Its id is derived once, since that takes longer than to count. */
static gpointer
get_pending (MtbTotals *self,
             const MtbTable *table,
             gint64 at,
             const char *whose,
             const char *of_what)
{
  const Key key = { &table->shape, at, whose, of_what };
  gpointer total = g_hash_table_lookup (self->pending, &key);
  Key own;

  if (total == NULL)
    {
      total = new_total (&key);
      own = get_key (total);
      g_hash_table_insert (self->pending, g_memdup2 (&own, sizeof own), total);
    }
  return total;
}

static gboolean
has_id (gpointer key, gpointer counted, gpointer id)
{
  return g_str_equal (mtb_record_get_id (counted), id);
}

/* What was counted for a total that the store has, to be freed; NULL where nothing was. A row that is
 * not about what its key says is found by its key. */
gpointer
mtb_totals_take (MtbTotals *self, gconstpointer total)
{
  Key key = get_key (total);
  const char *id = mtb_record_get_id (total);
  gpointer counted = g_hash_table_lookup (self->pending, &key);

  if (counted == NULL || !g_str_equal (mtb_record_get_id (counted), id))
    counted = g_hash_table_find (self->pending, has_id, (gpointer) id);
  if (counted == NULL)
    return NULL;
  key = get_key (counted);
  mtb_record_ref (counted);
  g_hash_table_remove (self->pending, &key);
  return counted;
}

static MtbQueueTotal *
get_queue_total (MtbTotals *self, const MtbPbxCall *call)
{
  gint64 slot = MTB_TOTAL_SLOT_S * MTB_SECOND;
  gint64 day_at = get_day (self, call->entered_at);

  return get_pending (self, &mtb_queue_total_table,
                      day_at + (call->entered_at - day_at) / slot * slot, call->queue, NULL);
}

static MtbAgentTotal *
get_agent_total (MtbTotals *self, const MtbPbxCall *call)
{
  return get_pending (self, &mtb_agent_total_table, get_day (self, call->entered_at),
                      call->person_id, NULL);
}

static gint64
or_nothing (gint64 number)
{
  return number != MTB_ABSENT ? number : 0;
}

static void
count_for_agent (MtbTotals *self, const MtbPbxCall *call, gint64 sign)
{
  MtbAgentTotal *total = get_agent_total (self, call);

  total->answered += sign;
  total->answered_late += mtb_pbx_call_is_late (call) ? sign : 0;
  total->answered_wait_s += sign * or_nothing (call->wait_s);
  total->talk_s += sign * or_nothing (call->talk_s);
  total->ended += mtb_pbx_call_needs_record (call) ? sign : 0;
}

static void
count_answered (MtbTotals *self, MtbQueueTotal *total, const MtbPbxCall *call, gint64 sign)
{
  total->answered += sign;
  total->answered_late += mtb_pbx_call_is_late (call) ? sign : 0;
  total->answered_wait_s += sign * or_nothing (call->wait_s);
  total->talk_s += sign * or_nothing (call->talk_s);
  if (call->person_id != NULL)
    count_for_agent (self, call, sign);
}

static void
count_left (MtbQueueTotal *total, const MtbPbxCall *call, gint64 sign)
{
  if (call->outcome == MTB_OUTCOME_ABANDONED)
    total->abandoned += sign;
  else if (call->outcome == MTB_OUTCOME_TIMED_OUT)
    total->timed_out += sign;
  else
    total->other += sign;
  total->left_after += mtb_pbx_call_is_late (call) ? sign : 0;
  total->short_abandons += mtb_pbx_call_has_left_early (call) ? sign : 0;
}

void
mtb_totals_count_pbx_call (MtbTotals *self, const MtbPbxCall *call, gint64 sign)
{
  MtbQueueTotal *total = get_queue_total (self, call);

  total->offered += sign;
  if (mtb_pbx_call_is_answered (call))
    count_answered (self, total, call, sign);
  else if (mtb_pbx_call_has_left (call))
    count_left (total, call, sign);
}

void
mtb_totals_count_call (MtbTotals *self, const MtbCall *call, gint64 sign)
{
  MtbRecordTotal *total =
    get_pending (self, &mtb_record_total_table, get_day (self, call->started_at), call->person_id,
                 call->type_id);

  total->records += sign;
  total->solved += sign * call->solved;
  total->talk_s += sign * ((call->ended_at - call->started_at) / MTB_SECOND);
  total->wrap_up_s += sign * or_nothing (call->wrap_up_s);
  total->suited += call->suits_s != MTB_ABSENT ? sign : 0;
  total->suits_s += sign * or_nothing (call->suits_s);
}

static void
count_wrap_up (MtbTotals *self, const MtbPbxCall *call, gint64 seconds)
{
  if (!mtb_pbx_call_is_answered (call))
    return;
  get_queue_total (self, call)->wrap_up_s += seconds;
  if (call->person_id != NULL)
    get_agent_total (self, call)->wrap_up_s += seconds;
}

static void
count_written_up (MtbTotals *self, const MtbPbxCall *call, gint64 sign)
{
  if (mtb_pbx_call_needs_record (call))
    get_agent_total (self, call)->written_up += sign;
}

/* What a link says of its record: the after-call work, where the record counts with this link, and
 * the call with which it counts without it. */
typedef struct
{
  gint64 wrap_up_s;
  char *other_call_id;
} Share;

static void
share_clear (Share *self)
{
  g_free (self->other_call_id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Share, share_clear)

static gboolean
find_share (MtbStore *store, const MtbCallLink *link, Share *share, GError **error)
{
  g_autoptr (GError) failure = NULL;

  share->other_call_id = mtb_store_select_text (
    store,
    "SELECT MIN (pbx_call_id) FROM call_link"
    " WHERE call_id = :call AND joined = 1 AND id <> :id",
    MTB_PARAMETERS (MTB_TEXT ("call", link->call_id), MTB_TEXT ("id", link->id)), &failure);
  share->wrap_up_s = 0;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (share->other_call_id != NULL && g_strcmp0 (share->other_call_id, link->pbx_call_id) < 0)
    return TRUE;
  if (!mtb_store_select_number (store, "SELECT wrap_up_s FROM call WHERE id = :id",
                                MTB_PARAMETERS (MTB_TEXT ("id", link->call_id)), &share->wrap_up_s,
                                error))
    return FALSE;
  share->wrap_up_s = or_nothing (share->wrap_up_s);
  return TRUE;
}

static MtbPbxCall *
read_pbx_call (MtbStore *store, const char *id, GError **error)
{
  return mtb_store_get (store, &mtb_pbx_call_table.shape, id, error);
}

/* The call with which the record counts otherwise gives up the after-call work that it counts here. */
static gboolean
take_from_other (MtbTotals *self, MtbStore *store, const Share *share, gint64 sign, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbPbxCall) other = NULL;

  if (share->other_call_id == NULL || share->wrap_up_s == 0)
    return TRUE;
  other = read_pbx_call (store, share->other_call_id, &failure);
  if (other != NULL)
    count_wrap_up (self, other, -sign * share->wrap_up_s);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static void
count_link (MtbTotals *self, const MtbPbxCall *call, const Share *share, gint64 sign)
{
  count_written_up (self, call, sign);
  if (share->wrap_up_s != 0)
    count_wrap_up (self, call, sign * share->wrap_up_s);
}

/* Where all links of a record are counted, each counts what is its own. */
gboolean
mtb_totals_count_link (MtbTotals *totals, MtbStore *store, const MtbCallLink *link, GError **error)
{
  g_autoptr (MtbPbxCall) call = read_pbx_call (store, link->pbx_call_id, error);
  g_auto (Share) share = { 0 };

  if (call == NULL || !find_share (store, link, &share, error))
    return FALSE;
  count_link (totals, call, &share, 1);
  return TRUE;
}

/* A link has been joined, or taken apart where @sign is -1. */
static gboolean
note_link (MtbTotals *self, MtbStore *store, const MtbCallLink *link, gint64 sign, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbPbxCall) call = read_pbx_call (store, link->pbx_call_id, &failure);
  g_auto (Share) share = { 0 };

  if (call != NULL && find_share (store, link, &share, &failure)
      && take_from_other (self, store, &share, sign, &failure))
    count_link (self, call, &share, sign);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* What its links say changes where a call ends, or comes to nothing after it was taken. */
static gboolean
note_links_of (MtbTotals *self,
               MtbStore *store,
               const MtbPbxCall *before,
               const MtbPbxCall *after,
               GError **error)
{
  g_autoptr (GPtrArray) links = NULL;

  if (mtb_pbx_call_is_answered (before) == mtb_pbx_call_is_answered (after)
      && mtb_pbx_call_needs_record (before) == mtb_pbx_call_needs_record (after))
    return TRUE;
  links = mtb_store_select (
    store, &mtb_call_link_table.shape,
    "SELECT $columns(l) FROM call_link l WHERE l.pbx_call_id = :id AND l.joined = 1",
    MTB_PARAMETERS (MTB_TEXT ("id", after->id)), error);
  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      g_auto (Share) share = { 0 };

      if (!find_share (store, g_ptr_array_index (links, i), &share, error))
        return FALSE;
      count_link (self, before, &share, -1);
      count_link (self, after, &share, 1);
    }
  return links != NULL;
}

/**
 * mtb_totals_note:
 * @totals: totals
 * @store: an authority's store, in a writing transaction
 * @table: a table
 * @before: (nullable): the row as it was
 * @after: (nullable): the row as it will be
 * @error: return location
 *
 * Gathers what a change of a row does to the totals. To be called before the row is written.
 *
 * Returns: whether the rows that it speaks of could be read
 */
gboolean
mtb_totals_note (MtbTotals *totals,
                 MtbStore *store,
                 const MtbTable *table,
                 gconstpointer before,
                 gconstpointer after,
                 GError **error)
{
  const MtbCallLink *link = after != NULL ? after : before;

  if (table == &mtb_call_table)
    {
      if (before != NULL)
        mtb_totals_count_call (totals, before, -1);
      if (after != NULL)
        mtb_totals_count_call (totals, after, 1);
      return TRUE;
    }
  if (table == &mtb_pbx_call_table)
    {
      if (before != NULL)
        mtb_totals_count_pbx_call (totals, before, -1);
      if (after != NULL)
        mtb_totals_count_pbx_call (totals, after, 1);
      return before == NULL || after == NULL || note_links_of (totals, store, before, after, error);
    }
  if (table == &mtb_call_link_table)
    {
      gboolean was = before != NULL && ((const MtbCallLink *) before)->joined == 1;
      gboolean is = after != NULL && ((const MtbCallLink *) after)->joined == 1;

      return was == is || note_link (totals, store, link, is ? 1 : -1, error);
    }
  return TRUE;
}

gboolean
mtb_totals_write (MtbStore *store, gconstpointer total, GError **error)
{
  if (mtb_totals_has_figures (total))
    return mtb_store_put (store, total, error);
  return mtb_store_delete (store, mtb_record_get_shape (total), mtb_record_get_id (total), error);
}

static gboolean
add_to_total (MtbStore *store, gpointer more, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gpointer total =
    mtb_store_get (store, mtb_record_get_shape (more), mtb_record_get_id (more), &failure);
  gboolean ok = failure == NULL;

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (total == NULL)
    total = mtb_record_ref (more);
  else
    add_figures (total, more);
  ok = ok && mtb_totals_write (store, total, error);
  mtb_record_unref (total);
  return ok;
}

static gboolean
read_ahead (MtbTotals *self, MtbStore *store, const MtbTable *table, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer more;

  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, NULL, &more))
    if (mtb_record_get_shape (more) == &table->shape)
      g_ptr_array_add (ids, (gpointer) mtb_record_get_id (more));
  return mtb_store_read_ahead (store, table, (const char *const *) ids->pdata, ids->len, error);
}

/**
 * mtb_totals_flush:
 * @totals: totals
 * @store: an authority's store, in the transaction of what was noted
 * @error: return location
 *
 * Writes what was gathered, each total once, and forgets it.
 *
 * Returns: whether all was written
 */
gboolean
mtb_totals_flush (MtbTotals *totals, MtbStore *store, GError **error)
{
  GHashTableIter iter;
  gpointer more;
  gboolean ok = read_ahead (totals, store, &mtb_queue_total_table, error)
                && read_ahead (totals, store, &mtb_agent_total_table, error)
                && read_ahead (totals, store, &mtb_record_total_table, error);

  g_hash_table_iter_init (&iter, totals->pending);
  while (ok && g_hash_table_iter_next (&iter, NULL, &more))
    ok = !mtb_totals_has_figures (more) || add_to_total (store, more, error);
  mtb_totals_forget (totals);
  return ok;
}
