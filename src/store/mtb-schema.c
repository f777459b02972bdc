/* Makes tables out of shapes, and widens older ones: a column that a shape has and a table lacks is
 * added. What cannot be widened so is refused: a cache is then fetched again. */

#include "mtb-schema.h"

#include "mtb-driver-private.h"
#include "mtb-error.h"
#include "mtb-words-private.h"

static const char *
get_column_type (const MtbField *field)
{
  return mtb_field_is_text (field) || field->type == MTB_TYPE_ENUM ? "TEXT" : "BIGINT";
}

static gboolean
is_searched (const MtbShape *shape)
{
  const MtbTable *table = mtb_table_find (shape->name);

  return table != NULL && table->words != NULL;
}

static char *
build_create (MtbStore *store, const MtbShape *shape)
{
  GString *sql = g_string_new (NULL);
  gboolean searched = is_searched (shape);

  g_string_printf (sql, "CREATE TABLE IF NOT EXISTS %s (", shape->name);
  if (searched)
    g_string_append_printf (sql, MTB_WORDS_ROW " %s, ", mtb_store_get_driver (store)->numbers_rows);
  for (guint i = 0; i < shape->n_fields; i++)
    g_string_append_printf (sql, "%s%s %s%s", i > 0 ? ", " : "", shape->fields[i].name,
                            get_column_type (&shape->fields[i]),
                            i > 0      ? ""
                            : searched ? " UNIQUE NOT NULL"
                                       : " PRIMARY KEY NOT NULL");
  g_string_append (sql, ")");
  return g_string_free (sql, FALSE);
}

static gboolean
has_column (GPtrArray *columns, const char *name)
{
  return g_ptr_array_find_with_equal_func (columns, name, g_str_equal, NULL);
}

/**
 * mtb_schema_create:
 * @store: a store
 * @shape: what a row is; the first field is the key
 * @error: return location
 *
 * Returns: whether the table is there with every column of @shape
 */
gboolean
mtb_schema_create (MtbStore *store, const MtbShape *shape, GError **error)
{
  g_autofree char *create = build_create (store, shape);
  g_autoptr (GPtrArray) columns = NULL;

  if (!mtb_store_execute (store, create, error))
    return FALSE;
  columns =
    mtb_store_get_driver (store)->list_columns (mtb_store_get_database (store), shape->name, error);
  if (columns == NULL)
    return FALSE;
  if (is_searched (shape) && !has_column (columns, MTB_WORDS_ROW))
    {
      g_set_error (error, MTB_ERROR, MTB_ERROR_STORAGE,
                   "%s is of a time before it could be searched", shape->name);
      return FALSE;
    }
  for (guint i = 0; i < shape->n_fields; i++)
    {
      g_autofree char *add =
        g_strdup_printf ("ALTER TABLE %s ADD COLUMN %s %s", shape->name, shape->fields[i].name,
                         get_column_type (&shape->fields[i]));

      if (!has_column (columns, shape->fields[i].name) && !mtb_store_execute (store, add, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * mtb_schema_list_fields:
 * @store: a store
 * @shape: the shape of a table
 * @error: return location
 *
 * A database that nobody has opened to write since an older version lacks what came after that.
 *
 * Returns: (transfer container) (element-type MtbField): the fields that have a column; none where
 *   the table is not there
 */
GPtrArray *
mtb_schema_list_fields (MtbStore *store, const MtbShape *shape, GError **error)
{
  g_autoptr (GPtrArray) columns =
    mtb_store_get_driver (store)->list_columns (mtb_store_get_database (store), shape->name, error);
  GPtrArray *fields = columns != NULL ? g_ptr_array_new () : NULL;

  for (guint i = 0; fields != NULL && i < shape->n_fields; i++)
    if (has_column (columns, shape->fields[i].name))
      g_ptr_array_add (fields, (gpointer) &shape->fields[i]);
  return fields;
}

/**
 * mtb_schema_is_there:
 * @store: a store
 * @shape: the shape of a table
 * @there: (out): whether the table is there, with whichever columns
 * @error: return location
 *
 * Returns: whether it could be asked
 */
gboolean
mtb_schema_is_there (MtbStore *store, const MtbShape *shape, gboolean *there, GError **error)
{
  g_autoptr (GPtrArray) columns =
    mtb_store_get_driver (store)->list_columns (mtb_store_get_database (store), shape->name, error);

  *there = columns != NULL && columns->len > 0;
  return columns != NULL;
}

/**
 * mtb_schema_create_index:
 * @store: a store
 * @shape: the shape of the table
 * @columns: the columns, with commas
 * @unique: whether no two rows may have the same
 * @error: return location
 *
 * Returns: whether the index is there
 */
gboolean
mtb_schema_create_index (MtbStore *store,
                         const MtbShape *shape,
                         const char *columns,
                         gboolean unique,
                         GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s_%s", shape->name, columns);
  g_autofree char *sql = NULL;

  g_strdelimit (name, ", ", '_');
  sql = g_strdup_printf ("CREATE %sINDEX IF NOT EXISTS %s ON %s (%s)", unique ? "UNIQUE " : "",
                         name, shape->name, columns);
  return mtb_store_execute (store, sql, error);
}

/**
 * mtb_schema_create_tables:
 * @store: a store
 * @error: return location
 *
 * Makes all that holds records: each #MtbTable with its indexes, and the words that are searched.
 *
 * Returns: whether all is there
 */
gboolean
mtb_schema_create_tables (MtbStore *store, GError **error)
{
  for (guint i = 0; mtb_tables[i] != NULL; i++)
    {
      const MtbTable *table = mtb_tables[i];

      if (!mtb_schema_create (store, &table->shape, error)
          || (table->words != NULL && !mtb_words_create (store, table, error)))
        return FALSE;
      for (guint j = 0; table->indexes != NULL && table->indexes[j] != NULL; j++)
        if (!mtb_schema_create_index (store, &table->shape, table->indexes[j], FALSE, error))
          return FALSE;
    }
  return TRUE;
}
