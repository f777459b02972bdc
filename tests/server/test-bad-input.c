/* What cannot be meant, at a server without HTTP: each gets its error with the right code and field,
 * nothing is written, and the next who asks is answered. */

#include "mtb-test-scene.h"

#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-limits.h"
#include "mtb-message.h"
#include "mtb-status.h"
#include "mtb-time.h"

#include <string.h>

#define HERE "2026-11-22T22:18:08.123Z"
#define EPOCH_OF_NOBODY "00000000-0000-8000-8000-0000000000ff"

/* A scene, and somebody with every role in it. */
typedef struct
{
  MtbTestScene *scene;
  MtbPerson *person;
  char *token;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->scene = mtb_test_scene_new ();
  self->person = mtb_record_copy (mtb_test_scene_get_person (self->scene, "manager"));
  self->person->roles = MTB_ROLES_HUMAN;
  mtb_test_scene_put (self->scene, mtb_record_ref (self->person));
  self->token = mtb_test_scene_sign_in (self->scene, self->person->id, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  mtb_record_unref (self->person);
  g_free (self->token);
  mtb_test_scene_free (self->scene);
}

/* Arguments that are wrong in one member */

/* A batch that is being written, and of each command in it which member is wrong. */
typedef struct
{
  Fixture *fixture;
  GString *json;
  GPtrArray *fields;
  const MtbCommand *command;
  gpointer arguments;
} Batch;

static void
append_value (GString *json, const MtbField *field, gconstpointer arguments)
{
  g_autofree char *whole = mtb_json_write_record (arguments);
  g_autoptr (JsonObject) object = mtb_json_read (whole, strlen (whole), NULL);
  JsonNode *node = json_object_get_member (object, field->name);
  g_autofree char *text = node != NULL ? json_to_string (node, FALSE) : g_strdup ("null");

  g_string_append (json, text);
}

/* The arguments with @value in place of one member; without it where %NULL. */
static void
append_arguments (Batch *self, const MtbField *wrong, const char *value)
{
  const MtbShape *shape = &self->command->shape;
  const char *separator = "{";

  for (guint i = 0; i < shape->n_fields; i++)
    {
      if (&shape->fields[i] == wrong && value == NULL)
        continue;
      g_string_append_printf (self->json, "%s\"%s\":", separator, shape->fields[i].name);
      separator = ",";
      if (&shape->fields[i] == wrong)
        g_string_append (self->json, value);
      else
        append_value (self->json, &shape->fields[i], self->arguments);
    }
  g_string_append (self->json, g_str_equal (separator, "{") ? "{}" : "}");
}

static void
add_wrong (Batch *self, const MtbField *field, const char *value)
{
  g_autofree char *id = mtb_id_new (mtb_time_now ());

  g_string_append_printf (self->json,
                          "%s{\"id\":\"%s\",\"n\":1,\"type\":\"%s\",\"at\":\"" HERE "\",\"args\":",
                          self->fields->len > 0 ? "," : "", id, self->command->shape.name);
  append_arguments (self, field, value);
  g_string_append_c (self->json, '}');
  g_ptr_array_add (self->fields, (char *) field->name);
}

static void
add_wrong_text (Batch *self, const MtbField *field)
{
  gint64 max = field->max > 0 ? field->max : 4000;
  g_autofree char *letters = g_strnfill ((gsize) max + 1, 'x');
  g_autofree char *long_text = g_strdup_printf ("\"%s\"", letters);

  if (field->type == MTB_TYPE_ID)
    {
      add_wrong (self, field, "\"x\"");
      add_wrong (self, field, "\"00000000-0000-8000-8000-0000000000FF\"");
      add_wrong (self, field, "\"00000000-0000-8000-8000-0000000000000\"");
      add_wrong (self, field, "\"{0000000-0000-8000-8000-00000000000}\"");
    }
  add_wrong (self, field, long_text);
  add_wrong (self, field, "7");
  add_wrong (self, field, "true");
  if (field->required)
    add_wrong (self, field, "\" \\u2003\\t\"");
}

static void
add_wrong_range (Batch *self, const MtbField *field)
{
  gint64 min, max;

  mtb_field_get_range (field, &min, &max);
  if (min > -MTB_NUMBER_MAX)
    {
      g_autofree char *less = g_strdup_printf ("%" G_GINT64_FORMAT, min - 1);

      add_wrong (self, field, less);
    }
  if (max < MTB_NUMBER_MAX)
    {
      g_autofree char *more = g_strdup_printf ("%" G_GINT64_FORMAT, max + 1);

      add_wrong (self, field, more);
    }
}

static void
add_wrong_number (Batch *self, const MtbField *field)
{
  add_wrong (self, field, "\"nothing\"");
  add_wrong (self, field, "\"\"");
  if (field->type == MTB_TYPE_TIME)
    {
      add_wrong (self, field, "5");
      add_wrong (self, field, "\"2026-13-22T22:18:08Z\"");
      add_wrong (self, field, "\"2026-11-22T22:18:08\"");
      add_wrong (self, field, "\"1969-12-31T23:59:59.999Z\"");
      add_wrong (self, field, "\"0001-01-01T00:00:00+14:00\"");
      add_wrong (self, field, "\"9999-12-31T23:59:59-14:00\"");
    }
  else if (field->type == MTB_TYPE_FLAG || field->type == MTB_TYPE_ENUM)
    add_wrong (self, field, "1");
  else if (field->type == MTB_TYPE_SET)
    {
      add_wrong (self, field, "\"agent\"");
      add_wrong (self, field, "[\"agent\",\"nobody\"]");
      add_wrong (self, field, "[1]");
      add_wrong (self, field, "[]");
    }
  else
    add_wrong_range (self, field);
}

static void
add_wrong_field (Batch *self, const MtbField *field)
{
  add_wrong (self, field, "{}");
  add_wrong (self, field, "[[]]");
  if (field->required)
    {
      add_wrong (self, field, NULL);
      add_wrong (self, field, "null");
    }
  if (mtb_field_is_text (field))
    add_wrong_text (self, field);
  else
    add_wrong_number (self, field);
}

static MtbResponse *
post (Fixture *self, const char *body)
{
  return mtb_test_scene_ask (self->scene, "POST", "/v1/commands", self->token, body);
}

static GPtrArray *
post_whole (Fixture *self, const char *body)
{
  g_autoptr (MtbResponse) response = post (self, body);
  g_autoptr (JsonObject) answer = mtb_test_read_answer (response);
  g_autoptr (GError) error = NULL;
  GPtrArray *verdicts;

  g_assert_cmpuint (response->status, ==, 200);
  verdicts = mtb_message_read_verdicts (answer, &error);
  g_assert_no_error (error);
  return verdicts;
}

/* What no person may give is refused for that, where it can be read at all. */
static void
check_verdict (const Batch *self, const MtbVerdict *verdict, const char *field)
{
  if ((self->command->roles & MTB_ROLES_HUMAN) == 0 && verdict->error != NULL
      && verdict->error->code == MTB_ERROR_FORBIDDEN)
    return;
  if (g_strcmp0 (mtb_error_get_field (verdict->error), field) != 0)
    g_test_message ("%s %s", self->command->shape.name, field);
  g_assert_error (verdict->error, MTB_ERROR, MTB_ERROR_INVALID);
  g_assert_cmpstr (mtb_error_get_field (verdict->error), ==, field);
}

static void
try_command (Fixture *self, const MtbCommand *command)
{
  g_autoptr (GString) json = g_string_new ("{\"protocol\":1,\"commands\":[");
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) verdicts = NULL;
  Batch batch = { self, json, fields, command, NULL };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  batch.arguments =
    mtb_test_scene_make_arguments (self->scene, command, self->person, self->person);
  for (guint i = 0; i < command->shape.n_fields; i++)
    add_wrong_field (&batch, &command->shape.fields[i]);
  g_string_append (json, "]}");
  before = mtb_test_scene_dup_state (self->scene);
  verdicts = post_whole (self, json->str);
  after = mtb_test_scene_dup_state (self->scene);
  g_assert_cmpuint (verdicts->len, ==, fields->len);
  for (guint i = 0; i < verdicts->len; i++)
    check_verdict (&batch, g_ptr_array_index (verdicts, i), g_ptr_array_index (fields, i));
  g_assert_cmpstr (before, ==, after);
  mtb_record_unref (batch.arguments);
}

