/* All rows of a table in the order of their keys, a portion at a time: what is held does not grow with
 * the table, whatever the engine holds of an answer, and other questions may be asked in between. An
 * older database is read as one in which there is nothing of what it lacks. */

#include "mtb-walk.h"

#include "mtb-schema.h"

#define PORTION 1000

struct _MtbWalk
{
  MtbStore *store;
  const MtbShape *shape;
  char *columns;
  GPtrArray *rows;
  guint next;
};

/**
 * mtb_walk_new:
 * @store: a store, in a transaction where all is to be of one moment
 * @shape: a table's shape
 *
 * Returns: (transfer full): a walk that stands before the first row
 */
MtbWalk *
mtb_walk_new (MtbStore *store, const MtbShape *shape)
{
  MtbWalk *self = g_new0 (MtbWalk, 1);

  self->store = store;
  self->shape = shape;
  return self;
}

/**
 * mtb_walk_free:
 * @walk: (nullable) (transfer full): a walk
 */
void
mtb_walk_free (MtbWalk *walk)
{
  if (walk == NULL)
    return;
  g_clear_pointer (&walk->rows, g_ptr_array_unref);
  g_free (walk->columns);
  g_free (walk);
}

static MtbParameter
get_key (const MtbWalk *self, gconstpointer record)
{
  const MtbField *key = &self->shape->fields[0];

  return mtb_field_is_text (key) ? MTB_TEXT ("after", mtb_field_get_text (key, record))
                                 : MTB_NUMBER ("after", mtb_field_get_number (key, record));
}

static char *
dup_columns (MtbWalk *self, GError **error)
{
  g_autoptr (GPtrArray) fields = mtb_schema_list_fields (self->store, self->shape, error);
  GString *columns = fields != NULL ? g_string_new (NULL) : NULL;

  if (fields == NULL)
    return NULL;
  for (guint i = 0; i < fields->len; i++)
    g_string_append_printf (columns, "%st.%s", i > 0 ? ", " : "",
                            ((const MtbField *) g_ptr_array_index (fields, i))->name);
  return g_string_free (columns, FALSE);
}

static GPtrArray *
read_portion (MtbWalk *self, GError **error)
{
  gconstpointer last =
    self->rows != NULL ? g_ptr_array_index (self->rows, self->rows->len - 1) : NULL;
  g_autofree char *sql = NULL;

  if (self->columns == NULL)
    self->columns = dup_columns (self, error);
  if (self->columns == NULL)
    return NULL;
  if (*self->columns == '\0')
    return g_ptr_array_new ();
  sql = g_strdup_printf ("SELECT %s FROM $table t%s ORDER BY t.$key LIMIT :portion", self->columns,
                         last != NULL ? " WHERE t.$key > :after" : "");
  if (last == NULL)
    return mtb_store_select (self->store, self->shape, sql,
                             MTB_PARAMETERS (MTB_NUMBER ("portion", PORTION)), error);
  return mtb_store_select (self->store, self->shape, sql,
                           MTB_PARAMETERS (get_key (self, last), MTB_NUMBER ("portion", PORTION)),
                           error);
}

/**
 * mtb_walk_next:
 * @walk: a walk
 * @record: (out) (nullable) (transfer none): the next row, good until the next call; %NULL after the
 *   last
 * @error: return location
 *
 * Returns: whether it could be read
 */
gboolean
mtb_walk_next (MtbWalk *walk, gconstpointer *record, GError **error)
{
  *record = NULL;
  if (walk->rows == NULL || (walk->next == walk->rows->len && walk->rows->len == PORTION))
    {
      GPtrArray *rows = read_portion (walk, error);

      if (rows == NULL)
        return FALSE;
      g_clear_pointer (&walk->rows, g_ptr_array_unref);
      walk->rows = rows;
      walk->next = 0;
    }
  if (walk->next < walk->rows->len)
    *record = g_ptr_array_index (walk->rows, walk->next++);
  return TRUE;
}
