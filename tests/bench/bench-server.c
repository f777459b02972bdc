#include "bench-server.h"

#include <signal.h>
#include <string.h>

BenchServer *
bench_server_start (const char *database)
{
  g_autoptr (GError) error = NULL;
  BenchServer *self = g_new0 (BenchServer, 1);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, MTB_SERVER_PROGRAM,
                                    "--database", database, "--listen", "127.0.0.1:0", NULL);
  if (self->process == NULL)
    g_error ("%s", error->message);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  if (line == NULL || !g_str_has_prefix (line, "ready "))
    g_error ("the server did not start");
  self->port = (guint16) g_ascii_strtoull (strrchr (line, ':') + 1, NULL, 10);
  return self;
}

void
bench_server_stop (BenchServer *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  if (!g_subprocess_wait_check (self->process, NULL, NULL))
    g_error ("the server did not end well");
  g_object_unref (self->process);
  g_free (self);
}
