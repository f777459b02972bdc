#include "mtb-setting.h"
#include "mtb-subscriber.h"
#include "mtb-test-department.h"

#include <string.h>

#define STAFF "agent supervisor quality manager followup field finance department"
#define HUMAN STAFF " admin"

/* Who may give what, written by hand from the procedure. */
static const struct
{
  const char *command;
  const char *roles;
} who_does_what[] = {
  { "call.log", "agent supervisor followup" },
  { "call.amend", "agent supervisor followup" },
  { "call.join", "agent supervisor followup" },
  { "call.unjoin", "agent supervisor followup" },
  { "note.add", "supervisor quality manager" },
  { "note.see", HUMAN },
  { "presence.move", STAFF },
  { "presence.lapse", "operator" },
  { "auxiliary.ask", STAFF },
  { "auxiliary.approve", "supervisor manager" },
  { "auxiliary.refuse", "supervisor manager" },
  { "auxiliary.withdraw", STAFF },
  { "prospect.add", "agent supervisor followup manager" },
  { "person.add", "admin operator" },
  { "person.set", "admin operator" },
  { "person.move", "admin manager operator" },
  { "account.password", "admin operator" },
  { "account.change", HUMAN },
  { "session.begin", HUMAN },
  { "session.end", HUMAN },
  { "session.revoke", "admin operator" },
  { "team.add", "admin manager operator" },
  { "team.set", "admin manager operator" },
  { "call_type.put", "manager operator" },
  { "threshold.set", "manager operator" },
  { "setting.set", "admin operator" },
  { "subscriber.put", "connector" },
  { "card.measure", "connector" },
  { "pbx.observe", "connector" },
  { "connection.report", "connector operator" },
  { "document.add", "manager operator" },
  { "document.issue", "manager operator" },
  { "document.read", STAFF },
  { "list.export", HUMAN },
  { "epoch.begin", "operator" },
  { "epoch.end", "operator" },
};

static gboolean
has_word (const char *words, const char *word)
{
  g_auto (GStrv) split = g_strsplit (words, " ", -1);

  return g_strv_contains ((const char *const *) split, word);
}

/* Made-up arguments come as far as the workflow, which every command has to have. */
static void
give_made_up (MtbTestDepartment *department,
              const MtbCommand *command,
              const char *role,
              gboolean allowed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);
  g_autoptr (GError) error = NULL;
  gboolean ok =
    mtb_test_give (department, role, mtb_test_make_record (&command->shape, rand), &error);
  gboolean by_role = error != NULL && strcmp (error->message, "Your role does not allow this") == 0;

  g_assert_cmpint (by_role, ==, !allowed);
  if (by_role)
    g_assert_error (error, MTB_ERROR, MTB_ERROR_FORBIDDEN);
  if (!ok)
    g_assert_true (mtb_error_is_verdict (error));
}

static void
check_role (MtbTestDepartment *department,
            const char *command_name,
            const char *role,
            gboolean allowed)
{
  g_autoptr (MtbPerson) person = mtb_test_get_person (department, role);
  g_autoptr (GRand) rand = g_rand_new_with_seed (14);
  gboolean password = g_str_has_prefix (command_name, "account.");
  gpointer attachment =
    mtb_test_make_record (password ? &mtb_credential_shape : &mtb_session_shape, rand);
  const MtbCommand *command = mtb_command_find (command_name);

  department->attachment = attachment;
  g_assert_cmpint (mtb_workflow_may (person, command), ==, allowed);
  give_made_up (department, command, role, allowed);
  mtb_record_unref (attachment);
}

static void
test_roles (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  guint n_commands = 0;

  while (mtb_commands[n_commands] != NULL)
    n_commands++;
  g_assert_cmpuint (n_commands, ==, G_N_ELEMENTS (who_does_what));
  for (guint i = 0; i < n_commands; i++)
    for (guint j = 0; mtb_role_words[j] != NULL; j++)
      check_role (department, who_does_what[i].command, mtb_role_words[j],
                  has_word (who_does_what[i].roles, mtb_role_words[j]));
}

static void
test_who_is_not_active_does_nothing (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (MtbPerson) agent = mtb_test_get_person (department, "agent");

  agent->active = 0;
  g_assert_true (mtb_store_put (department->store, agent, NULL));
  mtb_test_refuse (department, "agent", mtb_test_call (department, "call"), MTB_ERROR_FORBIDDEN,
                   NULL);
}

static void
test_any_of_several_roles_is_enough (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (MtbPerson) admin = mtb_test_get_person (department, "admin");

  admin->roles |= MTB_ROLE_AGENT;
  g_assert_true (mtb_store_put (department->store, admin, NULL));
  mtb_test_accept (department, "admin", mtb_test_call (department, "call"));
}

/* What needs the authority's word is not tried on a desk. */
static void
test_desks_have_no_authority (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (who_does_what); i++)
    {
      g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
      g_autoptr (GRand) rand = g_rand_new_with_seed (15);
      g_auto (GStrv) roles = g_strsplit (who_does_what[i].roles, " ", 2);
      const MtbCommand *command = mtb_command_find (who_does_what[i].command);

      department->is_desk = TRUE;
      if (mtb_command_is_online_only (command))
        mtb_test_refuse (department, roles[0], mtb_test_make_record (&command->shape, rand),
                         MTB_ERROR_ONLINE_ONLY, NULL);
    }
}

static void
test_arguments_are_checked_first (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  MtbCallLog *call = mtb_test_call (department, "call");

  call->wrap_up_s = 86401;
  mtb_test_refuse (department, "agent", call, MTB_ERROR_INVALID, "wrap_up_s");
  call = mtb_test_call (department, "call");
  g_clear_pointer (&call->type_id, g_free);
  mtb_test_refuse (department, "agent", call, MTB_ERROR_INVALID, "type_id");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workflow/roles", test_roles);
  g_test_add_func ("/workflow/not-active", test_who_is_not_active_does_nothing);
  g_test_add_func ("/workflow/several-roles", test_any_of_several_roles_is_enough);
  g_test_add_func ("/workflow/desk", test_desks_have_no_authority);
  g_test_add_func ("/workflow/arguments", test_arguments_are_checked_first);
  return g_test_run ();
}
