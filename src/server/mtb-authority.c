/* The only writer of a department's database.
 *
 * It takes a group of commands, judges one after the other, each seeing what those before it wrote,
 * and commits once. A command, its verdict, its entry in the audit trail and the changes that it
 * put into the feed are one transaction. An id that was judged before gets the same verdict again.
 * Where the engine fails, the group is undone and its commands are judged one by one, up to the one
 * over which it fails; a failure never becomes a verdict.
 *
 * An authority belongs to one thread at a time. */

#include "mtb-authority.h"

#include "mtb-error.h"
#include "mtb-foresight.h"
#include "mtb-id.h"
#include "mtb-person.h"
#include "mtb-time.h"
#include "mtb-totals.h"
#include "mtb-workflow.h"

#include <glib/gi18n.h>

struct _MtbAuthority
{
  MtbStore *store;
  GTimeZone *zone;
  MtbTotals *totals;
  MtbUnjoined *unjoined;
  MtbClock clock;
  gpointer clock_data;
  MtbHead *head; /* as the last transaction left it */
};

static gint64
read_clock (gpointer data)
{
  return mtb_time_now ();
}

/**
 * mtb_authority_open:
 * @database: the database's URI
 * @error: return location
 *
 * Opens a department's database, or makes an empty one, in this program's form. A database from
 * before there were totals gets them.
 *
 * Returns: (transfer full): the authority over it
 */
MtbAuthority *
mtb_authority_open (const char *database, GError **error)
{
  g_autofree char *epoch = mtb_id_new (mtb_time_now ());
  g_autoptr (MtbStore) store = mtb_store_open (database, MTB_STORE_AUTHORITY, error);
  g_autoptr (MtbAuthority) self = NULL;
  g_auto (MtbTotalsFault) fault = { 0 };
  gboolean missing;

  if (store == NULL || !mtb_ledger_create (store, epoch, error)
      || !mtb_totals_are_missing (store, &missing, error))
    return NULL;
  self = g_new0 (MtbAuthority, 1);
  self->store = g_steal_pointer (&store);
  self->zone = g_time_zone_new_local ();
  self->totals = mtb_totals_new (self->zone);
  self->unjoined = mtb_unjoined_new ();
  self->clock = read_clock;
  return !missing || mtb_authority_recount (self, &fault, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * mtb_authority_free:
 * @authority: (nullable) (transfer full): an authority
 */
void
mtb_authority_free (MtbAuthority *authority)
{
  if (authority == NULL)
    return;
  mtb_store_close (authority->store);
  g_time_zone_unref (authority->zone);
  mtb_totals_free (authority->totals);
  mtb_unjoined_free (authority->unjoined);
  mtb_record_unref (authority->head);
  g_free (authority);
}

/**
 * mtb_authority_set_clock:
 * @authority: an authority
 * @clock: what tells the time, in milliseconds since 1970
 * @data: handed to @clock
 */
void
mtb_authority_set_clock (MtbAuthority *authority, MtbClock clock, gpointer data)
{
  authority->clock = clock;
  authority->clock_data = data;
}

/**
 * mtb_authority_get_store:
 * @authority: an authority
 *
 * Returns: (transfer none): its store, to read from
 */
MtbStore *
mtb_authority_get_store (MtbAuthority *authority)
{
  return authority->store;
}

/**
 * mtb_authority_get_now:
 * @authority: an authority
 *
 * Returns: its clock
 */
gint64
mtb_authority_get_now (MtbAuthority *authority)
{
  return authority->clock (authority->clock_data);
}

/* A transaction that writes: its head, the totals that it touches, and what it has read. */
typedef struct
{
  MtbHead *head;
  MtbTotals *totals;
  MtbUnjoined *unjoined;
} Writing;

static gboolean
add_change (MtbStore *store,
            const MtbTable *table,
            gconstpointer before,
            gconstpointer after,
            gpointer data,
            GError **error)
{
  const Writing *writing = data;

  mtb_unjoined_note (writing->unjoined, table, before, after);
  return mtb_totals_note (writing->totals, store, table, before, after, error)
         && mtb_ledger_add_change (store, writing->head, table, before, after, error);
}

static gboolean
carry_out (MtbAuthority *self, MtbHead *head, MtbOrder *order, gint64 now, GError **error)
{
  const MtbEnvelope *envelope = order->envelope;
  g_autoptr (MtbPerson) person = NULL;
  MtbOccasion occasion = { 0 };

  if (envelope->error != NULL)
    {
      g_propagate_error (error, g_error_copy (envelope->error));
      return FALSE;
    }
  if (envelope->settle)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_CONFLICT, N_ ("This was withdrawn"));
      return FALSE;
    }
  person = mtb_store_get (self->store, &mtb_person_table.shape, order->person_id, error);
  if (person == NULL)
    {
      if (*error == NULL)
        g_set_error_literal (error, MTB_ERROR, MTB_ERROR_FORBIDDEN, N_ ("There is no such person"));
      return FALSE;
    }
  occasion.store = self->store;
  occasion.person = person;
  occasion.given_at = MIN (envelope->given_at, now);
  occasion.received_at = now;
  occasion.head = head;
  occasion.attachment = order->attachment;
  occasion.unjoined = self->unjoined;
  return mtb_workflow_carry_out (&occasion, envelope->arguments, error);
}

