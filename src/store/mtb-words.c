/* The folded words of names and numbers, each with the rows it stands in: what search reads. Kept
 * up by every write, so no command and no import has to think of it. */

#include "mtb-words-private.h"

#include "mtb-fold.h"

#include <string.h>

static void
add_all (GHashTable *words, char **parts)
{
  for (; *parts != NULL; parts++)
    g_hash_table_add (words, g_strdup (*parts));
}

static GHashTable *
collect_words (const MtbTable *table, gconstpointer record)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; record != NULL && table->words[i] != NULL; i++)
    {
      const MtbField *field = mtb_shape_find (&table->shape, table->words[i]);
      const char *text = mtb_field_get_text (field, record);
      g_autofree char *folded = mtb_fold (text != NULL ? text : "");
      g_auto (GStrv) parts = mtb_fold_words (folded);
      g_auto (GStrv) numbers = mtb_fold_number_forms (folded);

      add_all (words, parts);
      /* A number is also found without the blanks it was written with, as it is dialled. */
      if (folded[strspn (folded, "0123456789 ")] == '\0')
        add_all (words, numbers);
    }
  return words;
}

static gboolean
write_missing (MtbStore *store,
               const char *sql,
               GHashTable *words,
               GHashTable *other,
               const char *table,
               const char *id,
               GError **error)
{
  GHashTableIter iter;
  gpointer word;

  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    if (!g_hash_table_contains (other, word)
        && !mtb_store_run (
          store, sql,
          MTB_PARAMETERS (MTB_TEXT ("word", word), MTB_TEXT ("tbl", table), MTB_TEXT ("id", id)),
          error))
      return FALSE;
  return TRUE;
}

gboolean
mtb_words_update (MtbStore *store,
                  const MtbTable *table,
                  gconstpointer before,
                  gconstpointer after,
                  GError **error)
{
  g_autoptr (GHashTable) old_words = collect_words (table, before);
  g_autoptr (GHashTable) new_words = collect_words (table, after);
  const char *id = mtb_record_get_id (after != NULL ? after : before);

  return write_missing (store,
                        "DELETE FROM word WHERE word = :word AND tbl = :tbl AND row_id = :id",
                        old_words, new_words, table->shape.name, id, error)
         && write_missing (store,
                           "INSERT INTO word (word, tbl, row_id) VALUES (:word, :tbl, :id)"
                           " ON CONFLICT (word, tbl, row_id) DO NOTHING",
                           new_words, old_words, table->shape.name, id, error);
}
