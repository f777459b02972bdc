/* mutabaa-simulation: a department with its desks in one process and one thread, in which everything
 * goes wrong that can. A seed always runs the same way. */

#include "mtb-sim-breaks.h"
#include "mtb-sim-faults.h"
#include "mtb-sim-people.h"
#include "mtb-sim-random.h"
#include "mtb-sim-world.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* A fault that was not met by then is never met. */
#define N_SEEDS_MAX 300
/* After so many seeds a run says how far it is. */
#define N_SEEDS_TOLD 100
/* From how many places in the row of seeds a broken promise has to be found where the run is long. */
#define N_BEGINNINGS_LONG 5
#define BEGINNINGS_APART 1000

static gint64 seed_wanted = -1;
static char *seeds_wanted;
static int seconds = 45;
static gboolean verbose;
static gboolean twice;
static char *break_wanted;
static int n_tries;
static gboolean is_long;
static volatile sig_atomic_t told_to_end;

static const GOptionEntry options[] = {
  { "seed", 0, 0, G_OPTION_ARG_INT64, &seed_wanted, "Run this seed", "N" },
  { "seeds", 0, 0, G_OPTION_ARG_STRING, &seeds_wanted, "Run these seeds", "FROM-TO" },
  { "seconds", 0, 0, G_OPTION_ARG_INT, &seconds, "Run seeds for so long, from 1 on", "N" },
  { "verbose", 0, 0, G_OPTION_ARG_NONE, &verbose, "Tell all that happens", NULL },
  { "twice", 0, 0, G_OPTION_ARG_NONE, &twice, "Run each seed twice, which is to be the same",
    NULL },
  { "break", 0, 0, G_OPTION_ARG_STRING, &break_wanted, "Break this promise", "NAME" },
  { "breaks", 0, 0, G_OPTION_ARG_INT, &n_tries,
    "Break each promise in turn, to be found within so many seeds", "N" },
  { "long", 0, 0, G_OPTION_ARG_NONE, &is_long, "Look longer, as MTB_LONG does", NULL },
  { NULL },
};

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

/* In memory where there is such a place: nothing has to last. */
static char *
make_folder (void)
{
  const char *parent = g_access ("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir ();
  g_autofree char *template = g_build_filename (parent, "mutabaa-simulation-XXXXXX", NULL);

  if (g_mkdtemp (template) == NULL)
    g_error ("no folder can be made in %s", parent);
  return g_steal_pointer (&template);
}

static char *
run_seed (const char *folder, guint64 seed)
{
  g_autofree char *place = g_build_filename (folder, "seed", NULL);
  char *hash;

  g_mkdir (place, 0700);
  hash = mtb_sim_world_run (seed, place);
  remove_folder (place);
  return hash;
}

static void
run (const char *folder, guint64 seed)
{
  g_autofree char *hash = run_seed (folder, seed);
  g_autofree char *again = twice ? run_seed (folder, seed) : g_strdup (hash);

  if (!g_str_equal (hash, again))
    mtb_sim_fail ("it ran another way the second time");
  if (seed_wanted >= 0)
    g_print ("seed %" G_GUINT64_FORMAT " %s\n", seed, hash);
}

static char *folder_to_remove;

static void
remove_at_exit (void)
{
  if (folder_to_remove != NULL)
    remove_folder (folder_to_remove);
}

static void
prepare (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "department.db", NULL);

  /* There is one thread, which need not be kept out, and nobody reads how much memory is used. */
  sqlite3_config (SQLITE_CONFIG_SINGLETHREAD);
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  mtb_sim_begin (0);
  mtb_sim_random_seed (0);
  if (sodium_init () < 0)
    g_error ("libsodium cannot be used");
  mtb_sim_people_prepare (path);
}

static void
on_told_to_end (int number)
{
  told_to_end = 1;
}

/* The seed that is under way is run to its end. */
static void
end_between_seeds (void)
{
  struct sigaction action = { .sa_handler = on_told_to_end };

  sigaction (SIGTERM, &action, NULL);
  sigaction (SIGINT, &action, NULL);
}

/* Returns how many there are now. */
static guint64
tell_of_seed (guint64 n_before)
{
  guint64 n_clean = n_before + 1;

  if (n_clean % N_SEEDS_TOLD == 0)
    g_printerr ("%" G_GUINT64_FORMAT " seeds, and every promise was kept\n", n_clean);
  return n_clean;
}

static guint64
run_range (const char *folder, const char *range)
{
  g_auto (GStrv) ends = g_strsplit (range, "-", 2);
  guint64 from = g_ascii_strtoull (ends[0], NULL, 10);
  guint64 to = ends[1] != NULL ? g_ascii_strtoull (ends[1], NULL, 10) : from;
  guint64 n = 0;

  for (guint64 seed = from; seed <= to && !told_to_end; seed++)
    {
      run (folder, seed);
      n = tell_of_seed (n);
    }
  return n;
}

/* For so long, and until every fault was met. The first seed runs twice. */
static guint64
run_for (const char *folder, int how_long)
{
  gint64 end = g_get_monotonic_time () + how_long * G_TIME_SPAN_SECOND;
  guint64 n = 0;

  twice = TRUE;
  while (!told_to_end
         && (g_get_monotonic_time () < end || (!mtb_fault_were_all_hit () && n < N_SEEDS_MAX)))
    {
      run (folder, n + 1);
      twice = FALSE;
      n = tell_of_seed (n);
    }
  return n;
}

