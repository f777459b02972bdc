/* Records of calls: lists of them, one, and what it said before it was corrected. */

#include "mtb-query-private.h"

#include "mtb-call-query.h"
#include "mtb-call.h"
#include "mtb-fold.h"
#include "mtb-time.h"

#include <string.h>

/* Where rows have to be looked at one by one, only so many of the latest are. */
#define SCAN_MAX 5000

static const MtbField call_search_fields[] = {
  MTB_FIELD (MtbCallSearch, person_id, ID),
  MTB_FIELD (MtbCallSearch, customer_id, ID),
  MTB_FIELD (MtbCallSearch, from, TIME),
  MTB_FIELD (MtbCallSearch, until, TIME),
  MTB_FIELD (MtbCallSearch, text, TEXT, .max = 200),
  MTB_FIELD (MtbCallSearch, solved, FLAG),
  MTB_FIELD (MtbCallSearch, direction, ENUM, .choices = mtb_direction_words),
  MTB_FIELD (MtbCallSearch, limit, INTEGER, .min = 1, .max = MTB_QUERY_ROWS_MAX),
};

static const MtbShape call_search_shape =
  MTB_SHAPE ("call_search", MtbCallSearch, call_search_fields);

static const MtbField call_row_fields[] = {
  MTB_FIELD (MtbCallRow, id, ID, .required = TRUE),
  MTB_FIELD (MtbCallRow, person_id, ID, .required = TRUE),
  MTB_FIELD (MtbCallRow, person_name, TEXT),
  MTB_FIELD (MtbCallRow, customer_id, ID),
  MTB_FIELD (MtbCallRow, customer_kind, ENUM, .choices = mtb_customer_kind_words),
  MTB_FIELD (MtbCallRow, customer_name, TEXT),
  MTB_FIELD (MtbCallRow, number, TEXT),
  MTB_FIELD (MtbCallRow, direction, ENUM, .required = TRUE, .choices = mtb_direction_words),
  MTB_FIELD (MtbCallRow, type_id, ID, .required = TRUE),
  MTB_FIELD (MtbCallRow, type_name, TEXT),
  MTB_FIELD (MtbCallRow, type_name_en, TEXT),
  MTB_FIELD (MtbCallRow, group_name, TEXT),
  MTB_FIELD (MtbCallRow, group_name_en, TEXT),
  MTB_FIELD (MtbCallRow, resolution, ENUM, .required = TRUE, .choices = mtb_resolution_words),
  MTB_FIELD (MtbCallRow, solved, FLAG, .required = TRUE),
  MTB_FIELD (MtbCallRow, notes, TEXT),
  MTB_FIELD (MtbCallRow, started_at, TIME, .required = TRUE),
  MTB_FIELD (MtbCallRow, ended_at, TIME, .required = TRUE),
  MTB_FIELD (MtbCallRow, wrap_up_s, DURATION),
  MTB_FIELD (MtbCallRow, logged_at, TIME, .required = TRUE),
  MTB_FIELD (MtbCallRow, received_at, TIME),
  MTB_FIELD (MtbCallRow, version, INTEGER, .required = TRUE),
  MTB_FIELD (MtbCallRow, pbx_call_id, ID),
  MTB_FIELD (MtbCallRow, unread_notes, INTEGER),
};

const MtbShape mtb_call_row_shape = MTB_SHAPE ("call_row", MtbCallRow, call_row_fields);

static const MtbField call_ref_fields[] = {
  MTB_FIELD (MtbCallRef, id, ID, .required = TRUE),
};

static const MtbShape call_ref_shape = MTB_SHAPE ("call_ref", MtbCallRef, call_ref_fields);

/* A record may be joined with several calls of the PBX, where one was passed on; it is one row. Who
 * may not see the directory gets no names out of it. */
#define SELECT_ROWS \
  "SELECT c.id, c.person_id, p.display_name AS person_name," \
  " COALESCE (c.subscriber_id, c.prospect_id) AS customer_id," \
  " CASE WHEN c.subscriber_id IS NOT NULL THEN 'subscriber'" \
  " WHEN c.prospect_id IS NOT NULL THEN 'prospect' END AS customer_kind," \
  " COALESCE (s.name, r.name) AS customer_name, c.number, c.direction, c.type_id," \
  " t.name AS type_name, t.name_en AS type_name_en, g.name AS group_name," \
  " g.name_en AS group_name_en, c.resolution, c.solved, c.notes, c.started_at, c.ended_at," \
  " c.wrap_up_s, c.logged_at, c.received_at, c.version," \
  " (SELECT MIN (l.pbx_call_id) FROM call_link l WHERE l.call_id = c.id AND l.joined = 1)" \
  " AS pbx_call_id," \
  " (SELECT COUNT (*) FROM note n WHERE n.call_id = c.id AND n.seen_at IS NULL) AS unread_notes" \
  " FROM call c LEFT JOIN person p ON p.id = c.person_id" \
  " LEFT JOIN subscriber s ON s.id = c.subscriber_id AND CAST (:directory AS BIGINT) = 1" \
  " LEFT JOIN prospect r ON r.id = c.prospect_id AND CAST (:directory AS BIGINT) = 1" \
  " LEFT JOIN call_type t ON t.id = c.type_id LEFT JOIN call_type g ON g.id = t.parent_id"