static void
test_arguments (Fixture *self, gconstpointer data)
{
  for (guint i = 0; mtb_commands[i] != NULL; i++)
    if ((mtb_commands[i]->flags & MTB_COMMAND_INTERNAL) == 0)
      try_command (self, mtb_commands[i]);
}

/* Commands around their arguments, and batches */

#define COMMAND(members) "{\"protocol\":1,\"commands\":[{" members "}]}"
#define ID "\"id\":\"00000000-0000-8000-8000-0000000000aa\""
#define TYPE "\"type\":\"team.add\""
#define AT "\"at\":\"" HERE "\""
#define ARGS "\"args\":{\"id\":\"00000000-0000-8000-8000-0000000000ab\",\"name\":\"west\"}"

static const struct
{
  const char *body;
  const char *code;
  const char *field;
} batches[] = {
  { "{}", "too_old", NULL },
  { "{\"protocol\":2,\"commands\":[]}", "too_old", NULL },
  { "{\"protocol\":\"1\",\"commands\":[]}", "too_old", NULL },
  { "{\"protocol\":-1,\"commands\":[]}", "too_old", NULL },
  { "{\"protocol\":1}", "invalid", "commands" },
  { "{\"protocol\":1,\"commands\":{}}", "invalid", "commands" },
  { "{\"protocol\":1,\"commands\":\"\"}", "invalid", "commands" },
  { "{\"protocol\":1,\"commands\":[[]]}", "invalid", "commands" },
  { "{\"protocol\":1,\"commands\":[null]}", "invalid", "commands" },
  { COMMAND (""), "invalid", "commands" },
  { COMMAND (TYPE "," AT "," ARGS), "invalid", "commands" },
  { COMMAND ("\"id\":7," TYPE "," AT "," ARGS), "invalid", "commands" },
  { COMMAND ("\"id\":\"\"," TYPE "," AT "," ARGS), "invalid", "commands" },
  { COMMAND ("\"id\":\"00000000-0000-8000-8000-0000000000AA\"," TYPE "," AT "," ARGS), "invalid",
    "commands" },
  { COMMAND (ID "," AT "," ARGS), "invalid", "commands" },
  { COMMAND (ID ",\"type\":null," AT "," ARGS), "invalid", "commands" },
  { COMMAND (ID
             ",\"type\":\"1234567890123456789012345678901234567890123456789012345678901234 \"," AT
             "," ARGS),
    "invalid", "commands" },
  { COMMAND (ID "," TYPE "," ARGS), "invalid", "commands" },
  { COMMAND (ID "," TYPE ",\"at\":1795385888123," ARGS), "invalid", "commands" },
  { COMMAND (ID "," TYPE ",\"at\":\"2026-11-22\"," ARGS), "invalid", "commands" },
  { COMMAND (ID "," TYPE ",\"at\":\"0001-01-01T00:00:00+14:00\"," ARGS), "invalid", "commands" },
  { COMMAND (ID "," TYPE ",\"at\":\"1969-12-31T23:59:59.999Z\"," ARGS), "invalid", "commands" },
  { COMMAND (ID "," TYPE ",\"at\":\"9999-12-31T23:59:59-14:00\"," ARGS), "invalid", "commands" },
  { "{\"protocol\":1,\"epoch\":\"" EPOCH_OF_NOBODY "\",\"commands\":[]}", "gone", NULL },
  { "{\"protocol\":1,\"commands\":[{\"n\":9007199254740992}]}", "invalid", NULL },
  { "{\"protocol\":1,\"commands\":[{\"n\":-9223372036854775809}]}", "invalid", NULL },
  { "{\"protocol\":1,\"commands\":[{\"n\":1.5}]}", "invalid", NULL },
  { "{\"protocol\":1,\"commands\":[{\"n\":1e3}]}", "invalid", NULL },
  { "{\"protocol\":1,\"commands\":[{\"n\":-}]}", "invalid", NULL },
  { "{\"protocol\":1,\"commands\":[{\"id\":1,\"id\":1}]}", "invalid", NULL },
  { "{\"protocol\":1,\"commands\":[{\"a\":\"\\u0000\"}]}", "invalid", NULL },
  { "{\"protocol\":1,\"commands\":[{\"a\":\"\xff\"}]}", "invalid", NULL },
  { "{\"protocol\":1,\"commands\":[{\"a\":\"\xed\xa0\x80\"}]}", "invalid", NULL },
  { "{\"protocol\":1,\"commands\":[", "invalid", NULL },
};

