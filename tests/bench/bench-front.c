#include "bench-front.h"

#include "bench-scratch.h"

#include <arpa/inet.h>
#include <string.h>
#include <unistd.h>

#define WAIT_MS 20
#define PATIENCE_MS 20000
/* As many as in earnest, or nearly, since it closes what it could use again when files run short. */
#define MAX_CONNECTIONS "8000"

/* A port that nobody has at this moment. */
guint16
bench_front_find_port (void)
{
  struct sockaddr_in name = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof name;
  int probe = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (bind (probe, (struct sockaddr *) &name, sizeof name) != 0
      || getsockname (probe, (struct sockaddr *) &name, &length) != 0)
    g_error ("no port is free");
  close (probe);
  return ntohs (name.sin_port);
}

static void
make_certificate (BenchFront *self)
{
  g_autofree char *key = g_build_filename (self->folder, "front.pem.key", NULL);
  g_autoptr (GSubprocess) process = NULL;

  self->certificate = g_build_filename (self->folder, "front.pem", NULL);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, MTB_OPENSSL, "req", "-x509",
                              "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                              "-keyout", key, "-out", self->certificate, "-days", "30", "-subj",
                              "/CN=localhost", "-addext",
                              "subjectAltName=DNS:localhost,IP:127.0.0.1", NULL);
  if (process == NULL || !g_subprocess_wait_check (process, NULL, NULL))
    g_error ("no certificate can be made");
}

static void
set_address (GSubprocessLauncher *launcher, const char *name, guint16 port)
{
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", port);

  g_subprocess_launcher_setenv (launcher, name, address, TRUE);
}

/* It writes its log, as it does in earnest; nobody reads it. */
static void
start (BenchFront *self, guint16 first, guint16 second)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *own = g_build_filename (self->folder, "own.cfg", NULL);
  g_autoptr (GError) error = NULL;

  set_address (launcher, "MUTABAA_BIND", self->address.port);
  set_address (launcher, "MUTABAA_SERVER_1", first);
  set_address (launcher, "MUTABAA_SERVER_2", second);
  g_subprocess_launcher_setenv (launcher, "MUTABAA_CERTIFICATE", self->certificate, TRUE);
  g_subprocess_launcher_setenv (launcher, "MUTABAA_MAXCONN", MAX_CONNECTIONS, TRUE);
  if (g_file_set_contents (own, "global\n  log stdout format raw local0\n", -1, &error))
    self->process = g_subprocess_launcher_spawn (launcher, &error, MTB_HAPROXY, "-db", "-f", own,
                                                 "-f", MTB_HAPROXY_CONFIGURATION, NULL);
  if (self->process == NULL)
    g_error ("%s", error->message);
}

/* Whether it answers, and not with what it says where there is no server. */
static gboolean
is_there (BenchFront *self)
{
  g_autofree char *request = bench_client_request ("GET", "/v1/session", NULL, "");
  g_autofree char *answer = NULL;
  BenchLine line;

  if (bench_line_open (&line, self->address))
    answer = bench_line_ask (&line, request);
  bench_line_close (&line);
  return answer != NULL && !g_str_has_prefix (answer, "HTTP/1.1 503");
}

/* In front of two servers, which may be one. */
BenchFront *
bench_front_start (guint16 first, guint16 second)
{
  BenchFront *self = g_new0 (BenchFront, 1);

  self->folder = g_dir_make_tmp ("front-XXXXXX", NULL);
  self->address = (BenchAddress){ .port = bench_front_find_port (), .tls = TRUE };
  make_certificate (self);
  start (self, first, second);
  for (guint i = 0; !is_there (self); i++)
    {
      if (i == PATIENCE_MS / WAIT_MS)
        g_error ("HAProxy did not start");
      g_usleep (WAIT_MS * G_TIME_SPAN_MILLISECOND);
    }
  return self;
}

void
bench_front_stop (BenchFront *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  bench_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->certificate);
  g_free (self);
}
