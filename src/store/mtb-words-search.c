/* Rows that have all of some words, of which the beginnings are known.
 *
 * Of each word some entries are read. Rows that are in what was read of every word have them all. Where
 * these are not enough, more entries are read, up to a limit; after that the rows that have the rarer
 * words, which were read to the end, are looked at one by one. So a search costs no more in a
 * large directory than in one of middle size. */

#include "mtb-store-private.h"

#include "mtb-words-private.h"

#define ENTRIES_FIRST 2000
#define ENTRIES_MAX 20000

/* Comes after every word with the same beginning, in the order of bytes. */
#define WORD_END "\xf4\x8f\xbf\xbf"

/* What was read of the words with a beginning: the numbers of rows, and whether these are all. */
typedef struct
{
  const char *beginning;
  char *end;
  GArray *rows;
  gboolean whole;
} Entries;

/* Numbers of rows: those with all the words, as far as was read, and those that may have them. */
typedef struct
{
  GArray *sure;
  GArray *possible;
  gboolean whole; /* there are no others with all the words than those that are sure */
  gboolean few; /* so few are possible that to look at them takes less than to read on */
} Finding;

static Entries *
entries_new (const char *beginning)
{
  Entries *self = g_new0 (Entries, 1);

  self->beginning = beginning;
  self->end = g_strconcat (beginning, WORD_END, NULL);
  self->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

static void
entries_free (gpointer data)
{
  Entries *self = data;

  g_free (self->end);
  g_array_unref (self->rows);
  g_free (self);
}

static void
finding_clear (Finding *self)
{
  g_clear_pointer (&self->sure, g_array_unref);
  g_clear_pointer (&self->possible, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finding, finding_clear)

/* Reads on until there are @n_entries, or no more. */
static gboolean
read_entries (Entries *self,
              MtbStore *store,
              const MtbTable *table,
              guint n_entries,
              GError **error)
{
  const MtbDriver *driver = store->driver;
  MtbPrepared *prepared = mtb_store_prepare (
    store, &table->shape,
    "SELECT w." MTB_WORDS_ROW " FROM $table_word w WHERE w.word >= :word"
    " AND w.word < :end ORDER BY w.word, w." MTB_WORDS_ROW " LIMIT :most OFFSET :read",
    mtb_statement_expand, error);
  gboolean more = FALSE;
  gboolean ok;

  if (prepared == NULL)
    return FALSE;
  driver->bind_text (prepared, 0, self->beginning);
  driver->bind_text (prepared, 1, self->end);
  driver->bind_number (prepared, 2, n_entries - self->rows->len);
  driver->bind_number (prepared, 3, self->rows->len);
  while ((ok = driver->step (prepared, &more, error)) && more)
    {
      gint64 row = driver->get_number (prepared, 0);

      g_array_append_val (self->rows, row);
    }
  driver->reset (prepared);
  self->whole = self->rows->len < n_entries;
  return ok;
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
read_on (GPtrArray *words, MtbStore *store, const MtbTable *table, guint n_entries, GError **error)
{
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < words->len; i++)
    {
      Entries *entries = g_ptr_array_index (words, i);

      ok = entries->whole || read_entries (entries, store, table, n_entries, error);
    }
  return ok;
}

static void
compare_entries (GPtrArray *words, guint enough, Finding *finding)
{
  GArray *common = NULL;

  finding_clear (finding);
  for (guint i = 0; i < words->len; i++)
    {
      const Entries *entries = g_ptr_array_index (words, i);

      narrow (&finding->sure, entries->rows);
      if (entries->whole)
        narrow (&finding->possible, entries->rows);
      else
        common = entries->rows;
    }
  finding->whole = common == NULL;
  finding->few = finding->possible != NULL && finding->possible->len <= enough;
  if (finding->possible == NULL)
    narrow (&finding->possible, common);
}

static gboolean
falls_short (const Finding *finding, guint enough)
{
  return !finding->whole && finding->sure->len < enough;
}

/* How many entries will have enough, where they go on as they were so far, and a quarter more. */
static guint
guess_entries (guint n_entries, const Finding *finding, guint enough)
{
  guint n_sure = finding->sure->len;

  return n_sure > 0 ? MIN (n_entries * enough / n_sure * 5 / 4 + 1, ENTRIES_MAX) : ENTRIES_MAX;
}

static gboolean
look_up (MtbStore *store,
         const MtbTable *table,
         const char *const *beginnings,
         guint n_entries,
         guint enough,
         Finding *finding,
         GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (entries_free);

  for (; *beginnings != NULL; beginnings++)
    g_ptr_array_add (words, entries_new (*beginnings));
  for (;; n_entries = guess_entries (n_entries, finding, enough))
    {
      if (!read_on (words, store, table, n_entries, error))
        return FALSE;
      compare_entries (words, enough, finding);
      if (!falls_short (finding, enough) || finding->few || n_entries >= ENTRIES_MAX)
        return TRUE;
    }
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
  if (!look_up (store, table, beginnings, alone ? most : ENTRIES_FIRST, enough, &finding, error))
    return NULL;
  if (falls_short (&finding, enough))
    return read_rows (store, table, finding.possible, beginnings, enough, error);
  return read_rows (store, table, finding.sure, NULL, most, error);
}
