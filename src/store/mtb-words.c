/* The folded words of names and numbers, each with the rows it stands in: what search reads. Kept
 * up by every write, so no command and no import has to think of it. A table that is searched has
 * its words beside it, with its rows by their numbers, which are shorter than keys and mean nothing
 * outside of this database. */

#include "mtb-store-private.h"

#include "mtb-fold.h"
#include "mtb-words-private.h"

#include <string.h>

static void
add_all (GHashTable *words, char **parts)
{
  for (; *parts != NULL; parts++)
    g_hash_table_add (words, g_strdup (*parts));
}

/* The words by which a row is found, as a set. */
GHashTable *
mtb_words_collect (const MtbTable *table, gconstpointer record)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; record != NULL && table->words[i] != NULL; i++)
    {
      const MtbField *field = mtb_shape_find (&table->shape, table->words[i]);
      const char *text = mtb_field_get_text (field, record);
      g_autofree char *folded = mtb_fold (text != NULL ? text : "");
      g_auto (GStrv) parts = mtb_fold_words (folded);
      g_auto (GStrv) numbers = mtb_fold_number_words (folded);

      add_all (words, parts);
      /* A number is also found without the blanks it was written with, as it is dialled. */
      if (folded[strspn (folded, "0123456789 ")] == '\0')
        add_all (words, numbers);
    }
  return words;
}

gboolean
mtb_words_create (MtbStore *store, const MtbTable *table, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
    "CREATE TABLE IF NOT EXISTS %s_word (word TEXT NOT NULL, " MTB_WORDS_ROW " BIGINT NOT NULL,"
    " PRIMARY KEY (word, " MTB_WORDS_ROW "))%s",
    table->shape.name, store->driver->kept_by_key);

  return mtb_store_execute (store, sql, error);
}

static MtbPrepared *
prepare (MtbStore *store, const MtbTable *table, const char *sql, GError **error)
{
  return mtb_store_prepare (store, &table->shape, sql, mtb_statement_expand, error);
}

static gboolean
find_row (MtbStore *store, const MtbTable *table, const char *id, gint64 *row, GError **error)
{
  MtbPrepared *prepared =
    prepare (store, table, "SELECT t." MTB_WORDS_ROW " FROM $table t WHERE t.$key = :id", error);
  gboolean found = FALSE;
  gboolean ok;

  if (prepared == NULL)
    return FALSE;
  store->driver->bind_text (prepared, 0, id);
  ok = store->driver->step (prepared, &found, error);
  *row = found ? store->driver->get_number (prepared, 0) : MTB_ABSENT;
  store->driver->reset (prepared);
  return ok;
}

static gboolean
write_missing (MtbStore *store,
               const MtbTable *table,
               const char *sql,
               GHashTable *words,
               GHashTable *other,
               gint64 row,
               GError **error)
{
  MtbPrepared *prepared = prepare (store, table, sql, error);
  GHashTableIter iter;
  gpointer word;

  if (prepared == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    {
      if (g_hash_table_contains (other, word))
        continue;
      store->driver->bind_text (prepared, 0, word);
      store->driver->bind_number (prepared, 1, row);
      if (!mtb_store_run_prepared (store, prepared, error))
        return FALSE;
    }
  return TRUE;
}

/* The row has to be there: this comes after it is written, and before it is deleted. */
gboolean
mtb_words_update (MtbStore *store,
                  const MtbTable *table,
                  gconstpointer before,
                  gconstpointer after,
                  GError **error)
{
  g_autoptr (GHashTable) old_words = mtb_words_collect (table, before);
  g_autoptr (GHashTable) new_words = mtb_words_collect (table, after);
  const char *id = mtb_record_get_id (after != NULL ? after : before);
  gint64 row;

  return find_row (store, table, id, &row, error)
         && write_missing (
           store, table, "DELETE FROM $table_word WHERE word = :word AND " MTB_WORDS_ROW " = :row",
           old_words, new_words, row, error)
         && write_missing (store, table,
                           "INSERT INTO $table_word (word, " MTB_WORDS_ROW ") VALUES (:word, :row)",
                           new_words, old_words, row, error);
}