/* The command's entry has the number of its last change, or one of its own. */
static gboolean
add_entry (MtbAuthority *self,
           MtbHead *head,
           MtbOrder *order,
           gint64 now,
           gint64 first_seq,
           const GError *rejection,
           GError **error)
{
  gint64 seq = head->seq > first_seq ? head->seq : ++head->seq;
  g_autoptr (MtbEntry) entry = mtb_order_conclude (order, head, seq, now, rejection);

  if (!mtb_store_insert (self->store, entry, error))
    return FALSE;
  head->audit_seq = entry->seq;
  g_free (head->audit_hash);
  head->audit_hash = g_strdup (entry->hash);
  return TRUE;
}

/* While desks offer again what a restored database has lost, what is missing may still come. */
static gboolean
is_put_off (const MtbHead *head, const GError *rejection)
{
  return head->recovering == 1 && rejection != NULL
         && (rejection->code == MTB_ERROR_NOT_FOUND || rejection->code == MTB_ERROR_CONFLICT);
}

/* @known: ids that have a verdict; gets this one */
static gboolean
judge_one (MtbAuthority *self,
           MtbHead *head,
           MtbOrder *order,
           GHashTable *known,
           gint64 now,
           GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) rejection = NULL;
  g_autoptr (MtbEntry) entry =
    g_hash_table_contains (known, order->envelope->id)
      ? mtb_ledger_find_entry (self->store, order->envelope->id, &failure)
      : NULL;
  gint64 first_seq = head->seq;
  Writing writing = { head, self->totals, self->unjoined };

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (entry != NULL)
    {
      mtb_order_repeat_verdict (order, entry);
      return TRUE;
    }
  mtb_store_set_journal (self->store, add_change, &writing);
  carry_out (self, head, order, now, &rejection);
  mtb_store_set_journal (self->store, NULL, NULL);
  if (rejection != NULL && !mtb_error_is_verdict (rejection))
    {
      g_propagate_error (error, g_steal_pointer (&rejection));
      return FALSE;
    }
  if (is_put_off (head, rejection))
    {
      order->failure = g_steal_pointer (&rejection);
      return TRUE;
    }
  g_hash_table_add (known, g_strdup (order->envelope->id));
  return add_entry (self, head, order, now, first_seq, rejection, error);
}

static gint64
get_window (MtbAuthority *self, gint64 now)
{
  return mtb_time_get_day_start (now - MTB_WINDOW_DAYS * MTB_DAY, self->zone);
}

/* What is done in a transaction. */
typedef struct
{
  MtbOrder **orders;
  guint n_orders;
  MtbTotalsFault *fault;
  gint64 now;
} Work;

static GHashTable *
find_known (MtbAuthority *self, const Work *work, GError **error)
{
  g_autofree const char **ids = g_new (const char *, work->n_orders);

  for (guint i = 0; i < work->n_orders; i++)
    ids[i] = work->orders[i]->envelope->id;
  return mtb_ledger_find_known (self->store, ids, work->n_orders, error);
}

static gboolean
judge_all (MtbAuthority *self, MtbHead *head, const Work *work, GError **error)
{
  g_autoptr (GHashTable) known = find_known (self, work, error);
  gboolean ok = known != NULL
                && mtb_ledger_move_window (self->store, head, get_window (self, work->now), error)
                && mtb_foresight_read (self->store, work->orders, work->n_orders, error);

  for (guint i = 0; ok && i < work->n_orders; i++)
    ok = judge_one (self, head, work->orders[i], known,
                    work->orders[i]->received_at > 0 ? work->orders[i]->received_at : work->now,
                    error);
  return ok;
}

/* The totals enter the feed as all rows do. */
static gboolean
write_totals (MtbAuthority *self, MtbHead *head, const Work *work, GError **error)
{
  Writing writing = { head, self->totals, self->unjoined };
  gboolean ok;

  mtb_store_set_journal (self->store, add_change, &writing);
  ok =
    mtb_totals_flush (self->totals, self->store, error)
    && (work->fault == NULL || mtb_totals_recount (self->totals, self->store, work->fault, error));
  mtb_store_set_journal (self->store, NULL, NULL);
  return ok;
}

static gboolean
commit (MtbAuthority *self, MtbHead *head, GError **error)
{
  if (!mtb_store_commit (self->store, error))
    return FALSE;
  mtb_record_unref (self->head);
  self->head = mtb_record_ref (head);
  return TRUE;
}

static gboolean
do_work (MtbAuthority *self, const Work *work, GError **error)
{
  g_autoptr (MtbHead) head = NULL;

  mtb_unjoined_forget (self->unjoined);
  if (!mtb_store_begin (self->store, error))
    return FALSE;
  head = mtb_ledger_take_head (self->store, error);
  if (head != NULL && judge_all (self, head, work, error) && write_totals (self, head, work, error)
      && mtb_ledger_write_head (self->store, head, error))
    return commit (self, head, error);
  mtb_store_rollback (self->store);
  mtb_totals_forget (self->totals);
  return FALSE;
}

