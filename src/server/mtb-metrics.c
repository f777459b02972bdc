/* What this process counts and measures, in the text format of Prometheus. Each metric is described
 * once, in the table below; the values are numbers and tell nothing about people. They begin anew with
 * each process, as Prometheus expects. */

#include "mtb-metrics.h"

#include <math.h>
#include <string.h>

#define N_BOUNDS_MAX 12

typedef enum
{
  COUNTER,
  GAUGE,
  HISTOGRAM,
} Kind;

static const char *const kind_words[] = { "counter", "gauge", "histogram" };

static const double seconds[] = { 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                  0.1,   0.25,   0.5,   1,    2.5,   10 };
static const double sizes[] = { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000 };

typedef struct
{
  const char *name;
  const char *help;
  Kind kind;
  const char *labels[4];
  const double *bounds;
  guint n_bounds;
} Description;

#define SECONDS seconds, G_N_ELEMENTS (seconds)
#define SIZES sizes, G_N_ELEMENTS (sizes)

static const Description descriptions[] = {
  [MTB_METRIC_INFO] = { "mutabaa_info",
                        "Which program this is, on which database's engine; always 1",
                        GAUGE,
                        { "version", "engine" } },
  [MTB_METRIC_START_TIME] = { "process_start_time_seconds",
                              "When this process began, in seconds since 1970", GAUGE },
  [MTB_METRIC_MEMORY] = { "process_resident_memory_bytes", "Memory that this process holds",
                          GAUGE },
  [MTB_METRIC_DATABASE_UP] = { "mutabaa_database_up",
                               "1 where the database can be read; what is read there is NaN otherwise",
                               GAUGE },
  [MTB_METRIC_REQUESTS] = { "mutabaa_requests_total",
                            "Requests that were answered, by route and class of status",
                            COUNTER,
                            { "method", "route", "status" } },
  [MTB_METRIC_REQUEST_TIME] = { "mutabaa_request_seconds",
                                "How long answers took, from the first look to the last word",
                                HISTOGRAM,
                                { "method", "route" },
                                SECONDS },
  [MTB_METRIC_ERRORS] = { "mutabaa_errors_total",
                          "Answers that were an error, by its code",
                          COUNTER,
                          { "code" } },
  [MTB_METRIC_REFUSED] = { "mutabaa_refused_total",
                           "Requests that passed a limit, by the limit",
                           COUNTER,
                           { "limit" } },
  [MTB_METRIC_SIGN_INS_FAILED] = { "mutabaa_sign_ins_failed_total",
                                   "Sign-ins with a wrong user name or password", COUNTER },
  [MTB_METRIC_COMMANDS] = { "mutabaa_commands_total",
                            "Commands by type and verdict: applied, repeated, the code of a "
                            "rejection, or failed where there is no verdict yet",
                            COUNTER,
                            { "type", "verdict" } },
  [MTB_METRIC_GROUP_SIZE] = { "mutabaa_group_commands",
                              "Commands that were committed together",
                              HISTOGRAM,
                              { NULL },
                              SIZES },
  [MTB_METRIC_COMMIT_TIME] = { "mutabaa_commit_seconds",
                               "How long it took to judge and commit a group",
                               HISTOGRAM,
                               { NULL },
                               SECONDS },
  [MTB_METRIC_WRITER_QUEUE] = { "mutabaa_writer_queue", "What waits for the writer", GAUGE },
  [MTB_METRIC_READERS_WAITING] = { "mutabaa_readers_waiting",
                                   "Requests that wait for a connection to read", GAUGE },
  [MTB_METRIC_LIVE_CONNECTIONS] = { "mutabaa_live_connections", "Live connections of this process",
                                    GAUGE },
  [MTB_METRIC_DESKS_CONNECTED] = { "mutabaa_desks_connected",
                                   "Desks that are connected, through whichever process", GAUGE },
  [MTB_METRIC_FEED] = { "mutabaa_feed_number", "The number of the last change", GAUGE },
  [MTB_METRIC_AUDIT] = { "mutabaa_audit_number", "The number of the last entry of the audit trail",
                         GAUGE },
  [MTB_METRIC_SNAPSHOT_BYTES] = { "mutabaa_snapshot_bytes_total", "What was sent of snapshots",
                                  COUNTER },
  [MTB_METRIC_CONNECTIONS] = { "mutabaa_connections",
                               "Connections to other systems, by kind and state",
                               GAUGE,
                               { "kind", "state" } },
};

G_STATIC_ASSERT (G_N_ELEMENTS (descriptions) == MTB_N_METRICS);
G_STATIC_ASSERT (G_N_ELEMENTS (seconds) <= N_BOUNDS_MAX && G_N_ELEMENTS (sizes) <= N_BOUNDS_MAX);

/* One line of values, or of a histogram several: how many in all, and in each bucket by itself. */
typedef struct
{
  double value;
  guint64 count;
  guint64 buckets[N_BOUNDS_MAX];
} Series;

static GMutex mutex;
static GTree *all[MTB_N_METRICS];

static int
compare_labels (gconstpointer a, gconstpointer b, gpointer unused)
{
  return strcmp (a, b);
}

static void
append_escaped (GString *text, const char *value)
{
  for (; *value != '\0'; value++)
    if (*value == '\n')
      g_string_append (text, "\\n");
    else
      {
        if (*value == '"' || *value == '\\')
          g_string_append_c (text, '\\');
        g_string_append_c (text, *value);
      }
}

