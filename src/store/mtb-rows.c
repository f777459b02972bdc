/* Rows by their shapes: read, written and deleted by key, the journal told before, the searched words
 * kept up. */

#include "mtb-store-private.h"

#include "mtb-words-private.h"

static void
bind_record (MtbStore *store, MtbPrepared *prepared, gconstpointer record)
{
  const MtbShape *shape = mtb_record_get_shape (record);
  const MtbDriver *driver = store->driver;

  for (guint i = 0; i < shape->n_fields; i++)
    {
      const MtbField *field = &shape->fields[i];

      if (mtb_field_is_text (field))
        driver->bind_text (prepared, (int) i, mtb_field_get_text (field, record));
      else if (field->type == MTB_TYPE_ENUM)
        driver->bind_text (prepared, (int) i,
                           mtb_field_get_choice (field, mtb_field_get_number (field, record)));
      else
        driver->bind_number (prepared, (int) i, mtb_field_get_number (field, record));
    }
}

/**
 * mtb_store_get:
 * @store: a store
 * @shape: a table's shape
 * @id: the key
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the row; %NULL without @error where there is none
 */
gpointer
mtb_store_get (MtbStore *store, const MtbShape *shape, const char *id, GError **error)
{
  gpointer record;

  if (mtb_ahead_find (store, shape, id, &record))
    return record;
  record =
    mtb_store_select_one (store, shape, "SELECT $columns(t) FROM $table t WHERE t.$key = :id",
                          MTB_PARAMETERS (MTB_TEXT ("id", id)), error);
  if (record != NULL)
    mtb_ahead_keep (store, record);
  return record;
}

#define INSERT "insert"
#define UPSERT "upsert"

static char *
build_write (const char *kind, const MtbShape *shape)
{
  GString *sql = g_string_new (NULL);
  gboolean upsert = g_str_equal (kind, UPSERT);

  g_string_printf (sql, "INSERT INTO %s (", shape->name);
  for (guint i = 0; i < shape->n_fields; i++)
    g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", shape->fields[i].name);
  g_string_append (sql, ") VALUES (");
  for (guint i = 0; i < shape->n_fields; i++)
    g_string_append_printf (sql, "%s:%s", i > 0 ? ", " : "", shape->fields[i].name);
  g_string_append (sql, ")");
  if (upsert)
    g_string_append_printf (sql, " ON CONFLICT (%s) DO UPDATE SET ", shape->fields[0].name);
  for (guint i = 1; upsert && i < shape->n_fields; i++)
    g_string_append_printf (sql, "%s%s = excluded.%s", i > 1 ? ", " : "", shape->fields[i].name,
                            shape->fields[i].name);
  return g_string_free (sql, FALSE);
}

static gboolean
write_row (MtbStore *store,
           gconstpointer before,
           gconstpointer after,
           gboolean upsert,
           GError **error)
{
  const MtbShape *shape = mtb_record_get_shape (after);
  const MtbTable *table = mtb_table_find (shape->name);
  MtbPrepared *prepared =
    mtb_store_prepare (store, shape, upsert ? UPSERT : INSERT, build_write, error);

  if (prepared == NULL)
    return FALSE;
  if (table != NULL && store->journal != NULL
      && !store->journal (store, table, before, after, store->journal_data, error))
    return FALSE;
  if (table != NULL)
    mtb_ahead_forget (store, shape, mtb_record_get_id (after));
  bind_record (store, prepared, after);
  if (!mtb_store_run_prepared (store, prepared, error))
    return FALSE;
  return table == NULL || table->words == NULL
         || mtb_words_update (store, table, before, after, error);
}

/**
 * mtb_store_insert:
 * @store: a store
 * @record: a new row
 * @error: return location, %MTB_ERROR_STORAGE where the key is taken
 *
 * In a transaction, that the key is taken may be told only by what comes after.
 *
 * Returns: whether it was written, as far as is known
 */
gboolean
mtb_store_insert (MtbStore *store, gconstpointer record, GError **error)
{
  return write_row (store, NULL, record, FALSE, error);
}

/**
 * mtb_store_put:
 * @store: a store
 * @record: a row, new or changed
 * @error: return location
 *
 * Writes a row by its key. What is already as @record says is left alone.
 *
 * Returns: whether the row is as @record says
 */
gboolean
mtb_store_put (MtbStore *store, gconstpointer record, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gpointer before =
    mtb_store_get (store, mtb_record_get_shape (record), mtb_record_get_id (record), &failure);
  gboolean ok;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  ok = (before != NULL && mtb_record_equal (before, record))
       || write_row (store, before, record, TRUE, error);
  mtb_record_unref (before);
  return ok;
}

/**
 * mtb_store_delete:
 * @store: a store
 * @shape: a table's shape
 * @id: the key
 * @error: return location
 *
 * Returns: whether no such row is there any more
 */
gboolean
mtb_store_delete (MtbStore *store, const MtbShape *shape, const char *id, GError **error)
{
  g_autoptr (GError) failure = NULL;
  const MtbTable *table = mtb_table_find (shape->name);
  gpointer before = mtb_store_get (store, shape, id, &failure);
  char sql[128];
  gboolean ok = failure == NULL;

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  if (ok && before != NULL)
    {
      mtb_ahead_forget (store, shape, id);
      g_snprintf (sql, sizeof sql, "DELETE FROM %s WHERE %s = :id", shape->name,
                  shape->fields[0].name);
      ok = (table == NULL || store->journal == NULL
            || store->journal (store, table, before, NULL, store->journal_data, error))
           && (table == NULL || table->words == NULL
               || mtb_words_update (store, table, before, NULL, error))
           && mtb_store_run (store, sql, MTB_PARAMETERS (MTB_TEXT ("id", id)), error);
    }
  mtb_record_unref (before);
  return ok;
}
