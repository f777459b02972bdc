#include "mtb-call.h"
#include "mtb-error.h"
#include "mtb-limits.h"
#include "mtb-message.h"
#include "mtb-status.h"
#include "mtb-test-record.h"

#include <string.h>

static GPtrArray *
read_commands (const char *body, GError **error)
{
  g_autoptr (JsonObject) object = mtb_json_read (body, strlen (body), error);

  return object != NULL ? mtb_message_read_commands (object, error) : NULL;
}

static void
refuse_commands (const char *body, MtbError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) envelopes = read_commands (body, &error);

  g_assert_null (envelopes);
  g_assert_error (error, MTB_ERROR, (int) code);
}

static void
add_envelope (GPtrArray *envelopes, const MtbCommand *command, GRand *rand)
{
  g_autofree char *name = g_strdup_printf ("%u", envelopes->len);
  MtbEnvelope *envelope = mtb_envelope_new (mtb_test_make_record (&command->shape, rand),
                                            mtb_test_id (name), envelopes->len, 1795385888123);

  envelope->settle = envelopes->len % 3 == 0;
  g_ptr_array_add (envelopes, envelope);
}

static void
test_commands_return (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  g_autoptr (GPtrArray) sent = g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_envelope_free);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;

  for (guint i = 0; mtb_commands[i] != NULL; i++)
    if ((mtb_commands[i]->flags & MTB_COMMAND_INTERNAL) == 0)
      add_envelope (sent, mtb_commands[i], rand);
  body = mtb_message_write_commands (mtb_test_id ("epoch"), "41:abc", sent);
  g_assert_nonnull (strstr (body, "\"head\":\"41:abc\""));
  read = read_commands (body, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, sent->len);
  for (guint i = 0; i < sent->len; i++)
    {
      const MtbEnvelope *a = g_ptr_array_index (sent, i);
      const MtbEnvelope *b = g_ptr_array_index (read, i);

      g_assert_no_error (b->error);
      g_assert_cmpstr (a->id, ==, b->id);
      g_assert_cmpstr (a->type, ==, b->type);
      g_assert_cmpint (a->n, ==, b->n);
      g_assert_cmpint (a->given_at, ==, b->given_at);
      g_assert_cmpint (a->settle, ==, b->settle);
      g_assert_true (mtb_record_equal (a->arguments, b->arguments));
    }
}

static void
check_spoilt (const char *command, const char *field)
{
  g_autofree char *body = g_strdup_printf ("{\"protocol\":1,\"commands\":[%s]}", command);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) envelopes = read_commands (body, &error);
  const MtbEnvelope *envelope;

  g_assert_no_error (error);
  g_assert_cmpuint (envelopes->len, ==, 1);
  envelope = g_ptr_array_index (envelopes, 0);
  g_assert_null (envelope->arguments);
  g_assert_error (envelope->error, MTB_ERROR, MTB_ERROR_INVALID);
  g_assert_cmpstr (mtb_error_get_field (envelope->error), ==, field);
}

#define HEAD \
  "{\"id\":\"01234567-89ab-7000-8000-0123456789ab\",\"n\":1,\"at\":\"2026-11-22T22:18:08.123Z\","

/* One command that cannot be read does not spoil the batch. */
static void
test_arguments_that_cannot_be_read (void)
{
  check_spoilt (HEAD "\"type\":\"call.log\",\"args\":{\"notes\":5}}", "notes");
  check_spoilt (HEAD "\"type\":\"call.log\",\"args\":{\"nothing\":5}}", "nothing");
  check_spoilt (HEAD "\"type\":\"call.log\"}", "args");
  check_spoilt (HEAD "\"type\":\"call.log\",\"args\":[]}", "args");
  check_spoilt (HEAD "\"type\":\"no.such\",\"args\":{}}", "type");
  check_spoilt (HEAD "\"type\":\"session.begin\",\"args\":{}}", "type");
}

