#include "mtb-call.h"
#include "mtb-command.h"
#include "mtb-error.h"
#include "mtb-person.h"
#include "mtb-setting.h"
#include "mtb-subscriber.h"
#include "mtb-test-record.h"

static MtbThreshold *
make_threshold (void)
{
  MtbThreshold *threshold = mtb_record_new (&mtb_threshold_table.shape);

  threshold->id = g_strdup (mtb_test_id ("threshold"));
  threshold->wait_s = 20;
  threshold->in_force_from = 0;
  return threshold;
}

static void
test_new_is_empty (void)
{
  g_autoptr (MtbCall) call = mtb_record_new (&mtb_call_table.shape);

  g_assert_null (call->id);
  g_assert_null (call->notes);
  g_assert_cmpint (call->started_at, ==, MTB_ABSENT);
  g_assert_cmpint (call->solved, ==, MTB_ABSENT);
  g_assert_true (mtb_record_get_shape (call) == &mtb_call_table.shape);
}

static void
test_copy_is_deep_and_equal (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; mtb_tables[i] != NULL; i++)
    {
      gpointer record = mtb_test_make_record (&mtb_tables[i]->shape, rand);
      gpointer copy = mtb_record_copy (record);

      g_assert_true (mtb_record_equal (record, copy));
      g_assert_true (mtb_record_get_id (record) != mtb_record_get_id (copy));
      g_assert_cmpstr (mtb_record_get_id (record), ==, mtb_record_get_id (copy));
      mtb_record_unref (record);
      mtb_record_unref (copy);
    }
}

static void
change_field (const MtbField *field, gpointer record)
{
  if (mtb_field_is_text (field))
    mtb_field_set_text (field, record, "another");
  else
    mtb_field_set_number (field, record, 7777);
}

static void
test_each_field_counts_for_equality (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (guint i = 0; mtb_tables[i] != NULL; i++)
    for (guint j = 0; j < mtb_tables[i]->shape.n_fields; j++)
      {
        gpointer record = mtb_test_make_record (&mtb_tables[i]->shape, rand);
        gpointer copy = mtb_record_copy (record);

        change_field (&mtb_tables[i]->shape.fields[j], copy);
        g_assert_false (mtb_record_equal (record, copy));
        mtb_record_unref (record);
        mtb_record_unref (copy);
      }
}

static void
test_assign_takes_what_both_have (void)
{
  g_autoptr (MtbCallLog) log = mtb_record_new (&mtb_call_log.shape);
  g_autoptr (MtbCall) call = mtb_record_new (&mtb_call_table.shape);

  log->id = g_strdup (mtb_test_id ("call"));
  log->notes = g_strdup ("notes");
  log->pbx_call_id = g_strdup (mtb_test_id ("pbx call"));
  log->wrap_up_s = 30;
  call->number = g_strdup ("of before");
  call->version = 3;
  mtb_record_assign (call, log);
  g_assert_cmpstr (call->id, ==, log->id);
  g_assert_cmpstr (call->notes, ==, "notes");
  g_assert_cmpint (call->wrap_up_s, ==, 30);
  g_assert_null (call->number);
  g_assert_cmpint (call->version, ==, 3);
}

static void
test_shared_until_the_last_lets_go (void)
{
  MtbThreshold *threshold = make_threshold ();
  MtbThreshold *same = mtb_record_ref (threshold);

  g_assert_true (same == threshold);
  mtb_record_unref (threshold);
  g_assert_cmpint (same->wait_s, ==, 20);
  mtb_record_unref (same);
  mtb_record_unref (NULL);
}

static void
check_field (gconstpointer record, const char *field)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = mtb_record_check (record, &error);

  g_assert_cmpint (ok, ==, field == NULL);
  if (field == NULL)
    return;
  g_assert_error (error, MTB_ERROR, MTB_ERROR_INVALID);
  g_assert_cmpstr (mtb_error_get_field (error), ==, field);
}

static void
test_ranges (void)
{
  g_autoptr (MtbThreshold) threshold = make_threshold ();

  check_field (threshold, NULL);
  threshold->wait_s = 0;
  check_field (threshold, "wait_s");
  threshold->wait_s = 1;
  check_field (threshold, NULL);
  threshold->wait_s = 3600;
  check_field (threshold, NULL);
  threshold->wait_s = 3601;
  check_field (threshold, "wait_s");
  threshold->wait_s = MTB_ABSENT;
  check_field (threshold, "wait_s");
}

