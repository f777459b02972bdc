#include "mtb-call-query.h"
#include "mtb-customer-query.h"
#include "mtb-pbx.h"
#include "mtb-test-department.h"

static GPtrArray *
ask (MtbTestDepartment *department, const char *viewer_name, const char *whose, gint64 limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbWriteUpSearch) search = mtb_record_new (mtb_write_up_query.arguments);
  g_autoptr (MtbViewer) viewer =
    mtb_viewer_load (department->store, mtb_test_id (viewer_name), &error);
  GPtrArray *rows;

  search->person_id = g_strdup (mtb_test_id (whose));
  search->limit = limit;
  rows = mtb_write_up_query.run (department->store, viewer, search, &error);
  g_assert_no_error (error);
  return rows;
}

static guint
count_for (MtbTestDepartment *department, const char *viewer_name, const char *whose)
{
  g_autoptr (GPtrArray) rows = ask (department, viewer_name, whose, MTB_ABSENT);

  return rows->len;
}

/* An answered call from @number that entered at second @from. */
static void
talk (MtbTestDepartment *department, int from, const char *number, const char *agent)
{
  g_autofree char *lines =
    g_strdup_printf ("%d|r%d|support|NONE|ENTERQUEUE||%s|1\n%d|r%d|support|%s|CONNECT|4|u|1\n"
                     "%d|r%d|support|%s|COMPLETECALLER|4|50|1",
                     from, from, number, from + 4, from, agent, from + 54, from, agent);

  mtb_test_log (department, lines);
}

static void
test_what_an_agent_answered (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (GPtrArray) rows = NULL;
  const MtbWriteUpRow *first, *second;

  talk (department, 200, "0119999999", "rima");
  talk (department, 100, "0114018827", "rima");
  talk (department, 300, "0119999999", "samer");
  rows = ask (department, "agent", "agent", MTB_ABSENT);
  g_assert_cmpuint (rows->len, ==, 2);
  first = g_ptr_array_index (rows, 0);
  second = g_ptr_array_index (rows, 1);
  g_assert_cmpint (first->entered_at, ==, department->log_from + 100 * MTB_SECOND);
  g_assert_cmpint (first->connected_at, ==, department->log_from + 104 * MTB_SECOND);
  g_assert_cmpint (first->ended_at, ==, department->log_from + 154 * MTB_SECOND);
  g_assert_cmpint (first->wait_s, ==, 4);
  g_assert_cmpint (first->talk_s, ==, 50);
  g_assert_cmpint (first->outcome, ==, MTB_OUTCOME_COMPLETED);
  g_assert_cmpstr (first->queue, ==, "support");
  g_assert_cmpstr (first->customer_id, ==, mtb_test_id ("omar"));
  g_assert_cmpstr (first->customer_name, ==, "عمر الأحمد");
  g_assert_cmpint (first->customer_kind, ==, MTB_CUSTOMER_SUBSCRIBER);
  g_assert_cmpstr (second->number, ==, "0119999999");
  g_assert_null (second->customer_id);
  g_assert_cmpint (second->customer_kind, ==, MTB_ABSENT);
}

static void
test_what_is_not_due (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  mtb_test_log (department, "10|r1|support|NONE|ENTERQUEUE||1|1\n"
                            "11|r1|support|rima|CONNECT|1|u|1\n"
                            "20|r2|support|NONE|ENTERQUEUE||2|1\n"
                            "25|r2|support|rima|ABANDON|1|1|5\n"
                            "30|r3|support|NONE|ENTERQUEUE||3|1");
  g_assert_cmpuint (count_for (department, "agent", "agent"), ==, 0);
  mtb_test_log (department, "40|r1|support|rima|BLINDTRANSFER|200|inside|1|29|1");
  g_assert_cmpuint (count_for (department, "agent", "agent"), ==, 1);
}

/* They had talked when the PBX restarted. */
static void
test_what_was_lost_after_the_answer (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  mtb_test_log (department, "10|r1|support|NONE|ENTERQUEUE||1|1\n"
                            "11|r1|support|rima|CONNECT|1|u|1\n"
                            "20|r2|support|NONE|ENTERQUEUE||2|1\n"
                            "21|r2|support|rima|CONNECT|1|u|1\n"
                            "22|r2|support|rima|SYSCOMPAT\n"
                            "30|NONE|NONE|NONE|QUEUESTART");
  g_assert_cmpuint (count_for (department, "agent", "agent"), ==, 1);
}

