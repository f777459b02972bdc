/* The server's functions as they are, or broken. The linker puts these in the place of the product's
 * (`--wrap`), which has no switch for it. */

#include "mtb-authority.h"
#include "mtb-cursor.h"
#include "mtb-directory.h"
#include "mtb-error.h"
#include "mtb-feed.h"
#include "mtb-service-private.h"
#include "mtb-sim-breaks.h"
#include "mtb-sim-clock.h"
#include "mtb-sim-random.h"
#include "mtb-totals.h"

#define REPLACE(type, name, ...) \
  type __real_##name (__VA_ARGS__); \
  type __wrap_##name (__VA_ARGS__); \
  type __wrap_##name (__VA_ARGS__)

/* Whether the server is to break this promise, for @per_mille of the times. */
static gboolean
breaks (MtbBreak which, guint per_mille)
{
  return mtb_break_is (which) && mtb_sim_clock_is_servers () && mtb_sim_random_happens (per_mille);
}

REPLACE (gboolean, mtb_store_commit, MtbStore *store, GError **error)
{
  if (!breaks (MTB_BREAK_ACKNOWLEDGED_UNCOMMITTED, 100))
    return __real_mtb_store_commit (store, error);
  mtb_store_rollback (store);
  return TRUE;
}

static guint n_transactions;

REPLACE (MtbHead *, mtb_ledger_take_head, MtbStore *store, GError **error)
{
  n_transactions++;
  return __real_mtb_ledger_take_head (store, error);
}

/* A number that was given out, and is committed after greater ones. */
static MtbChange *withheld;
static guint withheld_in;

static gboolean
withhold (MtbHead *head, const MtbTable *table, gconstpointer before, gconstpointer after)
{
  if (withheld != NULL || !mtb_table_is_fed (table) || !mtb_sim_random_happens (100))
    return FALSE;
  withheld = mtb_record_new (&mtb_change_shape);
  withheld->seq = ++head->seq;
  withheld->tbl = g_strdup (table->shape.name);
  withheld->row_id = g_strdup (mtb_record_get_id (after != NULL ? after : before));
  withheld->before_scope = g_strdup ("");
  withheld->after_scope = g_strdup (after != NULL ? mtb_table_get_scope (table, after) : "");
  withheld_in = n_transactions;
  return TRUE;
}

static void
hand_out_withheld (MtbStore *store)
{
  if (withheld == NULL || withheld_in == n_transactions)
    return;
  mtb_store_insert (store, withheld, NULL);
  g_clear_pointer (&withheld, mtb_record_unref);
}

REPLACE (gboolean,
         mtb_ledger_add_change,
         MtbStore *store,
         MtbHead *head,
         const MtbTable *table,
         gconstpointer before,
         gconstpointer after,
         GError **error)
{
  if (breaks (MTB_BREAK_CHANGE_SKIPPED, 30))
    return TRUE;
  if (breaks (MTB_BREAK_LOWER_NUMBER_LATER, 1000))
    {
      hand_out_withheld (store);
      if (withhold (head, table, before, after))
        return TRUE;
    }
  return __real_mtb_ledger_add_change (store, head, table, before, after, error);
}

REPLACE (gboolean,
         mtb_feed_read,
         MtbStore *store,
         const MtbViewer *viewer,
         const MtbHead *head,
         gint64 after,
         guint limit,
         MtbFeedFunc func,
         gpointer data,
         gint64 *next,
         GError **error)
{
  gboolean ok = __real_mtb_feed_read (store, viewer, head, after, limit, func, data, next, error);

  if (ok && breaks (MTB_BREAK_PAGE_END_TOO_HIGH, 1000) && *next < head->seq)
    *next += 1;
  return ok;
}

REPLACE (MtbCursor *, mtb_cursor_new, const char *epoch, gint64 seq, const char *head)
{
  return __real_mtb_cursor_new (
    epoch, breaks (MTB_BREAK_SNAPSHOT_END_TOO_HIGH, 300) ? seq + 1 : seq, head);
}

REPLACE (gboolean,
         mtb_viewer_sees_scope,
         const MtbViewer *viewer,
         const MtbTable *table,
         const char *scope)
{
  return breaks (MTB_BREAK_OUT_OF_SIGHT, 300)
         || __real_mtb_viewer_sees_scope (viewer, table, scope);
}

