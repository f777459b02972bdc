#pragma once

#include "bench-place.h"
#include "mtb-authority.h"

G_BEGIN_DECLS

#define BENCH_USERNAME "bench"
#define BENCH_PASSWORD "the secret of the bench"

/* A department with one agent, and customers whom the agent has calls with; @folder where it is a
 * file. */
typedef struct
{
  BenchEngine engine;
  char *folder;
  char *database;
  GPtrArray *subscribers;
  GPtrArray *call_types;
} BenchDepartment;

BenchDepartment *bench_department_new (BenchEngine engine);
BenchDepartment *bench_department_copy (const BenchDepartment *self);
void bench_department_fill (BenchDepartment *self, guint n_calls);
void bench_department_free (BenchDepartment *self);
MtbCallLog *bench_department_make_call (BenchDepartment *self, GRand *rand, gint64 now);
GPtrArray *bench_select_ids (MtbStore *store, const char *sql);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchDepartment, bench_department_free)

G_END_DECLS
