#include "bench-server.h"

#include <string.h>

/* Starts a program that says "ready" and where, as the server does. */
GSubprocess *
bench_program_start (const char *const *arguments, guint16 *port)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;

  if (process == NULL)
    g_error ("%s", error->message);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  if (line == NULL || !g_str_has_prefix (line, "ready "))
    g_error ("%s did not start", arguments[0]);
  *port = (guint16) g_ascii_strtoull (strrchr (line, ':') + 1, NULL, 10);
  return process;
}

BenchServer *
bench_server_start (const BenchDepartment *department, BenchWay way)
{
  const char *arguments[] = { MTB_SERVER_PROGRAM,
                              "--database",
                              department->database,
                              "--listen",
                              "127.0.0.1:0",
                              way == BENCH_PROXY ? "--behind-proxy" : NULL,
                              NULL };
  BenchServer *self = g_new0 (BenchServer, 1);

  self->process = bench_program_start (arguments, &self->port);
  self->address = (BenchAddress){ .port = self->port };
  if (way == BENCH_PROXY)
    {
      self->front = bench_front_start (self->port, self->port);
      self->address = self->front->address;
    }
  self->url =
    g_strdup_printf ("%s://localhost:%u", self->address.tls ? "https" : "http", self->address.port);
  return self;
}

void
bench_server_stop (BenchServer *self)
{
  g_clear_pointer (&self->front, bench_front_stop);
  g_subprocess_send_signal (self->process, SIGTERM);
  if (!g_subprocess_wait_check (self->process, NULL, NULL))
    g_error ("the server did not end well");
  g_object_unref (self->process);
  g_free (self->url);
  g_free (self);
}
