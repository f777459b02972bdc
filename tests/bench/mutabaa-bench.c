/* Ratios in one run, with what is wanted beside them. A figure by itself says little: the same
 * machine does the same work half as fast again an hour later. */

#include "bench-cluster.h"
#include "bench-commands.h"
#include "bench-history.h"
#include "bench-kill.h"
#include "bench-live.h"
#include "bench-place.h"
#include "bench-pouchdb.h"
#include "bench-read.h"
#include "bench-report.h"
#include "bench-scratch.h"
#include "bench-search.h"
#include "bench-sync.h"
#include "bench-table.h"

#include <locale.h>
#include <sodium.h>

static int n_commands = 10000;
static int n_reads = 20000;
static int n_history = 20000;
static int n_rounds = 3;
static int n_customers = 1000000;
static int n_keystrokes = 7000;
static int n_calls = 1000000;
static int n_desks = 200;
static int n_records = 5000;
static char *only;
static char *places;

static const GOptionEntry options[] = {
  { "only", 0, 0, G_OPTION_ARG_STRING, &only, "One part alone",
    "commands|read|live|kill|pouchdb|search|sync|report" },
  { "places", 0, 0, G_OPTION_ARG_STRING, &places, "Where departments are, with commas between",
    "sqlite,sqlite+haproxy,postgresql,postgresql+haproxy" },
  { "commands", 0, 0, G_OPTION_ARG_INT, &n_commands, "Commands a round", "N" },
  { "reads", 0, 0, G_OPTION_ARG_INT, &n_reads, "Small reads a round", "N" },
  { "history", 0, 0, G_OPTION_ARG_INT, &n_history,
    "Calls on record beforehand; growth is to ten times as many", "N" },
  { "rounds", 0, 0, G_OPTION_ARG_INT, &n_rounds, "Rounds, of which the middle counts", "N" },
  { "customers", 0, 0, G_OPTION_ARG_INT, &n_customers,
    "Customers to search and to fetch, up to 1000000", "N" },
  { "keystrokes", 0, 0, G_OPTION_ARG_INT, &n_keystrokes, "Letters typed", "N" },
  { "calls", 0, 0, G_OPTION_ARG_INT, &n_calls, "Calls to report on", "N" },
  { "records", 0, 0, G_OPTION_ARG_INT, &n_records, "Records sent and fetched beside PouchDB", "N" },
  { "desks", 0, 0, G_OPTION_ARG_INT, &n_desks, "Desks that listen, up to 450", "N" },
  { NULL },
};

static gboolean
wants (const char *part)
{
  return only == NULL || g_str_equal (only, part);
}

static int
run (void)
{
  if (sodium_init () < 0)
    g_error ("libsodium cannot start");
  bench_history_set_length ((guint) MAX (n_history, 1));
  if (wants ("commands"))
    bench_commands ((guint) MAX (n_commands, 1000), (guint) MAX (n_rounds, 1));
  if (wants ("read"))
    bench_read ((guint) MAX (n_reads, 100), (guint) MAX (n_rounds, 1));
  if (wants ("live"))
    bench_live ((guint) CLAMP (n_desks, 10, 450));
  if (wants ("kill"))
    bench_kill ();
  if (wants ("pouchdb"))
    bench_pouchdb ((guint) MAX (n_records, 100), (guint) MAX (n_rounds, 1));
  if (wants ("search"))
    bench_search ((guint) CLAMP (n_customers, 1000, 1000000), (guint) MAX (n_keystrokes, 100));
  if (wants ("sync"))
    bench_sync ((guint) CLAMP (n_customers, 1000, 1000000), (guint) MAX (n_rounds, 1));
  if (wants ("report"))
    bench_report ((guint) MAX (n_calls, 1000), (guint) MAX (n_rounds, 1));
  bench_history_clear ();
  bench_cluster_stop ();
  bench_table_sum ();
  return 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- how fast it is");
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("mutabaa-bench: %s\n", error->message);
      return 2;
    }
  if (places != NULL && !bench_places_choose (places))
    {
      g_printerr ("mutabaa-bench: there is no such place: %s\n", places);
      return 2;
    }
  return bench_scratch_run (run);
}