/* How long a run takes that is to be long. */
static int
get_seconds (void)
{
  const char *wanted = g_getenv ("MTB_SIMULATION_SECONDS");

  return is_long && wanted != NULL ? atoi (wanted) : seconds;
}

/* A broken promise that is being looked for, in a process of its own: whatever it leads to, the next
 * one is tried. */
typedef struct
{
  MtbBreak which;
  guint64 from;
  char *place;
  char *words;
  pid_t child;
} Hunt;

static void G_GNUC_NORETURN
hunt (const Hunt *self)
{
  g_clear_pointer (&folder_to_remove, g_free);
  if (freopen (self->words, "w", stdout) == NULL)
    g_error ("a file of the simulation cannot be written");
  mtb_break_choose (self->which);
  mtb_sim_set_replay (" --break ", mtb_break_get_name (self->which));
  for (int i = 0; i < n_tries; i++)
    run (self->place, self->from + (guint64) i);
  g_print ("NOT FOUND in %d seeds from %" G_GUINT64_FORMAT " on\n", n_tries, self->from);
  exit (0);
}

static void
begin_hunt (Hunt *self, const char *folder, guint n)
{
  self->which = MTB_BREAK_NONE + 1 + n % (MTB_N_BREAKS - 1);
  self->from = 1 + n / (MTB_N_BREAKS - 1) * BEGINNINGS_APART;
  self->place = g_build_filename (folder, mtb_break_get_name (self->which), NULL);
  self->words = g_strconcat (self->place, ".txt", NULL);
  g_mkdir (self->place, 0700);
  self->child = fork ();
  if (self->child < 0)
    g_error ("no process can be made");
  if (self->child == 0)
    hunt (self);
}

/* Waits, and tells whether it was found. */
static gboolean
end_hunt (Hunt *self)
{
  g_autofree char *words = NULL;
  int status = 0;

  waitpid (self->child, &status, 0);
  g_file_get_contents (self->words, &words, NULL, NULL);
  g_print ("%-26s%s", mtb_break_get_name (self->which), words);
  if (WIFSIGNALED (status))
    g_print ("the program was ended by signal %d\n", WTERMSIG (status));
  remove_folder (self->place);
  g_unlink (self->words);
  g_free (self->place);
  g_free (self->words);
  return status != 0;
}

/* As many at a time as there are processors. */
static gboolean
are_found (const char *folder)
{
  guint n_at_a_time = g_get_num_processors ();
  guint n_hunts = (MTB_N_BREAKS - 1) * (is_long ? N_BEGINNINGS_LONG : 1);
  g_autofree Hunt *hunts = g_new0 (Hunt, n_hunts);
  guint n_begun = 0;
  guint n_missed = 0;

  for (guint i = 0; i < n_hunts; i++)
    {
      for (; n_begun < n_hunts && n_begun < i + n_at_a_time; n_begun++)
        begin_hunt (&hunts[n_begun], folder, n_begun);
      if (!end_hunt (&hunts[i]))
        n_missed++;
    }
  g_print ("%d broken promises, %u times not found\n", MTB_N_BREAKS - 1, n_missed);
  return n_missed == 0;
}

/* FALSE where there is no such promise. */
static gboolean
choose_break (const char *name)
{
  if (mtb_break_find (name) == MTB_N_BREAKS)
    return FALSE;
  mtb_break_choose (mtb_break_find (name));
  mtb_sim_set_replay (" --break ", name);
  return TRUE;
}

/* The product warns of what fails. Here that is meant to be, and only those who look want to hear it. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  if (!verbose && level >= G_LOG_LEVEL_WARNING)
    return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n_fields, data);
}

int
main (int n_arguments, char **arguments)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  const char *folder;
  guint64 n_seeds;

  g_setenv ("TZ", "UTC", TRUE);
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &n_arguments, &arguments, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  is_long = is_long || g_getenv ("MTB_LONG") != NULL;
  g_log_set_writer_func (write_log, NULL, NULL);
  folder_to_remove = make_folder ();
  folder = folder_to_remove;
  atexit (remove_at_exit);
  g_setenv ("TMPDIR", folder, TRUE);
  prepare (folder);
  mtb_sim_set_talkative (verbose);
  if (break_wanted != NULL && !choose_break (break_wanted))
    {
      g_printerr ("there is no promise %s\n", break_wanted);
      return 2;
    }
  if (n_tries > 0)
    return are_found (folder) ? 0 : 1;
  if (seed_wanted >= 0)
    {
      run (folder, (guint64) seed_wanted);
      return 0;
    }
  end_between_seeds ();
  n_seeds =
    seeds_wanted != NULL ? run_range (folder, seeds_wanted) : run_for (folder, get_seconds ());
  g_print ("%" G_GUINT64_FORMAT " seeds, and every promise was kept\n", n_seeds);
  mtb_fault_report ();
  if (!mtb_fault_were_all_hit () && seeds_wanted == NULL && !told_to_end)
    {
      g_print ("some fault was never met\n");
      return 1;
    }
  return 0;
}
