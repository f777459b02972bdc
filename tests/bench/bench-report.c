/* The calls report of a month, out of the running totals and counted anew, beside plain SQL over the
 * same calls. */

#include "bench-report.h"

#include "bench-check.h"
#include "bench-table.h"
#include "mtb-authority.h"
#include "mtb-id.h"
#include "mtb-person.h"
#include "mtb-report-query.h"
#include "mtb-time.h"
#include "mtb-viewer.h"

#include <glib/gstdio.h>

#define FROM "2026-03-01T00:00:00.000Z"

/* Every fifth caller hangs up; the rest is taken by one of 500 agents. */
#define CALLS \
  "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :n - 1)" \
  " INSERT INTO pbx_call (id, reference, queue, person_id, entered_at, connected_at, ended_at," \
  " wait_s, talk_s, outcome, threshold_s) SELECT" \
  " printf ('%08x-0000-4000-8000-000000000000', i), 'r' || i, 'queue ' || (i % 8)," \
  " CASE WHEN i % 5 > 0 THEN printf ('%08x-0000-4000-8000-000000000001', i * 7 % 500) END, t, " \
  " CASE WHEN i % 5 > 0 THEN t + 20000 END, t + 200000, i * 13 % 45," \
  " CASE WHEN i % 5 > 0 THEN i * 11 % 400 END," \
  " CASE WHEN i % 5 > 0 THEN 'completed' ELSE 'abandoned' END, 20" \
  " FROM (SELECT i, CAST (:from AS BIGINT) + i * 2592000000 / :n AS t FROM n)"

#define PLAIN \
  "SELECT COUNT (*) FROM (SELECT queue, entered_at / 1800000, COUNT (*)," \
  " SUM (outcome = 'completed'), SUM (outcome = 'abandoned')," \
  " SUM (outcome = 'abandoned' AND wait_s <= threshold_s)," \
  " SUM (outcome = 'abandoned' AND wait_s > threshold_s)," \
  " SUM (outcome = 'completed' AND wait_s > threshold_s)," \
  " SUM (CASE WHEN outcome = 'completed' THEN wait_s END), SUM (talk_s)" \
  " FROM pbx_call WHERE entered_at >= :from GROUP BY queue, entered_at / 1800000)"

static double
get_spent (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000;
}

static double
time_plain (MtbStore *store)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  gint64 n;

  check (mtb_store_select_number (
           store, PLAIN, MTB_PARAMETERS (MTB_NUMBER ("from", mtb_time_parse (FROM))), &n, &error),
         error);
  return get_spent (start);
}

static double
time_recount (MtbAuthority *authority, gint64 n_wanted)
{
  g_auto (MtbTotalsFault) fault = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  check (mtb_authority_recount (authority, &fault, &error), error);
  if ((fault.n_wrong == 0) != (n_wanted == 0))
    g_error ("%" G_GINT64_FORMAT " totals were wrong", fault.n_wrong);
  return get_spent (start);
}

static double
time_report (MtbStore *store, const MtbViewer *viewer, MtbReportBy by, gint64 n_calls)
{
  g_autoptr (MtbCallsReport) report = mtb_record_new (mtb_calls_report_query.arguments);
  g_autoptr (MtbCallsReportRow) sum = mtb_record_new (mtb_calls_report_query.rows);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  double spent;
  gint64 start = g_get_monotonic_time ();

  report->from = mtb_time_parse (FROM);
  report->to = report->from + 31 * MTB_DAY;
  report->by = by;
  rows = mtb_calls_report_query.run (store, viewer, report, &error);
  spent = get_spent (start);
  check (rows != NULL, error);
  for (guint i = 0; i < rows->len; i++)
    mtb_calls_report_add (sum, g_ptr_array_index (rows, i));
  if (sum->answered != n_calls - (n_calls + 4) / 5)
    g_error ("the report has %" G_GINT64_FORMAT " answered calls", sum->answered);
  return spent;
}

static MtbViewer *
new_viewer (MtbStore *store)
{
  g_autoptr (MtbPerson) person = mtb_record_new (&mtb_person_table.shape);
  g_autoptr (GError) error = NULL;
  MtbViewer *viewer;

  person->id = mtb_id_new (0);
  person->username = g_strdup ("bench");
  person->display_name = g_strdup ("bench");
  person->roles = MTB_ROLE_MANAGER;
  person->active = 1;
  check (mtb_store_put (store, person, &error), error);
  viewer = mtb_viewer_load (store, person->id, &error);
  check (viewer != NULL, error);
  return viewer;
}

static void
print_ratio (const char *name, BenchSeries *times, double plain)
{
  double median = bench_series_get_median (times);

  bench_table_times (name, times);
  bench_table_note ("%-34s %.3f times as long as plain SQL", "", median / plain);
}

static void
measure (MtbAuthority *authority, guint n_calls, guint n_rounds)
{
  static const struct
  {
    MtbReportBy by;
    const char *name;
  } reports[] = {
    { MTB_REPORT_BY_QUEUE, "report by queue" },
    { MTB_REPORT_BY_SLOT, "report by half-hour" },
    { MTB_REPORT_BY_AGENT, "report by agent" },
  };

  MtbStore *store = mtb_authority_get_store (authority);
  g_autoptr (MtbViewer) viewer = new_viewer (store);
  g_autoptr (BenchSeries) plain = bench_series_new ();
  g_autoptr (BenchSeries) recounts = bench_series_new ();
  double bare;

  time_recount (authority, n_calls);
  for (guint i = 0; i < n_rounds; i++)
    {
      bench_series_add (plain, time_plain (store));
      bench_series_add (recounts, time_recount (authority, 0));
    }
  bare = bench_series_get_median (plain);
  bench_table_times ("plain SQL, by queue and half-hour", plain);
  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    {
      g_autoptr (BenchSeries) times = bench_series_new ();

      for (guint j = 0; j < 10 * n_rounds; j++)
        bench_series_add (times, time_report (store, viewer, reports[i].by, n_calls));
      print_ratio (reports[i].name, times, bare);
    }
  print_ratio ("full recount", recounts, bare);
}

void
bench_report (guint n_calls, guint n_rounds)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("mutabaa-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "department.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autofree char *title =
    g_strdup_printf ("The calls report of a month with %u calls, 8 queues, 500 agents", n_calls);
  MtbAuthority *authority = mtb_authority_open (uri, &error);

  check (authority != NULL
           && mtb_store_run (
             mtb_authority_get_store (authority), CALLS,
             MTB_PARAMETERS (MTB_NUMBER ("n", n_calls), MTB_NUMBER ("from", mtb_time_parse (FROM))),
             &error),
         error);
  bench_table_head (title, NULL);
  measure (authority, n_calls, n_rounds);
  mtb_authority_free (authority);
  g_unlink (path);
  g_rmdir (folder);
}
