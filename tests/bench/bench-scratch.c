/* However a benchmark ends, its programs end and its files go: it runs in a process group and a folder
 * of its own, and somebody waits for it. */

#define _GNU_SOURCE

#include "bench-scratch.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define GRACE_MS 10000
#define LOOK_MS 50

static const char *outer;

void
bench_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        bench_remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

/* The folder in which the scratch folder is, for who may not enter the latter. */
const char *
bench_scratch_get_outer (void)
{
  return outer;
}

static int
run_inside (const char *folder, const sigset_t *usual, int (*run) (void))
{
  setpgid (0, 0);
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  sigprocmask (SIG_SETMASK, usual, NULL);
  g_setenv ("TMPDIR", folder, TRUE);
  return run ();
}

/* Returns the status with which to end. */
static int
wait_for (pid_t child, const sigset_t *signals)
{
  int status;

  while (waitpid (child, &status, WNOHANG) == 0)
    {
      int signal = sigwaitinfo (signals, NULL);

      /* None, where it was stopped and goes on. */
      if (signal > 0 && signal != SIGCHLD)
        return 128 + signal;
    }
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}

static void
end_group (pid_t group)
{
  kill (-group, SIGTERM);
  for (guint i = 0; i < GRACE_MS / LOOK_MS && kill (-group, 0) == 0; i++)
    {
      waitpid (-group, NULL, WNOHANG);
      g_usleep (LOOK_MS * G_TIME_SPAN_MILLISECOND);
    }
  kill (-group, SIGKILL);
}

/* Runs it, in a process that is waited for; TMPDIR is a folder that is gone afterwards. */
int
bench_scratch_run (int (*run) (void))
{
  g_autofree char *folder = NULL;
  sigset_t signals, usual;
  pid_t child;
  int status;

  outer = getenv ("TMPDIR") != NULL ? getenv ("TMPDIR") : "/tmp";
  folder = g_build_filename (outer, "mutabaa-bench-XXXXXX", NULL);
  if (g_mkdtemp (folder) == NULL)
    g_error ("%s: no folder can be made there", outer);
  sigemptyset (&signals);
  sigaddset (&signals, SIGCHLD);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  sigaddset (&signals, SIGHUP);
  sigprocmask (SIG_BLOCK, &signals, &usual);
  child = fork ();
  if (child == 0)
    exit (run_inside (folder, &usual, run));
  status = wait_for (child, &signals);
  end_group (child);
  bench_remove_folder (folder);
  return status;
}