static void
test_batches_that_cannot_be_read (void)
{
  refuse_commands ("{\"commands\":[]}", MTB_ERROR_TOO_OLD);
  refuse_commands ("{\"protocol\":2,\"commands\":[]}", MTB_ERROR_TOO_OLD);
  refuse_commands ("{\"protocol\":1}", MTB_ERROR_INVALID);
  refuse_commands ("{\"protocol\":1,\"commands\":{}}", MTB_ERROR_INVALID);
  refuse_commands ("{\"protocol\":1,\"commands\":[5]}", MTB_ERROR_INVALID);
  refuse_commands ("{\"protocol\":1,\"commands\":[{}]}", MTB_ERROR_INVALID);
  refuse_commands ("{\"protocol\":1,\"commands\":[{\"id\":\"x\",\"type\":\"call.log\","
                   "\"at\":\"2026-11-22T22:18:08.123Z\",\"args\":{}}]}",
                   MTB_ERROR_INVALID);
  refuse_commands ("{\"protocol\":1,\"commands\":[" HEAD "\"args\":{}}]}", MTB_ERROR_INVALID);
}

static void
test_batch_limit (void)
{
  GString *body = g_string_new ("{\"protocol\":1,\"commands\":[");

  for (guint i = 0; i <= MTB_BATCH_MAX; i++)
    g_string_append (body, i > 0 ? ",{}" : "{}");
  g_string_append (body, "]}");
  refuse_commands (body->str, MTB_ERROR_TOO_LARGE);
  g_string_free (body, TRUE);
}

static JsonObject *
finish (GString *json)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  g_string_append_c (json, '}');
  object = mtb_json_read (json->str, json->len, &error);
  g_assert_no_error (error);
  g_string_free (json, TRUE);
  return object;
}

static void
test_verdicts_return (void)
{
  g_autoptr (GPtrArray) sent = g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_verdict_free);
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GError) error = NULL;
  GString *json = g_string_new ("{");
  const MtbVerdict *verdict;

  g_ptr_array_add (sent, mtb_verdict_new (mtb_test_id ("a"), 7, NULL));
  g_ptr_array_add (sent, mtb_verdict_new (mtb_test_id ("b"), 8,
                                          mtb_status_new_error ("conflict", "why", "version")));
  mtb_message_append_verdicts (json, sent);
  body = finish (json);
  read = mtb_message_read_verdicts (body, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, 2);
  verdict = g_ptr_array_index (read, 0);
  g_assert_true (verdict->applied);
  g_assert_cmpstr (verdict->id, ==, mtb_test_id ("a"));
  g_assert_cmpint (verdict->seq, ==, 7);
  verdict = g_ptr_array_index (read, 1);
  g_assert_false (verdict->applied);
  g_assert_error (verdict->error, MTB_ERROR, MTB_ERROR_CONFLICT);
  g_assert_cmpstr (verdict->error->message, ==, "why");
  g_assert_cmpstr (mtb_error_get_field (verdict->error), ==, "version");
}

/* An answer that is not whole says nothing of any command. */
static void
test_verdicts_that_cannot_be_read (void)
{
  static const char *const bodies[] = {
    "{}",
    "{\"results\":5}",
    "{\"results\":[5]}",
    "{\"results\":[{\"id\":\"a\"}]}",
    "{\"results\":[{\"id\":\"a\",\"status\":\"rejected\"}]}",
    "{\"results\":[{\"id\":\"a\",\"status\":\"applied\"},{\"status\":\"applied\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) body = mtb_json_read (bodies[i], strlen (bodies[i]), NULL);
      g_autoptr (GPtrArray) verdicts = mtb_message_read_verdicts (body, &error);

      g_assert_null (verdicts);
      g_assert_error (error, MTB_ERROR, MTB_ERROR_UNREACHABLE);
    }
}