/* What lets rows through one by one, as SQL cannot: whether they may be seen, folded words. */
typedef struct
{
  const MtbViewer *viewer;
  gint64 card_from;
  char **words;
  gint64 limit;
  GPtrArray *rows;
} Sieve;

static void
sieve_init (Sieve *self, const MtbViewer *viewer, const char *text, gint64 limit)
{
  gboolean cards = mtb_roles_open_cards (mtb_viewer_get_person (viewer)->roles);

  self->viewer = viewer;
  self->card_from = cards ? mtb_time_now () - MTB_CARD_CALLS_DAYS * MTB_DAY : G_MAXINT64;
  self->words = mtb_fold_words (text != NULL ? text : "");
  self->limit = limit;
  self->rows = mtb_query_new_rows ();
}

static void
sieve_clear (Sieve *self)
{
  g_strfreev (self->words);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sieve, sieve_clear)

static gboolean
sees_row (const Sieve *self, const MtbCallRow *row)
{
  return mtb_viewer_sees_scope (self->viewer, &mtb_call_table, row->person_id)
         || (row->customer_id != NULL && row->customer_kind == MTB_CUSTOMER_SUBSCRIBER
             && row->started_at >= self->card_from);
}

static gboolean
fits_words (const Sieve *self, const MtbCallRow *row)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (self->words[0] == NULL)
    return TRUE;
  text =
    g_strdup_printf ("%s %s %s", row->customer_name != NULL ? row->customer_name : "",
                     row->number != NULL ? row->number : "", row->notes != NULL ? row->notes : "");
  words = mtb_fold_words (text);
  return mtb_fold_fits ((const char *const *) words, (const char *const *) self->words);
}

static gboolean
take_row (gpointer record, gpointer data, GError **error)
{
  Sieve *self = data;

  if (self->rows->len < self->limit && sees_row (self, record) && fits_words (self, record))
    g_ptr_array_add (self->rows, mtb_record_ref (record));
  return TRUE;
}

static char *
build_search (const MtbCallSearch *search, const char *person_id)
{
  GString *sql = g_string_new (SELECT_ROWS " WHERE 1 = 1");

  if (person_id != NULL)
    g_string_append (sql, " AND c.person_id = :person");
  if (search->customer_id != NULL)
    g_string_append (sql, " AND (c.subscriber_id = :customer OR c.prospect_id = :customer)");
  if (search->from != MTB_ABSENT)
    g_string_append (sql, " AND c.started_at >= :from");
  if (search->until != MTB_ABSENT)
    g_string_append (sql, " AND c.started_at < :until");
  if (search->solved != MTB_ABSENT)
    g_string_append (sql, " AND c.solved = :solved");
  if (search->direction != MTB_ABSENT)
    g_string_append (sql, " AND c.direction = :direction");
  g_string_append (sql, " ORDER BY c.started_at DESC NULLS LAST, c.id DESC LIMIT :scan");
  return g_string_free (sql, FALSE);
}

/* Adds the latest records, those of one person where @person_id says so. */
static gboolean
add_calls (MtbStore *store,
           const MtbCallSearch *search,
           const char *person_id,
           gint64 scan,
           Sieve *sieve,
           GError **error)
{
  g_autofree char *sql = build_search (search, person_id);
  const char *direction =
    search->direction != MTB_ABSENT ? mtb_direction_words[search->direction] : NULL;

  return mtb_store_each (
    store, &mtb_call_row_shape, sql,
    MTB_PARAMETERS (MTB_TEXT ("person", person_id), MTB_TEXT ("customer", search->customer_id),
                    MTB_NUMBER ("from", search->from), MTB_NUMBER ("until", search->until),
                    MTB_NUMBER ("solved", search->solved), MTB_TEXT ("direction", direction),
                    MTB_NUMBER ("scan", scan),
                    MTB_NUMBER ("directory", mtb_customer_is_seen (sieve->viewer) ? 1 : 0)),
    take_row, sieve, error);
}

