#include "mtb-customer-query.h"
#include "mtb-subscriber.h"
#include "mtb-test-department.h"

static MtbTestDepartment *
make_directory (void)
{
  MtbTestDepartment *department = mtb_test_department_new ();

  mtb_test_add_subscriber (department, "ahmad", "أحمد عبد الرحمن الخطيب", "021 888 88 88",
                           "ahmad@isp", "A-1002");
  mtb_test_add_subscriber (department, "fatima", "فاطمة أحمد", "+963 31 6888780", "fatima", "A-17");
  mtb_test_add_subscriber (department, "huda", "هدى الخطيب", "0933123457", "sub000351", "B-1001");
  return department;
}

static GPtrArray *
ask (MtbTestDepartment *department, const char *who, const MtbQuery *query, gconstpointer arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbViewer) viewer = mtb_viewer_load (department->store, mtb_test_id (who), &error);
  GPtrArray *rows;

  g_assert_no_error (error);
  g_assert_true (mtb_record_get_shape (arguments) == query->arguments);
  rows = query->run (department->store, viewer, arguments, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_assert_true (mtb_record_get_shape (g_ptr_array_index (rows, i)) == query->rows);
  return rows;
}

static GPtrArray *
search (MtbTestDepartment *department, const char *who, const char *text, gint64 limit)
{
  g_autoptr (MtbCustomerSearch) arguments = mtb_record_new (mtb_customer_search_query.arguments);

  arguments->text = g_strdup (text);
  arguments->limit = limit;
  return ask (department, who, &mtb_customer_search_query, arguments);
}

/* What is found, by name and in its order, has to be these keys, with commas. */
static void
check (MtbTestDepartment *department, const char *text, const char *keys)
{
  g_autoptr (GPtrArray) rows = search (department, "agent", text, MTB_ABSENT);
  g_auto (GStrv) expected = g_strsplit (keys, ",", -1);

  g_test_message ("%s finds %u", text, rows->len);
  g_assert_cmpuint (rows->len, ==, g_strv_length (expected));
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpstr (mtb_record_get_id (g_ptr_array_index (rows, i)), ==,
                     mtb_test_id (expected[i]));
}

static void
test_names (void)
{
  g_autoptr (MtbTestDepartment) department = make_directory ();

  check (department, "عمر", "omar");
  check (department, "احمد", "ahmad,omar,fatima");
  check (department, "أَحْمـد", "ahmad,omar,fatima");
  check (department, "فاطمه", "fatima");
  check (department, "هدي", "huda");
  check (department, "الخط", "ahmad,huda");
  check (department, "الخطيب أحمد", "ahmad");
  check (department, "عبد الرحمن", "ahmad");
  check (department, "أحمد هدى", "");
  check (department, "SAMI", "sami");
}

static void
test_the_article (void)
{
  static const char *const khatibs[] = { "الخطيب", "خطيب", "الخط", "خط", "الخ" };
  g_autoptr (MtbTestDepartment) department = make_directory ();

  mtb_test_add_subscriber (department, "nur", "نور حلبي", NULL, "nur", "A-31");
  for (guint i = 0; i < G_N_ELEMENTS (khatibs); i++)
    check (department, khatibs[i], "ahmad,huda");
  check (department, "الحلبي", "nur");
  check (department, "الح", "nur");
  check (department, "الأحمد", "ahmad,omar,fatima");
  check (department, "رحمن خطيب", "ahmad");
  check (department, "الهدى", "huda");
  check (department, "ال", "");
  check (department, "أحمد ال", "ahmad,omar,fatima");
}

static void
test_user_names_and_accounts (void)
{
  g_autoptr (MtbTestDepartment) department = make_directory ();

  check (department, "ahmad@isp", "ahmad");
  check (department, "AHMAD", "ahmad");
  check (department, "sub000351", "huda");
  check (department, "351", "");
  check (department, "A-1002", "ahmad");
  check (department, "b 1001", "huda");
  check (department, "1001", "omar,huda");
  check (department, "١٠٠١", "omar,huda");
}

static void
test_telephones (void)
{
  static const char *const omars[] = {
    "011-4018827", "0114018827",      "011 401 88 27",  "4018827",      "40188",
    "114018827",   "+963114018827",   "00963114018827", "963114018827", "(011) 4018827",
    "٠١١٤٠١٨٨٢٧",  "+963 11 4018827", "011-40",         "0114",
  };
  g_autoptr (MtbTestDepartment) department = make_directory ();

  for (guint i = 0; i < G_N_ELEMENTS (omars); i++)
    check (department, omars[i], "omar");
  check (department, "0218888888", "ahmad");
  check (department, "021 8888888", "ahmad");
  check (department, "0316888780", "fatima");
  check (department, "0096331 6888780", "fatima");
  check (department, "0933", "sami,huda");
  check (department, "0933123456", "sami");
  check (department, "0999999999", "");
}

static void
test_names_and_numbers_together (void)
{
  g_autoptr (MtbTestDepartment) department = make_directory ();

  check (department, "أحمد 021 8888", "ahmad");
  check (department, "0218888888 الخطيب", "ahmad");
  check (department, "هدى 0218888888", "");
  check (department, "8888 1002", "ahmad");
  check (department, "1002 888", "ahmad");
}