static void
test_server_returns (void)
{
  g_auto (MtbServerInfo) sent = { g_strdup ("epoch"), 42, g_strdup ("41:abc"), 1795385888123 };
  g_auto (MtbServerInfo) read = { 0 };
  g_autoptr (JsonObject) body = NULL;
  GString *json = g_string_new ("{");

  mtb_message_append_server (json, &sent);
  body = finish (json);
  g_assert_true (mtb_message_read_server (body, &read));
  g_assert_cmpstr (read.epoch, ==, "epoch");
  g_assert_cmpstr (read.head, ==, "41:abc");
  g_assert_cmpint (read.seq, ==, 42);
  g_assert_cmpint (read.time, ==, 1795385888123);
}

static void
test_server_that_says_nothing (void)
{
  g_auto (MtbServerInfo) info = { 0 };
  g_autoptr (JsonObject) nothing = json_object_new ();
  g_autoptr (JsonObject) part = mtb_json_read ("{\"server\":{\"seq\":1}}", 20, NULL);

  g_assert_false (mtb_message_read_server (nothing, &info));
  g_assert_false (mtb_message_read_server (part, &info));
}

static gboolean
note_change (const char *table, const char *id, gconstpointer row, gpointer data, GError **error)
{
  g_autofree char *text = row != NULL ? mtb_json_write_record (row) : g_strdup ("-");

  g_string_append_printf (data, "%s %s %s\n", table, id, text);
  return TRUE;
}

static void
test_changes_return (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (GString) noted = g_string_new (NULL);
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GError) error = NULL;
  GString *json = g_string_new ("{");

  mtb_json_append_member (json, "changes");
  g_string_append_c (json, '[');
  for (gint64 seq = 0; mtb_tables[seq] != NULL; seq++)
    {
      const MtbShape *shape = &mtb_tables[seq]->shape;
      gpointer row = seq % 3 != 0 ? mtb_test_make_record (shape, rand) : NULL;

      mtb_message_append_change (json, seq, shape->name, "some id", row);
      note_change (shape->name, "some id", row, expected, NULL);
      mtb_record_unref (row);
    }
  mtb_message_append_change (json, 99, "window", "2026-11-22T00:00:00.000Z", NULL);
  note_change ("window", "2026-11-22T00:00:00.000Z", NULL, expected, NULL);
  g_string_append_c (json, ']');
  body = finish (json);
  g_assert_true (mtb_message_read_changes (body, note_change, noted, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (noted->str, ==, expected->str);
}

/* A server that is newer than the desk says rows which the desk would drop. */
static void
test_changes_of_the_future (void)
{
  static const char *const bodies[] = {
    "{\"changes\":[{\"seq\":1,\"table\":\"future\",\"id\":\"a\",\"row\":{\"id\":\"a\"}}]}",
    "{\"changes\":[{\"seq\":1,\"table\":\"team\",\"id\":\"a\",\"row\":{\"new\":\"a\"}}]}",
    "{\"changes\":[5]}",
    "{}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) noted = g_string_new (NULL);
      g_autoptr (JsonObject) body = mtb_json_read (bodies[i], strlen (bodies[i]), NULL);

      g_assert_false (mtb_message_read_changes (body, note_change, noted, &error));
      g_assert_nonnull (error);
      g_assert_cmpstr (noted->str, ==, "");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/message/commands", test_commands_return);
  g_test_add_func ("/wire/message/arguments", test_arguments_that_cannot_be_read);
  g_test_add_func ("/wire/message/batches", test_batches_that_cannot_be_read);
  g_test_add_func ("/wire/message/batch-limit", test_batch_limit);
  g_test_add_func ("/wire/message/verdicts", test_verdicts_return);
  g_test_add_func ("/wire/message/broken-verdicts", test_verdicts_that_cannot_be_read);
  g_test_add_func ("/wire/message/server", test_server_returns);
  g_test_add_func ("/wire/message/silent-server", test_server_that_says_nothing);
  g_test_add_func ("/wire/message/changes", test_changes_return);
  g_test_add_func ("/wire/message/future-changes", test_changes_of_the_future);
  return g_test_run ();
}
