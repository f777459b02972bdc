#include "mtb-call.h"
#include "mtb-subscriber.h"
#include "mtb-test-department.h"

typedef struct
{
  MtbTestDepartment *department;
} Fixture;

static void
setup (Fixture *self, gconstpointer data)
{
  self->department = mtb_test_department_new ();
}

static void
teardown (Fixture *self, gconstpointer data)
{
  mtb_test_department_free (self->department);
}

static MtbCall *
get_call (Fixture *self, const char *name)
{
  return mtb_test_get (self->department, &mtb_call_table, mtb_test_id (name));
}

static MtbCallLog *
new_call (Fixture *self)
{
  return mtb_test_call (self->department, "call");
}

static void
refuse (Fixture *self, gpointer arguments, MtbError code, const char *field)
{
  mtb_test_refuse (self->department, "agent", arguments, code, field);
}

static void
test_log_writes_it_down (Fixture *self, gconstpointer data)
{
  MtbCallLog *arguments = new_call (self);
  g_autoptr (MtbCall) call = NULL;

  arguments->number = g_strdup ("0114018827");
  arguments->wrap_up_s = 42;
  mtb_test_accept (self->department, "agent", arguments);
  call = get_call (self, "call");
  g_assert_cmpstr (call->person_id, ==, mtb_test_id ("agent"));
  g_assert_cmpstr (call->subscriber_id, ==, mtb_test_id ("omar"));
  g_assert_cmpstr (call->notes, ==, "notes of call");
  g_assert_cmpstr (call->number, ==, "0114018827");
  g_assert_cmpint (call->wrap_up_s, ==, 42);
  g_assert_cmpint (call->logged_at, ==, self->department->now);
  g_assert_cmpint (call->received_at, ==, self->department->now);
  g_assert_cmpint (call->version, ==, 1);
  g_assert_cmpint (mtb_test_count (self->department, "SELECT COUNT(*) FROM call_link"), ==, 0);
}

/* A desk knows no receipt, and need not hold the directory. */
static void
test_log_on_a_desk (Fixture *self, gconstpointer data)
{
  MtbCallLog *arguments = new_call (self);
  g_autoptr (MtbCall) call = NULL;

  self->department->is_desk = TRUE;
  MTB_TEST_SET (arguments, subscriber_id, mtb_test_id ("not kept here"));
  mtb_test_accept (self->department, "agent", arguments);
  call = get_call (self, "call");
  g_assert_cmpint (call->received_at, ==, MTB_ABSENT);
  arguments = mtb_test_call (self->department, "another");
  g_clear_pointer (&arguments->subscriber_id, g_free);
  arguments->prospect_id = g_strdup (mtb_test_id ("nobody"));
  refuse (self, arguments, MTB_ERROR_NOT_FOUND, "prospect_id");
}

static void
test_log_twice (Fixture *self, gconstpointer data)
{
  mtb_test_accept (self->department, "agent", new_call (self));
  refuse (self, new_call (self), MTB_ERROR_CONFLICT, "id");
}

static void
test_log_customers (Fixture *self, gconstpointer data)
{
  MtbCallLog *both = new_call (self);
  MtbCallLog *nobody = new_call (self);
  MtbCallLog *stranger = new_call (self);
  MtbCallLog *unknown = new_call (self);
  MtbCallLog *prospect = new_call (self);

  both->prospect_id = g_strdup (mtb_test_id ("sami"));
  refuse (self, both, MTB_ERROR_INVALID, "prospect_id");
  g_clear_pointer (&nobody->subscriber_id, g_free);
  refuse (self, nobody, MTB_ERROR_INVALID, "subscriber_id");
  MTB_TEST_SET (stranger, subscriber_id, mtb_test_id ("nobody"));
  refuse (self, stranger, MTB_ERROR_NOT_FOUND, "subscriber_id");
  g_clear_pointer (&unknown->subscriber_id, g_free);
  unknown->prospect_id = g_strdup (mtb_test_id ("nobody"));
  refuse (self, unknown, MTB_ERROR_NOT_FOUND, "prospect_id");
  g_clear_pointer (&prospect->subscriber_id, g_free);
  prospect->prospect_id = g_strdup (mtb_test_id ("sami"));
  mtb_test_accept (self->department, "agent", prospect);
}

