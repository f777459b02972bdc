/* The server's own tables: the head, the feed, the verdicts that are the audit trail, sign-ins. */

#include "mtb-ledger.h"

#include "mtb-attempt.h"
#include "mtb-directory.h"
#include "mtb-error.h"
#include "mtb-lease.h"
#include "mtb-number.h"
#include "mtb-schema.h"
#include "mtb-time.h"

#include <string.h>

static const MtbField head_fields[] = {
  MTB_FIELD (MtbHead, id, INTEGER, .required = TRUE),
  MTB_FIELD (MtbHead, epoch, ID, .required = TRUE),
  MTB_FIELD (MtbHead, seq, INTEGER, .required = TRUE),
  MTB_FIELD (MtbHead, audit_seq, INTEGER, .required = TRUE),
  MTB_FIELD (MtbHead, audit_hash, TEXT, .required = TRUE),
  MTB_FIELD (MtbHead, window_from, TIME, .required = TRUE),
  MTB_FIELD (MtbHead, recovering, FLAG, .required = TRUE),
  MTB_FIELD (MtbHead, erased_to, INTEGER),
};

const MtbShape mtb_head_shape = MTB_SHAPE ("head", MtbHead, head_fields);

static const MtbField change_fields[] = {
  MTB_FIELD (MtbChange, seq, INTEGER, .required = TRUE),
  MTB_FIELD (MtbChange, tbl, TEXT, .required = TRUE),
  MTB_FIELD (MtbChange, row_id, TEXT, .required = TRUE),
  MTB_FIELD (MtbChange, before_scope, TEXT),
  MTB_FIELD (MtbChange, after_scope, TEXT),
};

const MtbShape mtb_change_shape = MTB_SHAPE ("change", MtbChange, change_fields);

static const MtbField entry_fields[] = {
  MTB_FIELD (MtbEntry, seq, INTEGER, .required = TRUE),
  MTB_FIELD (MtbEntry, id, ID, .required = TRUE),
  MTB_FIELD (MtbEntry, person_id, ID, .required = TRUE, .references = "person"),
  MTB_FIELD (MtbEntry, desk, TEXT),
  MTB_FIELD (MtbEntry, origin, TEXT),
  MTB_FIELD (MtbEntry, type, TEXT, .required = TRUE),
  MTB_FIELD (MtbEntry, given_at, TIME, .required = TRUE),
  MTB_FIELD (MtbEntry, received_at, TIME, .required = TRUE),
  MTB_FIELD (MtbEntry, salt, TEXT),
  MTB_FIELD (MtbEntry, payload, TEXT),
  MTB_FIELD (MtbEntry, payload_hash, TEXT, .required = TRUE),
  MTB_FIELD (MtbEntry, status, TEXT, .required = TRUE),
  MTB_FIELD (MtbEntry, code, TEXT),
  MTB_FIELD (MtbEntry, message, TEXT),
  MTB_FIELD (MtbEntry, field, TEXT),
  MTB_FIELD (MtbEntry, hash, TEXT, .required = TRUE),
};

const MtbShape mtb_entry_shape = MTB_SHAPE ("command", MtbEntry, entry_fields);

static const MtbField session_fields[] = {
  MTB_FIELD (MtbSession, token_hash, TEXT, .required = TRUE),
  MTB_FIELD (MtbSession, id, ID, .required = TRUE),
  MTB_FIELD (MtbSession, person_id, ID, .required = TRUE, .references = "person"),
  MTB_FIELD (MtbSession, desk, TEXT),
  MTB_FIELD (MtbSession, origin, TEXT),
  MTB_FIELD (MtbSession, created_at, TIME, .required = TRUE),
  MTB_FIELD (MtbSession, expires_at, TIME, .required = TRUE),
  MTB_FIELD (MtbSession, dismissed, FLAG),
  MTB_FIELD (MtbSession, must_change, FLAG),
};

const MtbShape mtb_session_shape = MTB_SHAPE ("session", MtbSession, session_fields);

