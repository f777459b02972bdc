#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where a server answers on loopback. */
typedef struct
{
  guint16 port;
  gboolean tls;
} BenchAddress;

/* One kept connection; @stream only where there is TLS. */
typedef struct
{
  int descriptor;
  GIOStream *stream;
} BenchLine;

/* As lean a client as can be, so that what is measured is the server: one thread, one kept
 * connection a desk, each with its next request on its way as soon as the last is answered. */
typedef struct
{
  GPtrArray *requests;
} BenchDesk;

char *
bench_client_request (const char *method, const char *path, const char *token, const char *body);
gboolean bench_line_open (BenchLine *self, BenchAddress address);
void bench_line_close (BenchLine *self);
gboolean bench_line_send (BenchLine *self, const char *text);
gboolean bench_line_receive (BenchLine *self, GString *answer);
char *bench_line_ask (BenchLine *self, const char *request);
const char *bench_client_find_body (const GString *answer);
char *bench_client_ask (BenchAddress address, const char *request);
guint bench_client_run (BenchAddress address, BenchDesk *desks, guint n_desks, const char *counted);

G_END_DECLS
