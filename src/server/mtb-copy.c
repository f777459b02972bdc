/* A department from one database into another, whatever their engines: every row that the list of the
 * ledger's shapes knows, in the order of keys. What follows from rows, as the searched words, is made
 * anew. The head comes last, so that half a copy is no department. */

#include "mtb-copy.h"

#include "mtb-error.h"
#include "mtb-ledger.h"
#include "mtb-walk.h"

#include <glib/gi18n.h>

#define PORTION 5000

static gboolean
check_target (MtbStore *to, GError **error)
{
  gboolean empty;

  if (!mtb_ledger_is_empty (to, &empty, error))
    return FALSE;
  if (empty)
    return TRUE;
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_CONFLICT,
                       mtb_ledger_is_there (to)
                         ? N_ ("There is a department in the target already")
                         : N_ ("The target holds a part of a copy that was cut short; empty it"));
  return FALSE;
}

static gboolean
prepare_target (MtbStore *to, GError **error)
{
  if (!mtb_store_begin (to, error))
    return FALSE;
  if (mtb_ledger_create_tables (to, error) && check_target (to, error))
    return mtb_store_commit (to, error);
  mtb_store_rollback (to);
  return FALSE;
}

/* In the transaction in which it stands, and then in one more for each portion. */
static gboolean
copy_rows (MtbWalk *walk, MtbStore *to, gint64 *n_rows, GError **error)
{
  gconstpointer row;
  gboolean ok;

  *n_rows = 0;
  while ((ok = mtb_walk_next (walk, &row, error)) && row != NULL)
    {
      if (++*n_rows % PORTION == 0
          && (!mtb_store_commit (to, error) || !mtb_store_begin (to, error)))
        return FALSE;
      if (!mtb_store_insert (to, row, error))
        return FALSE;
    }
  return ok;
}

static gboolean
copy_table (MtbStore *from, MtbStore *to, const MtbShape *shape, gint64 *n_rows, GError **error)
{
  g_autoptr (MtbWalk) walk = mtb_walk_new (from, shape);

  if (!mtb_store_begin (to, error))
    return FALSE;
  if (copy_rows (walk, to, n_rows, error))
    return mtb_store_commit (to, error);
  mtb_store_rollback (to);
  return FALSE;
}

/**
 * mtb_copy_write:
 * @from: a department's database, in a read transaction
 * @to: a database in which there is none
 * @func: hears of each table that is done
 * @data: handed to @func
 * @error: return location, %MTB_ERROR_CONFLICT where something is in @to
 *
 * Writes all that @from holds into @to, some thousand rows a transaction.
 *
 * Returns: whether all is written
 */
gboolean
mtb_copy_write (MtbStore *from, MtbStore *to, MtbCopyFunc func, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) shapes = mtb_ledger_list_shapes ();
  gboolean ok = prepare_target (to, error);

  for (guint i = 0; ok && i < shapes->len; i++)
    {
      const MtbShape *shape = g_ptr_array_index (shapes, i);
      gint64 n_rows;

      ok = copy_table (from, to, shape, &n_rows, error);
      if (ok)
        func (shape->name, n_rows, data);
    }
  return ok;
}

/* Two tables read in step. */
typedef struct
{
  const MtbShape *shape;
  MtbFindingFunc func;
  gpointer data;
  gconstpointer one;
  gconstpointer other;
} Pair;

static int
compare_keys (const Pair *self)
{
  const MtbField *key = &self->shape->fields[0];
  gint64 one, other;

  if (self->one == NULL || self->other == NULL)
    return (self->one == NULL) - (self->other == NULL);
  if (mtb_field_is_text (key))
    return g_strcmp0 (mtb_field_get_text (key, self->one), mtb_field_get_text (key, self->other));
  one = mtb_field_get_number (key, self->one);
  other = mtb_field_get_number (key, self->other);
  return (one > other) - (one < other);
}

static gboolean
is_same (const MtbField *field, gconstpointer one, gconstpointer other)
{
  return mtb_field_is_text (field)
           ? g_strcmp0 (mtb_field_get_text (field, one), mtb_field_get_text (field, other)) == 0
           : mtb_field_get_number (field, one) == mtb_field_get_number (field, other);
}

static void
report (const Pair *self, gconstpointer row, const char *field, const char *reason)
{
  const MtbField *key = &self->shape->fields[0];
  g_autofree char *id = mtb_field_is_text (key)
                          ? g_strdup (mtb_field_get_text (key, row))
                          : g_strdup_printf ("%" G_GINT64_FORMAT, mtb_field_get_number (key, row));

  self->func (
    &(MtbFinding){ .table = self->shape->name, .id = id, .field = field, .reason = reason },
    self->data);
}

static void
compare_rows (const Pair *self, int order)
{
  if (order < 0)
    report (self, self->one, NULL, N_ ("It is missing in the copy"));
  else if (order > 0)
    report (self, self->other, NULL, N_ ("It is in the copy alone"));
  else
    for (guint i = 0; i < self->shape->n_fields; i++)
      if (!is_same (&self->shape->fields[i], self->one, self->other))
        report (self, self->one, self->shape->fields[i].name, N_ ("It is another in the copy"));
}

static gboolean
compare_table (Pair *self, MtbStore *from, MtbStore *to, gint64 *n_rows, GError **error)
{
  g_autoptr (MtbWalk) one = mtb_walk_new (from, self->shape);
  g_autoptr (MtbWalk) other = mtb_walk_new (to, self->shape);
  gboolean ok =
    mtb_walk_next (one, &self->one, error) && mtb_walk_next (other, &self->other, error);

  while (ok && (self->one != NULL || self->other != NULL))
    {
      int order = compare_keys (self);

      compare_rows (self, order);
      *n_rows += 1;
      ok = (order > 0 || mtb_walk_next (one, &self->one, error))
           && (order < 0 || mtb_walk_next (other, &self->other, error));
    }
  return ok;
}

/**
 * mtb_copy_compare:
 * @from: a department's database, in a read transaction
 * @to: what should be the same, in a read transaction
 * @func: hears of each thing that differs
 * @data: handed to @func
 * @n_rows: (out): how many rows were compared
 * @error: return location
 *
 * Reads both in step, row by row, the head included; what follows from rows is left out.
 *
 * Returns: whether both could be read
 */
gboolean
mtb_copy_compare (MtbStore *from,
                  MtbStore *to,
                  MtbFindingFunc func,
                  gpointer data,
                  gint64 *n_rows,
                  GError **error)
{
  g_autoptr (GPtrArray) shapes = mtb_ledger_list_shapes ();
  gboolean ok = TRUE;

  *n_rows = 0;
  for (guint i = 0; ok && i < shapes->len; i++)
    {
      Pair pair = { .shape = g_ptr_array_index (shapes, i), .func = func, .data = data };

      ok = compare_table (&pair, from, to, n_rows, error);
    }
  return ok;
}
