#include "mtb-error.h"
#include "mtb-status.h"

#include <gio/gio.h>
#include <string.h>

/* Codes and statuses as the contract has them. */
static const struct
{
  MtbError error;
  const char *code;
  guint http;
} contract[] = {
  { MTB_ERROR_INVALID, "invalid", 400 },
  { MTB_ERROR_FORBIDDEN, "forbidden", 403 },
  { MTB_ERROR_NOT_FOUND, "not_found", 404 },
  { MTB_ERROR_CONFLICT, "conflict", 409 },
  { MTB_ERROR_ONLINE_ONLY, "online_only", 409 },
  { MTB_ERROR_UNAUTHORIZED, "unauthorized", 401 },
  { MTB_ERROR_PASSWORD_CHANGE, "password_change", 403 },
  { MTB_ERROR_DISMISSED, "dismissed", 403 },
  { MTB_ERROR_GONE, "gone", 410 },
  { MTB_ERROR_MISMATCH, "mismatch", 409 },
  { MTB_ERROR_TOO_LARGE, "too_large", 413 },
  { MTB_ERROR_TOO_OLD, "too_old", 426 },
  { MTB_ERROR_TOO_MANY, "too_many", 429 },
  { MTB_ERROR_UNREACHABLE, "unreachable", 503 },
  { MTB_ERROR_STORAGE, "storage", 503 },
};

static void
test_codes_both_ways (void)
{
  g_assert_cmpint (G_N_ELEMENTS (contract), ==, MTB_ERROR_STORAGE + 1);
  for (guint i = 0; i < G_N_ELEMENTS (contract); i++)
    {
      g_autoptr (GError) error = mtb_status_new_error (contract[i].code, "why", "notes");

      g_assert_error (error, MTB_ERROR, (int) contract[i].error);
      g_assert_cmpstr (error->message, ==, "why");
      g_assert_cmpstr (mtb_error_get_field (error), ==, "notes");
      g_assert_cmpstr (mtb_status_get_code (error), ==, contract[i].code);
      g_assert_cmpuint (mtb_status_get_http (error), ==, contract[i].http);
    }
}

static void
test_problems_both_ways (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (contract); i++)
    {
      g_autoptr (GError) error =
        g_error_new_literal (MTB_ERROR, (int) contract[i].error, "\"why\"");
      g_autoptr (GError) read = NULL;
      g_autofree char *body = NULL;

      mtb_error_set_field (error, "notes");
      mtb_error_set_wait_s (error, i);
      body = mtb_status_write_problem (error, NULL);
      read = mtb_status_read_problem (contract[i].http, body, strlen (body));
      g_assert_error (read, MTB_ERROR, (int) contract[i].error);
      g_assert_cmpstr (mtb_error_get_field (read), ==, "notes");
      g_assert_cmpint (mtb_error_get_wait_s (read), ==, i);
      if (contract[i].error != MTB_ERROR_STORAGE)
        g_assert_cmpstr (read->message, ==, "\"why\"");
    }
}

/* What is wrong inside is told to nobody outside. */
static void
test_the_inside_is_not_told (void)
{
  g_autoptr (GError) storage =
    g_error_new_literal (MTB_ERROR, MTB_ERROR_STORAGE, "/var/secret.db is locked");
  g_autoptr (GError) foreign =
    g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "/var/secret.db is locked");
  g_autofree char *one = mtb_status_write_problem (storage, NULL);
  g_autofree char *other = mtb_status_write_problem (foreign, NULL);

  g_assert_null (strstr (one, "secret"));
  g_assert_null (strstr (other, "secret"));
  g_assert_nonnull (strstr (other, "\"status\":503"));
  g_assert_cmpstr (mtb_status_get_code (foreign), ==, "storage");
}

static void
test_what_is_no_problem_of_ours (void)
{
  static const char *const bodies[] = { "", "<html>502</html>", "{}", "{\"title\":5}" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = mtb_status_read_problem (502, bodies[i], strlen (bodies[i]));

      g_assert_error (error, MTB_ERROR, MTB_ERROR_UNREACHABLE);
    }
}

/* Only a judgement of the command may be recorded; failures of the machinery may not. */
static void
test_verdicts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (contract); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (MTB_ERROR, (int) contract[i].error, "why");
      gboolean verdict = i < 5;

      g_assert_cmpint (mtb_error_is_verdict (error), ==, verdict);
    }
}

static void
test_unknown_codes_are_no_verdict (void)
{
  g_autoptr (GError) error = mtb_status_new_error ("of the future", NULL, NULL);
  g_autoptr (GError) none = mtb_status_new_error (NULL, NULL, NULL);

  g_assert_false (mtb_error_is_verdict (error));
  g_assert_false (mtb_error_is_verdict (none));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/status/codes", test_codes_both_ways);
  g_test_add_func ("/wire/status/problems", test_problems_both_ways);
  g_test_add_func ("/wire/status/inside", test_the_inside_is_not_told);
  g_test_add_func ("/wire/status/not-ours", test_what_is_no_problem_of_ours);
  g_test_add_func ("/wire/status/verdicts", test_verdicts);
  g_test_add_func ("/wire/status/unknown", test_unknown_codes_are_no_verdict);
  return g_test_run ();
}
