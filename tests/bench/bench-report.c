/* The calls report of a month, out of the running totals and counted anew, beside DuckDB over the same
 * calls, which is all in memory and on all cores. It has to come to the same figures. */

#include "bench-report.h"

#include "bench-check.h"
#include "bench-peer.h"
#include "bench-rows.h"
#include "bench-scratch.h"
#include "bench-table.h"
#include "mtb-authority.h"
#include "mtb-id.h"
#include "mtb-pbx.h"
#include "mtb-person.h"
#include "mtb-report-query.h"
#include "mtb-time.h"
#include "mtb-viewer.h"

#include <stdio.h>

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

/* What is counted of a call, and nothing done with it. */
#define COUNTED \
  "SELECT queue, person_id, entered_at, connected_at, wait_s, talk_s, outcome, threshold_s" \
  " FROM pbx_call"

#define FIGURES \
  "SELECT group_concat (line, ';') FROM (SELECT queue || ',' || slot_at || ',' || offered || ','" \
  " || answered || ',' || abandoned || ',' || short_abandons || ',' || left_after || ','" \
  " || answered_late || ',' || answered_wait_s || ',' || talk_s AS line" \
  " FROM queue_total ORDER BY queue, slot_at)"

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

static const struct
{
  MtbReportBy by;
  const char *name;
} reports[] = {
  { MTB_REPORT_BY_QUEUE, "report by queue, from running totals" },
  { MTB_REPORT_BY_SLOT, "report by half-hour" },
  { MTB_REPORT_BY_AGENT, "report by agent" },
};

/* Medians in milliseconds, and the figures by queue and half-hour in words. */
typedef struct
{
  double read;
  double plain;
  double recount;
  double reports[G_N_ELEMENTS (reports)];
  char *figures;
} Measured;

static void
measured_clear (Measured *self)
{
  g_free (self->figures);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Measured, measured_clear)

static void
measure_counting (MtbAuthority *authority, guint n_calls, guint n_rounds, Measured *measured)
{
  g_autoptr (BenchSeries) plain = bench_series_new ();
  g_autoptr (BenchSeries) recounts = bench_series_new ();

  time_recount (authority, n_calls);
  for (guint i = 0; i < n_rounds; i++)
    {
      bench_series_add (plain, time_plain (mtb_authority_get_store (authority)));
      bench_series_add (recounts, time_recount (authority, 0));
    }
  measured->plain = bench_series_get_median (plain);
  measured->recount = bench_series_get_median (recounts);
}

static void
measure_reports (MtbStore *store, guint n_calls, guint n_rounds, Measured *measured)
{
  g_autoptr (MtbViewer) viewer = new_viewer (store);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    {
      g_autoptr (BenchSeries) times = bench_series_new ();

      for (guint j = 0; j < 10 * n_rounds; j++)
        bench_series_add (times, time_report (store, viewer, reports[i].by, n_calls));
      measured->reports[i] = bench_series_get_median (times);
    }
  measured->figures = mtb_store_select_text (store, FIGURES, NULL, &error);
  check (error == NULL, error);
}

static void
add_number (FILE *file, gint64 number, char end)
{
  if (number != MTB_ABSENT)
    fprintf (file, "%" G_GINT64_FORMAT, number);
  putc (end, file);
}

static gboolean
add_call (gpointer record, gpointer data, GError **error)
{
  const MtbPbxCall *call = record;
  FILE *file = data;

  fprintf (file, "%s,%s,%s,", call->queue, call->person_id != NULL ? call->person_id : "",
           mtb_outcome_words[call->outcome]);
  add_number (file, call->entered_at, ',');
  add_number (file, call->wait_s, ',');
  add_number (file, call->talk_s, ',');
  add_number (file, call->threshold_s, '\n');
  return TRUE;
}

static void
write_calls (MtbStore *store, const char *path)
{
  g_autoptr (GError) error = NULL;
  FILE *file = fopen (path, "we");

  if (file == NULL)
    g_error ("%s cannot be written", path);
  fputs ("queue,person_id,outcome,entered_at,wait_s,talk_s,threshold_s\n", file);
  check (mtb_store_each (store, &mtb_pbx_call_table.shape, "SELECT $columns(p) FROM pbx_call p",
                         NULL, add_call, file, &error),
         error);
  fclose (file);
}

/* @calls: where they are written for the peer, or %NULL */
static void
measure (guint n_calls, guint n_rounds, const char *calls, Measured *measured)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("report-XXXXXX", NULL);
  g_autofree char *uri = g_strdup_printf ("sqlite:%s/department.db", folder);
  g_autoptr (MtbAuthority) authority = mtb_authority_open (uri, &error);
  MtbStore *store;

  check (authority != NULL, error);
  store = mtb_authority_get_store (authority);
  check (mtb_store_run (
           store, CALLS,
           MTB_PARAMETERS (MTB_NUMBER ("n", n_calls), MTB_NUMBER ("from", mtb_time_parse (FROM))),
           &error),
         error);
  measured->read = bench_rows_time (uri, COUNTED);
  measure_counting (authority, n_calls, n_rounds, measured);
  measure_reports (store, n_calls, n_rounds, measured);
  if (calls != NULL)
    write_calls (store, calls);
  bench_remove_folder (folder);
}

static void
print (const Measured *few, const Measured *many, double their_report, double their_recount)
{
  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    bench_table_row (&(BenchRow){ .name = reports[i].name,
                                  .unit = "ms",
                                  .ours = many->reports[i],
                                  .peer = i == 0 ? their_report : 0,
                                  .growth = many->reports[i] / few->reports[i],
                                  .wanted = BENCH_AT_MOST,
                                  .target = i == 0 ? 0.3 : 0 });
  bench_table_row (&(BenchRow){ .name = "full recount, and against what was kept",
                                .unit = "ms",
                                .ours = many->recount,
                                .peer = their_recount,
                                .wanted = BENCH_AT_MOST,
                                .target = 5,
                                .stretch = 3.5 });
  bench_table_row (&(BenchRow){ .name = "of that, what SQLite takes to read the calls",
                                .unit = "ms",
                                .ours = many->read,
                                .peer = their_recount });
  bench_table_note ("SQL of SQLite over the calls, by queue and half-hour: %.0f ms, %.3f of it by"
                    " queue from totals, %.2f times as long a recount",
                    many->plain, many->reports[0] / many->plain, many->recount / many->plain);
}

void
bench_report (guint n_calls, guint n_rounds)
{
  g_autofree char *folder = g_dir_make_tmp ("calls-XXXXXX", NULL);
  g_autofree char *calls = g_build_filename (folder, "calls.csv", NULL);
  g_autofree char *rounds = g_strdup_printf ("%u", n_rounds);
  g_autofree char *title =
    g_strdup_printf ("The calls report of a month with %u calls, 8 queues, 500 agents", n_calls);
  g_autoptr (JsonObject) peer = NULL;
  g_auto (Measured) few = { 0 };
  g_auto (Measured) many = { 0 };

  measure (n_calls / 10, n_rounds, NULL, &few);
  measure (n_calls, n_rounds, calls, &many);
  peer = bench_peer_run ("duckdb.mjs", calls, rounds, NULL);
  if (g_strcmp0 (many.figures, json_object_get_string_member (peer, "figures")) != 0)
    g_error ("the peer has other figures");
  bench_table_head (title, "DuckDB");
  print (&few, &many, json_object_get_double_member (peer, "report_ms"),
         json_object_get_double_member (peer, "totals_ms"));
  bench_remove_folder (folder);
}