REPLACE (void,
         mtb_message_append_change,
         GString *json,
         gint64 seq,
         const char *table,
         const char *id,
         gconstpointer row)
{
  gboolean window = g_str_equal (table, MTB_CHANGE_WINDOW);

  if (!(window && breaks (MTB_BREAK_WINDOW_NOT_TOLD, 1000))
      && !(!window && row == NULL && breaks (MTB_BREAK_REMOVAL_FORGOTTEN, 1000)))
    __real_mtb_message_append_change (json, seq, table, id, row);
}

REPLACE (gboolean,
         mtb_feed_copy,
         MtbStore *store,
         const MtbViewer *viewer,
         const MtbHead *head,
         gint64 directory_seq,
         MtbStore *target,
         GError **error)
{
  g_autoptr (MtbHead) seen = mtb_record_copy (head);

  if (breaks (MTB_BREAK_WINDOW_NOT_IN_SNAPSHOT, 1000))
    seen->window_from = 0;
  return __real_mtb_feed_copy (store, viewer, seen, directory_seq, target, error);
}

REPLACE (gboolean,
         mtb_directory_copy_changes,
         MtbStore *store,
         gint64 after,
         MtbStore *target,
         GError **error)
{
  return __real_mtb_directory_copy_changes (
    store, breaks (MTB_BREAK_DIRECTORY_NOT_COMPLETED, 1000) ? G_MAXINT64 : after, target, error);
}

REPLACE (gboolean,
         mtb_ledger_change_sight,
         MtbStore *store,
         const MtbHead *head,
         const char *person_id,
         GError **error)
{
  return breaks (MTB_BREAK_SIGHT_CHANGE_NOT_NOTED, 500)
         || __real_mtb_ledger_change_sight (store, head, person_id, error);
}

static void
turn_round (MtbEntry *entry)
{
  gboolean applied = g_str_equal (entry->status, "applied");

  g_free (entry->status);
  entry->status = g_strdup (applied ? "rejected" : "applied");
  if (applied)
    entry->code = g_strdup ("conflict");
}

REPLACE (MtbEntry *, mtb_ledger_find_entry, MtbStore *store, const char *command_id, GError **error)
{
  MtbEntry *entry = __real_mtb_ledger_find_entry (store, command_id, error);

  if (entry != NULL && breaks (MTB_BREAK_VERDICT_FORGOTTEN, 1000))
    g_clear_pointer (&entry, mtb_record_unref);
  if (entry != NULL && breaks (MTB_BREAK_VERDICT_ANOTHER, 500))
    turn_round (entry);
  return entry;
}

REPLACE (gboolean, mtb_store_insert, MtbStore *store, gconstpointer record, GError **error)
{
  if (mtb_record_get_shape (record) == &mtb_entry_shape
      && g_str_equal (((const MtbEntry *) record)->status, "rejected")
      && breaks (MTB_BREAK_VERDICT_NOT_STORED, 500))
    return TRUE;
  return __real_mtb_store_insert (store, record, error);
}

REPLACE (gboolean,
         mtb_totals_note,
         MtbTotals *totals,
         MtbStore *store,
         const MtbTable *table,
         gconstpointer before,
         gconstpointer after,
         GError **error)
{
  return breaks (MTB_BREAK_TOTALS_NOT_KEPT_UP, 100)
         || __real_mtb_totals_note (totals, store, table, before, after, error);
}

REPLACE (void, mtb_authority_judge, MtbAuthority *authority, GPtrArray *orders)
{
  if (!breaks (MTB_BREAK_JUDGED_PAST_A_FAILURE, 1000))
    {
      __real_mtb_authority_judge (authority, orders);
      return;
    }
  for (guint i = 0; i < orders->len; i++)
    {
      g_autoptr (GPtrArray) one = g_ptr_array_new ();

      g_ptr_array_add (one, g_ptr_array_index (orders, i));
      __real_mtb_authority_judge (authority, one);
    }
}

REPLACE (gboolean,
         mtb_ledger_check_history,
         MtbStore *store,
         const MtbHead *head,
         const char *epoch,
         const char *seen,
         GError **error)
{
  return breaks (MTB_BREAK_HISTORY_NOT_CHECKED, 1000)
         || __real_mtb_ledger_check_history (store, head, epoch, seen, error);
}
