#include "mtb-call-query.h"
#include "mtb-call.h"
#include "mtb-customer-query.h"
#include "mtb-test-department.h"

typedef struct
{
  MtbTestDepartment *department;
  MtbCallSearch *search;
} Fixture;

static void
give (Fixture *self, const char *who, const char *name, gint64 started_at)
{
  MtbCallLog *call = mtb_test_call (self->department, name);

  call->started_at = started_at;
  call->ended_at = started_at + MTB_MINUTE;
  mtb_test_accept (self->department, who, call);
}

/* One of each agent, and three of the agent's own: of today, of two months ago, of half a year. */
static void
setup (Fixture *self, gconstpointer data)
{
  gint64 hour_ago;

  self->department = mtb_test_department_new ();
  self->search = mtb_record_new (mtb_call_search_query.arguments);
  hour_ago = self->department->now - MTB_HOUR;
  give (self, "agent", "today", hour_ago);
  give (self, "agent", "old", hour_ago - 60 * MTB_DAY);
  give (self, "agent", "ancient", hour_ago - 180 * MTB_DAY);
  give (self, "colleague", "colleagues", hour_ago - MTB_MINUTE);
  give (self, "stranger", "strangers", hour_ago - 61 * MTB_DAY);
  give (self, "stranger", "strangers ancient", hour_ago - 181 * MTB_DAY);
}

static void
teardown (Fixture *self, gconstpointer data)
{
  mtb_record_unref (self->search);
  mtb_test_department_free (self->department);
}

static GPtrArray *
ask (Fixture *self, const char *who, const MtbQuery *query, gconstpointer arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbViewer) viewer =
    mtb_viewer_load (self->department->store, mtb_test_id (who), &error);
  GPtrArray *rows = query->run (self->department->store, viewer, arguments, &error);

  g_assert_no_error (error);
  return rows;
}

/* What @who finds has to be these, in this order, with commas. */
static void
check (Fixture *self, const char *who, const char *names)
{
  g_autoptr (GPtrArray) rows = ask (self, who, &mtb_call_search_query, self->search);
  g_auto (GStrv) expected = g_strsplit (names, ",", -1);

  for (guint i = 0; i < rows->len && expected[i] != NULL; i++)
    g_assert_cmpstr (mtb_record_get_id (g_ptr_array_index (rows, i)), ==,
                     mtb_test_id (expected[i]));
  g_assert_cmpuint (rows->len, ==, g_strv_length (expected));
}

static void
test_who_sees_what (Fixture *self, gconstpointer data)
{
  static const char everything[] = "today,colleagues,old,strangers,ancient,strangers ancient";

  check (self, "agent", "today,old,ancient");
  check (self, "colleague", "colleagues");
  check (self, "supervisor", "today,colleagues,old,ancient");
  check (self, "quality", everything);
  check (self, "manager", everything);
  check (self, "followup", "");
  check (self, "finance", "");
  check (self, "admin", "");
  check (self, "connector", "");
}

static void
test_one_person (Fixture *self, gconstpointer data)
{
  self->search->person_id = g_strdup (mtb_test_id ("colleague"));
  check (self, "agent", "");
  check (self, "supervisor", "colleagues");
  check (self, "manager", "colleagues");
  MTB_TEST_SET (self->search, person_id, mtb_test_id ("stranger"));
  check (self, "supervisor", "");
  check (self, "stranger", "strangers,strangers ancient");
}

/* On a subscriber's card stand the last 90 days of everybody's calls, and one's own. */
static void
test_a_subscribers_card (Fixture *self, gconstpointer data)
{
  static const char everything[] = "today,colleagues,old,strangers,ancient,strangers ancient";

  self->search->customer_id = g_strdup (mtb_test_id ("omar"));
  check (self, "agent", "today,colleagues,old,strangers,ancient");
  check (self, "stranger", "today,colleagues,old,strangers,strangers ancient");
  check (self, "supervisor", "today,colleagues,old,strangers,ancient");
  check (self, "followup", "today,colleagues,old,strangers");
  check (self, "manager", everything);
  check (self, "finance", "");
  check (self, "department", "");
  check (self, "admin", "");
  self->search->limit = 2;
  check (self, "followup", "today,colleagues");
  self->search->limit = 5;
  check (self, "stranger", "today,colleagues,old,strangers,strangers ancient");
}

/* Who has no subscription has no card. */
static void
test_a_prospect (Fixture *self, gconstpointer data)
{
  MtbCallLog *call = mtb_test_call (self->department, "of sami");

  MTB_TEST_SET (call, subscriber_id, NULL);
  call->prospect_id = g_strdup (mtb_test_id ("sami"));
  mtb_test_accept (self->department, "agent", call);
  self->search->customer_id = g_strdup (mtb_test_id ("sami"));
  check (self, "agent", "of sami");
  check (self, "manager", "of sami");
  check (self, "supervisor", "of sami");
  check (self, "stranger", "");
}