static const MtbField credential_fields[] = {
  MTB_FIELD (MtbCredential, person_id, ID, .required = TRUE, .references = "person"),
  MTB_FIELD (MtbCredential, verifier, TEXT, .required = TRUE),
  MTB_FIELD (MtbCredential, changed_at, TIME, .required = TRUE),
  MTB_FIELD (MtbCredential, must_change, FLAG),
};

const MtbShape mtb_credential_shape = MTB_SHAPE ("credential", MtbCredential, credential_fields);

static const MtbField sight_change_fields[] = {
  MTB_FIELD (MtbSightChange, person_id, ID, .required = TRUE, .references = "person"),
  MTB_FIELD (MtbSightChange, seq, INTEGER, .required = TRUE),
};

const MtbShape mtb_sight_change_shape =
  MTB_SHAPE ("sight_change", MtbSightChange, sight_change_fields);

/* What has changed in the directory is asked for apart from the many other changes. */
#define DIRECTORY_INDEX \
  "CREATE INDEX IF NOT EXISTS change_of_directory ON change (seq) WHERE tbl = '" MTB_DIRECTORY_TABLE \
  "'"

/* The head last: with it a database has a department. */
static const MtbShape *const shapes[] = {
  &mtb_change_shape,     &mtb_entry_shape,        &mtb_session_shape,
  &mtb_credential_shape, &mtb_sight_change_shape, &mtb_lease_shape,
  &mtb_attempt_shape,    &mtb_place_shape,        &mtb_head_shape,
};

/**
 * mtb_ledger_list_shapes:
 *
 * Returns: (transfer container) (element-type MtbShape): all that an authority's database holds, but
 *   for what follows from it: the tables of records, then the ledger, the head last
 */
GPtrArray *
mtb_ledger_list_shapes (void)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; mtb_tables[i] != NULL; i++)
    g_ptr_array_add (list, (gpointer) &mtb_tables[i]->shape);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    g_ptr_array_add (list, (gpointer) shapes[i]);
  return list;
}

/**
 * mtb_ledger_is_empty:
 * @store: a store with an authority's tables
 * @empty: (out): whether there is no row in any of them
 * @error: return location
 *
 * Returns: whether it could be asked
 */
gboolean
mtb_ledger_is_empty (MtbStore *store, gboolean *empty, GError **error)
{
  g_autoptr (GPtrArray) list = mtb_ledger_list_shapes ();
  gboolean ok = TRUE;

  *empty = TRUE;
  for (guint i = 0; ok && *empty && i < list->len; i++)
    {
      const MtbShape *shape = g_ptr_array_index (list, i);
      g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM %s LIMIT 1", shape->name);
      gint64 found;

      ok = mtb_store_select_number (store, sql, NULL, &found, error);
      *empty = found == MTB_ABSENT;
    }
  return ok;
}

static gboolean
create_head (MtbStore *store, const char *epoch, GError **error)
{
  g_autoptr (MtbHead) head = mtb_ledger_read_head (store, error);
  gboolean empty;

  if (head != NULL)
    return TRUE;
  g_clear_error (error);
  if (!mtb_ledger_is_empty (store, &empty, error))
    return FALSE;
  if (!empty)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_STORAGE,
                           "this database has a part of a department in it, since a copy was"
                           " cut short; empty it and begin again");
      return FALSE;
    }
  head = mtb_record_new (&mtb_head_shape);
  head->id = 1;
  head->epoch = g_strdup (epoch);
  head->seq = 0;
  head->audit_seq = 0;
  head->audit_hash = g_strnfill (64, '0');
  head->window_from = 0;
  head->recovering = 0;
  return mtb_store_insert (store, head, error);
}

/**
 * mtb_ledger_create_tables:
 * @store: an authority's store in a transaction
 * @error: return location
 *
 * Brings a database to this program's form, whether a department is in it or not.
 *
 * Returns: whether all tables are there
 */
