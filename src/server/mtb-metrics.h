#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MtbMetric:
 *
 * What is counted or measured in this process; each is described in the table in `mtb-metrics.c`.
 */
typedef enum
{
  MTB_METRIC_INFO,
  MTB_METRIC_START_TIME,
  MTB_METRIC_MEMORY,
  MTB_METRIC_DATABASE_UP,
  MTB_METRIC_REQUESTS,
  MTB_METRIC_REQUEST_TIME,
  MTB_METRIC_ERRORS,
  MTB_METRIC_REFUSED,
  MTB_METRIC_SIGN_INS_FAILED,
  MTB_METRIC_COMMANDS,
  MTB_METRIC_GROUP_SIZE,
  MTB_METRIC_COMMIT_TIME,
  MTB_METRIC_WRITER_QUEUE,
  MTB_METRIC_READERS_WAITING,
  MTB_METRIC_LIVE_CONNECTIONS,
  MTB_METRIC_DESKS_CONNECTED,
  MTB_METRIC_FEED,
  MTB_METRIC_AUDIT,
  MTB_METRIC_SNAPSHOT_BYTES,
  MTB_METRIC_CONNECTIONS,
  MTB_N_METRICS,
} MtbMetric;

/* The values of a metric's labels, in the order of its description. */
#define MTB_LABELS(...) ((const char *const[]){ __VA_ARGS__, NULL })

void mtb_metrics_add (MtbMetric metric, const char *const *labels, gint64 amount);
void mtb_metrics_set (MtbMetric metric, const char *const *labels, double value);
void mtb_metrics_observe (MtbMetric metric, const char *const *labels, double value);
char *mtb_metrics_write (void);

G_END_DECLS
