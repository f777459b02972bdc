/* What a person waits for after each letter that is typed into the search box. */

#include "bench-search.h"

#include "bench-check.h"
#include "bench-scratch.h"
#include "bench-subscribers.h"
#include "bench-table.h"
#include "mtb-customer-query.h"
#include "mtb-fold.h"
#include "mtb-id.h"
#include "mtb-person.h"
#include "mtb-schema.h"
#include "mtb-viewer.h"

#define N_LETTERS 6
#define TWO_WORDS N_LETTERS
#define N_KINDS (N_LETTERS + 1)
#define FILL 10000

static MtbPerson *
make_person (void)
{
  MtbPerson *person = mtb_record_new (&mtb_person_table.shape);

  person->id = mtb_id_new (0);
  person->username = g_strdup ("bench");
  person->display_name = g_strdup ("bench");
  person->roles = MTB_ROLE_AGENT;
  person->active = 1;
  return person;
}

/* Returns the names, folded. */
static GPtrArray *
fill (MtbStore *store, guint n_customers, GRand *rand)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  check (mtb_store_begin (store, &error), error);
  for (guint i = 0; i < n_customers; i++)
    {
      g_autoptr (MtbSubscriber) subscriber = bench_make_subscriber (rand, i);

      check (mtb_store_insert (store, subscriber, &error), error);
      g_ptr_array_add (names, g_strdup (subscriber->name_folded));
      if (i % FILL == FILL - 1)
        check (mtb_store_commit (store, &error) && mtb_store_begin (store, &error), error);
    }
  check (mtb_store_commit (store, &error), error);
  return names;
}

static char *
dup_beginning (const char *word, guint n_letters)
{
  return g_utf8_substring (word, 0, MIN (g_utf8_strlen (word, -1), n_letters));
}

static char *
dup_typed (GPtrArray *names, guint kind, GRand *rand)
{
  const char *name = g_ptr_array_index (names, g_rand_int_range (rand, 0, (int) names->len));
  g_auto (GStrv) words = mtb_fold_words (name);
  guint n_words = g_strv_length (words);
  guint which = (guint) g_rand_int_range (rand, 0, (int) n_words);
  g_autofree char *one = dup_beginning (
    words[which], kind == TWO_WORDS ? (guint) g_rand_int_range (rand, 1, 5) : kind + 1);
  g_autofree char *other = dup_beginning (words[(which + 1) % n_words], N_LETTERS);

  return kind == TWO_WORDS ? g_strdup_printf ("%s %s", other, one) : g_steal_pointer (&one);
}

static double
time_search (MtbStore *store, const MtbViewer *viewer, const char *text)
{
  g_autoptr (MtbCustomerSearch) search = mtb_record_new (mtb_customer_search_query.arguments);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 start;

  search->text = g_strdup (text);
  search->limit = 50;
  start = g_get_monotonic_time ();
  rows = mtb_customer_search_query.run (store, viewer, search, &error);
  if (rows == NULL || rows->len == 0)
    g_error ("nothing found for %s", text);
  return (double) (g_get_monotonic_time () - start) / 1000;
}

/* Returns all of them. */
static BenchSeries *
search (MtbStore *store, const MtbViewer *viewer, GPtrArray *names, GRand *rand, guint n_keystrokes)
{
  BenchSeries *all = bench_series_new ();

  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      g_autoptr (BenchSeries) times = bench_series_new ();
      g_autofree char *name = kind == TWO_WORDS ? g_strdup ("two words")
                                                : g_strdup_printf ("one word, %u letter%s",
                                                                   kind + 1, kind > 0 ? "s" : "");

      for (guint i = 0; i < n_keystrokes / N_KINDS; i++)
        {
          g_autofree char *typed = dup_typed (names, kind, rand);
          double spent = time_search (store, viewer, typed);

          bench_series_add (times, spent);
          bench_series_add (all, spent);
        }
      bench_table_times (name, times);
    }
  return all;
}

static double
measure_words (MtbStore *store)
{
  g_autoptr (GError) error = NULL;
  gint64 n_bytes;

  check (mtb_store_select_number (store,
                                  "SELECT SUM (pgsize) FROM dbstat WHERE name = 'subscriber_word'",
                                  NULL, &n_bytes, &error),
         error);
  return (double) n_bytes / 1e6;
}

/* Returns how long the keystrokes took, and how many MB the words have. */
static BenchSeries *
search_among (guint n_customers, guint n_keystrokes, double *megabytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  g_autofree char *folder = g_dir_make_tmp ("search-XXXXXX", NULL);
  g_autofree char *uri = g_strdup_printf ("sqlite:%s/cache.db", folder);
  MtbStore *store = mtb_store_open (uri, MTB_STORE_FILE, &error);
  g_autoptr (MtbPerson) person = make_person ();
  g_autoptr (MtbViewer) viewer = NULL;
  g_autoptr (GPtrArray) names = NULL;
  BenchSeries *times;

  check (store != NULL && mtb_schema_create_tables (store, &error)
           && mtb_store_put (store, person, &error),
         error);
  names = fill (store, n_customers, rand);
  mtb_store_close (store);
  store = mtb_store_open (uri, MTB_STORE_READ_ONLY, &error);
  check (store != NULL, error);
  viewer = mtb_viewer_load (store, person->id, &error);
  bench_table_note ("among %u:", n_customers);
  times = search (store, viewer, names, rand, n_keystrokes);
  *megabytes = measure_words (store);
  mtb_store_close (store);
  bench_remove_folder (folder);
  return times;
}

void
bench_search (guint n_customers, guint n_keystrokes)
{
  g_autoptr (BenchSeries) few = NULL;
  g_autoptr (BenchSeries) many = NULL;
  double megabytes;

  bench_table_head ("A search keystroke over Arabic names, any word, 50 rows", NULL);
  few = search_among (n_customers / 10, n_keystrokes, &megabytes);
  many = search_among (n_customers, n_keystrokes, &megabytes);
  bench_table_row (
    &(BenchRow){ .name = "all keystrokes, p50",
                 .unit = "ms",
                 .ours = bench_series_get_median (many),
                 .growth = bench_series_get_median (many) / bench_series_get_median (few) });
  bench_table_row (
    &(BenchRow){ .name = "all keystrokes, p99",
                 .unit = "ms",
                 .ours = bench_series_get (many, 0.99),
                 .growth = bench_series_get (many, 0.99) / bench_series_get (few, 0.99),
                 .wanted = BENCH_AT_MOST,
                 .target = 8,
                 .stretch = 5 });
  bench_table_row (&(BenchRow){ .name = "the words of names and numbers",
                                .unit = "MB",
                                .ours = megabytes,
                                .wanted = BENCH_AT_MOST,
                                .stretch = 60 });
}
