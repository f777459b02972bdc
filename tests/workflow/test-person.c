#include "mtb-person.h"
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

/* What is known of somebody, to be changed. */
static MtbPersonPut *
change (Fixture *self, const char *who)
{
  g_autoptr (MtbPerson) person = mtb_test_get_person (self->department, who);
  MtbPersonPut *arguments = mtb_record_new (&mtb_person_set.shape);

  mtb_record_assign (arguments, person);
  return arguments;
}

static void
refuse (Fixture *self, gpointer arguments, MtbError code, const char *field)
{
  mtb_test_refuse (self->department, "admin", arguments, code, field);
}

static void
accept (Fixture *self, gpointer arguments)
{
  mtb_test_accept (self->department, "admin", arguments);
}

static gboolean
has_sight_change (Fixture *self, const char *who)
{
  g_autoptr (MtbSightChange) sight =
    mtb_store_get (self->department->store, &mtb_sight_change_shape, mtb_test_id (who), NULL);

  return sight != NULL;
}

static void
test_add (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbPerson) person = NULL;
  MtbPersonPut *arguments = mtb_test_person ("new", MTB_ROLE_AGENT | MTB_ROLE_FOLLOWUP);

  arguments->team_id = g_strdup (mtb_test_id ("north"));
  arguments->pbx_name = g_strdup ("new at the pbx");
  accept (self, arguments);
  person = mtb_test_get_person (self->department, "new");
  g_assert_cmpint (person->roles, ==, MTB_ROLE_AGENT | MTB_ROLE_FOLLOWUP);
  g_assert_cmpstr (person->team_id, ==, mtb_test_id ("north"));
  g_assert_cmpstr (person->pbx_name, ==, "new at the pbx");
  refuse (self, mtb_test_person ("new", MTB_ROLE_AGENT), MTB_ERROR_CONFLICT, "id");
}

static void
test_what_nobody_can_be (Fixture *self, gconstpointer data)
{
  MtbPersonPut *arguments = mtb_test_person ("new", MTB_ROLE_AGENT | MTB_ROLE_OPERATOR);

  refuse (self, arguments, MTB_ERROR_INVALID, "roles");
  refuse (self, mtb_test_person ("new", MTB_ROLE_CONNECTOR), MTB_ERROR_INVALID, "roles");
  refuse (self, mtb_test_person ("new", 0), MTB_ERROR_INVALID, "roles");
  refuse (self, mtb_test_person ("two words", MTB_ROLE_AGENT), MTB_ERROR_INVALID, "username");
  refuse (self, mtb_test_person ("two\u00a0words", MTB_ROLE_AGENT), MTB_ERROR_INVALID, "username");
  refuse (self, mtb_test_person ("", MTB_ROLE_AGENT), MTB_ERROR_INVALID, "username");
}

static void
test_what_is_taken (Fixture *self, gconstpointer data)
{
  MtbPersonPut *username = mtb_test_person ("new", MTB_ROLE_AGENT);
  MtbPersonPut *pbx_name = mtb_test_person ("new", MTB_ROLE_AGENT);
  MtbPersonPut *team = mtb_test_person ("new", MTB_ROLE_AGENT);

  MTB_TEST_SET (username, username, "agent");
  refuse (self, username, MTB_ERROR_CONFLICT, "username");
  pbx_name->pbx_name = g_strdup ("rima");
  refuse (self, pbx_name, MTB_ERROR_CONFLICT, "pbx_name");
  team->team_id = g_strdup (mtb_test_id ("nowhere"));
  refuse (self, team, MTB_ERROR_NOT_FOUND, "team_id");
}

/* Who has left gives the name at the PBX back, but not the user name. */
static void
test_what_somebody_left (Fixture *self, gconstpointer data)
{
  MtbPersonPut *gone = change (self, "agent");
  MtbPersonPut *successor = mtb_test_person ("new", MTB_ROLE_AGENT);
  MtbPersonPut *username = mtb_test_person ("newer", MTB_ROLE_AGENT);

  gone->active = 0;
  accept (self, gone);
  successor->pbx_name = g_strdup ("rima");
  accept (self, successor);
  MTB_TEST_SET (username, username, "agent");
  refuse (self, username, MTB_ERROR_CONFLICT, "username");
}

static void
test_set (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbPerson) person = NULL;
  MtbPersonPut *arguments = change (self, "agent");

  MTB_TEST_SET (arguments, display_name, "ريما");
  accept (self, arguments);
  person = mtb_test_get_person (self->department, "agent");
  g_assert_cmpstr (person->display_name, ==, "ريما");
  g_assert_cmpstr (person->pbx_name, ==, "rima");
  g_assert_false (has_sight_change (self, "agent"));
}