static char *
format_labels (const Description *description, const char *const *labels)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; description->labels[i] != NULL; i++)
    {
      g_string_append (text, i > 0 ? "," : "");
      g_string_append (text, description->labels[i]);
      g_string_append (text, "=\"");
      append_escaped (text, labels[i]);
      g_string_append_c (text, '"');
    }
  return g_string_free (text, FALSE);
}

/* With the mutex held, which is not for putting labels together. What has none is there from the
 * beginning, as 0. */
static Series *
find_series (MtbMetric metric, const char *labels)
{
  Series *series;

  if (all[metric] == NULL)
    all[metric] = g_tree_new_full (compare_labels, NULL, g_free, g_free);
  series = g_tree_lookup (all[metric], labels);
  if (series != NULL)
    return series;
  series = g_new0 (Series, 1);
  g_tree_insert (all[metric], g_strdup (labels), series);
  return series;
}

/**
 * mtb_metrics_add:
 * @metric: a counter, or a gauge that goes up and down
 * @labels: (nullable): #MTB_LABELS, where it has labels
 * @amount: how much
 *
 * May be called on any thread, as all of these.
 */
void
mtb_metrics_add (MtbMetric metric, const char *const *labels, gint64 amount)
{
  g_autofree char *text = format_labels (&descriptions[metric], labels);

  g_mutex_lock (&mutex);
  find_series (metric, text)->value += (double) amount;
  g_mutex_unlock (&mutex);
}

/**
 * mtb_metrics_set:
 * @metric: a gauge
 * @labels: (nullable): #MTB_LABELS, where it has labels
 * @value: what it shows
 */
void
mtb_metrics_set (MtbMetric metric, const char *const *labels, double value)
{
  g_autofree char *text = format_labels (&descriptions[metric], labels);

  g_mutex_lock (&mutex);
  find_series (metric, text)->value = value;
  g_mutex_unlock (&mutex);
}

/**
 * mtb_metrics_observe:
 * @metric: a histogram
 * @labels: (nullable): #MTB_LABELS, where it has labels
 * @value: what was measured
 */
void
mtb_metrics_observe (MtbMetric metric, const char *const *labels, double value)
{
  const Description *description = &descriptions[metric];
  g_autofree char *text = format_labels (description, labels);
  Series *series;
  guint i = 0;

  while (i < description->n_bounds && value > description->bounds[i])
    i++;
  g_mutex_lock (&mutex);
  series = find_series (metric, text);
  series->value += value;
  series->count++;
  if (i < description->n_bounds)
    series->buckets[i]++;
  g_mutex_unlock (&mutex);
}

static void
append_sample (GString *text,
               const char *name,
               const char *ending,
               const char *labels,
               const char *bound,
               double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  gboolean has_labels = *labels != '\0';

  g_string_append_printf (text, "%s%s", name, ending);
  if (has_labels || bound != NULL)
    g_string_append_printf (text, "{%s", labels);
  if (bound != NULL)
    g_string_append_printf (text, "%sle=\"%s\"", has_labels ? "," : "", bound);
  if (has_labels || bound != NULL)
    g_string_append_c (text, '}');
  g_string_append_printf (
    text, " %s\n", isnan (value) ? "NaN" : g_ascii_formatd (number, sizeof number, "%.15g", value));
}

static void
append_histogram (GString *text,
                  const Description *description,
                  const char *labels,
                  const Series *series)
{
  char bound[G_ASCII_DTOSTR_BUF_SIZE];
  guint64 n_below = 0;

  for (guint i = 0; i < description->n_bounds; i++)
    {
      n_below += series->buckets[i];
      g_ascii_formatd (bound, sizeof bound, "%g", description->bounds[i]);
      append_sample (text, description->name, "_bucket", labels, bound, (double) n_below);
    }
  append_sample (text, description->name, "_bucket", labels, "+Inf", (double) series->count);
  append_sample (text, description->name, "_sum", labels, NULL, series->value);
  append_sample (text, description->name, "_count", labels, NULL, (double) series->count);
}

typedef struct
{
  GString *text;
  const Description *description;
} Writing;

static gboolean
write_series (gpointer labels, gpointer series, gpointer data)
{
  Writing *writing = data;

  if (writing->description->kind == HISTOGRAM)
    append_histogram (writing->text, writing->description, labels, series);
  else
    append_sample (writing->text, writing->description->name, "", labels, NULL,
                   ((const Series *) series)->value);
  return FALSE;
}

/**
 * mtb_metrics_write:
 *
 * Returns: (transfer full): all of them as they are now, in Prometheus' text format 0.0.4
 */
char *
mtb_metrics_write (void)
{
  GString *text = g_string_new (NULL);

  g_mutex_lock (&mutex);
  for (MtbMetric i = 0; i < MTB_N_METRICS; i++)
    {
      Writing writing = { text, &descriptions[i] };

      g_string_append_printf (text, "# HELP %s %s\n# TYPE %s %s\n", descriptions[i].name,
                              descriptions[i].help, descriptions[i].name,
                              kind_words[descriptions[i].kind]);
      if (descriptions[i].labels[0] == NULL)
        find_series (i, "");
      if (all[i] != NULL)
        g_tree_foreach (all[i], write_series, &writing);
    }
  g_mutex_unlock (&mutex);
  return g_string_free (text, FALSE);
}
