#include "mtb-administration-query.h"
#include "mtb-department-query.h"
#include "mtb-setting.h"
#include "mtb-test-department.h"

static GPtrArray *
ask (MtbTestDepartment *department, const char *who, const MtbQuery *query, gint64 active)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbEverything) everything = mtb_record_new (query->arguments);
  g_autoptr (MtbViewer) viewer = mtb_viewer_load (department->store, mtb_test_id (who), &error);
  GPtrArray *rows;

  everything->active = active;
  rows = query->run (department->store, viewer, everything, &error);
  g_assert_no_error (error);
  return rows;
}

static void
check (MtbTestDepartment *department,
       const MtbQuery *query,
       gint64 active,
       const char *const *names)
{
  g_autoptr (GPtrArray) rows = ask (department, "agent", query, active);

  g_assert_cmpuint (rows->len, ==, g_strv_length ((char **) names));
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpstr (mtb_record_get_id (g_ptr_array_index (rows, i)), ==, mtb_test_id (names[i]));
}

static void
test_people (void)
{
  static const char *const everybody[] = { "admin",   "agent",    "colleague",  "department",
                                           "field",   "finance",  "followup",   "manager",
                                           "quality", "stranger", "supervisor", NULL };
  static const char *const in_use[] = { "admin",   "agent",      "colleague", "department",
                                        "field",   "finance",    "followup",  "manager",
                                        "quality", "supervisor", NULL };
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (MtbPerson) stranger = mtb_test_get_person (department, "stranger");

  stranger->active = 0;
  g_assert_true (mtb_store_put (department->store, stranger, NULL));
  check (department, &mtb_people_query, MTB_ABSENT, everybody);
  check (department, &mtb_people_query, 1, in_use);
}

static guint
count_people (MtbTestDepartment *department, const char *text, gint64 limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbPersonSearch) search = mtb_record_new (mtb_person_search_query.arguments);
  g_autoptr (MtbViewer) viewer = mtb_viewer_load (department->store, mtb_test_id ("agent"), &error);
  g_autoptr (GPtrArray) rows = NULL;

  search->text = g_strdup (text);
  search->limit = limit;
  rows = mtb_person_search_query.run (department->store, viewer, search, &error);
  g_assert_no_error (error);
  return rows->len;
}

static void
test_people_are_found (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (MtbPerson) stranger = mtb_test_get_person (department, "stranger");

  stranger->active = 0;
  g_assert_true (mtb_store_put (department->store, stranger, NULL));
  g_assert_cmpuint (count_people (department, "agent", 10), ==, 1);
  g_assert_cmpuint (count_people (department, "AG", 10), ==, 1);
  g_assert_cmpuint (count_people (department, "gent", 10), ==, 0);
  g_assert_cmpuint (count_people (department, "stranger", 10), ==, 0);
  g_assert_cmpuint (count_people (department, "", 3), ==, 3);
}

static void
test_a_persons_row (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (GPtrArray) rows = ask (department, "agent", &mtb_people_query, MTB_ABSENT);
  const MtbPersonRow *admin = g_ptr_array_index (rows, 0);
  const MtbPersonRow *agent = g_ptr_array_index (rows, 1);

  g_assert_null (admin->team_name);
  g_assert_cmpint (admin->roles, ==, MTB_ROLE_ADMIN);
  g_assert_cmpstr (agent->team_name, ==, "north");
  g_assert_cmpstr (agent->team_id, ==, mtb_test_id ("north"));
  g_assert_cmpstr (agent->pbx_name, ==, "rima");
  g_assert_cmpstr (agent->username, ==, "agent");
  g_assert_cmpint (agent->active, ==, 1);
}

static void
put_type (MtbTestDepartment *department, const char *key, const char *parent, gint64 position)
{
  MtbCallTypePut *type = mtb_record_new (&mtb_call_type_put.shape);

  type->id = g_strdup (mtb_test_id (key));
  type->parent_id = parent != NULL ? g_strdup (mtb_test_id (parent)) : NULL;
  type->name = g_strdup (key);
  type->name_en = g_strdup (key);
  type->position = position;
  type->active = g_str_has_prefix (key, "former") ? 0 : 1;
  mtb_test_accept (department, "manager", type);
}