static void
test_set_whom (Fixture *self, gconstpointer data)
{
  MtbPersonPut *nobody = change (self, "agent");
  MtbPersonPut *built_in = change (self, "operator");
  MtbPersonPut *promoted = change (self, "agent");

  MTB_TEST_SET (nobody, id, mtb_test_id ("nobody"));
  refuse (self, nobody, MTB_ERROR_NOT_FOUND, "id");
  built_in->roles = MTB_ROLE_ADMIN;
  refuse (self, built_in, MTB_ERROR_FORBIDDEN, "id");
  promoted->roles |= MTB_ROLE_OPERATOR;
  refuse (self, promoted, MTB_ERROR_INVALID, "roles");
}

static MtbCredential *
new_credential (Fixture *self, const char *who)
{
  MtbCredential *credential = mtb_record_new (&mtb_credential_shape);

  credential->person_id = g_strdup (mtb_test_id (who));
  credential->verifier = g_strdup ("$argon2id$");
  credential->changed_at = self->department->now;
  return credential;
}

/* As one who can sign in. */
static void
give_password (Fixture *self, const char *who)
{
  g_autoptr (MtbCredential) credential = new_credential (self, who);

  g_assert_true (mtb_store_put (self->department->store, credential, NULL));
}

static MtbPersonPut *
demote (Fixture *self, const char *who)
{
  MtbPersonPut *arguments = change (self, who);

  arguments->roles = MTB_ROLE_AGENT;
  return arguments;
}

static MtbPersonPut *
deactivate (Fixture *self, const char *who)
{
  MtbPersonPut *arguments = change (self, who);

  arguments->active = 0;
  return arguments;
}

/* Whoever gives it, and whoever else is called an administrator and could not sign in. */
static void
test_the_last_administrator_stays (Fixture *self, gconstpointer data)
{
  MtbPersonPut *renamed = change (self, "admin");

  give_password (self, "admin");
  accept (self, mtb_test_person ("second", MTB_ROLE_ADMIN));
  refuse (self, demote (self, "admin"), MTB_ERROR_CONFLICT, "roles");
  refuse (self, deactivate (self, "admin"), MTB_ERROR_CONFLICT, "active");
  mtb_test_refuse (self->department, "operator", deactivate (self, "admin"), MTB_ERROR_CONFLICT,
                   "active");
  renamed->roles |= MTB_ROLE_MANAGER;
  MTB_TEST_SET (renamed, display_name, "another");
  accept (self, renamed);
  accept (self, deactivate (self, "second"));
}

static void
test_one_of_two_administrators_goes (Fixture *self, gconstpointer data)
{
  give_password (self, "admin");
  give_password (self, "second");
  accept (self, mtb_test_person ("second", MTB_ROLE_ADMIN));
  accept (self, demote (self, "admin"));
  mtb_test_refuse (self->department, "operator", deactivate (self, "second"), MTB_ERROR_CONFLICT,
                   "active");
  mtb_test_refuse (self->department, "operator", demote (self, "second"), MTB_ERROR_CONFLICT,
                   "roles");
}

static MtbSessionBegin *
begin (Fixture *self, const char *who)
{
  MtbSessionBegin *arguments = mtb_record_new (&mtb_session_begin.shape);

  arguments->person_id = g_strdup (mtb_test_id (who));
  g_assert_true (mtb_store_select_number (
    self->department->store, "SELECT changed_at FROM credential WHERE person_id = :id",
    MTB_PARAMETERS (MTB_TEXT ("id", mtb_test_id (who))), &arguments->password_at, NULL));
  return arguments;
}

static MtbSession *
new_session (Fixture *self, const char *who, const char *token)
{
  MtbSession *session = mtb_record_new (&mtb_session_shape);

  session->token_hash = g_strdup (token);
  session->person_id = g_strdup (mtb_test_id (who));
  session->created_at = self->department->now;
  session->expires_at = self->department->now + MTB_DAY;
  return session;
}

static void
sign_in (Fixture *self, const char *who, const char *token)
{
  g_autoptr (MtbSession) session = new_session (self, who, token);

  self->department->attachment = session;
  mtb_test_accept (self->department, who, begin (self, who));
  self->department->attachment = NULL;
}

static gint64
count_sessions (Fixture *self)
{
  return mtb_test_count (self->department, "SELECT COUNT(*) FROM session");
}