gboolean
mtb_ledger_create_tables (MtbStore *store, GError **error)
{
  gboolean ok = mtb_schema_create_tables (store, error);

  for (guint i = 0; ok && i < G_N_ELEMENTS (shapes); i++)
    ok = mtb_schema_create (store, shapes[i], error);
  return ok && mtb_schema_create_index (store, &mtb_entry_shape, "id", TRUE, error)
         && mtb_store_execute (store, DIRECTORY_INDEX, error)
         && mtb_schema_create_index (store, &mtb_session_shape, "person_id", FALSE, error)
         && mtb_schema_create_index (store, &mtb_session_shape, "id", FALSE, error)
         && mtb_schema_create_index (store, &mtb_lease_shape, "person_id", FALSE, error)
         && mtb_schema_create_index (store, &mtb_lease_shape, "seen_at", FALSE, error)
         && mtb_schema_create_index (store, &mtb_attempt_shape, "account", FALSE, error)
         && mtb_schema_create_index (store, &mtb_attempt_shape, "forgotten_at", FALSE, error)
         && mtb_schema_create_index (store, &mtb_place_shape, "address, person_id, seen_at", FALSE,
                                     error)
         && mtb_schema_create_index (store, &mtb_place_shape, "seen_at", FALSE, error);
}

/* Nobody writes meanwhile, who would hold a table that this wants and wait for one that it has. */
static gboolean
keep_writers_out (MtbStore *store, GError **error)
{
  gboolean there;

  return mtb_schema_is_there (store, &mtb_head_shape, &there, error)
         && (!there
             || mtb_store_run (store, "UPDATE head SET seq = seq WHERE id = 1", NULL, error));
}

/* Those from before they had ids are begun anew; those from before they knew whether the password has to be
 * changed learn it. */
static gboolean
bring_sign_ins_to_form (MtbStore *store, GError **error)
{
  return mtb_store_run (store, "DELETE FROM session WHERE id IS NULL", NULL, error)
         && mtb_store_run (store,
                           "UPDATE session SET must_change = COALESCE ((SELECT c.must_change"
                           " FROM credential c WHERE c.person_id = session.person_id), 0)"
                           " WHERE must_change IS NULL",
                           NULL, error);
}

/**
 * mtb_ledger_create:
 * @store: an authority's store
 * @epoch: the id of the history, where a new one begins
 * @error: return location
 *
 * Brings a database to this program's form: makes a new one, or widens an older one.
 *
 * Returns: whether all is there
 */
gboolean
mtb_ledger_create (MtbStore *store, const char *epoch, GError **error)
{
  if (!mtb_store_begin_tables (store, error))
    return FALSE;
  if (keep_writers_out (store, error) && mtb_ledger_create_tables (store, error)
      && bring_sign_ins_to_form (store, error) && create_head (store, epoch, error))
    return mtb_store_commit (store, error);
  mtb_store_rollback (store);
  return FALSE;
}

/**
 * mtb_ledger_is_there:
 * @store: an authority's store
 *
 * Returns: whether a department was ever made in it
 */
gboolean
mtb_ledger_is_there (MtbStore *store)
{
  g_autoptr (MtbHead) head = mtb_ledger_read_head (store, NULL);

  return head != NULL;
}

static MtbHead *
need_head (MtbHead *head, GError **error)
{
  if (head == NULL && (error == NULL || *error == NULL))
    g_set_error_literal (error, MTB_ERROR, MTB_ERROR_STORAGE,
                         "this database has no department in it; make one with mutabaactl init");
  return head;
}

/**
 * mtb_ledger_take_head:
 * @store: a store in a writing transaction
 * @error: return location
 *
 * Takes the head before anything else, and holds it until the transaction ends.
 *
 * Returns: (transfer full): the head; write it back with mtb_ledger_write_head()
 */
MtbHead *
mtb_ledger_take_head (MtbStore *store, GError **error)
{
  return need_head (
    mtb_store_select_one (store, &mtb_head_shape,
                          "UPDATE head SET seq = seq WHERE id = 1 RETURNING id, epoch,"
                          " seq, audit_seq, audit_hash, window_from, recovering, erased_to",
                          NULL, error),
    error);
}

/**
 * mtb_ledger_read_head:
 * @store: an authority's store
 * @error: return location
 *
 * Returns: (transfer full): the head as it stands
 */
