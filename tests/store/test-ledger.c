#include "mtb-call.h"
#include "mtb-test-database.h"
#include "mtb-test-department.h"

static void
test_create_keeps_what_is_there (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (MtbHead) head = NULL;
  g_autoptr (GError) error = NULL;

  mtb_test_accept (department, "agent", mtb_test_call (department, "call"));
  g_assert_true (mtb_ledger_create (department->store, mtb_test_id ("another epoch"), &error));
  g_assert_no_error (error);
  head = mtb_test_get_head (department);
  g_assert_cmpstr (head->epoch, ==, mtb_test_id ("epoch"));
  g_assert_cmpint (head->seq, >, 0);
}

static void
add_old_sign_in (MtbTestDepartment *department, const char *who)
{
  g_autoptr (GError) error = NULL;

  mtb_store_run (department->store,
                 "INSERT INTO session (token_hash, id, person_id, created_at, expires_at)"
                 " VALUES (:id, :id, :id, 0, 1)",
                 MTB_PARAMETERS (MTB_TEXT ("id", mtb_test_id (who))), &error);
  g_assert_no_error (error);
}

/* Those from before they knew it themselves. */
static void
test_old_sign_ins_learn_whether_the_password_has_to_change (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (GError) error = NULL;

  mtb_store_run (department->store,
                 "INSERT INTO credential (person_id, verifier, changed_at, must_change)"
                 " VALUES (:id, 'x', 0, 1)",
                 MTB_PARAMETERS (MTB_TEXT ("id", mtb_test_id ("agent"))), &error);
  g_assert_no_error (error);
  add_old_sign_in (department, "agent");
  add_old_sign_in (department, "manager");
  g_assert_true (mtb_ledger_create (department->store, mtb_test_id ("another epoch"), &error));
  g_assert_cmpint (mtb_test_count (department, "SELECT SUM(must_change) FROM session"), ==, 1);
  g_assert_cmpint (mtb_test_count (department, "SELECT COUNT(must_change) FROM session"), ==, 2);
}

static void
test_an_empty_database_is_no_department (void)
{
  g_autoptr (MtbStore) store = mtb_test_database_open ();
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  g_assert_false (mtb_ledger_is_there (store));
  g_assert_true (mtb_ledger_is_there (department->store));
}

static void
test_head_is_written_and_rolled_back (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (MtbHead) taken = NULL;
  g_autoptr (MtbHead) undone = NULL;
  g_autoptr (MtbHead) written = NULL;

  mtb_store_begin (department->store, NULL);
  taken = mtb_ledger_take_head (department->store, NULL);
  taken->seq = 77;
  mtb_ledger_write_head (department->store, taken, NULL);
  mtb_store_rollback (department->store);
  undone = mtb_test_get_head (department);
  g_assert_cmpint (undone->seq, ==, 0);
  mtb_store_begin (department->store, NULL);
  mtb_ledger_write_head (department->store, taken, NULL);
  mtb_store_commit (department->store, NULL);
  written = mtb_test_get_head (department);
  g_assert_true (mtb_record_equal (written, taken));
}

static MtbChange *
get_change (MtbTestDepartment *department, gint64 seq)
{
  g_autoptr (GError) error = NULL;
  MtbChange *change = mtb_store_select_one (department->store, &mtb_change_shape,
                                            "SELECT $columns(t) FROM change t WHERE t.seq = :seq",
                                            MTB_PARAMETERS (MTB_NUMBER ("seq", seq)), &error);

  g_assert_no_error (error);
  g_assert_nonnull (change);
  return change;
}

static void
check_change (MtbTestDepartment *department,
              gint64 seq,
              const char *table,
              const char *before,
              const char *after)
{
  g_autoptr (MtbChange) change = get_change (department, seq);

  g_assert_cmpstr (change->tbl, ==, table);
  g_assert_cmpstr (change->before_scope, ==, before);
  g_assert_cmpstr (change->after_scope, ==, after);
}