/* Written up, it is gone; taken apart, it is due again. */
static void
test_what_is_joined (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (GPtrArray) rows = NULL;
  MtbCallLog *call = mtb_test_call (department, "call");
  MtbCallJoin *unjoin = mtb_record_new (&mtb_call_unjoin.shape);

  talk (department, 100, "0114018827", "rima");
  rows = ask (department, "agent", "agent", MTB_ABSENT);
  call->pbx_call_id = g_strdup (mtb_record_get_id (g_ptr_array_index (rows, 0)));
  unjoin->call_id = g_strdup (call->id);
  unjoin->pbx_call_id = g_strdup (call->pbx_call_id);
  mtb_test_accept (department, "agent", call);
  g_assert_cmpuint (count_for (department, "agent", "agent"), ==, 0);
  mtb_test_accept (department, "agent", unjoin);
  g_assert_cmpuint (count_for (department, "agent", "agent"), ==, 1);
}

static void
test_what_is_long_ago (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  talk (department, 36 * -86400, "0114018827", "rima");
  g_assert_cmpuint (count_for (department, "agent", "agent"), ==, 0);
  talk (department, 34 * -86400, "0114018827", "rima");
  g_assert_cmpuint (count_for (department, "agent", "agent"), ==, 1);
}

static void
test_whose (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  talk (department, 100, "0114018827", "rima");
  g_assert_cmpuint (count_for (department, "colleague", "agent"), ==, 0);
  g_assert_cmpuint (count_for (department, "supervisor", "agent"), ==, 1);
  g_assert_cmpuint (count_for (department, "manager", "agent"), ==, 1);
  g_assert_cmpuint (count_for (department, "followup", "agent"), ==, 0);
  g_assert_cmpuint (count_for (department, "admin", "agent"), ==, 0);
}

static void
check_customer (const char *number, const char *key)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (GPtrArray) rows = NULL;

  mtb_test_add_subscriber (department, "twin", "Twin", "0215555555", "twin", "T-1");
  mtb_test_add_subscriber (department, "other twin", "Other Twin", "021-5555555", "twin2", "T-2");
  mtb_test_add_subscriber (department, "account", "Account", NULL, "account", "0217777777");
  talk (department, 100, number, "rima");
  rows = ask (department, "agent", "agent", MTB_ABSENT);
  g_assert_cmpstr (((const MtbWriteUpRow *) g_ptr_array_index (rows, 0))->customer_id, ==,
                   key != NULL ? mtb_test_id (key) : NULL);
}

static void
test_the_only_customer_with_the_number (void)
{
  check_customer ("0114018827", "omar");
  check_customer ("+963114018827", "omar");
  check_customer ("0933123456", "sami");
  check_customer ("4018827", NULL);
  check_customer ("0215555555", NULL);
  check_customer ("0217777777", NULL);
  check_customer ("", NULL);
}

static void
test_limit (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (GPtrArray) rows = NULL;

  for (int i = 0; i < 5; i++)
    talk (department, 100 * i, "1", "rima");
  rows = ask (department, "agent", "agent", 3);
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpint (((const MtbWriteUpRow *) g_ptr_array_index (rows, 0))->entered_at, ==,
                   department->log_from);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query/write-up/answered", test_what_an_agent_answered);
  g_test_add_func ("/query/write-up/not-due", test_what_is_not_due);
  g_test_add_func ("/query/write-up/lost", test_what_was_lost_after_the_answer);
  g_test_add_func ("/query/write-up/joined", test_what_is_joined);
  g_test_add_func ("/query/write-up/long-ago", test_what_is_long_ago);
  g_test_add_func ("/query/write-up/whose", test_whose);
  g_test_add_func ("/query/write-up/customer", test_the_only_customer_with_the_number);
  g_test_add_func ("/query/write-up/limit", test_limit);
  return g_test_run ();
}