MtbHead *
mtb_ledger_read_head (MtbStore *store, GError **error)
{
  return need_head (mtb_store_select_one (store, &mtb_head_shape,
                                          "SELECT $columns(t) FROM head t WHERE t.id = 1", NULL,
                                          error),
                    error);
}

/**
 * mtb_ledger_write_head:
 * @store: a store in a writing transaction
 * @head: what mtb_ledger_take_head() gave, moved on
 * @error: return location
 *
 * Returns: whether it was written
 */
gboolean
mtb_ledger_write_head (MtbStore *store, const MtbHead *head, GError **error)
{
  return mtb_store_run (
    store,
    "UPDATE head SET epoch = :epoch, seq = :seq, audit_seq = :audit_seq,"
    " audit_hash = :audit_hash, window_from = :window_from, recovering = :recovering,"
    " erased_to = :erased_to WHERE id = 1",
    MTB_PARAMETERS (
      MTB_TEXT ("epoch", head->epoch), MTB_NUMBER ("seq", head->seq),
      MTB_NUMBER ("audit_seq", head->audit_seq), MTB_TEXT ("audit_hash", head->audit_hash),
      MTB_NUMBER ("window_from", head->window_from), MTB_NUMBER ("recovering", head->recovering),
      MTB_NUMBER ("erased_to", head->erased_to)),
    error);
}

static gboolean
insert_change (MtbStore *store,
               MtbHead *head,
               const char *table,
               const char *row_id,
               const char *before_scope,
               const char *after_scope,
               GError **error)
{
  g_autoptr (MtbChange) change = mtb_record_new (&mtb_change_shape);

  change->seq = ++head->seq;
  change->tbl = g_strdup (table);
  change->row_id = g_strdup (row_id);
  change->before_scope = g_strdup (before_scope);
  change->after_scope = g_strdup (after_scope);
  return mtb_store_insert (store, change, error);
}

static const char *
get_scope (const MtbTable *table, gconstpointer record)
{
  const char *scope = record != NULL ? mtb_table_get_scope (table, record) : NULL;

  return record != NULL && scope == NULL ? "" : scope;
}

/**
 * mtb_ledger_add_change:
 * @store: a store in a writing transaction
 * @head: the head that was taken
 * @table: a table
 * @before: (nullable): the row as it was
 * @after: (nullable): the row as it will be
 * @error: return location
 *
 * Enters a change into the feed, if the table is fed.
 *
 * Returns: whether it went well
 */
gboolean
mtb_ledger_add_change (MtbStore *store,
                       MtbHead *head,
                       const MtbTable *table,
                       gconstpointer before,
                       gconstpointer after,
                       GError **error)
{
  if (!mtb_table_is_fed (table))
    return TRUE;
  return insert_change (store, head, table->shape.name,
                        mtb_record_get_id (after != NULL ? after : before),
                        get_scope (table, before), get_scope (table, after), error);
}

/**
 * mtb_ledger_move_window:
 * @store: a store in a writing transaction
 * @head: the head that was taken
 * @from: rows of windowed tables before this leave the desks
 * @error: return location
 *
 * Returns: whether it went well
 */
gboolean
mtb_ledger_move_window (MtbStore *store, MtbHead *head, gint64 from, GError **error)
{
  g_autofree char *when = mtb_time_format (from);

  if (from <= head->window_from)
    return TRUE;
  head->window_from = from;
  return insert_change (store, head, MTB_CHANGE_WINDOW, when, "", "", error);
}

/**
 * mtb_ledger_change_sight:
 * @store: a store in a writing transaction
 * @head: the head that was taken
 * @person_id: a person
 * @error: return location
 *
 * Notes that what the person may see is another since the last change: desks whose cursor is before
 * it are given a new snapshot, in which nothing is left of what was lost.
 *
 * Returns: whether it went well
 */
gboolean
mtb_ledger_change_sight (MtbStore *store,
                         const MtbHead *head,
                         const char *person_id,
                         GError **error)
{
  g_autoptr (MtbSightChange) change = mtb_record_new (&mtb_sight_change_shape);

  change->person_id = g_strdup (person_id);
  change->seq = head->seq;
  return mtb_store_put (store, change, error);
}

