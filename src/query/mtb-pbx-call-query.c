/* The calls behind a figure. */

#include "mtb-query-private.h"

#include "mtb-pbx.h"
#include "mtb-report-query.h"

/* So many rows are read at once. */
#define PAGE 1000

const char *const mtb_call_part_words[] = {
  "offered", "answered", "unanswered",     "left_after", "answered_late",
  "short",   "waiting",  "not_written_up", NULL,
};

static const MtbField pbx_call_search_fields[] = {
  MTB_FIELD (MtbPbxCallSearch, from, TIME),
  MTB_FIELD (MtbPbxCallSearch, until, TIME),
  MTB_FIELD (MtbPbxCallSearch, queue, TEXT, .max = 80),
  MTB_FIELD (MtbPbxCallSearch, person_id, ID),
  MTB_FIELD (MtbPbxCallSearch, part, ENUM, .choices = mtb_call_part_words),
  MTB_FIELD (MtbPbxCallSearch, limit, INTEGER, .min = 1, .max = MTB_QUERY_ROWS_MAX),
};

static const MtbShape pbx_call_search_shape =
  MTB_SHAPE ("pbx_call_search", MtbPbxCallSearch, pbx_call_search_fields);

static const MtbField pbx_call_row_fields[] = {
  MTB_FIELD (MtbPbxCallRow, id, ID, .required = TRUE),
  MTB_FIELD (MtbPbxCallRow, queue, TEXT, .required = TRUE),
  MTB_FIELD (MtbPbxCallRow, number, TEXT),
  MTB_FIELD (MtbPbxCallRow, person_id, ID),
  MTB_FIELD (MtbPbxCallRow, person_name, TEXT),
  MTB_FIELD (MtbPbxCallRow, customer_id, ID),
  MTB_FIELD (MtbPbxCallRow, customer_kind, ENUM, .choices = mtb_customer_kind_words),
  MTB_FIELD (MtbPbxCallRow, customer_name, TEXT),
  MTB_FIELD (MtbPbxCallRow, entered_at, TIME, .required = TRUE),
  MTB_FIELD (MtbPbxCallRow, connected_at, TIME),
  MTB_FIELD (MtbPbxCallRow, ended_at, TIME),
  MTB_FIELD (MtbPbxCallRow, wait_s, DURATION),
  MTB_FIELD (MtbPbxCallRow, talk_s, DURATION),
  MTB_FIELD (MtbPbxCallRow, outcome, ENUM, .required = TRUE, .choices = mtb_outcome_words),
  MTB_FIELD (MtbPbxCallRow, threshold_s, DURATION),
  MTB_FIELD (MtbPbxCallRow, call_id, ID),
};

static const MtbShape pbx_call_row_shape =
  MTB_SHAPE ("pbx_call_row", MtbPbxCallRow, pbx_call_row_fields);

/* What lets rows through one by one: the words of the totals are functions of a row, and SQL only
 * narrows down. */
typedef struct
{
  const MtbViewer *viewer;
  gint64 part;
  gint64 limit;
  GPtrArray *rows;
  guint n_read;
  gint64 last_at;
  char *last_id;
} Sieve;

static void
sieve_clear (Sieve *self)
{
  g_free (self->last_id);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sieve, sieve_clear)

static gboolean
is_part (const MtbPbxCallRow *row, gint64 part)
{
  const MtbPbxCall call = { .person_id = row->person_id,
                            .connected_at = row->connected_at,
                            .wait_s = row->wait_s,
                            .outcome = row->outcome,
                            .threshold_s = row->threshold_s };

  switch (part)
    {
    case MTB_CALL_PART_ANSWERED:
      return mtb_pbx_call_is_answered (&call);
    case MTB_CALL_PART_UNANSWERED:
      return mtb_pbx_call_is_late (&call);
    case MTB_CALL_PART_LEFT_AFTER:
      return mtb_pbx_call_is_late (&call) && mtb_pbx_call_has_left (&call);
    case MTB_CALL_PART_ANSWERED_LATE:
      return mtb_pbx_call_is_late (&call) && mtb_pbx_call_is_answered (&call);
    case MTB_CALL_PART_SHORT:
      return mtb_pbx_call_has_left_early (&call);
    case MTB_CALL_PART_WAITING:
      return row->outcome == MTB_OUTCOME_WAITING;
    case MTB_CALL_PART_NOT_WRITTEN_UP:
      return mtb_pbx_call_needs_record (&call) && row->call_id == NULL;
    case MTB_CALL_PART_OFFERED:
    default:
      return TRUE;
    }
}