/* Nobody's row is told by an empty scope, a row that is not there by none. */
static void
test_entries_keep_both_scopes (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  const char *rima = mtb_test_id ("agent");

  mtb_test_log (department, "0|r1|support|NONE|ENTERQUEUE||0114018827|1\n"
                            "5|r1|support|rima|CONNECT|5|u|2\n"
                            "9|r1|support|rima|COMPLETECALLER|5|4|1\n");
  mtb_test_accept (department, "agent", mtb_test_call (department, "call"));
  check_change (department, 1, "pbx_call", NULL, "");
  check_change (department, 2, "pbx_call", "", rima);
  check_change (department, 3, "pbx_call", rima, rima);
  check_change (department, 4, "call", NULL, rima);
}

/* What no desk gets leaves no trace in the feed. */
static void
test_what_is_not_fed_is_not_entered (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  mtb_test_log (department, "0|NONE|support|rima|PAUSE|tea\n1|NONE|NONE|NONE|CONFIGRELOAD\n");
  g_assert_cmpint (mtb_test_count (department, "SELECT COUNT(*) FROM pbx_pause"), ==, 1);
  g_assert_cmpint (mtb_test_count (department, "SELECT COUNT(*) FROM pbx_event"), ==, 1);
  g_assert_cmpint (mtb_test_count (department, "SELECT COUNT(*) FROM change"), ==, 0);
}

static void
test_window_moves_only_forward (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (MtbHead) head = mtb_test_get_head (department);

  g_assert_true (mtb_ledger_move_window (department->store, head, 1000, NULL));
  g_assert_true (mtb_ledger_move_window (department->store, head, 1000, NULL));
  g_assert_true (mtb_ledger_move_window (department->store, head, 500, NULL));
  g_assert_cmpint (head->window_from, ==, 1000);
  g_assert_cmpint (head->seq, ==, 1);
  check_change (department, 1, MTB_CHANGE_WINDOW, "", "");
}

static void
test_sight_is_noted_at_its_number (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (MtbHead) head = mtb_test_get_head (department);
  g_autoptr (MtbSightChange) change = NULL;

  head->seq = 5;
  g_assert_true (mtb_ledger_change_sight (department->store, head, mtb_test_id ("agent"), NULL));
  head->seq = 9;
  g_assert_true (mtb_ledger_change_sight (department->store, head, mtb_test_id ("agent"), NULL));
  change = mtb_store_get (department->store, &mtb_sight_change_shape, mtb_test_id ("agent"), NULL);
  g_assert_cmpint (change->seq, ==, 9);
}

/* A verdict is found by its command's id, which nobody can use twice. */
static void
test_entries_are_found_by_command (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  g_autoptr (MtbEntry) entry = mtb_test_make_record (&mtb_entry_shape, rand);
  g_autoptr (MtbEntry) found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (mtb_store_insert (department->store, entry, &error));
  found = mtb_ledger_find_entry (department->store, entry->id, &error);
  g_assert_true (mtb_record_equal (entry, found));
  g_assert_null (mtb_ledger_find_entry (department->store, mtb_test_id ("none"), &error));
  g_assert_no_error (error);
  entry->seq ^= 1;
  g_assert_false (mtb_store_insert (department->store, entry, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_STORAGE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/ledger/create", test_create_keeps_what_is_there);
  g_test_add_func ("/store/ledger/old-sign-ins",
                   test_old_sign_ins_learn_whether_the_password_has_to_change);
  g_test_add_func ("/store/ledger/empty", test_an_empty_database_is_no_department);
  g_test_add_func ("/store/ledger/head", test_head_is_written_and_rolled_back);
  g_test_add_func ("/store/ledger/scopes", test_entries_keep_both_scopes);
  g_test_add_func ("/store/ledger/not-fed", test_what_is_not_fed_is_not_entered);
  g_test_add_func ("/store/ledger/window", test_window_moves_only_forward);
  g_test_add_func ("/store/ledger/sight", test_sight_is_noted_at_its_number);
  g_test_add_func ("/store/ledger/entries", test_entries_are_found_by_command);
  return g_test_run ();
}
