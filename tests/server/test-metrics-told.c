/* To whom the metrics are told, and how words stand in them. */

#include "mtb-metrics.h"
#include "mtb-service.h"

#include <glib/gstdio.h>

static guint
ask (MtbService *service, const char *origin)
{
  g_autoptr (MtbRequest) request = mtb_request_new ("GET", "/metrics", NULL, origin, NULL, NULL);
  g_autoptr (MtbResponse) response = mtb_service_handle (service, request);

  return response->status;
}

static void
test_origins (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("mutabaa-test-XXXXXX", NULL);
  g_autofree char *database = g_strdup_printf ("sqlite:%s/department.db", folder);
  MtbService *service = mtb_service_new (database, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ask (service, "127.0.0.1"), ==, 200);
  g_assert_cmpuint (ask (service, "::1"), ==, 200);
  g_assert_cmpuint (ask (service, "local"), ==, 200);
  g_assert_cmpuint (ask (service, "192.0.2.1"), ==, 403);
  g_assert_cmpuint (ask (service, "nowhere"), ==, 403);
  g_assert_cmpuint (ask (service, NULL), ==, 403);
  mtb_service_free (service);
  g_unlink (database + strlen ("sqlite:"));
  g_rmdir (folder);
}

static void
test_words (void)
{
  g_autofree char *text = NULL;

  mtb_metrics_add (MTB_METRIC_COMMANDS, MTB_LABELS ("a\"b", "c\\d\ne"), 3);
  mtb_metrics_add (MTB_METRIC_COMMANDS, MTB_LABELS ("a\"b", "c\\d\ne"), 4);
  text = mtb_metrics_write ();
  g_assert_nonnull (
    strstr (text, "\nmutabaa_commands_total{type=\"a\\\"b\",verdict=\"c\\\\d\\ne\"} 7\n"));
}

/* A value that lies on a bound is below it. */
static void
test_buckets (void)
{
  g_autofree char *text = NULL;

  for (guint i = 1; i <= 3; i++)
    mtb_metrics_observe (MTB_METRIC_GROUP_SIZE, NULL, i);
  mtb_metrics_observe (MTB_METRIC_GROUP_SIZE, NULL, 5000);
  text = mtb_metrics_write ();
  g_assert_nonnull (strstr (text, "\nmutabaa_group_commands_bucket{le=\"1\"} 1\n"));
  g_assert_nonnull (strstr (text, "\nmutabaa_group_commands_bucket{le=\"2\"} 2\n"));
  g_assert_nonnull (strstr (text, "\nmutabaa_group_commands_bucket{le=\"1000\"} 3\n"));
  g_assert_nonnull (strstr (text, "\nmutabaa_group_commands_bucket{le=\"+Inf\"} 4\n"));
  g_assert_nonnull (strstr (text, "\nmutabaa_group_commands_sum 5006\n"));
  g_assert_nonnull (strstr (text, "\nmutabaa_group_commands_count 4\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/metrics/words", test_words);
  g_test_add_func ("/metrics/buckets", test_buckets);
  g_test_add_func ("/metrics/origins", test_origins);
  return g_test_run ();
}
