#include "bench-subscribers.h"

#include "bench-check.h"
#include "mtb-demo-private.h"
#include "mtb-fold.h"
#include "mtb-id.h"
#include "mtb-store.h"

#define FILL 10000

MtbSubscriber *
bench_make_subscriber (GRand *rand, guint i)
{
  MtbSubscriber *subscriber = mtb_record_new (&mtb_subscriber_table.shape);
  g_autofree char *latin = NULL;

  subscriber->id = mtb_id_new (i);
  subscriber->name = mtb_demo_dup_name (rand, &latin);
  subscriber->name_folded = mtb_fold (subscriber->name);
  subscriber->username = g_strdup_printf ("%s%u", latin, i);
  subscriber->account_number = g_strdup_printf ("A-%07u", i);
  subscriber->telephone = g_strdup_printf ("011-%07u", g_rand_int_range (rand, 1000000, 9999999));
  subscriber->status = MTB_SUBSCRIBER_ACTIVE;
  return subscriber;
}

/* As if they had been there before the feed began. */
void
bench_fill_subscribers (const char *database, guint n_subscribers)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  g_autoptr (GError) error = NULL;
  gboolean is_file = g_str_has_prefix (database, "sqlite:");
  g_autoptr (MtbStore) store =
    mtb_store_open (database, is_file ? MTB_STORE_FILE : MTB_STORE_AUTHORITY, &error);

  check (store != NULL && mtb_store_begin (store, &error), error);
  for (guint i = 0; i < n_subscribers; i++)
    {
      g_autoptr (MtbSubscriber) subscriber = bench_make_subscriber (rand, i);

      check (mtb_store_insert (store, subscriber, &error), error);
      if (i % FILL == FILL - 1)
        check (mtb_store_commit (store, &error) && mtb_store_begin (store, &error), error);
    }
  check (mtb_store_commit (store, &error), error);
}