/* The sign-in goes on, and the desk has to fetch what it may see now. */
static void
test_new_roles_are_another_sight (Fixture *self, gconstpointer data)
{
  MtbPersonPut *renamed = change (self, "agent");
  MtbPersonPut *promoted = change (self, "agent");

  sign_in (self, "agent", "a");
  sign_in (self, "agent", "b");
  sign_in (self, "colleague", "c");
  MTB_TEST_SET (renamed, display_name, "another");
  accept (self, renamed);
  g_assert_cmpint (count_sessions (self), ==, 3);
  promoted->roles = MTB_ROLE_MANAGER;
  g_assert_false (has_sight_change (self, "agent"));
  accept (self, promoted);
  g_assert_cmpint (count_sessions (self), ==, 3);
  g_assert_true (has_sight_change (self, "agent"));
}

/* Their desks are told so as long as the sign-in lasts, and empty themselves. */
static void
test_who_leaves_sees_nothing_more (Fixture *self, gconstpointer data)
{
  MtbPersonPut *gone = change (self, "agent");

  sign_in (self, "agent", "a");
  gone->active = 0;
  accept (self, gone);
  g_assert_true (has_sight_change (self, "agent"));
}

/* A team's supervisor sees other rows when somebody joins it or leaves it. */
static void
test_a_move_changes_supervisors_sight (Fixture *self, gconstpointer data)
{
  MtbPersonPut *moved = change (self, "agent");
  MtbPersonPut *supervisor = mtb_test_person ("of the south", MTB_ROLE_SUPERVISOR);

  MTB_TEST_SET (supervisor, username, "south");
  supervisor->team_id = g_strdup (mtb_test_id ("south"));
  accept (self, supervisor);
  g_assert_true (mtb_store_execute (self->department->store, "DELETE FROM sight_change", NULL));
  sign_in (self, "agent", "a");
  MTB_TEST_SET (moved, team_id, mtb_test_id ("south"));
  accept (self, moved);
  g_assert_true (has_sight_change (self, "supervisor"));
  g_assert_true (has_sight_change (self, "of the south"));
  g_assert_false (has_sight_change (self, "colleague"));
  g_assert_false (has_sight_change (self, "manager"));
  g_assert_cmpint (count_sessions (self), ==, 1);
}

static void
test_a_newcomer_changes_supervisors_sight (Fixture *self, gconstpointer data)
{
  MtbPersonPut *newcomer = mtb_test_person ("new", MTB_ROLE_AGENT);

  newcomer->team_id = g_strdup (mtb_test_id ("north"));
  accept (self, newcomer);
  g_assert_true (has_sight_change (self, "new"));
}

static MtbPersonMove *
move (const char *who, const char *team)
{
  MtbPersonMove *arguments = mtb_record_new (&mtb_person_move.shape);

  arguments->person_id = g_strdup (mtb_test_id (who));
  arguments->team_id = team != NULL ? g_strdup (mtb_test_id (team)) : NULL;
  return arguments;
}

static void
check_team (Fixture *self, const char *who, const char *team)
{
  g_autoptr (MtbPerson) person = mtb_test_get_person (self->department, who);

  g_assert_cmpstr (person->team_id, ==, team != NULL ? mtb_test_id (team) : NULL);
}

/* The manager divides the teams, and nothing else of a person changes with it. */
static void
test_move (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbPerson) before = mtb_test_get_person (self->department, "agent");
  g_autoptr (MtbPerson) after = NULL;

  sign_in (self, "agent", "a");
  mtb_test_accept (self->department, "manager", move ("agent", "south"));
  check_team (self, "agent", "south");
  g_assert_true (has_sight_change (self, "supervisor"));
  g_assert_false (has_sight_change (self, "colleague"));
  g_assert_cmpint (count_sessions (self), ==, 1);
  mtb_test_accept (self->department, "manager", move ("agent", NULL));
  check_team (self, "agent", NULL);
  accept (self, move ("agent", "north"));
  after = mtb_test_get_person (self->department, "agent");
  g_assert_true (mtb_record_equal (before, after));
}

static void
test_a_move_to_where_one_is (Fixture *self, gconstpointer data)
{
  accept (self, move ("agent", "north"));
  g_assert_false (has_sight_change (self, "supervisor"));
  g_assert_false (has_sight_change (self, "agent"));
}

static void
test_move_whom (Fixture *self, gconstpointer data)
{
  MtbPersonPut *gone = change (self, "colleague");

  gone->active = 0;
  accept (self, gone);
  refuse (self, move ("nobody", "south"), MTB_ERROR_NOT_FOUND, "person_id");
  refuse (self, move ("operator", "south"), MTB_ERROR_FORBIDDEN, "person_id");
  refuse (self, move ("colleague", "south"), MTB_ERROR_CONFLICT, "person_id");
  refuse (self, move ("agent", "nowhere"), MTB_ERROR_NOT_FOUND, "team_id");
  check_team (self, "agent", "north");
}

