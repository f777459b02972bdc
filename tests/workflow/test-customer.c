#include "mtb-subscriber.h"
#include "mtb-test-department.h"

static MtbProspectAdd *
new_prospect (const char *name)
{
  MtbProspectAdd *prospect = mtb_record_new (&mtb_prospect_add.shape);

  prospect->id = g_strdup (mtb_test_id ("new"));
  prospect->name = g_strdup (name);
  prospect->telephone = g_strdup ("0933 000 111");
  return prospect;
}

static void
test_prospect_add (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (MtbProspect) prospect = NULL;

  mtb_test_refuse (department, "agent", new_prospect (" "), MTB_ERROR_INVALID, "name");
  mtb_test_accept (department, "agent", new_prospect ("فاطمة الأحمد"));
  mtb_test_refuse (department, "agent", new_prospect ("again"), MTB_ERROR_CONFLICT, "id");
  prospect = mtb_test_get (department, &mtb_prospect_table, mtb_test_id ("new"));
  g_assert_cmpstr (prospect->name, ==, "فاطمة الأحمد");
  g_assert_cmpstr (prospect->name_folded, ==, "فاطمه الاحمد");
  g_assert_cmpstr (prospect->telephone, ==, "0933 000 111");
}

static MtbSubscriberPut *
new_subscriber (const char *key, const char *name)
{
  MtbSubscriberPut *subscriber = mtb_record_new (&mtb_subscriber_put.shape);

  subscriber->id = g_strdup (mtb_test_id (key));
  subscriber->account_number = g_strdup ("B-2002");
  subscriber->username = g_strdup (key);
  subscriber->name = g_strdup (name);
  subscriber->status = MTB_SUBSCRIBER_SUSPENDED;
  return subscriber;
}

static gint64
count_changes (MtbTestDepartment *department)
{
  return mtb_test_count (department, "SELECT COUNT(*) FROM change");
}

/* A list that is imported again changes nothing and goes to no desk. */
static void
test_subscriber_put (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (MtbSubscriber) subscriber = NULL;

  mtb_test_accept (department, "connector", new_subscriber ("hala", "هالة"));
  g_assert_cmpint (count_changes (department), ==, 1);
  mtb_test_accept (department, "connector", new_subscriber ("hala", "هالة"));
  g_assert_cmpint (count_changes (department), ==, 1);
  mtb_test_accept (department, "connector", new_subscriber ("hala", "هالة الأحمد"));
  g_assert_cmpint (count_changes (department), ==, 2);
  subscriber = mtb_test_get (department, &mtb_subscriber_table, mtb_test_id ("hala"));
  g_assert_cmpstr (subscriber->name_folded, ==, "هاله الاحمد");
  g_assert_cmpint (subscriber->status, ==, MTB_SUBSCRIBER_SUSPENDED);
  g_assert_null (subscriber->telephone);
}

/* Neither a sign nor what is written out when it is folded keeps a name from being one. */
static void
test_names_that_fold_oddly (void)
{
  static const char *const signs[] = { "???", "؟", "-" };
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  GString *longest = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    mtb_test_accept (department, "connector", new_subscriber (signs[i], signs[i]));
  for (guint i = 0; i < 200; i++)
    g_string_append (longest, "\357\267\272");
  mtb_test_accept (department, "connector", new_subscriber ("longest", longest->str));
  mtb_test_accept (department, "agent", new_prospect (longest->str));
  g_string_free (longest, TRUE);
}

/* Figures change for everybody every day; desks ask for them with the card. */
static void
test_card_measure (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (MtbCard) card = NULL;
  MtbCardMeasure *measure = mtb_record_new (&mtb_card_measure.shape);

  measure->id = g_strdup (mtb_test_id ("omar"));
  measure->volume_down = G_GINT64_CONSTANT (5000000000);
  measure->balance = -1500;
  measure->measured_at = department->now;
  mtb_test_accept (department, "connector", measure);
  card = mtb_test_get (department, &mtb_card_table, mtb_test_id ("omar"));
  g_assert_cmpint (card->volume_down, ==, G_GINT64_CONSTANT (5000000000));
  g_assert_cmpint (card->balance, ==, -1500);
  g_assert_cmpint (card->volume_allowed, ==, MTB_ABSENT);
  g_assert_cmpint (count_changes (department), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workflow/prospect.add", test_prospect_add);
  g_test_add_func ("/workflow/subscriber.put", test_subscriber_put);
  g_test_add_func ("/workflow/odd-names", test_names_that_fold_oddly);
  g_test_add_func ("/workflow/card.measure", test_card_measure);
  return g_test_run ();
}
