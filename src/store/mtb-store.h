#pragma once

#include "mtb-table.h"

G_BEGIN_DECLS

typedef struct _MtbStore MtbStore;

/**
 * MtbStoreMode:
 * @MTB_STORE_AUTHORITY: the server's database: each commit is durable, and what is erased is
 *   overwritten
 * @MTB_STORE_PRECIOUS: a small file that cannot be fetched again: each commit is durable
 * @MTB_STORE_CACHE: can be fetched again: fast, and what is deleted is overwritten
 * @MTB_STORE_FILE: a file that is written once, whole, to be sent
 * @MTB_STORE_READ_ONLY: a second connection that only reads
 * @MTB_STORE_CHECK: one that reads all there is, once: what has to be sorted for it goes to disk
 */
typedef enum
{
  MTB_STORE_AUTHORITY,
  MTB_STORE_PRECIOUS,
  MTB_STORE_CACHE,
  MTB_STORE_FILE,
  MTB_STORE_READ_ONLY,
  MTB_STORE_CHECK,
} MtbStoreMode;

/**
 * MtbParameter:
 * @name: the name after the colon in the SQL; %NULL ends a list
 * @is_text: whether @text counts, or @number
 *
 * A value for a statement; see MTB_PARAMETERS().
 */
typedef struct
{
  const char *name;
  gboolean is_text;
  const char *text;
  gint64 number;
} MtbParameter;

#define MTB_TEXT(key, value) ((MtbParameter){ .name = (key), .is_text = TRUE, .text = (value) })
#define MTB_NUMBER(key, value) ((MtbParameter){ .name = (key), .number = (value) })
#define MTB_PARAMETERS(...) ((const MtbParameter[]){ __VA_ARGS__, { NULL } })

/**
 * MtbJournal:
 * @store: the store that is written
 * @table: the table
 * @before: (nullable): the row as it was
 * @after: (nullable): the row as it will be
 * @data: what was given with the function
 * @error: return location
 *
 * Hears of each row of a #MtbTable before it is written, in the same transaction.
 *
 * Returns: whether to go on
 */
typedef gboolean (*MtbJournal) (MtbStore *store,
                                const MtbTable *table,
                                gconstpointer before,
                                gconstpointer after,
                                gpointer data,
                                GError **error);

MtbStore *mtb_store_open (const char *uri, MtbStoreMode mode, GError **error);
void mtb_store_close (MtbStore *store);
void mtb_store_set_journal (MtbStore *store, MtbJournal journal, gpointer data);

gboolean mtb_store_begin (MtbStore *store, GError **error);
gboolean mtb_store_begin_read (MtbStore *store, GError **error);
gboolean mtb_store_begin_tables (MtbStore *store, GError **error);
gboolean mtb_store_commit (MtbStore *store, GError **error);
void mtb_store_rollback (MtbStore *store);

gboolean mtb_store_execute (MtbStore *store, const char *script, GError **error);
gboolean
mtb_store_run (MtbStore *store, const char *sql, const MtbParameter *parameters, GError **error);
GPtrArray *mtb_store_select (MtbStore *store,
                             const MtbShape *shape,
                             const char *sql,
                             const MtbParameter *parameters,
                             GError **error);
gpointer mtb_store_select_one (MtbStore *store,
                               const MtbShape *shape,
                               const char *sql,
                               const MtbParameter *parameters,
                               GError **error);
gboolean mtb_store_select_number (MtbStore *store,
                                  const char *sql,
                                  const MtbParameter *parameters,
                                  gint64 *number,
                                  GError **error);
char *mtb_store_select_text (MtbStore *store,
                             const char *sql,
                             const MtbParameter *parameters,
                             GError **error);

typedef gboolean (*MtbRowFunc) (gpointer record, gpointer data, GError **error);
gboolean mtb_store_each (MtbStore *store,
                         const MtbShape *shape,
                         const char *sql,
                         const MtbParameter *parameters,
                         MtbRowFunc func,
                         gpointer data,
                         GError **error);

gboolean mtb_store_is_apart (MtbStore *store);
gpointer mtb_store_get (MtbStore *store, const MtbShape *shape, const char *id, GError **error);
/**
 * MTB_KEYS:
 *
 * A list in SQL for the keys of an #MtbKeys: always as many, so that the statement is prepared once.
 */
#define MTB_KEYS_AT_ONCE 32
#define MTB_KEYS_OF_8(n) \
  ":k" #n "0,:k" #n "1,:k" #n "2,:k" #n "3,:k" #n "4,:k" #n "5,:k" #n "6,:k" #n "7"
#define MTB_KEYS \
  "(" MTB_KEYS_OF_8 (0) "," MTB_KEYS_OF_8 (1) "," MTB_KEYS_OF_8 (2) "," MTB_KEYS_OF_8 (3) ")"

typedef struct
{
  char names[MTB_KEYS_AT_ONCE][16];
  MtbParameter parameters[MTB_KEYS_AT_ONCE + 1];
} MtbKeys;

void mtb_keys_init (MtbKeys *keys, const char *const *ids, guint n_ids);

gboolean mtb_store_read_ahead (MtbStore *store,
                               const MtbTable *table,
                               const char *const *ids,
                               guint n_ids,
                               GError **error);
gboolean mtb_store_insert (MtbStore *store, gconstpointer record, GError **error);
gboolean mtb_store_put (MtbStore *store, gconstpointer record, GError **error);
gboolean mtb_store_delete (MtbStore *store, const MtbShape *shape, const char *id, GError **error);

gint64 mtb_store_get_data_version (MtbStore *store);
gboolean mtb_store_forget (MtbStore *store, GError **error);
GPtrArray *mtb_store_check (MtbStore *store, GError **error);
gboolean mtb_store_set_aside (const char *uri, const char *suffix, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbStore, mtb_store_close)

G_END_DECLS