static void
check_problem (const MtbResponse *response, const char *code, const char *field)
{
  g_autoptr (JsonObject) problem = mtb_test_read_answer (response);

  g_assert_cmpstr (response->content_type, ==, "application/problem+json");
  g_assert_cmpstr (mtb_json_get_text (problem, "title"), ==, code);
  g_assert_cmpstr (mtb_json_get_text (problem, "field"), ==, field);
  g_assert_cmpint (mtb_json_get_number (problem, "status"), ==, response->status);
}

static void
test_batches (Fixture *self, gconstpointer data)
{
  g_autofree char *before = mtb_test_scene_dup_state (self->scene);
  g_autofree char *after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (batches); i++)
    {
      g_autoptr (MtbResponse) response = post (self, batches[i].body);

      g_test_message ("%s", batches[i].body);
      check_problem (response, batches[i].code, batches[i].field);
    }
  after = mtb_test_scene_dup_state (self->scene);
  g_assert_cmpstr (before, ==, after);
}

/* A command that is wrong spoils none beside it. */
static const struct
{
  const char *members;
  const char *field;
} commands[] = {
  { TYPE "," AT, "args" },
  { TYPE "," AT ",\"args\":null", "args" },
  { TYPE "," AT ",\"args\":[]", "args" },
  { TYPE "," AT ",\"args\":{}", "id" },
  { TYPE "," AT ",\"args\":{\"ID\":1}", "ID" },
  { TYPE "," AT ",\"args\":{\"\":1}", "" },
  { "\"type\":\"\"," AT ",\"args\":{}", "type" },
  { "\"type\":\"team\"," AT ",\"args\":{}", "type" },
  { "\"type\":\"Team.add\"," AT ",\"args\":{}", "type" },
  { "\"type\":\"team.add \"," AT ",\"args\":{}", "type" },
  { "\"type\":\"';--\"," AT ",\"args\":{}", "type" },
};