/* When the line was lost there may be nobody to name. */
static void
test_log_cut_off (Fixture *self, gconstpointer data)
{
  MtbCallLog *arguments = new_call (self);

  g_clear_pointer (&arguments->subscriber_id, g_free);
  arguments->resolution = MTB_RESOLUTION_CUT_OFF;
  mtb_test_accept (self->department, "agent", arguments);
}

static void
test_log_types (Fixture *self, gconstpointer data)
{
  MtbCallLog *unknown = new_call (self);
  MtbCallLog *group = new_call (self);
  MtbCallLog *retired = new_call (self);

  MTB_TEST_SET (unknown, type_id, mtb_test_id ("nothing"));
  refuse (self, unknown, MTB_ERROR_NOT_FOUND, "type_id");
  MTB_TEST_SET (group, type_id, mtb_test_id ("technical"));
  refuse (self, group, MTB_ERROR_INVALID, "type_id");
  MTB_TEST_SET (retired, type_id, mtb_test_id ("retired"));
  refuse (self, retired, MTB_ERROR_CONFLICT, "type_id");
}

static void
test_log_times (Fixture *self, gconstpointer data)
{
  MtbCallLog *backwards = new_call (self);
  MtbCallLog *future = new_call (self);
  g_autoptr (MtbCall) call = NULL;

  backwards->ended_at = backwards->started_at - 1;
  refuse (self, backwards, MTB_ERROR_INVALID, "ended_at");
  future->started_at = self->department->now + MTB_HOUR;
  future->ended_at = self->department->now + 2 * MTB_HOUR;
  mtb_test_accept (self->department, "agent", future);
  call = get_call (self, "call");
  g_assert_cmpint (call->ended_at, ==, self->department->now);
  g_assert_cmpint (call->started_at, ==, self->department->now);
}

static const char *
talk (Fixture *self)
{
  g_autofree char *id = NULL;

  mtb_test_log (self->department, "0|r1|support|NONE|ENTERQUEUE||0114018827|1\n"
                                  "2|r1|support|rima|CONNECT|2|u|1\n"
                                  "60|r1|support|rima|COMPLETECALLER|2|58|1\n");
  id = mtb_store_select_text (self->department->store, "SELECT id FROM pbx_call", NULL, NULL);
  return g_intern_string (id);
}

static void
test_log_of_a_call_of_the_pbx (Fixture *self, gconstpointer data)
{
  const char *pbx_call_id = talk (self);
  MtbCallLog *unknown = new_call (self);
  MtbCallLog *of_another = new_call (self);
  MtbCallLog *good = new_call (self);
  MtbCallLog *again = mtb_test_call (self->department, "again");
  g_autofree char *joined_by = NULL;

  unknown->pbx_call_id = g_strdup (mtb_test_id ("nothing"));
  refuse (self, unknown, MTB_ERROR_NOT_FOUND, "pbx_call_id");
  of_another->pbx_call_id = g_strdup (pbx_call_id);
  mtb_test_refuse (self->department, "colleague", of_another, MTB_ERROR_FORBIDDEN, "pbx_call_id");
  good->pbx_call_id = g_strdup (pbx_call_id);
  mtb_test_accept (self->department, "agent", good);
  joined_by = mtb_store_select_text (
    self->department->store, "SELECT joined_by FROM call_link WHERE joined = 1", NULL, NULL);
  g_assert_cmpstr (joined_by, ==, mtb_test_id ("agent"));
  again->pbx_call_id = g_strdup (pbx_call_id);
  refuse (self, again, MTB_ERROR_CONFLICT, "pbx_call_id");
}

