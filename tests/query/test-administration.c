/* What the administrator looks after, and that this is all that they see. */

#include "mtb-administration-query.h"
#include "mtb-error.h"
#include "mtb-ledger.h"
#include "mtb-presence.h"
#include "mtb-test-department.h"
#include "mtb-time.h"

static GPtrArray *
run (MtbTestDepartment *department,
     const char *who,
     const MtbQuery *query,
     gconstpointer arguments,
     GError **error)
{
  g_autoptr (MtbViewer) viewer = mtb_viewer_load (department->store, mtb_test_id (who), NULL);

  return query->run (department->store, viewer, arguments, error);
}

static void
set_field (const MtbField *field, gpointer arguments, const char *id)
{
  if (g_str_equal (field->name, "id") || g_str_equal (field->name, "customer_id")
      || g_str_equal (field->name, "call_id"))
    mtb_field_set_text (field, arguments, mtb_test_id (id));
  else if (g_str_equal (field->name, "text"))
    mtb_field_set_text (field, arguments, "omar");
  else if (g_str_equal (field->name, "from"))
    mtb_field_set_number (field, arguments, 0);
  else if (g_str_equal (field->name, "to"))
    mtb_field_set_number (field, arguments, mtb_time_now () + MTB_DAY);
}

static guint
count_rows (MtbTestDepartment *department, const char *who, const MtbQuery *query, const char *id)
{
  gpointer arguments = mtb_record_new (query->arguments);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint n_others = 0;

  for (guint i = 0; i < query->arguments->n_fields; i++)
    set_field (&query->arguments->fields[i], arguments, id);
  rows = run (department, who, query, arguments, &error);
  g_assert_no_error (error);
  mtb_record_unref (arguments);
  /* Everybody sees their own presence. */
  for (guint i = 0; i < rows->len; i++)
    n_others += g_strcmp0 (mtb_record_get_id (g_ptr_array_index (rows, i)), mtb_test_id (who)) != 0;
  return n_others;
}

static MtbTestDepartment *
new_department (void)
{
  MtbTestDepartment *department = mtb_test_department_new ();
  g_autofree char *epoch = g_strdup (mtb_test_id ("epoch"));

  g_assert_true (mtb_ledger_create (department->store, epoch, NULL));
  mtb_test_accept (department, "agent", mtb_test_call (department, "call"));
  return department;
}

static void
test_the_administrator_sees_no_business (void)
{
  static const char *const own[] = {
    "people", "teams", "sessions", "connections", "settings", NULL
  };
  g_autoptr (MtbTestDepartment) department = new_department ();
  guint n_for_manager = 0;

  for (guint i = 0; mtb_queries[i] != NULL; i++)
    {
      const MtbQuery *query = mtb_queries[i];

      n_for_manager += count_rows (department, "manager", query, "omar") > 0
                       || count_rows (department, "manager", query, "call") > 0;
      if (g_strv_contains (own, query->name))
        continue;
      g_assert_cmpuint (count_rows (department, "admin", query, "omar"), ==, 0);
      g_assert_cmpuint (count_rows (department, "admin", query, "call"), ==, 0);
    }
  g_assert_cmpuint (n_for_manager, >=, 6);
}

static MtbConnectionReport *
new_report (MtbConnectionKind kind, const char *name, MtbConnectionState state)
{
  MtbConnectionReport *report = mtb_record_new (&mtb_connection_report.shape);

  report->id = g_strdup (mtb_test_id (name));
  report->kind = kind;
  report->name = g_strdup (name);
  report->state = state;
  return report;
}

static void
test_who_sees_connections (void)
{
  g_autoptr (MtbTestDepartment) department = new_department ();

  mtb_test_accept (department, "connector",
                   new_report (MTB_CONNECTION_SUBSCRIBERS, "list", MTB_CONNECTION_WAITING));
  mtb_test_accept (department, "connector",
                   new_report (MTB_CONNECTION_PBX_LOG, "pbx", MTB_CONNECTION_WORKING));
  for (guint i = 0; (G_GINT64_CONSTANT (1) << i) <= MTB_ROLES_HUMAN; i++)
    {
      gboolean sees =
        g_str_equal (mtb_role_words[i], "admin") || g_str_equal (mtb_role_words[i], "manager");

      g_assert_cmpuint (count_rows (department, mtb_role_words[i], &mtb_connections_query, "x"), ==,
                        sees ? 2 : 0);
      g_assert_cmpuint (count_rows (department, mtb_role_words[i], &mtb_session_query, "x"), ==, 0);
    }
}

static void
test_how_a_connection_comes_to_stand (void)
{
  g_autoptr (MtbTestDepartment) department = new_department ();
  g_autoptr (MtbConnection) first = NULL;
  g_autoptr (MtbConnection) second = NULL;
  MtbConnectionReport *report = new_report (MTB_CONNECTION_PBX_LOG, "pbx", MTB_CONNECTION_WORKING);

  report->last_at = 1000;
  mtb_test_accept (department, "connector", report);
  first = mtb_test_get (department, &mtb_connection_table, mtb_test_id ("pbx"));
  g_assert_cmpint (first->last_at, ==, 1000);
  /* What was taken last is not forgotten by who took nothing. */
  mtb_test_accept (department, "connector",
                   new_report (MTB_CONNECTION_PBX_LOG, "pbx", MTB_CONNECTION_STOPPED));
  second = mtb_test_get (department, &mtb_connection_table, mtb_test_id ("pbx"));
  g_assert_cmpint (second->state, ==, MTB_CONNECTION_STOPPED);
  g_assert_cmpint (second->last_at, ==, 1000);
  g_assert_cmpint (second->since, >=, first->since);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/administration/the-administrator-sees-no-business",
                   test_the_administrator_sees_no_business);
  g_test_add_func ("/administration/who-sees-connections", test_who_sees_connections);
  g_test_add_func ("/administration/how-a-connection-comes-to-stand",
                   test_how_a_connection_comes_to_stand);
  return g_test_run ();
}
