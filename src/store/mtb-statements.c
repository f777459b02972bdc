/* The statements of a store, each prepared once. A statement is known by the shape and the text that
 * it was asked with; what it takes to make the text whole is done once as well, and so is finding the
 * field that each of its columns is read into. */

#include "mtb-store-private.h"

#include <string.h>

static guint
hash_statement (gconstpointer data)
{
  const MtbStatement *statement = data;

  return g_str_hash (statement->sql) ^ g_direct_hash (statement->shape);
}

static gboolean
equal_statements (gconstpointer a, gconstpointer b)
{
  const MtbStatement *one = a;
  const MtbStatement *other = b;

  return one->shape == other->shape && g_str_equal (one->sql, other->sql);
}

static void
free_statement (gpointer data)
{
  MtbStatement *statement = data;

  statement->driver->finalize (statement->prepared);
  g_free ((char *) statement->sql);
  g_free (statement->fields);
  g_free (statement);
}

GHashTable *
mtb_statements_new (void)
{
  return g_hash_table_new_full (hash_statement, equal_statements, free_statement, NULL);
}

static void
append_columns (GString *text, const MtbShape *shape, const char *prefix)
{
  for (guint i = 0; i < shape->n_fields; i++)
    g_string_append_printf (text, "%s%s.%s", i > 0 ? ", " : "", prefix, shape->fields[i].name);
}

char *
mtb_statement_expand (const char *sql, const MtbShape *shape)
{
  const char *mark = strstr (sql, "$columns(");
  const char *end = mark != NULL ? strchr (mark, ')') : NULL;
  g_autofree char *prefix = NULL;
  GString *text;

  if (shape == NULL)
    return g_strdup (sql);
  text = g_string_new_len (sql, end != NULL ? mark - sql : -1);
  if (end != NULL)
    {
      mark += strlen ("$columns(");
      prefix = g_strndup (mark, (gsize) (end - mark));
      append_columns (text, shape, prefix);
      g_string_append (text, end + 1);
    }
  g_string_replace (text, "$table", shape->name, 0);
  g_string_replace (text, "$key", shape->fields[0].name, 0);
  return g_string_free (text, FALSE);
}

/* Some databases name the columns only with a row. */
static void
find_fields (MtbStatement *self)
{
  self->n_columns = self->driver->count_columns (self->prepared);
  self->fields = g_new (const MtbField *, self->n_columns);
  for (int i = 0; i < self->n_columns; i++)
    self->fields[i] =
      mtb_shape_find (self->shape, self->driver->get_column_name (self->prepared, i));
}

/* The row that the statement stands at. */
gpointer
mtb_statement_read_record (MtbStatement *self)
{
  const MtbDriver *driver = self->driver;
  MtbPrepared *prepared = self->prepared;
  gpointer record = mtb_record_new (self->shape);

  if (self->fields == NULL)
    find_fields (self);
  for (int i = 0; i < self->n_columns; i++)
    {
      const MtbField *field = self->fields[i];

      if (field == NULL)
        continue;
      if (mtb_field_is_text (field))
        mtb_field_set_text (field, record, driver->get_text (prepared, i));
      else if (field->type == MTB_TYPE_ENUM)
        mtb_field_set_number (field, record,
                              mtb_field_parse_choice (field, driver->get_text (prepared, i)));
      else
        mtb_field_set_number (field, record, driver->get_number (prepared, i));
    }
  return record;
}

MtbStatement *
mtb_store_find_statement (MtbStore *store,
                          const MtbShape *shape,
                          const char *sql,
                          MtbExpandFunc func,
                          GError **error)
{
  const MtbStatement key = { .shape = shape, .sql = sql, .driver = store->driver };
  MtbStatement *statement = g_hash_table_lookup (store->statements, &key);
  g_autofree char *text = NULL;
  MtbPrepared *prepared;

  if (statement != NULL)
    return statement;
  text = func (sql, shape);
  prepared = store->driver->prepare (store->database, text, error);
  if (prepared == NULL)
    return NULL;
  statement = g_memdup2 (&key, sizeof key);
  statement->sql = g_strdup (sql);
  statement->prepared = prepared;
  g_hash_table_add (store->statements, statement);
  return statement;
}

MtbPrepared *
mtb_store_prepare (MtbStore *store,
                   const MtbShape *shape,
                   const char *sql,
                   MtbExpandFunc func,
                   GError **error)
{
  const MtbStatement *statement = mtb_store_find_statement (store, shape, sql, func, error);

  return statement != NULL ? statement->prepared : NULL;
}
