#include "mtb-pbx.h"
#include "mtb-setting.h"
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

static MtbTeamPut *
new_team (const char *key, const char *name)
{
  MtbTeamPut *team = mtb_record_new (&mtb_team_add.shape);

  team->id = g_strdup (mtb_test_id (key));
  team->name = g_strdup (name);
  return team;
}

static void
test_team_add (Fixture *self, gconstpointer data)
{
  mtb_test_accept (self->department, "manager", new_team ("west", "west"));
  mtb_test_refuse (self->department, "manager", new_team ("west", "again"), MTB_ERROR_CONFLICT,
                   "id");
  mtb_test_refuse (self->department, "manager", new_team ("other", "west"), MTB_ERROR_CONFLICT,
                   "name");
}

static MtbTeamPut *
rename_team (const char *key, const char *name)
{
  MtbTeamPut *team = mtb_record_new (&mtb_team_set.shape);

  team->id = g_strdup (mtb_test_id (key));
  team->name = g_strdup (name);
  return team;
}

static void
test_team_set (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbTeam) team = NULL;

  mtb_test_accept (self->department, "manager", rename_team ("north", "north"));
  mtb_test_accept (self->department, "manager", rename_team ("north", "evening"));
  team = mtb_test_get (self->department, &mtb_team_table, mtb_test_id ("north"));
  g_assert_cmpstr (team->name, ==, "evening");
  mtb_test_refuse (self->department, "manager", rename_team ("nothing", "any"), MTB_ERROR_NOT_FOUND,
                   "id");
  mtb_test_refuse (self->department, "manager", rename_team ("north", "south"), MTB_ERROR_CONFLICT,
                   "name");
}

static MtbCallTypePut *
new_type (const char *key, const char *parent)
{
  MtbCallTypePut *type = mtb_record_new (&mtb_call_type_put.shape);

  type->id = g_strdup (mtb_test_id (key));
  type->parent_id = parent != NULL ? g_strdup (mtb_test_id (parent)) : NULL;
  type->name = g_strdup (key);
  type->name_en = g_strdup (key);
  type->position = 3;
  type->active = 1;
  return type;
}

static void
test_call_type_put (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbCallType) type = NULL;
  MtbCallTypePut *too_short = new_type ("speed", "technical");

  mtb_test_accept (self->department, "manager", new_type ("billing", NULL));
  mtb_test_accept (self->department, "manager", new_type ("speed", "technical"));
  mtb_test_refuse (self->department, "manager", new_type ("deep", "fault"), MTB_ERROR_INVALID,
                   "parent_id");
  mtb_test_refuse (self->department, "manager", new_type ("lost", "nothing"), MTB_ERROR_NOT_FOUND,
                   "parent_id");
  too_short->suits_s = 0;
  mtb_test_refuse (self->department, "manager", too_short, MTB_ERROR_INVALID, "suits_s");
  mtb_test_accept (self->department, "manager", new_type ("speed", "billing"));
  type = mtb_test_get (self->department, &mtb_call_type_table, mtb_test_id ("speed"));
  g_assert_cmpstr (type->parent_id, ==, mtb_test_id ("billing"));
}

/* Otherwise its own kinds would stand on a third level. */
static void
test_a_group_with_kinds_stays_one (Fixture *self, gconstpointer data)
{
  mtb_test_accept (self->department, "manager", new_type ("billing", NULL));
  mtb_test_refuse (self->department, "manager", new_type ("technical", "billing"),
                   MTB_ERROR_CONFLICT, "parent_id");
  mtb_test_refuse (self->department, "manager", new_type ("billing", "billing"), MTB_ERROR_INVALID,
                   "parent_id");
}

static MtbThresholdSet *
new_threshold (const char *key, gint64 wait_s)
{
  MtbThresholdSet *threshold = mtb_record_new (&mtb_threshold_set.shape);

  threshold->id = g_strdup (mtb_test_id (key));
  threshold->wait_s = wait_s;
  return threshold;
}

