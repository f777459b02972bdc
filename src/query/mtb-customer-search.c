/* Customers, found as somebody types. */

#include "mtb-query-private.h"

#include "mtb-fold.h"

#include <string.h>

/* A search looks at no more words than these, and at no more entries and customers, so that a single
 * letter costs no more in a large directory than in a small one. Of so many customers for each row
 * that is wanted, the first by name are given. */
#define WORDS_MAX 6
#define SCAN_MAX 50000
#define FOUND_EACH 4

/* Comes after every word with the same beginning, in the order of bytes. */
#define WORD_END "\xf4\x8f\xbf\xbf"

static const MtbField customer_search_fields[] = {
  MTB_FIELD (MtbCustomerSearch, text, TEXT, .max = 200),
  MTB_FIELD (MtbCustomerSearch, limit, INTEGER, .min = 1, .max = MTB_QUERY_ROWS_MAX),
};

static const MtbShape customer_search_shape =
  MTB_SHAPE ("customer_search", MtbCustomerSearch, customer_search_fields);

/* The ways in which what was typed may be meant: words each for itself; and where there are digits,
 * all of them as one number, in each form in which it is dialled. The likeliest stands first. */
static GPtrArray *
list_readings (const char *text)
{
  GPtrArray *readings = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_auto (GStrv) words = mtb_fold_words (text);
  g_autoptr (GString) number = g_string_new (NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) others = NULL;
  g_auto (GStrv) forms = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    if (strspn (words[i], "0123456789") == strlen (words[i]))
      g_string_append (number, words[i]);
    else
      g_strv_builder_add (names, words[i]);
  others = g_strv_builder_end (names);
  forms = mtb_fold_number_forms (number->str);
  for (guint i = 0; forms[i] != NULL; i++)
    {
      g_autoptr (GStrvBuilder) reading = g_strv_builder_new ();

      g_strv_builder_add (reading, forms[i]);
      g_strv_builder_addv (reading, (const char **) others);
      g_ptr_array_add (readings, g_strv_builder_end (reading));
    }
  if (forms[0] == NULL || !g_strv_contains ((const char *const *) words, forms[0]))
    g_ptr_array_add (readings, g_steal_pointer (&words));
  return readings;
}

/* The values for the SQL: word N from its beginning to its end. */
typedef struct
{
  char *ends[WORDS_MAX];
  MtbParameter parameters[2 * WORDS_MAX + 4];
} Bounds;

static void
bounds_clear (Bounds *self)
{
  for (guint i = 0; i < WORDS_MAX; i++)
    g_free (self->ends[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bounds, bounds_clear)

static void
bounds_init (Bounds *self, char **words, guint n_words, gint64 limit)
{
  static const char *const from[WORDS_MAX] = {
    "word0", "word1", "word2", "word3", "word4", "word5"
  };
  static const char *const until[WORDS_MAX] = { "end0", "end1", "end2", "end3", "end4", "end5" };
  MtbParameter *next = self->parameters;

  for (guint i = 0; i < n_words; i++)
    {
      self->ends[i] = g_strconcat (words[i], WORD_END, NULL);
      *next++ = MTB_TEXT (from[i], words[i]);
      *next++ = MTB_TEXT (until[i], self->ends[i]);
    }
  *next++ = MTB_NUMBER ("scan", SCAN_MAX);
  *next++ = MTB_NUMBER ("found", FOUND_EACH * limit);
  *next++ = MTB_NUMBER ("limit", limit);
}

/* Puts the word with the fewest entries first: it leads, the others only have to be there too. */
static gboolean
put_rarest_first (MtbStore *store, char **words, guint n_words, GError **error)
{
  gint64 fewest = G_MAXINT64;

  for (guint i = 0; n_words > 1 && i < n_words; i++)
    {
      g_autofree char *end = g_strconcat (words[i], WORD_END, NULL);
      char *word = words[i];
      gint64 n_entries;

      if (!mtb_store_select_number (
            store,
            "SELECT COUNT(*) FROM (SELECT 1 FROM word w WHERE w.word >= :word AND w.word < :end"
            " LIMIT :scan) n",
            MTB_PARAMETERS (MTB_TEXT ("word", word), MTB_TEXT ("end", end),
                            MTB_NUMBER ("scan", SCAN_MAX)),
            &n_entries, error))
        return FALSE;
      if (n_entries >= fewest)
        continue;
      fewest = n_entries;
      words[i] = words[0];
      words[0] = word;
    }
  return TRUE;
}

static char *
build_search (guint n_words)
{
  GString *sql = g_string_new (
    "SELECT " MTB_CUSTOMER_COLUMNS " FROM (SELECT DISTINCT d.row_id AS row_id FROM"
    " (SELECT w.row_id AS row_id FROM word w WHERE w.word >= :word0 AND w.word < :end0"
    " LIMIT :scan) d WHERE 1 = 1");

  for (guint i = 1; i < n_words; i++)
    g_string_append_printf (sql,
                            " AND EXISTS (SELECT 1 FROM word e WHERE e.row_id = d.row_id"
                            " AND e.word >= :word%u AND e.word < :end%u)",
                            i, i);
  g_string_append (sql, " LIMIT :found) f" MTB_CUSTOMER_JOINS
                        " ORDER BY name_folded NULLS LAST, id LIMIT :limit");
  return g_string_free (sql, FALSE);
}

static GPtrArray *
search_reading (MtbStore *store, char **words, gint64 limit, GError **error)
{
  guint n_words = MIN (g_strv_length (words), WORDS_MAX);
  g_autofree char *sql = build_search (n_words);
  g_auto (Bounds) bounds = { 0 };

  if (n_words == 0)
    return mtb_query_new_rows ();
  if (!put_rarest_first (store, words, n_words, error))
    return NULL;
  bounds_init (&bounds, words, n_words, limit);
  return mtb_store_select (store, &mtb_customer_shape, sql, bounds.parameters, error);
}

static GPtrArray *
run_search (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbCustomerSearch *search = arguments;
  gint64 limit = mtb_query_get_limit (search->limit);
  g_autoptr (GPtrArray) readings = NULL;
  g_autoptr (GPtrArray) rows = mtb_query_new_rows ();

  if (search->text == NULL || !mtb_customer_is_seen (viewer))
    return g_steal_pointer (&rows);
  readings = list_readings (search->text);
  for (guint i = 0; rows != NULL && rows->len == 0 && i < readings->len; i++)
    {
      g_ptr_array_unref (rows);
      rows = search_reading (store, g_ptr_array_index (readings, i), limit, error);
    }
  return g_steal_pointer (&rows);
}

const MtbQuery mtb_customer_search_query = {
  .name = "customer_search",
  .arguments = &customer_search_shape,
  .rows = &mtb_customer_shape,
  .run = run_search,
};