static void
test_times (Fixture *self, gconstpointer data)
{
  gint64 today = self->department->now - MTB_HOUR;

  self->search->from = today - MTB_MINUTE;
  check (self, "manager", "today,colleagues");
  self->search->until = today;
  check (self, "manager", "colleagues");
  check (self, "supervisor", "colleagues");
  check (self, "agent", "");
  self->search->from = MTB_ABSENT;
  check (self, "agent", "old,ancient");
}

static void
test_limit (Fixture *self, gconstpointer data)
{
  self->search->limit = 2;
  check (self, "manager", "today,colleagues");
  check (self, "supervisor", "today,colleagues");
  check (self, "agent", "today,old");
}

/* What comes after a limit is asked for by the last row, which is in that answer again. */
static void
test_going_on (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;

  self->search->limit = 2;
  rows = ask (self, "manager", &mtb_call_search_query, self->search);
  mtb_call_search_query.go_on (self->search, g_ptr_array_index (rows, 1));
  check (self, "manager", "colleagues,old");
}

static void
test_solved (Fixture *self, gconstpointer data)
{
  MtbCallAmend *amendment = mtb_test_amendment (self->department, "old", 1);

  amendment->solved = 0;
  mtb_test_accept (self->department, "agent", amendment);
  self->search->solved = 0;
  check (self, "manager", "old");
  self->search->solved = 1;
  check (self, "agent", "today,ancient");
}

static void
test_direction (Fixture *self, gconstpointer data)
{
  MtbCallLog *call = mtb_test_call (self->department, "outgoing");

  call->direction = MTB_DIRECTION_OUT;
  mtb_test_accept (self->department, "agent", call);
  self->search->direction = MTB_DIRECTION_OUT;
  check (self, "agent", "outgoing");
  check (self, "supervisor", "outgoing");
  check (self, "colleague", "");
  self->search->direction = MTB_DIRECTION_IN;
  check (self, "agent", "today,old,ancient");
  self->search->limit = 1;
  check (self, "agent", "today");
}

static void
test_text (Fixture *self, gconstpointer data)
{
  MtbCallAmend *amendment = mtb_test_amendment (self->department, "old", 1);

  MTB_TEST_SET (amendment, notes, "الراوتر لا يعمل");
  amendment->number = g_strdup ("011-7654321");
  mtb_test_accept (self->department, "agent", amendment);
  self->search->text = g_strdup ("اوتر");
  check (self, "manager", "");
  MTB_TEST_SET (self->search, text, "راوتر");
  check (self, "manager", "old");
  MTB_TEST_SET (self->search, text, "الراو عمر");
  check (self, "manager", "old");
  check (self, "supervisor", "old");
  check (self, "colleague", "");
  MTB_TEST_SET (self->search, text, "7654");
  check (self, "agent", "old");
  MTB_TEST_SET (self->search, text, "احمد");
  check (self, "agent", "today,old,ancient");
  MTB_TEST_SET (self->search, text, "الأحمد");
  check (self, "agent", "today,old,ancient");
  MTB_TEST_SET (self->search, text, "ال");
  check (self, "agent", "today,old,ancient");
  MTB_TEST_SET (self->search, text, "of");
  self->search->limit = 1;
  check (self, "manager", "today");
  MTB_TEST_SET (self->search, text, "ancient");
  check (self, "manager", "ancient");
  check (self, "agent", "ancient");
}

static MtbCallRow *
get_row (Fixture *self, const char *who, const char *name)
{
  g_autoptr (MtbCallRef) ref = mtb_record_new (mtb_call_query.arguments);
  g_autoptr (GPtrArray) rows = NULL;

  ref->id = g_strdup (mtb_test_id (name));
  rows = ask (self, who, &mtb_call_query, ref);
  return rows->len > 0 ? mtb_record_ref (g_ptr_array_index (rows, 0)) : NULL;
}

