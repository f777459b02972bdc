#pragma once

#include "bench-client.h"
#include "bench-department.h"

G_BEGIN_DECLS

/* A sign-in of the department's agent. */
typedef struct
{
  char *token;
  MtbServerInfo server;
} BenchSession;

void bench_session_open (BenchSession *self, BenchAddress address);
void bench_session_close (BenchSession *self);
char *bench_session_make_request (const BenchSession *self, GPtrArray *envelopes);
char *bench_session_log_calls (const BenchSession *self,
                               BenchDepartment *department,
                               guint batch,
                               GRand *rand);

G_END_DECLS