static void
test_numbers_without_their_area (void)
{
  static const char *const writings[] = { "021 531 2019", "0215312019", "021-5312019",
                                          "+963 21 531 2019", "00963215312019" };
  static const char *const typed[] = {
    "5312019",
    "531 2019",
    "531-2019",
    "5312",
    "531",
    "0215312019",
    "021 531 2019",
    "215312019",
    "0215",
    "+963 21 531 2019",
    "+963215312019",
    "00963215312019",
    "00963 21 5312019",
    "531 2019 هند",
    "هند 531 2019",
    "531 الهند 2019",
    "+963 21 531 2019 هن",
  };

  for (guint i = 0; i < G_N_ELEMENTS (writings); i++)
    {
      g_autoptr (MtbTestDepartment) department = make_directory ();

      mtb_test_add_subscriber (department, "hind", "هند", writings[i], "hind", "A-44");
      for (guint j = 0; j < G_N_ELEMENTS (typed); j++)
        check (department, typed[j], "hind");
      check (department, "5312018", "");
      check (department, "031 531 2019", "");
      check (department, "هدى 531 2019", "");
    }
}

static void
test_what_says_nothing_finds_nothing (void)
{
  g_autoptr (MtbTestDepartment) department = make_directory ();

  check (department, "", "");
  check (department, "  -- ", "");
  check (department, "%", "");
  check (department, "' OR 1=1 --", "");
  check (department, "*", "");
  check (department, "a b c d e f g h i j k l m n", "");
}

static void
test_both_kinds_are_told_apart (void)
{
  g_autoptr (MtbTestDepartment) department = make_directory ();
  g_autoptr (GPtrArray) rows = search (department, "agent", "0933", 10);
  const MtbCustomer *huda = g_ptr_array_index (rows, 1);
  const MtbCustomer *sami = g_ptr_array_index (rows, 0);

  g_assert_cmpint (huda->kind, ==, MTB_CUSTOMER_SUBSCRIBER);
  g_assert_cmpint (huda->status, ==, MTB_SUBSCRIBER_ACTIVE);
  g_assert_cmpstr (huda->username, ==, "sub000351");
  g_assert_cmpstr (huda->telephone, ==, "0933123457");
  g_assert_cmpint (sami->kind, ==, MTB_CUSTOMER_PROSPECT);
  g_assert_cmpint (sami->status, ==, MTB_ABSENT);
  g_assert_null (sami->username);
  g_assert_cmpstr (sami->name, ==, "Sami");
}

/* However many there are, so many come, in the order of their names. */
static void
test_limit_and_order (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);
      g_autofree char *name =
        g_strdup_printf ("Many %c%c", 'A' + (int) (i * 7 % 26), 'a' + (int) (i % 26));

      mtb_test_add_subscriber (department, key, name, NULL, key, key);
    }
  rows = search (department, "agent", "many", 20);
  g_assert_cmpuint (rows->len, ==, 20);
  for (guint i = 1; i < rows->len; i++)
    g_assert_cmpstr (((const MtbCustomer *) g_ptr_array_index (rows, i - 1))->name_folded, <=,
                     ((const MtbCustomer *) g_ptr_array_index (rows, i))->name_folded);
}

static void
check_sight (const char *who, gboolean seen)
{
  g_autoptr (MtbTestDepartment) department = make_directory ();
  g_autoptr (GPtrArray) rows = search (department, who, "عمر", 10);
  g_autoptr (MtbCustomerRef) ref = mtb_record_new (mtb_customer_query.arguments);
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) card = NULL;

  g_assert_true (mtb_store_execute (department->store,
                                    "INSERT INTO card (id) SELECT id FROM"
                                    " subscriber",
                                    NULL));
  ref->id = g_strdup (mtb_test_id ("omar"));
  one = ask (department, who, &mtb_customer_query, ref);
  card = ask (department, who, &mtb_card_query, ref);
  g_assert_cmpuint (rows->len, ==, seen ? 1 : 0);
  g_assert_cmpuint (one->len, ==, seen ? 1 : 0);
  g_assert_cmpuint (card->len, ==, seen ? 1 : 0);
}

static void
test_who_sees_customers (void)
{
  check_sight ("agent", TRUE);
  check_sight ("supervisor", TRUE);
  check_sight ("quality", TRUE);
  check_sight ("manager", TRUE);
  check_sight ("followup", TRUE);
  check_sight ("field", FALSE);
  check_sight ("finance", FALSE);
  check_sight ("department", FALSE);
  check_sight ("admin", FALSE);
  check_sight ("connector", FALSE);
  check_sight ("operator", FALSE);
}

static void
test_one_by_its_id (void)
{
  g_autoptr (MtbTestDepartment) department = make_directory ();
  g_autoptr (MtbCustomerRef) ref = mtb_record_new (mtb_customer_query.arguments);
  g_autoptr (GPtrArray) prospect = NULL;
  g_autoptr (GPtrArray) nobody = NULL;

  ref->id = g_strdup (mtb_test_id ("sami"));
  prospect = ask (department, "agent", &mtb_customer_query, ref);
  g_assert_cmpuint (prospect->len, ==, 1);
  MTB_TEST_SET (ref, id, mtb_test_id ("nobody"));
  nobody = ask (department, "agent", &mtb_customer_query, ref);
  g_assert_cmpuint (nobody->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query/customer/names", test_names);
  g_test_add_func ("/query/customer/article", test_the_article);
  g_test_add_func ("/query/customer/user-names", test_user_names_and_accounts);
  g_test_add_func ("/query/customer/telephones", test_telephones);
  g_test_add_func ("/query/customer/area", test_numbers_without_their_area);
  g_test_add_func ("/query/customer/together", test_names_and_numbers_together);
  g_test_add_func ("/query/customer/nothing", test_what_says_nothing_finds_nothing);
  g_test_add_func ("/query/customer/kinds", test_both_kinds_are_told_apart);
  g_test_add_func ("/query/customer/limit", test_limit_and_order);
  g_test_add_func ("/query/customer/sight", test_who_sees_customers);
  g_test_add_func ("/query/customer/by-id", test_one_by_its_id);
  return g_test_run ();
}