static void
test_wrong_commands (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) json = g_string_new ("{\"protocol\":1,\"commands\":[");
  g_autoptr (GPtrArray) verdicts = NULL;
  const MtbVerdict *last;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *id = mtb_id_new (mtb_time_now ());

      g_string_append_printf (json, "{\"id\":\"%s\",%s},", id, commands[i].members);
    }
  g_string_append (json, "{" ID "," TYPE "," AT "," ARGS "}]}");
  verdicts = post_whole (self, json->str);
  g_assert_cmpuint (verdicts->len, ==, G_N_ELEMENTS (commands) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const MtbVerdict *verdict = g_ptr_array_index (verdicts, i);

      g_assert_error (verdict->error, MTB_ERROR, MTB_ERROR_INVALID);
      g_assert_cmpstr (mtb_error_get_field (verdict->error), ==, commands[i].field);
    }
  last = g_ptr_array_index (verdicts, verdicts->len - 1);
  g_assert_no_error (last->error);
}

static char *
make_batch (MtbTestScene *scene, guint n)
{
  GString *json = g_string_new ("{\"protocol\":1,\"commands\":[");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = mtb_test_scene_dup_id (scene);

      g_string_append_printf (json, "%s{\"id\":\"%s\"," TYPE "," AT ",\"args\":{}}",
                              i > 0 ? "," : "", id);
    }
  g_string_append (json, "]}");
  return g_string_free (json, FALSE);
}

static void
test_huge_batches (Fixture *self, gconstpointer data)
{
  g_autofree char *fits = make_batch (self->scene, MTB_BATCH_MAX);
  g_autofree char *huge = make_batch (self->scene, MTB_BATCH_MAX + 1);
  g_autofree char *blanks = g_strnfill (MTB_BODY_MAX + 1, ' ');
  g_autoptr (GPtrArray) verdicts = post_whole (self, fits);
  g_autoptr (MtbResponse) too_many = post (self, huge);
  g_autoptr (MtbResponse) too_long = post (self, blanks);

  g_assert_cmpuint (verdicts->len, ==, MTB_BATCH_MAX);
  check_problem (too_many, "too_large", NULL);
  check_problem (too_long, "too_large", NULL);
}

