/* Rows by the description of their fields: what they hold, and what they point to. */

#include "mtb-verify-private.h"

#include "mtb-error.h"
#include "mtb-ledger.h"
#include "mtb-walk.h"

#include <glib/gi18n.h>

static void
check_row (MtbVerify *self, const MtbShape *shape, gconstpointer row)
{
  g_autoptr (GError) fault = NULL;

  self->n_seen++;
  if (mtb_record_check (row, &fault))
    return;
  mtb_verify_report (self, .table = shape->name, .id = mtb_record_get_id (row),
                     .field = mtb_error_get_field (fault), .reason = fault->message);
}

static gboolean
verify_table (MtbVerify *self, const MtbShape *shape, GError **error)
{
  g_autoptr (MtbWalk) walk = mtb_walk_new (self->store, shape);
  gconstpointer row;
  gboolean ok;

  while ((ok = mtb_walk_next (walk, &row, error)) && row != NULL)
    check_row (self, shape, row);
  return ok;
}

/* A word that no choice has is read as nothing, so it is looked for where it stands. */
static gboolean
verify_choices (MtbVerify *self, const MtbShape *shape, const MtbField *field, GError **error)
{
  g_autofree char *words = g_strjoinv ("', '", (char **) field->choices);
  g_autofree char *sql =
    g_strdup_printf ("SELECT t.%s AS id, t.%s AS value FROM %s t WHERE t.%s NOT IN ('%s')",
                     shape->fields[0].name, field->name, shape->name, field->name, words);

  return mtb_verify_select (
    self,
    &(MtbFinding){ .table = shape->name,
                   .field = field->name,
                   .reason = N_ ("This is none of the words that it can be") },
    sql, NULL, error);
}

gboolean
mtb_verify_rows (MtbVerify *self, GError **error)
{
  gboolean ok = TRUE;

  for (guint i = 0; ok && mtb_tables[i] != NULL; i++)
    {
      const MtbShape *shape = &mtb_tables[i]->shape;

      ok = verify_table (self, shape, error);
      for (guint j = 0; ok && j < shape->n_fields; j++)
        ok = shape->fields[j].type != MTB_TYPE_ENUM
             || verify_choices (self, shape, &shape->fields[j], error);
    }
  return ok;
}

static gboolean
verify_reference (MtbVerify *self, const MtbShape *shape, const MtbField *field, GError **error)
{
  g_autofree char *count =
    g_strdup_printf ("SELECT COUNT(t.%s) FROM %s t", field->name, shape->name);
  g_autofree char *sql = g_strdup_printf (
    "SELECT CAST (t.%s AS TEXT) AS id, t.%s AS value FROM %s t LEFT JOIN %s r ON r.id = t.%s"
    " WHERE t.%s IS NOT NULL AND r.id IS NULL",
    shape->fields[0].name, field->name, shape->name, field->references, field->name, field->name);
  gint64 n;

  if (!mtb_store_select_number (self->store, count, NULL, &n, error))
    return FALSE;
  self->n_seen += n;
  return mtb_verify_select (self,
                            &(MtbFinding){ .table = shape->name,
                                           .field = field->name,
                                           .reason = N_ ("There is no such row any more") },
                            sql, NULL, error);
}

gboolean
mtb_verify_references (MtbVerify *self, GError **error)
{
  g_autoptr (GPtrArray) shapes = mtb_ledger_list_shapes ();
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < shapes->len; i++)
    {
      const MtbShape *shape = g_ptr_array_index (shapes, i);

      for (guint j = 0; ok && j < shape->n_fields; j++)
        ok = shape->fields[j].references == NULL
             || verify_reference (self, shape, &shape->fields[j], error);
    }
  return ok;
}