static void
test_names_in_a_row (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbCallRow) row = get_row (self, "agent", "today");

  g_assert_cmpstr (row->person_name, ==, "agent");
  g_assert_cmpstr (row->customer_id, ==, mtb_test_id ("omar"));
  g_assert_cmpint (row->customer_kind, ==, MTB_CUSTOMER_SUBSCRIBER);
  g_assert_cmpstr (row->customer_name, ==, "عمر الأحمد");
  g_assert_cmpstr (row->type_name, ==, "fault");
  g_assert_cmpstr (row->type_name_en, ==, "fault");
  g_assert_cmpstr (row->group_name, ==, "technical");
  g_assert_cmpstr (row->group_name_en, ==, "technical");
  g_assert_cmpint (row->direction, ==, MTB_DIRECTION_IN);
  g_assert_cmpint (row->resolution, ==, MTB_RESOLUTION_INFORMED);
  g_assert_cmpint (row->solved, ==, 1);
  g_assert_cmpstr (row->notes, ==, "notes of today");
  g_assert_cmpint (row->started_at, ==, self->department->now - MTB_HOUR);
  g_assert_cmpint (row->received_at, ==, self->department->now);
  g_assert_cmpint (row->version, ==, 1);
  g_assert_null (row->pbx_call_id);
}

/* Whoever was an agent once keeps the record, not the directory's names. */
static void
test_names_are_the_directorys (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbPerson) agent = mtb_test_get_person (self->department, "agent");
  g_autoptr (MtbCallRow) row = NULL;

  agent->roles = MTB_ROLE_FINANCE;
  g_assert_true (mtb_store_put (self->department->store, agent, NULL));
  row = get_row (self, "agent", "today");
  g_assert_nonnull (row);
  g_assert_null (row->customer_name);
}

/* A call that was passed on in the PBX is two there and one record here. */
static void
test_joined_twice_is_one_row (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbCallRow) row = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MtbCallLink) link = mtb_record_new (&mtb_call_link_table.shape);

      link->id = g_strdup (mtb_test_id (i == 0 ? "link" : "second link"));
      link->call_id = g_strdup (mtb_test_id ("today"));
      link->pbx_call_id = g_strdup (i == 0 ? "b" : "a");
      link->person_id = g_strdup (mtb_test_id ("agent"));
      link->joined = 1;
      link->started_at = 0;
      g_assert_true (mtb_store_put (self->department->store, link, NULL));
    }
  check (self, "agent", "today,old,ancient");
  row = get_row (self, "agent", "today");
  g_assert_cmpstr (row->pbx_call_id, ==, "a");
}

static void
check_one (Fixture *self, const char *who, const char *name, gboolean seen)
{
  g_autoptr (MtbCallRow) row = get_row (self, who, name);

  g_assert_cmpint (row != NULL, ==, seen);
}

static void
test_who_sees_one (Fixture *self, gconstpointer data)
{
  check_one (self, "agent", "ancient", TRUE);
  check_one (self, "agent", "strangers", TRUE);
  check_one (self, "agent", "strangers ancient", FALSE);
  check_one (self, "supervisor", "ancient", TRUE);
  check_one (self, "manager", "strangers ancient", TRUE);
  check_one (self, "finance", "today", FALSE);
  check_one (self, "admin", "today", FALSE);
}

static guint
count_history (Fixture *self, const char *who, const char *name)
{
  g_autoptr (MtbCallRef) ref = mtb_record_new (mtb_call_history_query.arguments);
  g_autoptr (GPtrArray) rows = NULL;

  ref->id = g_strdup (mtb_test_id (name));
  rows = ask (self, who, &mtb_call_history_query, ref);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpint (((const MtbCallVersion *) g_ptr_array_index (rows, i))->version, ==,
                     rows->len - i);
  return rows->len;
}

static void
test_history (Fixture *self, gconstpointer data)
{
  mtb_test_accept (self->department, "agent", mtb_test_amendment (self->department, "ancient", 1));
  mtb_test_accept (self->department, "agent", mtb_test_amendment (self->department, "ancient", 2));
  g_assert_cmpuint (count_history (self, "agent", "ancient"), ==, 2);
  g_assert_cmpuint (count_history (self, "manager", "ancient"), ==, 2);
  g_assert_cmpuint (count_history (self, "stranger", "ancient"), ==, 0);
  g_assert_cmpuint (count_history (self, "admin", "ancient"), ==, 0);
  g_assert_cmpuint (count_history (self, "agent", "today"), ==, 0);
}

#define ADD(path, func) g_test_add ("/query/call/" path, Fixture, NULL, setup, func, teardown)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("who-sees-what", test_who_sees_what);
  ADD ("one-person", test_one_person);
  ADD ("card", test_a_subscribers_card);
  ADD ("prospect", test_a_prospect);
  ADD ("times", test_times);
  ADD ("limit", test_limit);
  ADD ("going-on", test_going_on);
  ADD ("solved", test_solved);
  ADD ("direction", test_direction);
  ADD ("text", test_text);
  ADD ("names", test_names_in_a_row);
  ADD ("directory", test_names_are_the_directorys);
  ADD ("joined-twice", test_joined_twice_is_one_row);
  ADD ("one", test_who_sees_one);
  ADD ("history", test_history);
  return g_test_run ();
}