/* R2: in force from the server's receipt, whatever the desk's clock says. */
static void
test_threshold_set (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbThreshold) threshold = NULL;

  mtb_test_accept (self->department, "manager", new_threshold ("first", 20));
  mtb_test_refuse (self->department, "manager", new_threshold ("first", 30), MTB_ERROR_CONFLICT,
                   "id");
  mtb_test_refuse (self->department, "manager", new_threshold ("none", 0), MTB_ERROR_INVALID,
                   "wait_s");
  mtb_test_refuse (self->department, "manager", new_threshold ("long", 3601), MTB_ERROR_INVALID,
                   "wait_s");
  threshold = mtb_test_get (self->department, &mtb_threshold_table, mtb_test_id ("first"));
  g_assert_cmpint (threshold->in_force_from, ==, self->department->now);
  g_assert_cmpint (threshold->wait_s, ==, 20);
}

static MtbSettingSet *
new_setting (const char *name, const char *value)
{
  MtbSettingSet *setting = mtb_record_new (&mtb_setting_set.shape);

  setting->name = g_strdup (name);
  setting->value = g_strdup (value);
  return setting;
}

static void
set (Fixture *self, const char *name, const char *value)
{
  mtb_test_accept (self->department, "admin", new_setting (name, value));
}

static void
refuse (Fixture *self, const char *name, const char *value, const char *field)
{
  mtb_test_refuse (self->department, "admin", new_setting (name, value), MTB_ERROR_INVALID, field);
}

static void
test_setting_set (Fixture *self, gconstpointer data)
{
  g_autofree char *value = NULL;

  set (self, MTB_SETTING_DIRECTORY_KEEP, "all");
  set (self, MTB_SETTING_DIRECTORY_KEEP, "dealt_with");
  refuse (self, MTB_SETTING_DIRECTORY_KEEP, "some", "value");
  set (self, MTB_SETTING_OFFLINE_DAYS, "0");
  set (self, MTB_SETTING_OFFLINE_DAYS, "90");
  refuse (self, MTB_SETTING_OFFLINE_DAYS, "91", "value");
  refuse (self, MTB_SETTING_OFFLINE_DAYS, "-1", "value");
  refuse (self, MTB_SETTING_OFFLINE_DAYS, "many", "value");
  set (self, MTB_SETTING_ORGANISATION, "مزود الخدمة");
  refuse (self, MTB_SETTING_ORGANISATION, "two\nlines", "value");
  refuse (self, MTB_SETTING_ORGANISATION, " ", "value");
  refuse (self, "nothing", "1", "name");
  g_assert_cmpint (mtb_test_count (self->department, "SELECT COUNT(*) FROM setting"), ==, 3);
  value = mtb_store_select_text (
    self->department->store, "SELECT value FROM setting WHERE name = 'offline_days'", NULL, NULL);
  g_assert_cmpstr (value, ==, "90");
}

static MtbEpochBegin *
new_epoch (const MtbCommand *command, const char *key)
{
  MtbEpochBegin *epoch = mtb_record_new (&command->shape);

  epoch->epoch = g_strdup (mtb_test_id (key));
  return epoch;
}

static void
test_epoch (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbHead) begun = NULL;
  g_autoptr (MtbHead) ended = NULL;

  mtb_test_refuse (self->department, "operator", new_epoch (&mtb_epoch_end, "epoch"),
                   MTB_ERROR_CONFLICT, "epoch");
  mtb_test_accept (self->department, "operator", new_epoch (&mtb_epoch_begin, "second"));
  begun = mtb_test_get_head (self->department);
  g_assert_cmpstr (begun->epoch, ==, mtb_test_id ("second"));
  g_assert_cmpint (begun->recovering, ==, 1);
  mtb_test_refuse (self->department, "operator", new_epoch (&mtb_epoch_end, "epoch"),
                   MTB_ERROR_CONFLICT, "epoch");
  mtb_test_refuse (self->department, "operator", new_epoch (&mtb_epoch_begin, "second"),
                   MTB_ERROR_CONFLICT, "epoch");
  mtb_test_accept (self->department, "operator", new_epoch (&mtb_epoch_end, "second"));
  ended = mtb_test_get_head (self->department);
  g_assert_cmpint (ended->recovering, ==, 0);
}

#define ADD(path, func) g_test_add ("/workflow/" path, Fixture, NULL, setup, func, teardown)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("team.add", test_team_add);
  ADD ("team.set", test_team_set);
  ADD ("call_type.put/levels", test_call_type_put);
  ADD ("call_type.put/group", test_a_group_with_kinds_stays_one);
  ADD ("threshold.set", test_threshold_set);
  ADD ("setting.set", test_setting_set);
  ADD ("epoch", test_epoch);
  return g_test_run ();
}