static int
compare_latest_first (gconstpointer a, gconstpointer b)
{
  const MtbCallRow *one = *(const MtbCallRow *const *) a;
  const MtbCallRow *other = *(const MtbCallRow *const *) b;

  if (one->started_at != other->started_at)
    return one->started_at < other->started_at ? 1 : -1;
  return strcmp (other->id, one->id);
}

/* The latest of each person, put together: reading all of a team's records by their time would look
 * through everybody's. */
static gboolean
add_calls_of_people (MtbStore *store, const MtbCallSearch *search, Sieve *sieve, GError **error)
{
  g_autofree const char **people = mtb_viewer_list_people (sieve->viewer);
  guint n_people = g_strv_length ((char **) people);
  gint64 scan = sieve->words[0] != NULL ? MAX (SCAN_MAX / n_people, sieve->limit) : sieve->limit;
  gint64 limit = sieve->limit;

  for (guint i = 0; i < n_people; i++)
    {
      sieve->limit = sieve->rows->len + limit;
      if (!add_calls (store, search, people[i], scan, sieve, error))
        return FALSE;
    }
  g_ptr_array_sort (sieve->rows, compare_latest_first);
  g_ptr_array_set_size (sieve->rows, (int) MIN (sieve->rows->len, limit));
  return TRUE;
}

static gboolean
search_calls (MtbStore *store, const MtbCallSearch *search, Sieve *sieve, GError **error)
{
  MtbSight sight = mtb_viewer_get_sight (sieve->viewer, MTB_AREA_CALLS);
  gboolean all = sight == MTB_SIGHT_ALL;
  gboolean sifted = sieve->words[0] != NULL || (!all && search->customer_id != NULL);
  gint64 scan = sifted ? SCAN_MAX : sieve->limit;

  if (sight == MTB_SIGHT_NONE)
    return TRUE;
  if (all || search->customer_id != NULL)
    return add_calls (store, search, search->person_id, scan, sieve, error);
  if (search->person_id == NULL)
    return add_calls_of_people (store, search, sieve, error);
  return !mtb_viewer_sees_scope (sieve->viewer, &mtb_call_table, search->person_id)
         || add_calls (store, search, search->person_id, scan, sieve, error);
}

static GPtrArray *
run_search (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbCallSearch *search = arguments;
  g_auto (Sieve) sieve = { 0 };

  sieve_init (&sieve, viewer, search->text, mtb_query_get_limit (search->limit));
  if (!search_calls (store, search, &sieve, error))
    return NULL;
  return g_steal_pointer (&sieve.rows);
}

/* The latest come first. */
static void
go_on_before (gpointer arguments, gconstpointer row)
{
  ((MtbCallSearch *) arguments)->until = ((const MtbCallRow *) row)->started_at + 1;
}

const MtbQuery mtb_call_search_query = {
  .name = "call_search",
  .arguments = &call_search_shape,
  .rows = &mtb_call_row_shape,
  .go_on = go_on_before,
  .run = run_search,
};

static GPtrArray *
run_call (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbCallRef *ref = arguments;
  g_auto (Sieve) sieve = { 0 };

  sieve_init (&sieve, viewer, NULL, 1);
  if (!mtb_store_each (
        store, &mtb_call_row_shape, SELECT_ROWS " WHERE c.id = :id",
        MTB_PARAMETERS (MTB_TEXT ("id", ref->id),
                        MTB_NUMBER ("directory", mtb_customer_is_seen (viewer) ? 1 : 0)),
        take_row, &sieve, error))
    return NULL;
  return g_steal_pointer (&sieve.rows);
}

const MtbQuery mtb_call_query = {
  .name = "call",
  .arguments = &call_ref_shape,
  .rows = &mtb_call_row_shape,
  .run = run_call,
};

/* Whoever may see a record may see what it said before. */
static GPtrArray *
run_history (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbCallRef *ref = arguments;
  g_autoptr (GPtrArray) call = run_call (store, viewer, arguments, error);

  if (call == NULL || call->len == 0)
    return g_steal_pointer (&call);
  return mtb_store_select (store, &mtb_call_version_table.shape,
                           "SELECT $columns(v) FROM call_version v WHERE v.call_id = :id"
                           " ORDER BY v.version DESC NULLS LAST, v.id",
                           MTB_PARAMETERS (MTB_TEXT ("id", ref->id)), error);
}

const MtbQuery mtb_call_history_query = {
  .name = "call_history",
  .arguments = &call_ref_shape,
  .rows = &mtb_call_version_table.shape,
  .run = run_history,
};
