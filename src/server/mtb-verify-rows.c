/* Rows by the description of their fields: what they hold, and what they point to. */

#include "mtb-verify-private.h"

#include "mtb-error.h"
#include "mtb-ledger.h"
#include "mtb-schema.h"
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
  g_autofree char *words = NULL;
  g_autofree char *sql = NULL;

  if (field->type != MTB_TYPE_ENUM)
    return TRUE;
  words = g_strjoinv ("', '", (char **) field->choices);
  sql = g_strdup_printf ("SELECT t.%s AS id, t.%s AS value FROM %s t WHERE t.%s NOT IN ('%s')",
                         shape->fields[0].name, field->name, shape->name, field->name, words);
  return mtb_verify_select (
    self,
    &(MtbFinding){ .table = shape->name,
                   .field = field->name,
                   .reason = N_ ("This is none of the words that it can be") },
    sql, NULL, error);
}

typedef gboolean (*FieldFunc) (MtbVerify *self,
                               const MtbShape *shape,
                               const MtbField *field,
                               GError **error);

static gboolean
verify_fields (MtbVerify *self, const MtbShape *shape, FieldFunc func, GError **error)
{
  g_autoptr (GPtrArray) fields = mtb_schema_list_fields (self->store, shape, error);
  gboolean ok = fields != NULL;

  for (guint i = 0; ok && i < fields->len; i++)
    ok = func (self, shape, g_ptr_array_index (fields, i), error);
  return ok;
}

gboolean
mtb_verify_rows (MtbVerify *self, GError **error)
{
  gboolean ok = TRUE;

  for (guint i = 0; ok && mtb_tables[i] != NULL; i++)
    ok = verify_table (self, &mtb_tables[i]->shape, error)
         && verify_fields (self, &mtb_tables[i]->shape, verify_choices, error);
  return ok;
}

static gboolean
verify_reference (MtbVerify *self, const MtbShape *shape, const MtbField *field, GError **error)
{
  g_autofree char *count = NULL;
  g_autofree char *sql = NULL;
  gint64 n;

  if (field->references == NULL)
    return TRUE;
  count = g_strdup_printf ("SELECT COUNT(t.%s) FROM %s t", field->name, shape->name);
  sql = g_strdup_printf (
    "SELECT CAST (t.%s AS TEXT) AS id, t.%s AS value FROM %s t LEFT JOIN %s r ON r.id = t.%s"
    " WHERE t.%s IS NOT NULL AND r.id IS NULL",
    shape->fields[0].name, field->name, shape->name, field->references, field->name, field->name);
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
    ok = verify_fields (self, g_ptr_array_index (shapes, i), verify_reference, error);
  return ok;
}
