/* Preloaded into a program with GTK windows, ours or a peer: when its first frame was painted, when the
 * first typed letter stood in an entry, and how long its main loop did not look at what came in. The
 * program itself has no switch for it.
 *
 * What is seen stands in the file that DESK_PROBE names, as numbers side by side, and can be read, and
 * set to nothing, at any time from outside. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <gtk/gtk.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define LETTER 'a'
#define LIMIT_US 16000
#define STRETCH_US 8000

typedef struct
{
  gint64 first_frame_at; /* monotonic, in microseconds */
  gint64 first_letter_at;
  gint64 longest_us; /* between two looks at what came in */
  gint64 longest_own_us; /* of these, what the thread itself worked */
  gint64 n_turns;
  gint64 n_beyond_stretch;
  gint64 n_beyond_limit;
} Probe;

static Probe *probe;
static gint64 looked_at;
static gint64 worked_until;

static gint64
get_own_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_TIME_SPAN_SECOND + time.tv_nsec / 1000;
}

static void
note_turn (gint64 spent, gint64 own)
{
  probe->n_turns++;
  probe->n_beyond_stretch += spent > STRETCH_US;
  probe->n_beyond_limit += spent > LIMIT_US;
  probe->longest_us = MAX (probe->longest_us, spent);
  probe->longest_own_us = MAX (probe->longest_own_us, own);
}

/* The default context is the main thread's. */
static int
timed_poll (GPollFD *fds, guint n_fds, int timeout)
{
  int result;

  if (looked_at > 0)
    note_turn (g_get_monotonic_time () - looked_at, get_own_us () - worked_until);
  result = g_poll (fds, n_fds, timeout);
  looked_at = g_get_monotonic_time ();
  worked_until = get_own_us ();
  return result;
}

/* Both are called until they have seen what they wait for. */
static gboolean
on_painted (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  probe->first_frame_at = g_get_monotonic_time ();
  return FALSE;
}

static gboolean
on_changed (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  const char *text = gtk_editable_get_text (g_value_get_object (values));

  if (text[0] != LETTER)
    return TRUE;
  probe->first_letter_at = g_get_monotonic_time ();
  return FALSE;
}

static void
watch (void)
{
  int file = open (g_getenv ("DESK_PROBE"), O_RDWR | O_CLOEXEC);

  if (file < 0 || ftruncate (file, sizeof *probe) != 0)
    g_error ("the probe's file cannot be written");
  probe = mmap (NULL, sizeof *probe, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close (file);
  if (probe == MAP_FAILED)
    g_error ("the probe's file cannot be mapped");
  g_type_class_unref (g_type_class_ref (GDK_TYPE_FRAME_CLOCK));
  g_type_default_interface_ref (GTK_TYPE_EDITABLE);
  g_signal_add_emission_hook (g_signal_lookup ("after-paint", GDK_TYPE_FRAME_CLOCK), 0, on_painted,
                              NULL, NULL);
  g_signal_add_emission_hook (g_signal_lookup ("changed", GTK_TYPE_EDITABLE), 0, on_changed, NULL,
                              NULL);
  g_main_context_set_poll_func (NULL, timed_poll);
}

/* Called by the program, answered here first. */
G_MODULE_EXPORT int
g_application_run (GApplication *application, int argc, char **argv)
{
  int (*run) (GApplication *, int, char **) = dlsym (RTLD_NEXT, "g_application_run");

  if (g_getenv ("DESK_PROBE") != NULL)
    watch ();
  return run (application, argc, argv);
}
