#pragma once

#include "mtb-store.h"

G_BEGIN_DECLS

/**
 * MtbFinding:
 * @table: (nullable): the table
 * @id: (nullable): the key of its row
 * @field: (nullable): the column
 * @reason: what is wrong, in English, to be translated
 * @detail: (nullable): more about it, which is not translated
 *
 * Something in a database that should not be.
 */
typedef struct
{
  const char *table;
  const char *id;
  const char *field;
  const char *reason;
  const char *detail;
} MtbFinding;

typedef void (*MtbFindingFunc) (const MtbFinding *finding, gpointer data);

/**
 * MtbCheck:
 * @MTB_CHECK_ENGINE: what the engine says of its own files
 * @MTB_CHECK_TRAIL: the chain of the audit trail
 * @MTB_CHECK_FEED: the numbers of the feed and the trail, and each row by its last entry there
 * @MTB_CHECK_ROWS: each row by the description of its fields
 * @MTB_CHECK_REFERENCES: each id that points to a row of a table
 * @MTB_CHECK_WORDS: the words by which names and numbers are found
 * @MTB_CHECK_TOTALS: the reports' totals against the calls
 *
 * A part of the check of a whole database.
 */
typedef enum
{
  MTB_CHECK_ENGINE,
  MTB_CHECK_TRAIL,
  MTB_CHECK_FEED,
  MTB_CHECK_ROWS,
  MTB_CHECK_REFERENCES,
  MTB_CHECK_WORDS,
  MTB_CHECK_TOTALS,
} MtbCheck;

#define MTB_N_CHECKS (MTB_CHECK_TOTALS + 1)

const char *mtb_check_get_name (MtbCheck check);
const char *mtb_check_get_title (MtbCheck check);
gboolean mtb_verify (MtbStore *store,
                     MtbCheck check,
                     MtbFindingFunc func,
                     gpointer data,
                     gint64 *n_seen,
                     GError **error);

G_END_DECLS
