/* Customers one by one, with the figures of their card. */

#include "mtb-query-private.h"

#include "mtb-fold.h"
#include "mtb-subscriber.h"
#include "mtb-words.h"

/* So many customers with the same number are looked at. */
#define SAME_NUMBER 20

const char *const mtb_customer_kind_words[] = { "subscriber", "prospect", NULL };

static const MtbField customer_fields[] = {
  MTB_FIELD (MtbCustomer, id, ID, .required = TRUE),
  MTB_FIELD (MtbCustomer, kind, ENUM, .required = TRUE, .choices = mtb_customer_kind_words),
  MTB_FIELD (MtbCustomer, name, TEXT, .required = TRUE),
  MTB_FIELD (MtbCustomer, name_folded, TEXT),
  MTB_FIELD (MtbCustomer, telephone, TEXT),
  MTB_FIELD (MtbCustomer, username, TEXT),
  MTB_FIELD (MtbCustomer, account_number, TEXT),
  MTB_FIELD (MtbCustomer, package, TEXT),
  MTB_FIELD (MtbCustomer, tier, TEXT),
  MTB_FIELD (MtbCustomer, status, ENUM, .choices = mtb_subscriber_status_words),
};

const MtbShape mtb_customer_shape = MTB_SHAPE ("customer", MtbCustomer, customer_fields);

static const MtbField customer_ref_fields[] = {
  MTB_FIELD (MtbCustomerRef, id, ID, .required = TRUE),
};

const MtbShape mtb_customer_ref_shape =
  MTB_SHAPE ("customer_ref", MtbCustomerRef, customer_ref_fields);

/* Whether a viewer may look for customers. */
gboolean
mtb_customer_is_seen (const MtbViewer *viewer)
{
  return mtb_viewer_get_sight (viewer, MTB_AREA_DIRECTORY) == MTB_SIGHT_ALL;
}

static const MtbTable *const tables[] = {
  [MTB_CUSTOMER_SUBSCRIBER] = &mtb_subscriber_table,
  [MTB_CUSTOMER_PROSPECT] = &mtb_prospect_table,
};

/* FALSE where there are no rows because of an error. */
static gboolean
add_customers (GPtrArray *customers, MtbCustomerKind kind, GPtrArray *rows)
{
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MtbCustomer *customer = mtb_record_new (&mtb_customer_shape);

      mtb_record_assign (customer, g_ptr_array_index (rows, i));
      customer->kind = kind;
      g_ptr_array_add (customers, customer);
    }
  return rows != NULL;
}

/* Customers of both kinds with words that begin so, see mtb_words_find(). */
GPtrArray *
mtb_customer_find (MtbStore *store,
                   const char *const *words,
                   guint enough,
                   guint most,
                   GError **error)
{
  g_autoptr (GPtrArray) customers = mtb_query_new_rows ();

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (GPtrArray) rows = mtb_words_find (store, tables[i], words, enough, most, error);

      if (!add_customers (customers, i, rows))
        return NULL;
    }
  return g_steal_pointer (&customers);
}

static GPtrArray *
run_customer (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbCustomerRef *ref = arguments;
  g_autoptr (GPtrArray) customers = mtb_query_new_rows ();

  for (guint i = 0; i < G_N_ELEMENTS (tables) && mtb_customer_is_seen (viewer); i++)
    {
      g_autoptr (GPtrArray) rows = mtb_store_select (
        store, &tables[i]->shape, "SELECT $columns(t) FROM $table t WHERE t.$key = :id",
        MTB_PARAMETERS (MTB_TEXT ("id", ref->id)), error);

      if (!add_customers (customers, i, rows))
        return NULL;
    }
  return g_steal_pointer (&customers);
}

const MtbQuery mtb_customer_query = {
  .name = "customer",
  .arguments = &mtb_customer_ref_shape,
  .rows = &mtb_customer_shape,
  .run = run_customer,
};

static GPtrArray *
run_card (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbCustomerRef *ref = arguments;

  if (!mtb_roles_open_cards (mtb_viewer_get_person (viewer)->roles))
    return mtb_query_new_rows ();
  return mtb_store_select (store, &mtb_card_table.shape,
                           "SELECT $columns(t) FROM card t WHERE t.id = :id",
                           MTB_PARAMETERS (MTB_TEXT ("id", ref->id)), error);
}

const MtbQuery mtb_card_query = {
  .name = "card",
  .arguments = &mtb_customer_ref_shape,
  .rows = &mtb_card_table.shape,
  .run = run_card,
};

/* A word may be an account number as well, so what was found is looked at again. */
static gboolean
add_with_number (MtbStore *store,
                 const char *form,
                 const char *number,
                 GHashTable *customers,
                 GError **error)
{
  g_autoptr (GPtrArray) found =
    mtb_customer_find (store, (const char *const[]){ form, NULL }, SAME_NUMBER, SAME_NUMBER, error);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      MtbCustomer *customer = g_ptr_array_index (found, i);

      if (mtb_fold_is_same_number (customer->telephone, number)
          && !g_hash_table_contains (customers, customer->id))
        g_hash_table_insert (customers, customer->id, mtb_record_ref (customer));
    }
  return found != NULL;
}

/* The customer with a telephone number, where there is just one, and the viewer may know. */
MtbCustomer *
mtb_customer_find_by_number (MtbStore *store,
                             const MtbViewer *viewer,
                             const char *number,
                             GError **error)
{
  g_autoptr (GHashTable) customers =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, mtb_record_unref);
  g_auto (GStrv) forms = mtb_fold_number_forms (number);
  GHashTableIter iter;
  gpointer customer;

  for (guint i = 0; mtb_customer_is_seen (viewer) && forms[i] != NULL; i++)
    if (!add_with_number (store, forms[i], number, customers, error))
      return NULL;
  if (g_hash_table_size (customers) != 1)
    return NULL;
  g_hash_table_iter_init (&iter, customers);
  g_hash_table_iter_next (&iter, NULL, &customer);
  return mtb_record_ref (customer);
}
