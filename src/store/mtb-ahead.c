/* Rows that are about to be asked for, read many at once where the engine is a process of its own, and
 * each question costs a way there and back. They are kept for a writing transaction beside which
 * nobody else writes, and what is written in it is read anew. */

#include "mtb-store-private.h"

#include "mtb-table.h"

typedef struct
{
  const MtbShape *shape;
  char *id;
} Key;

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;

  return g_str_hash (key->id) ^ g_direct_hash (key->shape);
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  const Key *one = a;
  const Key *other = b;

  return one->shape == other->shape && g_str_equal (one->id, other->id);
}

static void
free_key (gpointer data)
{
  Key *key = data;

  g_free (key->id);
  g_free (key);
}

/* Takes the record; NULL where there is no such row. */
static void
keep (MtbStore *store, const MtbShape *shape, const char *id, gpointer record)
{
  Key *key = g_new (Key, 1);

  key->shape = shape;
  key->id = g_strdup (id);
  g_hash_table_insert (store->ahead, key, record);
}

gboolean
mtb_ahead_find (MtbStore *store, const MtbShape *shape, const char *id, gpointer *record)
{
  const Key key = { shape, (char *) id };
  gpointer kept;

  if (store->ahead == NULL || !g_hash_table_lookup_extended (store->ahead, &key, NULL, &kept))
    return FALSE;
  *record = kept != NULL ? mtb_record_copy (kept) : NULL;
  return TRUE;
}

void
mtb_ahead_keep (MtbStore *store, gconstpointer record)
{
  const MtbShape *shape = mtb_record_get_shape (record);

  if (store->ahead != NULL && mtb_table_find (shape->name) != NULL)
    keep (store, shape, mtb_record_get_id (record), mtb_record_copy (record));
}

void
mtb_ahead_forget (MtbStore *store, const MtbShape *shape, const char *id)
{
  const Key key = { shape, (char *) id };

  if (store->ahead != NULL)
    g_hash_table_remove (store->ahead, &key);
}

void
mtb_ahead_end (MtbStore *store)
{
  g_clear_pointer (&store->ahead, g_hash_table_unref);
}

static gboolean
add_row (gpointer record, gpointer data, GError **error)
{
  mtb_ahead_keep (data, record);
  return TRUE;
}

/**
 * mtb_keys_init:
 * @keys: what is filled
 * @ids: (array length=n_ids): keys, which stay where they are
 * @n_ids: how many there still are; the first %MTB_KEYS_AT_ONCE of them are taken
 */
void
mtb_keys_init (MtbKeys *keys, const char *const *ids, guint n_ids)
{
  for (guint i = 0; i < MTB_KEYS_AT_ONCE; i++)
    {
      g_snprintf (keys->names[i], sizeof keys->names[i], "k%u%u", i / 8, i % 8);
      keys->parameters[i] = MTB_TEXT (keys->names[i], i < n_ids ? ids[i] : NULL);
    }
  keys->parameters[MTB_KEYS_AT_ONCE] = (MtbParameter){ NULL };
}

static gboolean
read_some (MtbStore *store,
           const MtbShape *shape,
           const char *const *ids,
           guint n_ids,
           GError **error)
{
  MtbKeys keys;

  mtb_keys_init (&keys, ids, n_ids);
  for (guint i = 0; i < MIN (n_ids, MTB_KEYS_AT_ONCE); i++)
    keep (store, shape, ids[i], NULL);
  return mtb_store_each (store, shape, "SELECT $columns(t) FROM $table t WHERE t.$key IN " MTB_KEYS,
                         keys.parameters, add_row, store, error);
}

/**
 * mtb_store_read_ahead:
 * @store: a store in a writing transaction, beside which nobody else writes
 * @table: a table
 * @ids: (array length=n_ids): keys, whether there are such rows or not
 * @n_ids: how many
 * @error: return location
 *
 * Reads rows that will be asked for one by one. From now until the transaction ends mtb_store_get()
 * asks for each row of any table once at most, unless it is written.
 *
 * Returns: whether they were read
 */
gboolean
mtb_store_read_ahead (MtbStore *store,
                      const MtbTable *table,
                      const char *const *ids,
                      guint n_ids,
                      GError **error)
{
  gboolean ok = TRUE;
  gboolean is_worth_it = store->driver->is_apart && n_ids > 1;

  /* What asks for nothing, as a recount of all there ever was, has nothing to keep. */
  if (n_ids == 0)
    return TRUE;
  if (store->ahead == NULL)
    store->ahead = g_hash_table_new_full (hash_key, equal_keys, free_key, mtb_record_unref);
  for (guint from = 0; ok && is_worth_it && from < n_ids; from += MTB_KEYS_AT_ONCE)
    ok = read_some (store, &table->shape, ids + from, n_ids - from, error);
  if (!ok)
    mtb_ahead_end (store);
  return ok;
}