static void
test_amend_keeps_the_old_version (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbCall) call = NULL;
  g_autoptr (MtbCallVersion) version = NULL;
  MtbCallAmend *amendment = mtb_test_amendment (self->department, "call", 1);

  mtb_test_accept (self->department, "agent", new_call (self));
  self->department->now += MTB_MINUTE;
  amendment->solved = 0;
  mtb_test_accept (self->department, "agent", amendment);
  call = get_call (self, "call");
  g_assert_cmpint (call->version, ==, 2);
  g_assert_cmpint (call->solved, ==, 0);
  g_assert_cmpstr (call->notes, ==, "corrected");
  g_assert_cmpint (call->started_at, ==, self->department->log_from);
  g_assert_cmpint (call->logged_at, ==, self->department->now - MTB_MINUTE);
  version = mtb_test_get (self->department, &mtb_call_version_table, mtb_test_id ("call before 2"));
  g_assert_cmpstr (version->call_id, ==, call->id);
  g_assert_cmpint (version->version, ==, 1);
  g_assert_cmpint (version->solved, ==, 1);
  g_assert_cmpstr (version->notes, ==, "notes of call");
  g_assert_cmpstr (version->person_id, ==, mtb_test_id ("agent"));
  g_assert_cmpstr (version->replaced_by, ==, mtb_test_id ("agent"));
  g_assert_cmpint (version->replaced_at, ==, self->department->now);
}

static void
test_amend_twice (Fixture *self, gconstpointer data)
{
  MtbCallAmend *stale;
  MtbCallAmend *same_version_id;

  mtb_test_accept (self->department, "agent", new_call (self));
  mtb_test_accept (self->department, "agent", mtb_test_amendment (self->department, "call", 1));
  stale = mtb_test_amendment (self->department, "call", 1);
  refuse (self, stale, MTB_ERROR_CONFLICT, "version");
  same_version_id = mtb_test_amendment (self->department, "call", 2);
  MTB_TEST_SET (same_version_id, version_id, mtb_test_id ("call before 2"));
  refuse (self, same_version_id, MTB_ERROR_CONFLICT, "id");
  mtb_test_accept (self->department, "agent", mtb_test_amendment (self->department, "call", 2));
  g_assert_cmpint (mtb_test_count (self->department, "SELECT COUNT(*) FROM call_version"), ==, 2);
}

static void
test_amend_by_whom (Fixture *self, gconstpointer data)
{
  refuse (self, mtb_test_amendment (self->department, "call", 1), MTB_ERROR_NOT_FOUND, "id");
  mtb_test_accept (self->department, "agent", new_call (self));
  mtb_test_refuse (self->department, "colleague", mtb_test_amendment (self->department, "call", 1),
                   MTB_ERROR_FORBIDDEN, NULL);
  mtb_test_refuse (self->department, "supervisor", mtb_test_amendment (self->department, "call", 1),
                   MTB_ERROR_FORBIDDEN, NULL);
}

static void
retire_fault (Fixture *self)
{
  g_assert_true (mtb_store_run (self->department->store,
                                "UPDATE call_type SET active = 0 WHERE id = :id",
                                MTB_PARAMETERS (MTB_TEXT ("id", mtb_test_id ("fault"))), NULL));
}

/* A record keeps a type that is no longer in use, but takes no other such. */
static void
test_amend_types (Fixture *self, gconstpointer data)
{
  MtbCallAmend *retired = mtb_test_amendment (self->department, "call", 1);

  mtb_test_accept (self->department, "agent", new_call (self));
  MTB_TEST_SET (retired, type_id, mtb_test_id ("retired"));
  refuse (self, retired, MTB_ERROR_CONFLICT, "type_id");
  retire_fault (self);
  mtb_test_accept (self->department, "agent", mtb_test_amendment (self->department, "call", 1));
}