/* Addresses */

static const struct
{
  const char *path;
  const char *code;
  const char *field;
} addresses[] = {
  { "/v1/changes", "gone", NULL },
  { "/v1/changes?after=0&epoch=" EPOCH_OF_NOBODY, "gone", NULL },
  { "/v1/changes?after=-1&epoch=E", "invalid", "after" },
  { "/v1/changes?after=&epoch=E", "invalid", "after" },
  { "/v1/changes?after=1e3&epoch=E", "invalid", "after" },
  { "/v1/changes?after=0x10&epoch=E", "invalid", "after" },
  { "/v1/changes?after=+7&epoch=E", "invalid", "after" },
  { "/v1/changes?after=9223372036854775808&epoch=E", "invalid", "after" },
  { "/v1/changes?after=9223372036854775807&epoch=E", "mismatch", NULL },
  { "/v1/changes?after=99999999&epoch=E", "mismatch", NULL },
  { "/v1/changes?epoch=E&head=", "invalid", "head" },
  { "/v1/changes?epoch=E&head=7", "invalid", "head" },
  { "/v1/changes?epoch=E&head=:", "invalid", "head" },
  { "/v1/changes?epoch=E&head=-1:00", "invalid", "head" },
  { "/v1/changes?epoch=E&head=9223372036854775808:00", "invalid", "head" },
  { "/v1/changes?epoch=E&head=9223372036854775807:00", "mismatch", NULL },
  { "/v1/changes?epoch=E&head=1:", "mismatch", NULL },
  { "/v1/changes?epoch=E&head=1:%27%20OR%201=1", "mismatch", NULL },
  { "/v1/reports/calls", "invalid", "from" },
  { "/v1/reports/calls?from=x&to=" HERE, "invalid", "from" },
  { "/v1/reports/calls?from=" HERE, "invalid", "to" },
  { "/v1/reports/calls?from=" HERE "&to=" HERE "&by=everything", "invalid", "by" },
  { "/v1/reports/calls?from=" HERE "&to=" HERE "&colour=red", "invalid", "colour" },
  { "/v1/reports/calls?from=" HERE "&to=" HERE "&%00=1", NULL, NULL },
  { "/v1/reports/", "not_found", NULL },
  { "/v1/reports/..", "not_found", NULL },
  { "/v1/reports/calls/", "not_found", NULL },
  { "/v1/reports/CALLS", "not_found", NULL },
  { "/v1/sessions?person_id=x", "invalid", "person_id" },
  { "/v1/sessions?limit=5", "invalid", "limit" },
  { "/v1/subscribers/x", "not_found", NULL },
  { "/v1/subscribers/..", "not_found", NULL },
  { "/v1/subscribers/%2e%2e", "not_found", NULL },
  { "/v1/subscribers/' OR 1=1 --", "not_found", NULL },
  { "/v1/subscribers/\xff", "not_found", NULL },
  { "/v1/subscribers//", "not_found", NULL },
  { "", "not_found", NULL },
  { "?", "not_found", NULL },
  { "/v1/changes/", "not_found", NULL },
  { "/v1//changes", "not_found", NULL },
  { "/v1/changes%3Fafter=0", "not_found", NULL },
};

static void
test_addresses (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbHead) head = mtb_ledger_read_head (self->scene->store, NULL);
  g_autofree char *epoch = g_strconcat ("epoch=", head->epoch, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GString) path = g_string_new (addresses[i].path);
      g_autoptr (MtbResponse) response = NULL;

      g_string_replace (path, "epoch=E", epoch, 1);
      response = mtb_test_scene_ask (self->scene, "GET", path->str, self->token, NULL);
      g_test_message ("%s", path->str);
      if (addresses[i].code != NULL)
        check_problem (response, addresses[i].code, addresses[i].field);
    }
}

