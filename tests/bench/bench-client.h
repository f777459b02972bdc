#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* As lean a client as can be, so that what is measured is the server: one thread, one kept
 * connection a desk, each with its next request on its way as soon as the last is answered. */
typedef struct
{
  GPtrArray *requests;
} BenchDesk;

char *
bench_client_request (const char *method, const char *path, const char *token, const char *body);
int bench_client_connect (guint16 port);
void bench_client_send (int descriptor, const char *text);
void bench_client_receive (int descriptor, GString *answer);
const char *bench_client_find_body (const GString *answer);
char *bench_client_ask (guint16 port, const char *request);
guint bench_client_run (guint16 port, BenchDesk *desks, guint n_desks);

G_END_DECLS
