/* PostgreSQL with all that makes a commit durable, started when it is first needed. */

#include "bench-cluster.h"

#include "bench-scratch.h"

#include <gio/gio.h>
#include <libpq-fe.h>

#define FIRST "/postgres?"

static GSubprocess *process;
static char *address;
static guint n_databases;

/* It ends, and is cleared away, when nobody holds its standard input any more. */
static void
start (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GDataInputStream) output = NULL;

  g_subprocess_launcher_setenv (launcher, "TMPDIR", bench_scratch_get_outer (), TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, MTB_WITH_POSTGRESQL, "--durable",
                                         MTB_CLUSTER_FOLDER, "sh", "-c",
                                         "echo \"$MTB_TEST_DATABASE\"; exec cat", NULL);
  if (process == NULL)
    g_error ("%s", error->message);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  address = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  if (address == NULL || strstr (address, FIRST) == NULL)
    g_error ("PostgreSQL did not start");
}

static void
execute (const char *database, const char *sql)
{
  PGconn *connection = PQconnectdb (database);
  PGresult *result = PQexec (connection, sql);

  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    g_error ("%s", PQerrorMessage (connection));
  PQclear (result);
  PQfinish (connection);
}

static char *
dup_name (const char *database)
{
  /* The host, a path too, comes after. */
  const char *end = strchr (database, '?');
  const char *name = g_strrstr_len (database, end - database, "/") + 1;

  return g_strndup (name, (gsize) (end - name));
}

/* Returns the address of a new database, empty, or equal to that which nobody is connected to. */
char *
bench_cluster_make (const char *like)
{
  g_autofree char *model = NULL;
  g_autofree char *sql = NULL;
  g_autofree char *name = NULL;
  g_auto (GStrv) parts = NULL;

  if (process == NULL)
    start ();
  model = like != NULL ? dup_name (like) : g_strdup ("template0");
  name = g_strdup_printf ("bench%u", ++n_databases);
  sql = g_strdup_printf ("CREATE DATABASE %s TEMPLATE %s STRATEGY FILE_COPY", name, model);
  execute (address, sql);
  parts = g_strsplit (address, FIRST, 2);
  return g_strdup_printf ("%s/%s?%s", parts[0], name, parts[1]);
}

/* What the database does by itself within a minute: counts its rows. */
void
bench_cluster_settle (const char *database)
{
  execute (database, "VACUUM ANALYZE");
}

void
bench_cluster_drop (const char *database)
{
  g_autofree char *name = dup_name (database);
  g_autofree char *sql = g_strdup_printf ("DROP DATABASE %s WITH (FORCE)", name);

  execute (address, sql);
}

void
bench_cluster_stop (void)
{
  if (process == NULL)
    return;
  g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
  g_subprocess_wait (process, NULL, NULL);
  g_clear_object (&process);
  g_clear_pointer (&address, g_free);
}