static gboolean
add_known (gpointer record, gpointer known, GError **error)
{
  g_hash_table_add (known, g_strdup (((const MtbEntry *) record)->id));
  return TRUE;
}

/**
 * mtb_ledger_find_known:
 * @store: an authority's store
 * @command_ids: (array length=n_ids): ids that desks gave commands
 * @n_ids: how many
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8): those of them that may have a verdict: all, where each
 *   is as soon asked for by itself
 */
GHashTable *
mtb_ledger_find_known (MtbStore *store, const char *const *command_ids, guint n_ids, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; !mtb_store_is_apart (store) && i < n_ids; i++)
    g_hash_table_add (known, g_strdup (command_ids[i]));
  for (guint from = 0; mtb_store_is_apart (store) && from < n_ids; from += MTB_KEYS_AT_ONCE)
    {
      MtbKeys keys;

      mtb_keys_init (&keys, command_ids + from, n_ids - from);
      if (!mtb_store_each (store, &mtb_entry_shape,
                           "SELECT c.id FROM command c WHERE c.id IN " MTB_KEYS, keys.parameters,
                           add_known, known, error))
        return NULL;
    }
  return g_steal_pointer (&known);
}

/**
 * mtb_ledger_find_entry:
 * @store: an authority's store
 * @command_id: the id that the desk gave the command
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the verdict; %NULL without @error where there is none yet
 */
MtbEntry *
mtb_ledger_find_entry (MtbStore *store, const char *command_id, GError **error)
{
  return mtb_store_select_one (store, &mtb_entry_shape,
                               "SELECT $columns(t) FROM command t WHERE t.id = :id",
                               MTB_PARAMETERS (MTB_TEXT ("id", command_id)), error);
}

/**
 * mtb_head_format:
 * @head: a head
 *
 * Returns: (transfer full): the last entry of the audit trail, as `SEQ:HASH`
 */
char *
mtb_head_format (const MtbHead *head)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%s", head->audit_seq, head->audit_hash);
}

static gboolean
parse_head (const char *text, gint64 *seq, const char **hash, GError **error)
{
  const char *colon = strchr (text, ':');
  g_autofree char *number = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : NULL;

  if (!mtb_number_parse (number, 0, G_MAXINT64, seq))
    {
      mtb_error_set_invalid (error, "head", "a head is SEQ:HASH");
      return FALSE;
    }
  *hash = colon + 1;
  return TRUE;
}

static gboolean
fail_mismatch (GError **error)
{
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_MISMATCH,
                       "this server's history is not the one that this desk has seen");
  return FALSE;
}

/**
 * mtb_ledger_check_history:
 * @store: an authority's store in a read transaction
 * @head: the head, read in it
 * @epoch: (nullable): which history was seen
 * @seen: (nullable): the last entry of the audit trail that was seen, as `SEQ:HASH`
 * @error: return location, %MTB_ERROR_GONE, %MTB_ERROR_MISMATCH, %MTB_ERROR_INVALID
 *
 * Whoever has seen an entry of the trail is a witness: it must still be there as it was, and so must
 * the epoch.
 *
 * Returns: whether this is the history that was seen
 */
gboolean
mtb_ledger_check_history (MtbStore *store,
                          const MtbHead *head,
                          const char *epoch,
                          const char *seen,
                          GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *hash = NULL;
  const char *seen_hash = NULL;
  gint64 seq = 0;
  int order = g_strcmp0 (epoch, head->epoch);

  /* An epoch's id begins with the time at which it began. */
  if (order > 0)
    return fail_mismatch (error);
  if (order < 0)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_GONE, "a new epoch has begun");
      return FALSE;
    }
  if (seen != NULL && !parse_head (seen, &seq, &seen_hash, error))
    return FALSE;
  if (seq == 0)
    return TRUE;
  hash = seq == head->audit_seq
           ? g_strdup (head->audit_hash)
           : mtb_store_select_text (store, "SELECT hash FROM command WHERE seq = :seq",
                                    MTB_PARAMETERS (MTB_NUMBER ("seq", seq)), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return g_strcmp0 (hash, seen_hash) == 0 || fail_mismatch (error);
}
