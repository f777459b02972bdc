/* Whether rows are found by the words that they say, and by no others. */

#include "mtb-words-private.h"

#include "mtb-walk.h"

typedef struct
{
  MtbStore *store;
  const MtbTable *table;
  MtbWordsFaultFunc func;
  gpointer data;
  const char *find_word;
  gint64 n_words;
} Check;

static gboolean
check_word (Check *self, const char *id, const char *word, GError **error)
{
  gint64 found;

  if (!mtb_store_select_number (self->store, self->find_word,
                                MTB_PARAMETERS (MTB_TEXT ("id", id), MTB_TEXT ("word", word)),
                                &found, error))
    return FALSE;
  if (found != MTB_ABSENT)
    self->n_words++;
  else
    self->func (id, word, TRUE, self->data);
  return TRUE;
}

static gboolean
check_row (Check *self, gconstpointer record, GError **error)
{
  g_autoptr (GHashTable) words = mtb_words_collect (self->table, record);
  GHashTableIter iter;
  gpointer word;

  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    if (!check_word (self, mtb_record_get_id (record), word, error))
      return FALSE;
  return TRUE;
}

/* A word and the key of the row that is found by it. */
typedef struct
{
  char *word;
  char *id;
} Found;

static const MtbField found_fields[] = {
  MTB_FIELD (Found, word, TEXT),
  MTB_FIELD (Found, id, ID),
};

static const MtbShape found_shape = MTB_SHAPE ("found", Found, found_fields);

static gboolean
check_found (gpointer record, gpointer data, GError **error)
{
  Check *self = data;
  const Found *found = record;
  g_autoptr (GError) failure = NULL;
  gpointer row = found->id != NULL
                   ? mtb_store_get (self->store, &self->table->shape, found->id, &failure)
                   : NULL;
  g_autoptr (GHashTable) words = mtb_words_collect (self->table, row);

  if (failure == NULL && !g_hash_table_contains (words, found->word))
    self->func (found->id, found->word, FALSE, self->data);
  mtb_record_unref (row);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Only where there are more than the rows say, which a count tells. */
static gboolean
find_surplus (Check *self, GError **error)
{
  const char *name = self->table->shape.name;
  g_autofree char *count = g_strdup_printf ("SELECT COUNT(*) FROM %s_word", name);
  g_autofree char *all = g_strdup_printf (
    "SELECT w.word, t.id FROM %s_word w LEFT JOIN %s t ON t." MTB_WORDS_ROW " = w." MTB_WORDS_ROW,
    name, name);
  gint64 n_words;

  if (!mtb_store_select_number (self->store, count, NULL, &n_words, error))
    return FALSE;
  return n_words == self->n_words
         || mtb_store_each (self->store, &found_shape, all, NULL, check_found, self, error);
}

/**
 * mtb_words_verify:
 * @store: a store in a transaction
 * @table: a table that is searched
 * @func: hears of each word that is not as the rows say
 * @data: handed to @func
 * @n_rows: (inout): raised by the rows that were looked at
 * @error: return location
 *
 * Returns: whether all could be read
 */
gboolean
mtb_words_verify (MtbStore *store,
                  const MtbTable *table,
                  MtbWordsFaultFunc func,
                  gpointer data,
                  gint64 *n_rows,
                  GError **error)
{
  Check self = { .store = store, .table = table, .func = func, .data = data };
  g_autofree char *find_word =
    g_strdup_printf ("SELECT 1 FROM %s t JOIN %s_word w ON w." MTB_WORDS_ROW " = t." MTB_WORDS_ROW
                     " WHERE t.id = :id AND w.word = :word",
                     table->shape.name, table->shape.name);
  g_autoptr (MtbWalk) walk = mtb_walk_new (store, &table->shape);
  gconstpointer row;
  gboolean ok = TRUE;

  self.find_word = find_word;
  while ((ok = ok && mtb_walk_next (walk, &row, error)) && row != NULL)
    {
      ok = check_row (&self, row, error);
      *n_rows += 1;
    }
  return ok && find_surplus (&self, error);
}