static void
test_long_names (Fixture *self, gconstpointer data)
{
  g_autofree char *letters = g_strnfill (1000000, 'a');
  g_autofree char *card = g_strconcat ("/v1/subscribers/", letters, NULL);
  g_autofree char *search = g_strconcat ("/v1/subscribers?q=", letters, NULL);
  g_autofree char *report = g_strconcat ("/v1/reports/calls?", letters, "=1", NULL);
  g_autofree char *sign_in =
    g_strdup_printf ("{\"username\":\"%s\",\"password\":\"%s\"}", letters, letters);
  g_autoptr (MtbResponse) cards = mtb_test_scene_ask (self->scene, "GET", card, self->token, NULL);
  g_autoptr (MtbResponse) found =
    mtb_test_scene_ask (self->scene, "GET", search, self->token, NULL);
  g_autoptr (MtbResponse) reported =
    mtb_test_scene_ask (self->scene, "GET", report, self->token, NULL);
  g_autoptr (MtbResponse) signed_in =
    mtb_test_scene_ask (self->scene, "POST", "/v1/session", NULL, sign_in);
  g_autoptr (MtbResponse) unknown =
    mtb_test_scene_ask (self->scene, "GET", "/v1/session", letters, NULL);
  g_autoptr (MtbResponse) method =
    mtb_test_scene_ask (self->scene, letters, "/v1/session", self->token, NULL);

  check_problem (cards, "not_found", NULL);
  check_problem (found, "invalid", "q");
  check_problem (reported, "invalid", letters);
  check_problem (signed_in, "too_large", NULL);
  check_problem (unknown, "unauthorized", NULL);
  check_problem (method, "not_found", NULL);
}

/* Passwords */

static const struct
{
  const char *route;
  const char *body;
  const char *code;
  const char *field;
} passwords[] = {
  { "POST/v1/session", "{}", "invalid", "username" },
  { "POST/v1/session", "{\"username\":\"mate\"}", "invalid", "username" },
  { "POST/v1/session", "{\"username\":7,\"password\":\"x\"}", "invalid", "username" },
  { "POST/v1/session", "{\"username\":null,\"password\":[]}", "invalid", "username" },
  { "POST/v1/session", "{\"username\":\"\",\"password\":\"\"}", "unauthorized", NULL },
  { "POST/v1/session", "{\"username\":\"MATE\",\"password\":\"right password\"}", "unauthorized",
    NULL },
  { "POST/v1/session", "{\"username\":\"' OR 1=1 --\",\"password\":\"x\"}", "unauthorized", NULL },
  { "POST/v1/session", "{\"username\":\"operator\",\"password\":\"\"}", "unauthorized", NULL },
  { "PUT/v1/session/password", "{}", "invalid", "old" },
  { "PUT/v1/session/password", "{\"old\":\"right password\"}", "invalid", "new" },
  { "PUT/v1/session/password", "{\"old\":5,\"new\":\"another password\"}", "invalid", "old" },
  { "PUT/v1/session/password", "{\"old\":\"wrong\",\"new\":\"another password\"}", "invalid",
    "old" },
  { "PUT/v1/session/password", "{\"old\":\"right password\",\"new\":\"short\"}", "invalid", "new" },
  { "PUT/v1/session/password", "{\"old\":\"right password\",\"new\":{}}", "invalid", "new" },
  { "POST/v1/people/x/password", NULL, "not_found", NULL },
  { "POST/v1/people/*/password", NULL, "not_found", NULL },
  { "POST/v1/people/00000000-0000-8000-8000-000000000001/password", NULL, "not_found", NULL },
};

static void
test_passwords (Fixture *self, gconstpointer data)
{
  g_autofree char *before = mtb_test_scene_dup_state (self->scene);
  g_autofree char *after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++)
    {
      g_autofree char *method = g_strndup (passwords[i].route, strcspn (passwords[i].route, "/"));
      g_autoptr (MtbResponse) response = mtb_test_scene_ask (
        self->scene, method, strchr (passwords[i].route, '/'), self->token, passwords[i].body);

      g_test_message ("%s %s", passwords[i].route, passwords[i].body);
      check_problem (response, passwords[i].code, passwords[i].field);
    }
  after = mtb_test_scene_dup_state (self->scene);
  g_assert_cmpstr (before, ==, after);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/bad-input/arguments", test_arguments);
  ADD ("/bad-input/batches", test_batches);
  ADD ("/bad-input/wrong-commands", test_wrong_commands);
  ADD ("/bad-input/huge-batches", test_huge_batches);
  ADD ("/bad-input/addresses", test_addresses);
  ADD ("/bad-input/long-names", test_long_names);
  ADD ("/bad-input/passwords", test_passwords);
  return g_test_run ();
}