static void
test_amend_customers (Fixture *self, gconstpointer data)
{
  MtbCallAmend *nobody = mtb_test_amendment (self->department, "call", 1);
  MtbCallAmend *prospect = mtb_test_amendment (self->department, "call", 1);
  g_autoptr (MtbCall) call = NULL;

  mtb_test_accept (self->department, "agent", new_call (self));
  g_clear_pointer (&nobody->subscriber_id, g_free);
  refuse (self, nobody, MTB_ERROR_INVALID, "subscriber_id");
  g_clear_pointer (&prospect->subscriber_id, g_free);
  prospect->prospect_id = g_strdup (mtb_test_id ("sami"));
  mtb_test_accept (self->department, "agent", prospect);
  call = get_call (self, "call");
  g_assert_null (call->subscriber_id);
  g_assert_cmpstr (call->prospect_id, ==, mtb_test_id ("sami"));
}

static void
suit (Fixture *self, const char *type, const char *parent, gint64 suits_s)
{
  MtbCallTypePut *arguments = mtb_record_new (&mtb_call_type_put.shape);

  arguments->id = g_strdup (mtb_test_id (type));
  arguments->parent_id = parent != NULL ? g_strdup (mtb_test_id (parent)) : NULL;
  arguments->name = g_strdup (type);
  arguments->name_en = g_strdup (type);
  arguments->suits_s = suits_s;
  arguments->position = 1;
  arguments->active = 1;
  mtb_test_accept (self->department, "manager", arguments);
}

static void
check_suits (Fixture *self, const char *name, gint64 suits_s)
{
  g_autoptr (MtbCall) call = mtb_test_get (self->department, &mtb_call_table, mtb_test_id (name));

  g_assert_cmpint (call->suits_s, ==, suits_s);
}

/* The time that suits a call is its type's own, else its group's, and stays what it was. */
static void
test_what_suits_the_type (Fixture *self, gconstpointer data)
{
  MtbCallAmend *retyped;

  mtb_test_accept (self->department, "agent", mtb_test_call (self->department, "unsaid"));
  suit (self, "technical", NULL, 300);
  mtb_test_accept (self->department, "agent", mtb_test_call (self->department, "of the group"));
  suit (self, "fault", "technical", 420);
  mtb_test_accept (self->department, "agent", mtb_test_call (self->department, "of the type"));
  check_suits (self, "unsaid", MTB_ABSENT);
  check_suits (self, "of the group", 300);
  check_suits (self, "of the type", 420);
  mtb_test_accept (self->department, "agent",
                   mtb_test_amendment (self->department, "of the group", 1));
  check_suits (self, "of the group", 300);
  suit (self, "speed", "technical", 240);
  retyped = mtb_test_amendment (self->department, "of the group", 2);
  MTB_TEST_SET (retyped, type_id, mtb_test_id ("speed"));
  mtb_test_accept (self->department, "agent", retyped);
  check_suits (self, "of the group", 240);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, setup, func, teardown)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/workflow/call.log/writes-it-down", test_log_writes_it_down);
  ADD ("/workflow/call.log/desk", test_log_on_a_desk);
  ADD ("/workflow/call.log/twice", test_log_twice);
  ADD ("/workflow/call.log/customers", test_log_customers);
  ADD ("/workflow/call.log/cut-off", test_log_cut_off);
  ADD ("/workflow/call.log/types", test_log_types);
  ADD ("/workflow/call.log/times", test_log_times);
  ADD ("/workflow/call.log/pbx-call", test_log_of_a_call_of_the_pbx);
  ADD ("/workflow/call.amend/keeps-the-old-version", test_amend_keeps_the_old_version);
  ADD ("/workflow/call.amend/twice", test_amend_twice);
  ADD ("/workflow/call.amend/by-whom", test_amend_by_whom);
  ADD ("/workflow/call.amend/types", test_amend_types);
  ADD ("/workflow/call.amend/customers", test_amend_customers);
  ADD ("/workflow/call.amend/suits", test_what_suits_the_type);
  return g_test_run ();
}