static MtbPersonRef *
refer (const MtbCommand *command, const char *who)
{
  MtbPersonRef *ref = mtb_record_new (&command->shape);

  ref->person_id = g_strdup (mtb_test_id (who));
  return ref;
}

static void
test_password (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbCredential) credential = new_credential (self, "agent");
  g_autofree char *verifier = NULL;

  sign_in (self, "agent", "a");
  sign_in (self, "colleague", "b");
  self->department->attachment = credential;
  refuse (self, refer (&mtb_account_password, "nobody"), MTB_ERROR_NOT_FOUND, "person_id");
  refuse (self, refer (&mtb_account_password, "operator"), MTB_ERROR_FORBIDDEN, "person_id");
  g_assert_cmpint (mtb_test_count (self->department, "SELECT COUNT(*) FROM credential"), ==, 0);
  accept (self, refer (&mtb_account_password, "agent"));
  verifier =
    mtb_store_select_text (self->department->store, "SELECT verifier FROM credential", NULL, NULL);
  g_assert_cmpstr (verifier, ==, "$argon2id$");
  g_assert_cmpint (count_sessions (self), ==, 1);
}

static void
test_sessions_begin_and_end (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbSession) session = mtb_record_new (&mtb_session_shape);

  sign_in (self, "agent", "a");
  sign_in (self, "agent", "b");
  session->token_hash = g_strdup ("a");
  self->department->attachment = session;
  mtb_test_accept (self->department, "agent", refer (&mtb_session_end, "agent"));
  g_assert_cmpint (count_sessions (self), ==, 1);
  g_assert_cmpint (
    mtb_test_count (self->department, "SELECT COUNT(*) FROM session WHERE token_hash = 'b'"), ==,
    1);
}

/* Looked at while it was right, and begun when it was no longer. */
static void
test_no_sign_in_with_the_password_before (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbSession) session = new_session (self, "agent", "a");
  MtbSessionBegin *late;

  give_password (self, "agent");
  late = begin (self, "agent");
  late->password_at -= 1;
  self->department->attachment = session;
  mtb_test_refuse (self->department, "agent", late, MTB_ERROR_CONFLICT, "password_at");
  self->department->attachment = NULL;
  g_assert_cmpint (count_sessions (self), ==, 0);
}

static void
test_a_sign_in_knows_the_password_as_it_is (Fixture *self, gconstpointer data)
{
  give_password (self, "agent");
  give_password (self, "colleague");
  g_assert_true (mtb_store_run (self->department->store,
                                "UPDATE credential SET must_change = 1 WHERE person_id = :id",
                                MTB_PARAMETERS (MTB_TEXT ("id", mtb_test_id ("agent"))), NULL));
  sign_in (self, "agent", "a");
  sign_in (self, "colleague", "b");
  g_assert_cmpint (mtb_test_count (self->department,
                                   "SELECT COUNT(*) FROM session WHERE token_hash = 'a'"
                                   " AND must_change = 1"),
                   ==, 1);
  g_assert_cmpint (mtb_test_count (self->department,
                                   "SELECT COUNT(*) FROM session WHERE token_hash = 'b'"
                                   " AND must_change = 0"),
                   ==, 1);
}

#define ADD(path, func) g_test_add ("/workflow/" path, Fixture, NULL, setup, func, teardown)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("person.add/adds", test_add);
  ADD ("person.add/nobody-can-be", test_what_nobody_can_be);
  ADD ("person.add/taken", test_what_is_taken);
  ADD ("person.add/left", test_what_somebody_left);
  ADD ("person.add/sight", test_a_newcomer_changes_supervisors_sight);
  ADD ("person.set/changes", test_set);
  ADD ("person.set/whom", test_set_whom);
  ADD ("person.set/last-administrator", test_the_last_administrator_stays);
  ADD ("person.set/one-of-two-administrators", test_one_of_two_administrators_goes);
  ADD ("person.set/roles", test_new_roles_are_another_sight);
  ADD ("person.set/leaves", test_who_leaves_sees_nothing_more);
  ADD ("person.set/moves", test_a_move_changes_supervisors_sight);
  ADD ("person.move", test_move);
  ADD ("person.move/nowhere", test_a_move_to_where_one_is);
  ADD ("person.move/whom", test_move_whom);
  ADD ("account.password", test_password);
  ADD ("session", test_sessions_begin_and_end);
  ADD ("session/password-before", test_no_sign_in_with_the_password_before);
  ADD ("session/password", test_a_sign_in_knows_the_password_as_it_is);
  return g_test_run ();
}
