/* Rows that have all of some words, of which the beginnings are known.
 *
 * Of each word only so many entries are read. Rows that are in what was read of every word have them
 * all, and mostly these are enough. If not, the rows that have the rarer words, which were read to
 * the end, are looked at one by one. So a search costs no more in a large directory than in one of
 * middle size. */

#include "mtb-store-private.h"

#include "mtb-words-private.h"

#define ENTRIES_MAX 20000

/* Comes after every word with the same beginning, in the order of bytes. */
#define WORD_END "\xf4\x8f\xbf\xbf"

/* Numbers of rows: those with all the words, as far as was read, and those that may have them. */
typedef struct
{
  GArray *sure;
  GArray *possible;
  gboolean whole;
} Finding;

static void
finding_clear (Finding *self)
{
  g_clear_pointer (&self->sure, g_array_unref);
  g_clear_pointer (&self->possible, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finding, finding_clear)

static GArray *
read_entries (MtbStore *store,
              const MtbTable *table,
              const char *beginning,
              guint n_entries,
              GError **error)
{
  const MtbDriver *driver = store->driver;
  MtbPrepared *prepared =
    mtb_store_prepare (store, &table->shape,
                       "SELECT w." MTB_WORDS_ROW " FROM $table_word w WHERE w.word >= :word"
                       " AND w.word < :end ORDER BY w.word, w." MTB_WORDS_ROW " LIMIT :most",
                       mtb_statement_expand, error);
  g_autofree char *end = g_strconcat (beginning, WORD_END, NULL);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean more = FALSE;
  gboolean ok;

  if (prepared == NULL)
    return NULL;
  driver->bind_text (prepared, 0, beginning);
  driver->bind_text (prepared, 1, end);
  driver->bind_number (prepared, 2, n_entries);
  while ((ok = driver->step (prepared, &more, error)) && more)
    {
      gint64 row = driver->get_number (prepared, 0);

      g_array_append_val (rows, row);
    }
  driver->reset (prepared);
  return ok ? g_steal_pointer (&rows) : NULL;
}

/* Leaves in @rows, once each, what is among @others too. */
static void
keep_shared (GArray *rows, GArray *others)
{
  const gint64 *numbers = (const gint64 *) (gpointer) others->data;
  g_autofree guint8 *marks = NULL;
  gint64 last = 0;
  guint n_kept = 0;

  for (guint i = 0; i < others->len; i++)
    last = MAX (last, numbers[i]);
  marks = g_malloc0 ((gsize) last / 8 + 1);
  for (guint i = 0; i < others->len; i++)
    marks[numbers[i] / 8] |= (guint8) (1 << numbers[i] % 8);
  for (guint i = 0; i < rows->len; i++)
    {
      gint64 row = g_array_index (rows, gint64, i);
      guint8 mark = (guint8) (1 << row % 8);

      if (row > last || (marks[row / 8] & mark) == 0)
        continue;
      marks[row / 8] &= (guint8) ~mark;
      g_array_index (rows, gint64, n_kept++) = row;
    }
  g_array_set_size (rows, n_kept);
}

static void
narrow (GArray **rows, GArray *others)
{
  if (*rows == NULL)
    *rows = g_array_copy (others);
  keep_shared (*rows, others);
}

static gboolean
look_up (MtbStore *store,
         const MtbTable *table,
         const char *const *beginnings,
         guint n_entries,
         Finding *finding,
         GError **error)
{
  g_autoptr (GArray) common = NULL;

  finding->whole = TRUE;
  for (; *beginnings != NULL; beginnings++)
    {
      g_autoptr (GArray) rows = read_entries (store, table, *beginnings, n_entries, error);

      if (rows == NULL)
        return FALSE;
      narrow (&finding->sure, rows);
      if (rows->len < n_entries)
        narrow (&finding->possible, rows);
      else if (common == NULL)
        common = g_array_ref (rows);
    }
  finding->whole = common == NULL;
  if (finding->possible == NULL)
    narrow (&finding->possible, common);
  return TRUE;
}

static gboolean
has_beginning (GHashTable *words, const char *beginning)
{
  GHashTableIter iter;
  gpointer word;

  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    if (g_str_has_prefix (word, beginning))
      return TRUE;
  return FALSE;
}

static gboolean
has_all (const MtbTable *table, gconstpointer record, const char *const *beginnings)
{
  g_autoptr (GHashTable) words = mtb_words_collect (table, record);

  for (; *beginnings != NULL; beginnings++)
    if (!has_beginning (words, *beginnings))
      return FALSE;
  return TRUE;
}

/* Rows by their numbers, those with all of @beginnings where these are to be looked for. */
static GPtrArray *
read_rows (MtbStore *store,
           const MtbTable *table,
           GArray *numbers,
           const char *const *beginnings,
           guint most,
           GError **error)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (mtb_record_unref);
  g_autoptr (GError) failure = NULL;

  for (guint i = 0; i < numbers->len && rows->len < most && failure == NULL; i++)
    {
      gint64 number = g_array_index (numbers, gint64, i);
      gpointer row = mtb_store_select_one (
        store, &table->shape, "SELECT $columns(t) FROM $table t WHERE t." MTB_WORDS_ROW " = :row",
        MTB_PARAMETERS (MTB_NUMBER ("row", number)), &failure);

      if (row != NULL && (beginnings == NULL || has_all (table, row, beginnings)))
        g_ptr_array_add (rows, mtb_record_ref (row));
      mtb_record_unref (row);
    }
  if (failure == NULL)
    return rows;
  g_propagate_error (error, g_steal_pointer (&failure));
  g_ptr_array_unref (rows);
  return NULL;
}

/**
 * mtb_words_find:
 * @store: a store
 * @table: a table with words that are searched
 * @beginnings: (array zero-terminated=1): beginnings of words, see mtb_fold_words()
 * @enough: so many rows are looked for
 * @most: no more are given; @enough or more
 * @error: return location
 *
 * Call it inside a read transaction, where somebody else might write.
 *
 * Returns: (transfer full): rows that have a word with each of @beginnings, in no order; at least
 *   @enough, if there are so many
 */
GPtrArray *
mtb_words_find (MtbStore *store,
                const MtbTable *table,
                const char *const *beginnings,
                guint enough,
                guint most,
                GError **error)
{
  gboolean alone = beginnings[0] != NULL && beginnings[1] == NULL;
  g_auto (Finding) finding = { 0 };

  if (beginnings[0] == NULL)
    return g_ptr_array_new_with_free_func (mtb_record_unref);
  if (!look_up (store, table, beginnings, alone ? most : ENTRIES_MAX, &finding, error))
    return NULL;
  if (finding.whole || finding.sure->len >= enough)
    return read_rows (store, table, finding.sure, NULL, most, error);
  return read_rows (store, table, finding.possible, beginnings, enough, error);
}
