#include "mtb-call.h"
#include "mtb-command.h"
#include "mtb-error.h"
#include "mtb-json.h"
#include "mtb-test-record.h"

#include <string.h>

#define ROUNDS 100

static void
check_round_trip (const MtbShape *shape, GRand *rand)
{
  g_autoptr (GError) error = NULL;
  gpointer record = mtb_test_make_record (shape, rand);
  g_autofree char *text = mtb_json_write_record (record);
  gpointer read = mtb_json_parse_record (text, shape, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  g_assert_true (mtb_record_equal (record, read));
  again = mtb_json_write_record (read);
  g_assert_cmpstr (text, ==, again);
  mtb_record_unref (record);
  mtb_record_unref (read);
}

static void
test_records_return (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < ROUNDS; round++)
    {
      for (guint i = 0; mtb_tables[i] != NULL; i++)
        check_round_trip (&mtb_tables[i]->shape, rand);
      for (guint i = 0; mtb_commands[i] != NULL; i++)
        check_round_trip (&mtb_commands[i]->shape, rand);
    }
}

static void
test_every_kind_as_the_wire_has_it (void)
{
  g_autoptr (MtbPersonPut) person = mtb_record_new (&mtb_person_add.shape);
  g_autoptr (MtbCallLog) call = mtb_record_new (&mtb_call_log.shape);
  g_autofree char *text = NULL;
  g_autofree char *other = NULL;

  person->roles = MTB_ROLE_AGENT | MTB_ROLE_MANAGER;
  person->active = 0;
  person->display_name = g_strdup ("\"أ\\\n\x01");
  text = mtb_json_write_record (person);
  g_assert_cmpstr (text, ==,
                   "{\"display_name\":\"\\\"أ\\\\\\u000a\\u0001\",\"roles\":[\"agent\","
                   "\"manager\"],\"active\":false}");
  call->direction = MTB_DIRECTION_OUT;
  call->started_at = 1;
  call->wrap_up_s = 30;
  other = mtb_json_write_record (call);
  g_assert_cmpstr (other, ==,
                   "{\"direction\":\"out\",\"started_at\":\"1970-01-01T00:00:00.001Z\","
                   "\"wrap_up_s\":30}");
}

static gpointer
parse (const MtbShape *shape, const char *text, const char *field)
{
  g_autoptr (GError) error = NULL;
  gpointer record = mtb_json_parse_record (text, shape, &error);

  if (field == NULL)
    {
      g_assert_no_error (error);
      return record;
    }
  g_assert_null (record);
  g_assert_error (error, MTB_ERROR, MTB_ERROR_INVALID);
  g_assert_cmpstr (mtb_error_get_field (error), ==, field);
  return NULL;
}

static void
test_null_is_absent (void)
{
  g_autoptr (MtbCallLog) call =
    parse (&mtb_call_log.shape, "{\"notes\":null,\"wrap_up_s\":null,\"solved\":null}", NULL);

  g_assert_null (call->notes);
  g_assert_cmpint (call->wrap_up_s, ==, MTB_ABSENT);
  g_assert_cmpint (call->solved, ==, MTB_ABSENT);
}

static void
test_wrong_kinds (void)
{
  static const struct
  {
    const char *text;
    const char *field;
  } cases[] = {
    { "{\"notes\":1}", "notes" },
    { "{\"notes\":[]}", "notes" },
    { "{\"solved\":1}", "solved" },
    { "{\"solved\":\"true\"}", "solved" },
    { "{\"wrap_up_s\":\"30\"}", "wrap_up_s" },
    { "{\"wrap_up_s\":true}", "wrap_up_s" },
    { "{\"started_at\":1795385888}", "started_at" },
    { "{\"started_at\":\"2026-11-22\"}", "started_at" },
    { "{\"direction\":\"sideways\"}", "direction" },
    { "{\"direction\":0}", "direction" },
    { "{\"direction\":{}}", "direction" },
    { "{\"nothing\":1}", "nothing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    parse (&mtb_call_log.shape, cases[i].text, cases[i].field);
  parse (&mtb_person_add.shape, "{\"roles\":\"agent\"}", "roles");
  parse (&mtb_person_add.shape, "{\"roles\":[\"king\"]}", "roles");
  parse (&mtb_person_add.shape, "{\"roles\":[1]}", "roles");
}

static void
test_a_body_is_an_object (void)
{
  static const char *const bodies[] = { "[]", "1", "\"a\"", "null", "", "{" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = mtb_json_read (bodies[i], strlen (bodies[i]), &error);

      g_assert_null (object);
      g_assert_error (error, MTB_ERROR, MTB_ERROR_INVALID);
    }
}

static void
test_members_of_another_kind_are_missing (void)
{
  static const char body[] = "{\"t\":\"a\",\"n\":1,\"o\":{},\"a\":[],\"b\":true,\"z\":null}";
  g_autoptr (JsonObject) object = mtb_json_read (body, sizeof body - 1, NULL);
  static const char *const names[] = { "t", "n", "o", "a", "b", "z", "none" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_cmpint (mtb_json_get_text (object, names[i]) != NULL, ==, i == 0);
      g_assert_cmpint (mtb_json_get_number (object, names[i]) != MTB_ABSENT, ==, i == 1);
      g_assert_cmpint (mtb_json_get_object (object, names[i]) != NULL, ==, i == 2);
      g_assert_cmpint (mtb_json_get_array (object, names[i]) != NULL, ==, i == 3);
      g_assert_cmpint (mtb_json_get_time (object, names[i]), ==, MTB_ABSENT);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/json/records-return", test_records_return);
  g_test_add_func ("/wire/json/every-kind", test_every_kind_as_the_wire_has_it);
  g_test_add_func ("/wire/json/null-is-absent", test_null_is_absent);
  g_test_add_func ("/wire/json/wrong-kinds", test_wrong_kinds);
  g_test_add_func ("/wire/json/object", test_a_body_is_an_object);
  g_test_add_func ("/wire/json/members", test_members_of_another_kind_are_missing);
  return g_test_run ();
}