/* What RFC 3339 cannot say could not be sent. */
static void
test_times_end_with_the_calendar (void)
{
  g_autoptr (MtbThreshold) threshold = make_threshold ();

  threshold->in_force_from = G_GINT64_CONSTANT (253402300799999);
  check_field (threshold, NULL);
  threshold->in_force_from++;
  check_field (threshold, "in_force_from");
  threshold->in_force_from = -1;
  check_field (threshold, "in_force_from");
}

static void
test_texts (void)
{
  g_autoptr (MtbTeam) team = mtb_record_new (&mtb_team_table.shape);
  g_autofree char *longest = g_strnfill (120, 'x');
  g_autofree char *too_long = g_strnfill (121, 'x');

  team->id = g_strdup (mtb_test_id ("team"));
  check_field (team, "name");
  mtb_field_set_text (&mtb_team_table.shape.fields[1], team, " \u00a0 ");
  check_field (team, "name");
  mtb_field_set_text (&mtb_team_table.shape.fields[1], team, longest);
  check_field (team, NULL);
  mtb_field_set_text (&mtb_team_table.shape.fields[1], team, too_long);
  check_field (team, "name");
  mtb_field_set_text (&mtb_team_table.shape.fields[1], team, "\xff");
  check_field (team, "name");
  mtb_field_set_text (&mtb_team_table.shape.fields[1], team, "أ");
  mtb_field_set_text (&mtb_team_table.shape.fields[0], team, "no id");
  check_field (team, "id");
}

/* Characters count, not bytes. */
static void
test_arabic_is_not_twice_as_long (void)
{
  g_autoptr (MtbTeam) team = mtb_record_new (&mtb_team_table.shape);
  GString *name = g_string_new (NULL);

  for (guint i = 0; i < 120; i++)
    g_string_append (name, "ع");
  team->id = g_strdup (mtb_test_id ("team"));
  team->name = g_string_free (name, FALSE);
  check_field (team, NULL);
}

static void
test_enumerations_flags_and_sets (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (MtbPersonPut) person = mtb_test_make_record (&mtb_person_add.shape, rand);
  g_autoptr (MtbCallJoin) join = mtb_test_make_record (&mtb_call_join.shape, rand);
  g_autoptr (MtbCall) call = mtb_test_make_record (&mtb_call_table.shape, rand);

  check_field (join, NULL);
  person->roles = 0;
  check_field (person, "roles");
  person->roles = MTB_ROLE_OPERATOR << 1;
  check_field (person, "roles");
  person->roles = MTB_ROLE_AGENT;
  person->active = 2;
  check_field (person, "active");
  call->direction = 2;
  check_field (call, "direction");
  call->direction = -1;
  check_field (call, "direction");
}

static void
test_money_may_be_owed (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  g_autoptr (MtbCard) card = mtb_test_make_record (&mtb_card_table.shape, rand);

  card->balance = -1500;
  card->volume_up = 0;
  check_field (card, NULL);
  card->volume_up = -1;
  check_field (card, "volume_up");
}

static void
test_made_up_records_hold (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint round = 0; round < 50; round++)
    for (guint i = 0; mtb_commands[i] != NULL; i++)
      {
        gpointer record = mtb_test_make_record (&mtb_commands[i]->shape, rand);

        check_field (record, NULL);
        mtb_record_unref (record);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/record/new-is-empty", test_new_is_empty);
  g_test_add_func ("/model/record/copy", test_copy_is_deep_and_equal);
  g_test_add_func ("/model/record/equal", test_each_field_counts_for_equality);
  g_test_add_func ("/model/record/assign", test_assign_takes_what_both_have);
  g_test_add_func ("/model/record/shared", test_shared_until_the_last_lets_go);
  g_test_add_func ("/model/record/ranges", test_ranges);
  g_test_add_func ("/model/record/times", test_times_end_with_the_calendar);
  g_test_add_func ("/model/record/texts", test_texts);
  g_test_add_func ("/model/record/characters", test_arabic_is_not_twice_as_long);
  g_test_add_func ("/model/record/choices", test_enumerations_flags_and_sets);
  g_test_add_func ("/model/record/money", test_money_may_be_owed);
  g_test_add_func ("/model/record/made-up", test_made_up_records_hold);
  return g_test_run ();
}
