#include "mtb-error.h"
#include "mtb-json.h"
#include "mtb-limits.h"
#include "mtb-scan.h"

#include <string.h>

/* json-glib's own parser says the same. */
static void
check_tree (JsonNode *node, const char *body, gsize length)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_true (json_parser_load_from_data (parser, body, (gssize) length, NULL));
  g_assert_true (json_node_equal (node, json_parser_get_root (parser)));
}

static void
take (const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = mtb_scan (body, strlen (body), &error);

  g_assert_no_error (error);
  check_tree (node, body, strlen (body));
}

static void
refuse_bytes (const char *body, gsize length, MtbError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = mtb_scan (body, length, &error);

  g_assert_null (node);
  g_assert_error (error, MTB_ERROR, (int) code);
}

static void
refuse (const char *body)
{
  refuse_bytes (body, strlen (body), MTB_ERROR_INVALID);
}

static char *
nest (guint depth, gboolean closed)
{
  GString *body = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append_c (body, '[');
  for (guint i = 0; closed && i < depth; i++)
    g_string_append_c (body, ']');
  return g_string_free (body, FALSE);
}

static void
test_json_is_taken (void)
{
  static const char *const bodies[] = {
    "{}",
    " [ ] \n",
    "{\"a\":1,\"b\":[true,false,null,\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\"]}",
    "{\"a\":{\"a\":{\"a\":-5}},\"أحمد\":\"😀 \\ud83d\\ude00\"}",
    "0",
    "-0",
    "\"\"",
    "[9007199254740991,-9007199254740991]",
    "[\"a\\u0001\",\"// no comment\",\"/* none */\"]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    take (bodies[i]);
}

static void
test_nesting (void)
{
  g_autofree char *deep = nest (100000, FALSE);
  g_autofree char *limit = nest (MTB_DEPTH_MAX, TRUE);
  g_autofree char *beyond = nest (MTB_DEPTH_MAX + 1, TRUE);

  refuse (deep);
  take (limit);
  refuse (beyond);
}

static void
test_objects_count_for_depth (void)
{
  GString *body = g_string_new (NULL);

  for (guint i = 0; i < 100000; i++)
    g_string_append (body, "{\"a\":");
  refuse (body->str);
  g_string_free (body, TRUE);
}

static void
test_numbers (void)
{
  static const char *const bodies[] = {
    "9007199254740992",
    "-9007199254740992",
    "9223372036854775808",
    "[18446744073709551616]",
    "1.5",
    "1.0",
    "1e3",
    "1E3",
    "01",
    "-",
    "+1",
    ".5",
    "0x10",
    "NaN",
    "Infinity",
    "-01",
    "99999999999999999999999999999999999999999999999999",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    refuse (bodies[i]);
}

static void
test_strings (void)
{
  static const char *const bodies[] = {
    "\"\\u0000\"", "{\"a\\u0000b\":1}",  "\"a",    "\"\\",
    "\"\\u12\"",   "\"\\x41\"",          "\"\n\"", "\"\\ud83d\"",
    "\"\\ude00\"", "\"\\ud83d\\u0041\"", "'a'",    "\"\\u00g0\"",
    "\"\x01\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    refuse (bodies[i]);
}

static void
test_doubled_keys (void)
{
  refuse ("{\"a\":1,\"a\":2}");
  refuse ("{\"a\":1,\"b\":{\"c\":1,\"c\":1}}");
  refuse ("{\"a\":1,\"\\u0061\":2}");
  take ("{\"a\":{\"a\":1},\"b\":{\"a\":1}}");
}

static void
test_members (void)
{
  GString *body = g_string_new ("{");

  for (guint i = 0; i < MTB_MEMBERS_MAX; i++)
    g_string_append_printf (body, "%s\"k%u\":0", i > 0 ? "," : "", i);
  g_string_append (body, "}");
  take (body->str);
  g_string_truncate (body, body->len - 1);
  g_string_append (body, ",\"one more\":0}");
  refuse (body->str);
  g_string_free (body, TRUE);
}

/* A body of nothing but small objects would become a hundred times as large in the memory. */
static void
test_values (void)
{
  GString *body = g_string_new ("[{}");

  for (guint i = 2; i < MTB_VALUES_MAX; i++)
    g_string_append (body, ",{}");
  g_string_append_c (body, ']');
  take (body->str);
  g_string_truncate (body, body->len - 1);
  g_string_append (body, ",0]");
  refuse_bytes (body->str, body->len, MTB_ERROR_TOO_LARGE);
  g_string_free (body, TRUE);
}

static void
test_what_is_not_json (void)
{
  static const char *const bodies[] = {
    "",           " ",
    "{} {}",      "{}\n[]",
    "{},",        "{} // c",
    "/* c */ {}", "{\"a\":1,}",
    "[1,]",       "[,1]",
    "{,}",        "{a:1}",
    "{\"a\" 1}",  "{\"a\":}",
    "{",          "[",
    "]",          "{\"a\":1]",
    "tru",        "True",
    "nul",        "[1 2]",
    "# c\n{}",    "{\"a\":1}}",
    "[1;2]",      "\xef\xbb\xbf{}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    refuse (bodies[i]);
}

static void
test_bytes (void)
{
  refuse ("\"\xff\"");
  refuse ("\"\xc0\xaf\"");
  refuse ("\"\xed\xa0\x80\"");
  refuse ("\"\xd8\"");
  refuse_bytes ("{}\0{}", 5, MTB_ERROR_INVALID);
  refuse_bytes ("{}\0", 3, MTB_ERROR_INVALID);
  refuse_bytes ("\"a\0b\"", 5, MTB_ERROR_INVALID);
}

static void
test_too_large (void)
{
  g_autofree char *body = g_strnfill (MTB_BODY_MAX + 1, ' ');
  g_autoptr (JsonNode) node = NULL;

  body[MTB_BODY_MAX - 1] = '0';
  refuse_bytes (body, MTB_BODY_MAX + 1, MTB_ERROR_TOO_LARGE);
  node = mtb_scan (body, MTB_BODY_MAX, NULL);
  g_assert_cmpint (json_node_get_int (node), ==, 0);
}

/* However a good body is cut off or spoilt, the scan ends, and reads what it takes as the parser does. */
static void
test_spoilt_bodies (void)
{
  static const char good[] = "{\"a\":[1,-20,{\"b\":\"\\ud83d\\ude00 ح\"}],\"c\":null,\"d\":true}";
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);

  for (gsize length = 0; length < sizeof good - 1; length++)
    refuse_bytes (good, length, MTB_ERROR_INVALID);
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *spoilt = g_strdup (good);
      g_autoptr (JsonNode) node = NULL;

      spoilt[g_rand_int_range (rand, 0, sizeof good - 1)] = (char) g_rand_int_range (rand, 1, 256);
      node = mtb_scan (spoilt, sizeof good - 1, NULL);
      if (node != NULL)
        check_tree (node, spoilt, sizeof good - 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/scan/json-is-taken", test_json_is_taken);
  g_test_add_func ("/wire/scan/nesting", test_nesting);
  g_test_add_func ("/wire/scan/objects-count-for-depth", test_objects_count_for_depth);
  g_test_add_func ("/wire/scan/numbers", test_numbers);
  g_test_add_func ("/wire/scan/strings", test_strings);
  g_test_add_func ("/wire/scan/doubled-keys", test_doubled_keys);
  g_test_add_func ("/wire/scan/members", test_members);
  g_test_add_func ("/wire/scan/values", test_values);
  g_test_add_func ("/wire/scan/not-json", test_what_is_not_json);
  g_test_add_func ("/wire/scan/bytes", test_bytes);
  g_test_add_func ("/wire/scan/too-large", test_too_large);
  g_test_add_func ("/wire/scan/spoilt", test_spoilt_bodies);
  return g_test_run ();
}
