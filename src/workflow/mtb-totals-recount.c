/* Totals counted anew, against those that were kept up. */

#include "mtb-totals-private.h"

#include "mtb-time.h"
#include "mtb-total.h"

typedef struct
{
  MtbTotals *totals;
  MtbStore *store;
  gint64 from;
  gint64 until;
  gboolean mends;
  MtbTotalsFaultFunc func;
  gpointer data;
} Recount;

static gboolean
recount_pbx_call (gpointer record, gpointer data, GError **error)
{
  mtb_totals_count_pbx_call (data, record, 1);
  return TRUE;
}

static gboolean
recount_call (gpointer record, gpointer data, GError **error)
{
  mtb_totals_count_call (data, record, 1);
  return TRUE;
}

static gboolean
recount_link (gpointer record, gpointer data, GError **error)
{
  const Recount *self = data;

  return mtb_totals_count_link (self->totals, self->store, record, error);
}

/* What is counted of a call and of a record; to read no more of a million halves the time. */
#define CALL_COLUMNS \
  "p.queue, p.person_id, p.entered_at, p.connected_at, p.wait_s, p.talk_s, p.outcome, p.threshold_s"
#define RECORD_COLUMNS \
  "c.person_id, c.type_id, c.solved, c.started_at, c.ended_at, c.wrap_up_s, c.suits_s"

static gboolean
recount_rows (Recount *self, GError **error)
{
  const MtbParameter *day =
    MTB_PARAMETERS (MTB_NUMBER ("from", self->from), MTB_NUMBER ("until", self->until));

  return mtb_store_each (self->store, &mtb_pbx_call_table.shape,
                         "SELECT " CALL_COLUMNS " FROM pbx_call p WHERE p.entered_at >= :from"
                         " AND p.entered_at < :until",
                         day, recount_pbx_call, self->totals, error)
         && mtb_store_each (self->store, &mtb_call_table.shape,
                            "SELECT " RECORD_COLUMNS " FROM call c WHERE c.started_at >= :from"
                            " AND c.started_at < :until",
                            day, recount_call, self->totals, error)
         && mtb_store_each (self->store, &mtb_call_link_table.shape,
                            "SELECT $columns(l) FROM pbx_call p"
                            " JOIN call_link l ON l.pbx_call_id = p.id AND l.joined = 1"
                            " WHERE p.entered_at >= :from AND p.entered_at < :until",
                            day, recount_link, self, error);
}

/* Of @id something else was counted, or nothing. */
static gboolean
find_fault (Recount *self,
            const MtbTable *table,
            const char *id,
            gconstpointer counted,
            GError **error)
{
  self->func (table, id, self->data);
  if (!self->mends)
    return TRUE;
  return counted != NULL ? mtb_totals_write (self->store, counted, error)
                         : mtb_store_delete (self->store, &table->shape, id, error);
}

/* What the store has of a table in the day, against what was counted. */
static gboolean
compare_table (Recount *self, const MtbTable *table, GError **error)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT $columns(t) FROM $table t WHERE t.%s >= :from AND t.%s < :until",
                     table->window, table->window);
  g_autoptr (GPtrArray) rows = mtb_store_select (
    self->store, &table->shape, sql,
    MTB_PARAMETERS (MTB_NUMBER ("from", self->from), MTB_NUMBER ("until", self->until)), error);
  gboolean ok = rows != NULL;

  for (guint i = 0; ok && i < rows->len; i++)
    {
      gconstpointer row = g_ptr_array_index (rows, i);
      gpointer counted = mtb_totals_take (self->totals, row);

      ok = (counted != NULL && mtb_record_equal (row, counted))
           || find_fault (self, table, mtb_record_get_id (row), counted, error);
      mtb_record_unref (counted);
    }
  return ok;
}

/* What was counted and is not there. */
static gboolean
compare_rest (Recount *self, GError **error)
{
  GHashTableIter iter;
  gpointer total;
  gboolean ok = TRUE;

  g_hash_table_iter_init (&iter, self->totals->pending);
  while (ok && g_hash_table_iter_next (&iter, NULL, &total))
    ok = !mtb_totals_has_figures (total)
         || find_fault (self, mtb_table_of (total), mtb_record_get_id (total), total, error);
  return ok;
}