static gboolean
judge_group (MtbAuthority *self, MtbOrder **orders, guint n_orders, GError **error)
{
  Work work = { .orders = orders, .n_orders = n_orders, .now = mtb_authority_get_now (self) };

  return do_work (self, &work, error);
}

static void
forget_verdicts (MtbOrder **orders, guint n_orders)
{
  for (guint i = 0; i < n_orders; i++)
    mtb_order_forget_verdict (orders[i]);
}

static gboolean
judge_alone (MtbAuthority *self, MtbOrder *order)
{
  GError *failure = NULL;

  if (judge_group (self, &order, 1, &failure))
    return TRUE;
  mtb_order_forget_verdict (order);
  order->failure = failure;
  return FALSE;
}

/**
 * mtb_authority_judge:
 * @authority: an authority
 * @orders: (element-type MtbOrder): commands in their order
 *
 * Judges a group and commits it once. Afterwards each order has a verdict, which is durable, or a
 * failure, and then nothing came of it. Where the machinery fails over one, those behind it fail with
 * it: they may be built on it, and are to be judged after it when they come again.
 */
void
mtb_authority_judge (MtbAuthority *authority, GPtrArray *orders)
{
  MtbOrder **all = (MtbOrder **) orders->pdata;
  guint n_judged = 0;

  g_clear_pointer (&authority->head, mtb_record_unref);
  forget_verdicts (all, orders->len);
  if (orders->len > 1 && judge_group (authority, all, orders->len, NULL))
    return;
  forget_verdicts (all, orders->len);
  while (n_judged < orders->len && judge_alone (authority, all[n_judged]))
    n_judged++;
  for (guint i = n_judged + 1; i < orders->len; i++)
    all[i]->failure = g_error_copy (all[n_judged]->failure);
}

/**
 * mtb_authority_dup_head:
 * @authority: an authority
 *
 * Returns: (transfer full) (nullable): the head as the orders that were judged last have left it; %NULL
 *   where none of them could be committed
 */
MtbHead *
mtb_authority_dup_head (MtbAuthority *authority)
{
  return authority->head != NULL ? mtb_record_ref (authority->head) : NULL;
}

/**
 * mtb_authority_apply:
 * @authority: an authority
 * @orders: (element-type MtbOrder): commands in their order
 * @error: return location: why the first was not applied that was not
 *
 * Judges a group of commands of which none should be refused.
 *
 * Returns: whether all were applied
 */
gboolean
mtb_authority_apply (MtbAuthority *authority, GPtrArray *orders, GError **error)
{
  mtb_authority_judge (authority, orders);
  for (guint i = 0; i < orders->len; i++)
    {
      const MtbOrder *order = g_ptr_array_index (orders, i);

      if (order->verdict != NULL && order->verdict->applied)
        continue;
      g_propagate_error (
        error, g_error_copy (order->verdict != NULL ? order->verdict->error : order->failure));
      return FALSE;
    }
  return TRUE;
}

/**
 * mtb_authority_command:
 * @authority: an authority
 * @person_id: who gives it
 * @arguments: (transfer full): the command's arguments
 * @command_id: (nullable): its id; %NULL for a new one
 * @attachment: (nullable) (transfer none): a record that is written along
 * @error: return location
 *
 * Judges one command by itself, for the server's own needs and for tools.
 *
 * Returns: whether it was applied
 */
gboolean
mtb_authority_command (MtbAuthority *authority,
                       const char *person_id,
                       gpointer arguments,
                       const char *command_id,
                       gpointer attachment,
                       GError **error)
{
  gint64 now = mtb_authority_get_now (authority);
  g_autofree char *id = command_id != NULL ? g_strdup (command_id) : mtb_id_new (now);
  g_autoptr (MtbOrder) order =
    mtb_order_new (mtb_envelope_new (arguments, id, 0, now), person_id, NULL, NULL);
  g_autoptr (GPtrArray) orders = g_ptr_array_new ();

  if (attachment != NULL)
    order->attachment = mtb_record_ref (attachment);
  g_ptr_array_add (orders, order);
  return mtb_authority_apply (authority, orders, error);
}

/**
 * mtb_authority_move_window:
 * @authority: an authority
 * @error: return location
 *
 * Lets the window move with the day, when no command comes that would do so.
 *
 * Returns: whether it is where it should be
 */
gboolean
mtb_authority_move_window (MtbAuthority *authority, GError **error)
{
  return judge_group (authority, NULL, 0, error);
}

/**
 * mtb_authority_recount:
 * @authority: an authority
 * @fault: what was wrong with the totals, and is right now
 * @error: return location
 *
 * Counts all totals anew, as one transaction.
 *
 * Returns: whether they are right
 */
gboolean
mtb_authority_recount (MtbAuthority *authority, MtbTotalsFault *fault, GError **error)
{
  Work work = { .fault = fault, .now = mtb_authority_get_now (authority) };

  return do_work (authority, &work, error);
}