static gboolean
take_row (gpointer record, gpointer data, GError **error)
{
  Sieve *self = data;
  const MtbPbxCallRow *row = record;

  self->n_read++;
  self->last_at = row->entered_at;
  g_free (self->last_id);
  self->last_id = g_strdup (row->id);
  if (self->rows->len < self->limit && is_part (row, self->part)
      && mtb_viewer_sees_scope (self->viewer, &mtb_pbx_call_table, row->person_id))
    g_ptr_array_add (self->rows, mtb_record_ref (record));
  return TRUE;
}

static char *
build_search (const MtbPbxCallSearch *search)
{
  GString *sql = g_string_new (
    "SELECT p.id, p.queue, p.number, p.person_id, a.display_name AS person_name, p.entered_at,"
    " p.connected_at, p.ended_at, p.wait_s, p.talk_s, p.outcome, p.threshold_s,"
    " (SELECT MIN (l.call_id) FROM call_link l WHERE l.pbx_call_id = p.id AND l.joined = 1)"
    " AS call_id FROM pbx_call p LEFT JOIN person a ON a.id = p.person_id"
    " WHERE p.entered_at >= :from"
    " AND (p.entered_at > :from OR CAST (:id AS TEXT) IS NULL OR p.id > :id)");

  if (search->until != MTB_ABSENT)
    g_string_append (sql, " AND p.entered_at < :until");
  if (search->queue != NULL)
    g_string_append (sql, " AND p.queue = :queue");
  if (search->person_id != NULL)
    g_string_append (sql, " AND p.person_id = :person");
  if (search->part == MTB_CALL_PART_WAITING)
    g_string_append (sql, " AND p.outcome = 'waiting'");
  if (search->part == MTB_CALL_PART_NOT_WRITTEN_UP)
    g_string_append (sql, " AND NOT EXISTS (SELECT 1 FROM call_link l WHERE l.pbx_call_id = p.id"
                          " AND l.joined = 1)");
  g_string_append (sql, " ORDER BY p.entered_at, p.id LIMIT :page");
  return g_string_free (sql, FALSE);
}

/* Page by page, until enough has come through. */
static gboolean
sift (MtbStore *store, const MtbPbxCallSearch *search, Sieve *sieve, GError **error)
{
  g_autofree char *sql = build_search (search);

  do
    {
      g_autofree char *last_id = g_steal_pointer (&sieve->last_id);

      sieve->n_read = 0;
      if (!mtb_store_each (
            store, &pbx_call_row_shape, sql,
            MTB_PARAMETERS (MTB_NUMBER ("from", sieve->last_at), MTB_TEXT ("id", last_id),
                            MTB_NUMBER ("until", search->until), MTB_TEXT ("queue", search->queue),
                            MTB_TEXT ("person", search->person_id), MTB_NUMBER ("page", PAGE)),
            take_row, sieve, error))
        return FALSE;
    }
  while (sieve->n_read == PAGE && sieve->rows->len < sieve->limit);
  return TRUE;
}

static gboolean
name_customer (MtbStore *store, const MtbViewer *viewer, MtbPbxCallRow *row, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbCustomer) customer =
    mtb_customer_find_by_number (store, viewer, row->number, &failure);

  if (customer != NULL)
    {
      row->customer_id = g_strdup (customer->id);
      row->customer_kind = customer->kind;
      row->customer_name = g_strdup (customer->name);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static GPtrArray *
run_pbx_calls (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbPbxCallSearch *search = arguments;
  g_auto (Sieve) sieve = { .viewer = viewer, .part = search->part };

  sieve.limit = mtb_query_get_limit (search->limit);
  sieve.rows = mtb_query_new_rows ();
  sieve.last_at = search->from != MTB_ABSENT ? search->from : 0;
  if (!sift (store, search, &sieve, error))
    return NULL;
  for (guint i = 0; i < sieve.rows->len; i++)
    if (!name_customer (store, viewer, g_ptr_array_index (sieve.rows, i), error))
      return NULL;
  return g_steal_pointer (&sieve.rows);
}

static void
go_on_after (gpointer arguments, gconstpointer row)
{
  ((MtbPbxCallSearch *) arguments)->from = ((const MtbPbxCallRow *) row)->entered_at;
}

const MtbQuery mtb_pbx_calls_query = {
  .name = "pbx_calls",
  .arguments = &pbx_call_search_shape,
  .rows = &pbx_call_row_shape,
  .go_on = go_on_after,
  .run = run_pbx_calls,
};
