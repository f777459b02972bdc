#pragma once

#include "mtb-authority.h"

G_BEGIN_DECLS

#define BENCH_USERNAME "bench"
#define BENCH_PASSWORD "the secret of the bench"

/* A department with one agent, and customers whom the agent has calls with. */
typedef struct
{
  char *database;
  GPtrArray *subscribers;
  GPtrArray *call_types;
} BenchDepartment;

BenchDepartment *bench_department_new (const char *folder);
void bench_department_free (BenchDepartment *self);
MtbCallLog *bench_department_make_call (BenchDepartment *self, GRand *rand, gint64 now);
void bench_remove_folder (const char *folder);
GPtrArray *bench_select_ids (MtbStore *store, const char *sql);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchDepartment, bench_department_free)

G_END_DECLS
