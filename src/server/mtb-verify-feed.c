/* The feed: its numbers, which it shares with the trail, and each row by its last entry.
 *
 * Every number up to the head's was given out once: to a change, or to a command that changed nothing
 * by itself. The last change of a command has the command's number. */

#include "mtb-verify-private.h"

#include "mtb-ledger.h"
#include "mtb-walk.h"

#include <glib/gi18n.h>

static void
report_number (MtbVerify *self, const char *table, gint64 seq, const char *reason)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, seq);

  mtb_verify_report (self, .table = table, .id = number, .reason = reason);
}

static gboolean
next_change (MtbVerify *self, MtbWalk *changes, const MtbChange **change, GError **error)
{
  const MtbTable *table;

  if (!mtb_walk_next (changes, (gconstpointer *) change, error))
    return FALSE;
  if (*change == NULL)
    return TRUE;
  self->n_seen++;
  table = mtb_table_find ((*change)->tbl);
  if (table != NULL ? !mtb_table_is_fed (table) : !g_str_equal ((*change)->tbl, MTB_CHANGE_WINDOW))
    report_number (self, mtb_change_shape.name, (*change)->seq,
                   N_ ("It is about a table of which desks are not told"));
  return TRUE;
}

/* The numbers that neither a change nor a command has, the first for all in a row. */
static void
check_gap (MtbVerify *self, gint64 *expected, gint64 seq)
{
  if (seq > *expected)
    report_number (self, mtb_change_shape.name, *expected, N_ ("This number is missing"));
  *expected = MAX (*expected, seq + 1);
}

static void
check_end (MtbVerify *self, gint64 *expected, gint64 head_seq)
{
  if (*expected > head_seq + 1)
    report_number (self, mtb_head_shape.name, head_seq,
                   N_ ("Numbers were given out beyond the head"));
  else
    check_gap (self, expected, head_seq + 1);
}

/* What changed nothing that desks are told of has a number of its own; what was refused always. */
static void
check_command (MtbVerify *self, const MtbEntry *entry, const MtbChange *change)
{
  if (g_strcmp0 (entry->status, "applied") != 0 && change != NULL && change->seq == entry->seq)
    report_number (self, mtb_entry_shape.name, entry->seq,
                   N_ ("It was refused, and there is a change of it"));
}

static gboolean
verify_numbers (MtbVerify *self, GError **error)
{
  g_autoptr (MtbHead) head = mtb_ledger_read_head (self->store, error);
  g_autoptr (MtbWalk) changes = mtb_walk_new (self->store, &mtb_change_shape);
  g_autoptr (MtbWalk) entries = mtb_walk_new (self->store, &mtb_entry_shape);
  const MtbChange *change = NULL;
  const MtbEntry *entry = NULL;
  gint64 expected = 1;
  gboolean ok = head != NULL && next_change (self, changes, &change, error)
                && mtb_walk_next (entries, (gconstpointer *) &entry, error);

  while (ok && (change != NULL || entry != NULL))
    {
      gint64 change_seq = change != NULL ? change->seq : G_MAXINT64;
      gint64 entry_seq = entry != NULL ? entry->seq : G_MAXINT64;

      check_gap (self, &expected, MIN (change_seq, entry_seq));
      if (entry_seq <= change_seq)
        check_command (self, entry, change);
      if (change_seq <= entry_seq)
        ok = next_change (self, changes, &change, error);
      if (ok && entry_seq <= change_seq)
        ok = mtb_walk_next (entries, (gconstpointer *) &entry, error);
    }
  if (ok)
    check_end (self, &expected, head->seq);
  return ok;
}

/* What is wrong with what the feed tells of a row, and of which row. */
typedef struct
{
  char *id;
  gint64 fault;
} Telling;

static const MtbField telling_fields[] = {
  MTB_FIELD (Telling, id, TEXT),
  MTB_FIELD (Telling, fault, INTEGER),
};

static const MtbShape telling_shape = MTB_SHAPE ("telling", Telling, telling_fields);

/* By the fault. */
static const char *const reasons[] = {
  N_ ("The feed lacks an entry of this row"),
  N_ ("The feed tells of this row, which is not there"),
  N_ ("The feed has it as somebody else’s, or as removed"),
};

/* What was told before is what stands before, and what was told last is what the row says. %s are the
 * table and whose its row is. */
#define TELLINGS \
  "SELECT n.row_id AS id, CASE WHEN n.before_scope IS DISTINCT FROM n.told_scope THEN 0" \
  " WHEN t.id IS NULL THEN 1 ELSE 2 END AS fault" \
  " FROM (SELECT c.row_id, c.before_scope, c.after_scope, LAG (c.after_scope) OVER w AS told_scope," \
  " LEAD (c.seq) OVER w AS next_seq FROM change c WHERE c.tbl = :tbl" \
  " WINDOW w AS (PARTITION BY c.row_id ORDER BY c.seq)) n" \
  " LEFT JOIN %s t ON t.id = n.row_id" \
  " WHERE n.before_scope IS DISTINCT FROM n.told_scope OR (n.next_seq IS NULL" \
  " AND n.after_scope IS DISTINCT FROM CASE WHEN t.id IS NOT NULL THEN %s END)"

#define UNTOLD \
  "SELECT t.id FROM %s t LEFT JOIN (SELECT DISTINCT c.row_id FROM change c WHERE c.tbl = :tbl) l" \
  " ON l.row_id = t.id WHERE l.row_id IS NULL ORDER BY t.id"

/* A table on its way. */
typedef struct
{
  MtbVerify *verify;
  const char *name;
} Told;

static gboolean
report_telling (gpointer record, gpointer data, GError **error)
{
  const Told *told = data;
  const Telling *telling = record;

  mtb_verify_report (told->verify, .table = told->name, .id = telling->id,
                     .reason = reasons[telling->fault]);
  return TRUE;
}

/* The engine sorts the entries of a table by their rows; no more comes out than is wrong. */
static gboolean
verify_told (MtbVerify *self, const MtbTable *table, GError **error)
{
  Told told = { self, table->shape.name };
  const MtbParameter *tbl = MTB_PARAMETERS (MTB_TEXT ("tbl", told.name));
  g_autofree char *scope =
    table->scope != NULL ? g_strdup_printf ("COALESCE (t.%s, '')", table->scope) : g_strdup ("''");
  g_autofree char *tellings = g_strdup_printf (TELLINGS, told.name, scope);
  g_autofree char *untold = g_strdup_printf (UNTOLD, told.name);

  return mtb_store_each (self->store, &telling_shape, tellings, tbl, report_telling, &told, error)
         && mtb_verify_select (
           self,
           &(MtbFinding){ .table = told.name, .reason = N_ ("The feed never told of this row") },
           untold, tbl, error);
}

gboolean
mtb_verify_feed (MtbVerify *self, GError **error)
{
  gboolean ok = verify_numbers (self, error);

  for (guint i = 0; ok && mtb_tables[i] != NULL; i++)
    ok = !mtb_table_is_fed (mtb_tables[i]) || verify_told (self, mtb_tables[i], error);
  return ok;
}
