/* `GET /metrics`: what this process counts, and how the department stands now, as far as its database
 * can be read. For who looks after the server's machine: what comes from elsewhere is told nothing. */

#include "mtb-service-private.h"

#include "mtb-connection.h"
#include "mtb-error.h"
#include "mtb-lease.h"
#include "mtb-metrics.h"

#include <gio/gio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static gboolean
is_on_this_machine (const char *origin)
{
  g_autoptr (GInetAddress) address =
    origin != NULL ? g_inet_address_new_from_string (origin) : NULL;

  return g_strcmp0 (origin, "local") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

/* The second number of /proc/self/statm is how many pages are held. */
static gint64
read_memory (void)
{
  g_autofree char *text = NULL;
  const char *space;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  space = strchr (text, ' ');
  return space != NULL ? g_ascii_strtoll (space, NULL, 10) * sysconf (_SC_PAGESIZE) : 0;
}

/* What cannot be read now is no number. */
static double
count_rows (MtbExchange *exchange, const char *sql, const MtbParameter *parameters)
{
  gint64 count;

  return exchange->head != NULL
             && mtb_store_select_number (exchange->store, sql, parameters, &count, NULL)
           ? (double) count
           : (double) NAN;
}

static void
measure_desks (MtbExchange *exchange)
{
  gint64 lease_ms = MTB_BEATS_MISSED * mtb_service_get_beat_ms (exchange->service);
  gint64 from = mtb_service_get_now (exchange->service) - lease_ms;

  mtb_metrics_set (
    MTB_METRIC_DESKS_CONNECTED, NULL,
    count_rows (exchange, "SELECT COUNT(*) FROM lease WHERE ended_at IS NULL AND seen_at > :from",
                MTB_PARAMETERS (MTB_NUMBER ("from", from))));
}

/* All kinds in all states, so that one that has left a state counts 0 there. */
static void
measure_connections (MtbExchange *exchange)
{
  for (guint kind = 0; mtb_connection_kind_words[kind] != NULL; kind++)
    for (guint state = 0; mtb_connection_state_words[state] != NULL; state++)
      mtb_metrics_set (
        MTB_METRIC_CONNECTIONS,
        MTB_LABELS (mtb_connection_kind_words[kind], mtb_connection_state_words[state]),
        count_rows (exchange,
                    "SELECT COUNT(*) FROM connection WHERE kind = :kind AND state = :state",
                    MTB_PARAMETERS (MTB_TEXT ("kind", mtb_connection_kind_words[kind]),
                                    MTB_TEXT ("state", mtb_connection_state_words[state]))));
}

gboolean
mtb_resource_get_metrics (MtbExchange *exchange, GError **error)
{
  const MtbHead *head = exchange->head;
  char *text;

  if (!is_on_this_machine (exchange->request->origin))
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_FORBIDDEN,
                           "this is told to the server's own machine alone");
      return FALSE;
    }
  measure_desks (exchange);
  measure_connections (exchange);
  mtb_metrics_set (MTB_METRIC_MEMORY, NULL, (double) read_memory ());
  mtb_metrics_set (MTB_METRIC_DATABASE_UP, NULL, head != NULL);
  mtb_metrics_set (MTB_METRIC_FEED, NULL, head != NULL ? (double) head->seq : (double) NAN);
  mtb_metrics_set (MTB_METRIC_AUDIT, NULL, head != NULL ? (double) head->audit_seq : (double) NAN);
  text = mtb_metrics_write ();
  exchange->file = mtb_response_new (200, "text/plain; version=0.0.4; charset=utf-8",
                                     g_bytes_new_take (text, strlen (text)));
  return TRUE;
}
