#pragma once

#include "mtb-record.h"
#include "mtb-role.h"

G_BEGIN_DECLS

/**
 * MtbTable:
 * @shape: its columns, the key `id` first
 * @area: the row of *Who sees what* that it belongs to
 * @scope: (nullable): the column with the person whose row it is
 * @window: (nullable): the time column by which rows leave a desk after %MTB_WINDOW_DAYS
 * @words: (nullable) (array zero-terminated=1): text columns whose folded words are searched
 * @indexes: (nullable) (array zero-terminated=1): column lists to index
 *
 * A table of records that desks may hold.
 */
typedef struct
{
  MtbShape shape;
  MtbArea area;
  const char *scope;
  const char *window;
  const char *const *words;
  const char *const *indexes;
} MtbTable;

#define MTB_WINDOW_DAYS 35

/* Arrays written in place, for the tables of tables. */
#define MTB_LIST(...) ((const char *const[]){ __VA_ARGS__, NULL })

extern const MtbTable *const mtb_tables[];

const MtbTable *mtb_table_find (const char *name);
const MtbTable *mtb_table_of (gconstpointer record);
gboolean mtb_table_is_fed (const MtbTable *table);
const char *mtb_table_get_scope (const MtbTable *table, gconstpointer record);

G_END_DECLS
