/* Customers, found as somebody types. */

#include "mtb-query-private.h"

#include "mtb-fold.h"
#include "mtb-setting.h"

#include <string.h>

/* A search looks at no more words than these. Of so many customers for each row that is wanted, the
 * first by name are given. */
#define WORDS_MAX 6
#define FOUND_EACH 2

static const MtbField customer_search_fields[] = {
  { .name = "q",
    .offset = G_STRUCT_OFFSET (MtbCustomerSearch, text),
    .type = MTB_TYPE_TEXT,
    .max = 200 },
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

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const MtbCustomer *one = *(const MtbCustomer *const *) a;
  const MtbCustomer *other = *(const MtbCustomer *const *) b;
  int order = g_strcmp0 (one->name_folded, other->name_folded);

  return order != 0 ? order : strcmp (one->id, other->id);
}

static GPtrArray *
search_reading (MtbStore *store, char **words, guint limit, GError **error)
{
  const char *first[WORDS_MAX + 1] = { NULL };
  GPtrArray *rows;

  for (guint i = 0; i < WORDS_MAX && words[i] != NULL; i++)
    first[i] = words[i];
  rows = mtb_customer_find (store, first, limit, FOUND_EACH * limit, error);
  if (rows == NULL)
    return NULL;
  g_ptr_array_sort (rows, compare_names);
  g_ptr_array_set_size (rows, (int) MIN (rows->len, limit));
  return rows;
}

static GPtrArray *
run_search (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbCustomerSearch *search = arguments;
  guint limit = (guint) mtb_query_get_limit (search->limit);
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

/* A desk may keep only a part of the directory. */
static gboolean
is_beyond (MtbStore *cache, gconstpointer arguments, gint64 now)
{
  g_autofree char *keep =
    mtb_store_select_text (cache, "SELECT value FROM setting WHERE name = :name",
                           MTB_PARAMETERS (MTB_TEXT ("name", MTB_SETTING_DIRECTORY_KEEP)), NULL);

  return g_strcmp0 (keep, "dealt_with") == 0;
}

const MtbQuery mtb_customer_search_query = {
  .name = "customer_search",
  .arguments = &customer_search_shape,
  .rows = &mtb_customer_shape,
  .resource = "/v1/subscribers",
  .member = "subscribers",
  .area = MTB_AREA_DIRECTORY,
  .is_beyond = is_beyond,
  .run = run_search,
};
