/* What a group of commands will ask for by key is read together before the first is judged: who gives
 * them, the rows that they write, and those that these refer to. All this follows from the names:
 * `call.log` is about a row of `call`, and an argument about what that table's field of the same name
 * refers to. What is not foreseen is asked for when it is needed. */

#include "mtb-foresight.h"

#include "mtb-person.h"

#include <string.h>

/* Tables to the ids that are foreseen in them, each once. */
static void
foresee (GHashTable *tables, const char *name, const char *id)
{
  const MtbTable *table = name != NULL ? mtb_table_find (name) : NULL;
  GHashTable *ids;

  if (table == NULL || id == NULL)
    return;
  ids = g_hash_table_lookup (tables, table);
  if (ids == NULL)
    {
      ids = g_hash_table_new (g_str_hash, g_str_equal);
      g_hash_table_insert (tables, (gpointer) table, ids);
    }
  g_hash_table_add (ids, (gpointer) id);
}

static void
foresee_arguments (GHashTable *tables, gconstpointer arguments)
{
  const MtbShape *shape = mtb_record_get_shape (arguments);
  g_autofree char *about = g_strndup (shape->name, strcspn (shape->name, "."));
  const MtbTable *table = mtb_table_find (about);

  for (guint i = 0; table != NULL && i < shape->n_fields; i++)
    {
      const MtbField *field = &shape->fields[i];
      const MtbField *own =
        field->type == MTB_TYPE_ID ? mtb_shape_find (&table->shape, field->name) : NULL;

      if (own != NULL)
        foresee (tables, own == table->shape.fields ? table->shape.name : own->references,
                 mtb_field_get_text (field, arguments));
    }
}

/**
 * mtb_foresight_read:
 * @store: an authority's store in a writing transaction that holds the head
 * @orders: (array length=n_orders): commands that are about to be judged
 * @n_orders: how many
 * @error: return location
 *
 * Returns: whether what they will ask for could be read
 */
gboolean
mtb_foresight_read (MtbStore *store, MtbOrder **orders, guint n_orders, GError **error)
{
  g_autoptr (GHashTable) tables =
    g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  GHashTableIter iter;
  gpointer table, ids;
  gboolean ok = TRUE;

  for (guint i = 0; i < n_orders; i++)
    {
      foresee (tables, mtb_person_table.shape.name, orders[i]->person_id);
      if (orders[i]->envelope->arguments != NULL)
        foresee_arguments (tables, orders[i]->envelope->arguments);
    }
  g_hash_table_iter_init (&iter, tables);
  while (ok && g_hash_table_iter_next (&iter, &table, &ids))
    {
      guint n_ids;
      g_autofree gpointer *list = g_hash_table_get_keys_as_array (ids, &n_ids);

      ok = mtb_store_read_ahead (store, table, (const char *const *) list, n_ids, error);
    }
  return ok;
}