static gboolean
recount_day (Recount *self, GError **error)
{
  gboolean ok = recount_rows (self, error) && compare_table (self, &mtb_queue_total_table, error)
                && compare_table (self, &mtb_agent_total_table, error)
                && compare_table (self, &mtb_record_total_table, error)
                && compare_rest (self, error);

  mtb_totals_forget (self->totals);
  return ok;
}

#define ALL_TIMES \
  " FROM (SELECT MIN (entered_at) AS first, MAX (entered_at) AS last FROM pbx_call" \
  " UNION ALL SELECT MIN (started_at), MAX (started_at) FROM call" \
  " UNION ALL SELECT MIN (slot_at), MAX (slot_at) FROM queue_total" \
  " UNION ALL SELECT MIN (day_at), MAX (day_at) FROM agent_total" \
  " UNION ALL SELECT MIN (day_at), MAX (day_at) FROM record_total) t"

/* Day by day, so that no more than a day is held at once. */
static gboolean
recount (Recount *self, GError **error)
{
  gint64 first, last;

  mtb_totals_forget (self->totals);
  if (!mtb_store_select_number (self->store, "SELECT MIN (t.first)" ALL_TIMES, NULL, &first, error)
      || !mtb_store_select_number (self->store, "SELECT MAX (t.last)" ALL_TIMES, NULL, &last,
                                   error))
    return FALSE;
  if (first == MTB_ABSENT)
    return TRUE;
  self->until = mtb_time_get_day_start (first, self->totals->zone);
  while (self->until <= last)
    {
      self->from = self->until;
      self->until = mtb_totals_get_next_day (self->totals, self->from);
      if (!recount_day (self, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * mtb_totals_recount:
 * @totals: totals
 * @store: an authority's store, in a writing transaction
 * @fault: what was wrong, and is right now
 * @error: return location
 *
 * Counts everything anew and writes what differs.
 *
 * Returns: whether the totals are what the rows say
 */
gboolean
mtb_totals_recount (MtbTotals *totals, MtbStore *store, MtbTotalsFault *fault, GError **error)
{
  Recount self = {
    .totals = totals, .store = store, .mends = TRUE, .func = mtb_totals_fault_note, .data = fault
  };

  return recount (&self, error);
}

/**
 * mtb_totals_verify:
 * @totals: totals
 * @store: an authority's store, in a transaction
 * @func: hears of each total that is wrong
 * @data: handed to @func
 * @error: return location
 *
 * Counts everything anew and changes nothing.
 *
 * Returns: whether all could be read
 */
gboolean
mtb_totals_verify (MtbTotals *totals,
                   MtbStore *store,
                   MtbTotalsFaultFunc func,
                   gpointer data,
                   GError **error)
{
  Recount self = { .totals = totals, .store = store, .func = func, .data = data };

  return recount (&self, error);
}

/**
 * mtb_totals_are_missing:
 * @store: an authority's store
 * @missing: (out): whether there are calls and no totals, as in a database from before there were any
 * @error: return location
 *
 * Returns: whether it could be asked
 */
gboolean
mtb_totals_are_missing (MtbStore *store, gboolean *missing, GError **error)
{
  gint64 number;

  if (!mtb_store_select_number (store,
                                "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM queue_total)"
                                " AND NOT EXISTS (SELECT 1 FROM record_total)"
                                " AND (EXISTS (SELECT 1 FROM pbx_call)"
                                " OR EXISTS (SELECT 1 FROM call))",
                                NULL, &number, error))
    return FALSE;
  *missing = number != MTB_ABSENT;
  return TRUE;
}

/**
 * mtb_totals_fault_note:
 * @table: the table of a total that is not what the rows say
 * @id: its key
 * @fault: a #MtbTotalsFault
 *
 * A #MtbTotalsFaultFunc that counts, and keeps the first.
 */
void
mtb_totals_fault_note (const MtbTable *table, const char *id, gpointer fault)
{
  MtbTotalsFault *self = fault;

  if (self->n_wrong++ > 0)
    return;
  self->table = table;
  self->id = g_strdup (id);
}

/**
 * mtb_totals_fault_clear:
 * @fault: what a recount has found
 */
void
mtb_totals_fault_clear (MtbTotalsFault *fault)
{
  g_clear_pointer (&fault->id, g_free);
}
