/* Whether rows are found by the words that they say, and by no others. What the rows say and what is
 * found are each added up in one reading; only where the sums differ is word after word looked for. */

#include "mtb-words-private.h"

#include "mtb-walk.h"

/* Of pairs of a word and the key of a row, in any order. */
typedef struct
{
  gint64 n_pairs;
  guint64 sum;
} Sum;

typedef struct
{
  MtbStore *store;
  const MtbTable *table;
  MtbWordsFaultFunc func;
  gpointer data;
  const char *find_word;
  Sum said;
  Sum found;
} Check;

#define FNV_START G_GUINT64_CONSTANT (0xcbf29ce484222325)
#define FNV_PRIME G_GUINT64_CONSTANT (0x100000001b3)

/* FNV-1a, with the end of each text. */
static guint64
mix (guint64 hash, const char *text)
{
  do
    hash = (hash ^ (guint8) *text) * FNV_PRIME;
  while (*text++ != '\0');
  return hash;
}

static void
add_pair (Sum *sum, const char *word, const char *id)
{
  sum->n_pairs++;
  sum->sum += mix (mix (FNV_START, word), id != NULL ? id : "");
}

typedef gboolean (*WordFunc) (Check *self, const char *id, const char *word, GError **error);

static gboolean
each_word (Check *self, gconstpointer record, WordFunc func, GError **error)
{
  g_autoptr (GHashTable) words = mtb_words_collect (self->table, record);
  GHashTableIter iter;
  gpointer word;

  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    if (!func (self, mtb_record_get_id (record), word, error))
      return FALSE;
  return TRUE;
}

/* All that the rows say. */
static gboolean
each_said (Check *self, WordFunc func, gint64 *n_rows, GError **error)
{
  g_autoptr (MtbWalk) walk = mtb_walk_new (self->store, &self->table->shape);
  gconstpointer row;
  gboolean ok = TRUE;

  *n_rows = 0;
  while ((ok = ok && mtb_walk_next (walk, &row, error)) && row != NULL)
    {
      ok = each_word (self, row, func, error);
      *n_rows += 1;
    }
  return ok;
}

static gboolean
add_said (Check *self, const char *id, const char *word, GError **error)
{
  add_pair (&self->said, word, id);
  return TRUE;
}

static gboolean
check_said (Check *self, const char *id, const char *word, GError **error)
{
  gint64 found;

  if (!mtb_store_select_number (self->store, self->find_word,
                                MTB_PARAMETERS (MTB_TEXT ("id", id), MTB_TEXT ("word", word)),
                                &found, error))
    return FALSE;
  if (found == MTB_ABSENT)
    self->func (id, word, TRUE, self->data);
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
each_found (Check *self, MtbRowFunc func, GError **error)
{
  const char *name = self->table->shape.name;
  g_autofree char *sql = g_strdup_printf (
    "SELECT w.word, t.id FROM %s_word w LEFT JOIN %s t ON t." MTB_WORDS_ROW " = w." MTB_WORDS_ROW,
    name, name);

  return mtb_store_each (self->store, &found_shape, sql, NULL, func, self, error);
}

static gboolean
add_found (gpointer record, gpointer data, GError **error)
{
  Check *self = data;
  const Found *found = record;

  add_pair (&self->found, found->word, found->id);
  return TRUE;
}

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

static gboolean
name_faults (Check *self, GError **error)
{
  const char *name = self->table->shape.name;
  g_autofree char *find_word =
    g_strdup_printf ("SELECT 1 FROM %s t JOIN %s_word w ON w." MTB_WORDS_ROW " = t." MTB_WORDS_ROW
                     " WHERE t.id = :id AND w.word = :word",
                     name, name);
  gint64 n_rows;

  self->find_word = find_word;
  return each_said (self, check_said, &n_rows, error) && each_found (self, check_found, error);
}

/**
 * mtb_words_verify:
 * @store: a store in a transaction
 * @table: a table that is searched
 * @func: hears of each word that is not as the rows say
 * @data: handed to @func
 * @n_rows: (out): how many rows were looked at
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

  if (!each_said (&self, add_said, n_rows, error) || !each_found (&self, add_found, error))
    return FALSE;
  return (self.said.n_pairs == self.found.n_pairs && self.said.sum == self.found.sum)
         || name_faults (&self, error);
}
