#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BENCH_VALUE_NONE,
  BENCH_VALUE_NUMBER,
  BENCH_VALUE_TEXT,
} BenchValueKind;

typedef struct
{
  BenchValueKind kind;
  gint64 number;
  const char *text;
  guint length;
} BenchValue;

#define BENCH_COLUMNS_MAX 32

/* An engine with nothing round it: statements that are prepared once, whose parameters are $1, $2 …
 * in the order in which they stand there. */
typedef struct
{
  gpointer (*open) (const char *database, const char *const *statements);
  void (*begin) (gpointer self);
  void (*run) (gpointer self, guint statement, const BenchValue *values, guint n_values);
  void (*commit) (gpointer self);
  void (*close) (gpointer self);
} BenchWriter;

extern const BenchWriter bench_sqlite_writer;
extern const BenchWriter bench_postgresql_writer;

G_END_DECLS