/* A type of a group that is out of use is out of use with it. */
static void
test_call_types (void)
{
  static const char *const everything[] = { "billing",      "price",  "invoice",
                                            "technical",    "fault",  "retired",
                                            "former group", "orphan", NULL };
  static const char *const in_use[] = { "billing", "price", "invoice", "technical", "fault", NULL };
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();

  put_type (department, "technical", NULL, 5);
  put_type (department, "fault", "technical", 0);
  put_type (department, "billing", NULL, 2);
  put_type (department, "invoice", "billing", 9);
  put_type (department, "price", "billing", 1);
  put_type (department, "former group", NULL, 7);
  put_type (department, "orphan", "former group", 1);
  check (department, &mtb_call_types_query, MTB_ABSENT, everything);
  check (department, &mtb_call_types_query, 1, in_use);
}

static void
set (MtbTestDepartment *department, const char *name, const char *value)
{
  MtbSettingSet *setting = mtb_record_new (&mtb_setting_set.shape);

  setting->name = g_strdup (name);
  setting->value = g_strdup (value);
  mtb_test_accept (department, "admin", setting);
}

/* What holds for all desks every desk can show. */
static void
test_settings (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) none = NULL;
  const MtbSetting *first, *second;

  set (department, MTB_SETTING_OFFLINE_DAYS, "3");
  set (department, MTB_SETTING_DIRECTORY_KEEP, "dealt_with");
  set (department, MTB_SETTING_OFFLINE_DAYS, "5");
  rows = ask (department, "finance", &mtb_settings_query, MTB_ABSENT);
  none = ask (department, "connector", &mtb_settings_query, MTB_ABSENT);
  g_assert_cmpuint (rows->len, ==, 2);
  first = g_ptr_array_index (rows, 0);
  second = g_ptr_array_index (rows, 1);
  g_assert_cmpstr (first->value, ==, "dealt_with");
  g_assert_cmpstr (second->name, ==, MTB_SETTING_OFFLINE_DAYS);
  g_assert_cmpstr (second->value, ==, "5");
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_built_in_people_see_nothing (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (GPtrArray) people = ask (department, "connector", &mtb_people_query, MTB_ABSENT);
  g_autoptr (GPtrArray) types = ask (department, "connector", &mtb_call_types_query, MTB_ABSENT);

  g_assert_cmpuint (people->len, ==, 0);
  g_assert_cmpuint (types->len, ==, 0);
}

/* Every member of a row or question is described, or a value would be lost without a word. */
static void
test_queries_are_found (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; mtb_queries[i] != NULL; i++)
    {
      const MtbShape *shapes[] = { mtb_queries[i]->arguments, mtb_queries[i]->rows };

      g_assert_true (g_hash_table_add (names, (gpointer) mtb_queries[i]->name));
      g_assert_true (mtb_query_find (mtb_queries[i]->name) == mtb_queries[i]);
      for (guint j = 0; j < G_N_ELEMENTS (shapes); j++)
        g_assert_cmpuint (shapes[j]->n_fields * sizeof (gint64), ==, shapes[j]->size);
      g_assert_cmpstr (mtb_queries[i]->rows->fields[0].name, ==, "id");
    }
  g_assert_null (mtb_query_find ("nothing"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query/people", test_people);
  g_test_add_func ("/query/people/search", test_people_are_found);
  g_test_add_func ("/query/people/row", test_a_persons_row);
  g_test_add_func ("/query/call-types", test_call_types);
  g_test_add_func ("/query/settings", test_settings);
  g_test_add_func ("/query/built-in", test_built_in_people_see_nothing);
  g_test_add_func ("/query/found", test_queries_are_found);
  return g_test_run ();
}
