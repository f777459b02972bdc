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

static gboolean
find_rows (MtbVerify *self,
           const MtbTable *table,
           const char *reason,
           const char *sql,
           GError **error)
{
  const char *name = table->shape.name;

  return mtb_verify_select (self, &(MtbFinding){ .table = name, .reason = reason }, sql,
                            MTB_PARAMETERS (MTB_TEXT ("tbl", name)), error);
}

#define LAST_CHANGES \
  "(SELECT n.row_id, MAX (n.seq) AS seq FROM change n WHERE n.tbl = :tbl GROUP BY n.row_id)"

#define CUT_SHORT \
  "SELECT n.row_id AS id FROM (SELECT c.row_id, c.before_scope," \
  " LAG (c.after_scope) OVER (PARTITION BY c.row_id ORDER BY c.seq) AS told_scope" \
  " FROM change c WHERE c.tbl = :tbl) n WHERE n.before_scope IS DISTINCT FROM n.told_scope"

/* The engine sorts the entries of a table by their rows; no more comes out than is wrong. */
static gboolean
verify_last_changes (MtbVerify *self, const MtbTable *table, GError **error)
{
  const char *name = table->shape.name;
  g_autofree char *scope =
    table->scope != NULL ? g_strdup_printf ("COALESCE (t.%s, '')", table->scope) : g_strdup ("''");
  g_autofree char *untold =
    g_strdup_printf ("SELECT t.id FROM %s t LEFT JOIN " LAST_CHANGES " l ON l.row_id = t.id"
                     " WHERE l.row_id IS NULL ORDER BY t.id",
                     name);
  g_autofree char *gone = g_strdup_printf (
    "SELECT l.row_id AS id FROM " LAST_CHANGES " l JOIN change c ON c.seq = l.seq"
    " LEFT JOIN %s t ON t.id = l.row_id WHERE t.id IS NULL AND c.after_scope IS NOT NULL",
    name);
  g_autofree char *other =
    g_strdup_printf ("SELECT l.row_id AS id FROM " LAST_CHANGES " l JOIN change c ON c.seq = l.seq"
                     " JOIN %s t ON t.id = l.row_id"
                     " WHERE c.after_scope IS NULL OR c.after_scope <> %s",
                     name, scope);

  return find_rows (self, table, N_ ("The feed never told of this row"), untold, error)
         && find_rows (self, table, N_ ("The feed lacks an entry of this row"), CUT_SHORT, error)
         && find_rows (self, table, N_ ("The feed tells of this row, which is not there"), gone,
                       error)
         && find_rows (self, table, N_ ("The feed has it as somebody else’s, or as removed"), other,
                       error);
}

gboolean
mtb_verify_feed (MtbVerify *self, GError **error)
{
  gboolean ok = verify_numbers (self, error);

  for (guint i = 0; ok && mtb_tables[i] != NULL; i++)
    ok = !mtb_table_is_fed (mtb_tables[i]) || verify_last_changes (self, mtb_tables[i], error);
  return ok;
}
