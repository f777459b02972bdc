/* Notes on records. */

#include "mtb-query-private.h"

#include "mtb-note-query.h"
#include "mtb-note.h"

static const MtbField note_search_fields[] = {
  MTB_FIELD (MtbNoteSearch, call_id, ID),
  MTB_FIELD (MtbNoteSearch, person_id, ID),
  MTB_FIELD (MtbNoteSearch, unseen, FLAG),
  MTB_FIELD (MtbNoteSearch, limit, INTEGER, .min = 1, .max = MTB_QUERY_ROWS_MAX),
};

static const MtbShape note_search_shape =
  MTB_SHAPE ("note_search", MtbNoteSearch, note_search_fields);

static const MtbField note_row_fields[] = {
  MTB_FIELD (MtbNoteRow, id, ID, .required = TRUE),
  MTB_FIELD (MtbNoteRow, call_id, ID, .required = TRUE),
  MTB_FIELD (MtbNoteRow, person_id, ID, .required = TRUE),
  MTB_FIELD (MtbNoteRow, author_id, ID, .required = TRUE),
  MTB_FIELD (MtbNoteRow, author_name, TEXT),
  MTB_FIELD (MtbNoteRow, text, TEXT, .required = TRUE),
  MTB_FIELD (MtbNoteRow, written_at, TIME, .required = TRUE),
  MTB_FIELD (MtbNoteRow, received_at, TIME),
  MTB_FIELD (MtbNoteRow, seen_at, TIME),
  MTB_FIELD (MtbNoteRow, started_at, TIME, .required = TRUE),
};

static const MtbShape note_row_shape = MTB_SHAPE ("note_row", MtbNoteRow, note_row_fields);

static char *
build_notes (const MtbNoteSearch *search, const MtbViewer *viewer)
{
  GString *sql = g_string_new (
    "SELECT n.id, n.call_id, n.person_id, n.author_id, a.display_name AS author_name, n.text,"
    " n.written_at, n.received_at, n.seen_at, n.started_at FROM note n"
    " JOIN person p ON p.id = n.person_id LEFT JOIN person a ON a.id = n.author_id WHERE 1 = 1");

  g_string_append (sql, mtb_query_get_people_clause (viewer, MTB_AREA_CALLS));
  if (search->call_id != NULL)
    g_string_append (sql, " AND n.call_id = :call");
  if (search->person_id != NULL)
    g_string_append (sql, " AND n.person_id = :person");
  if (search->unseen == 1)
    g_string_append (sql, " AND n.seen_at IS NULL");
  g_string_append (sql, " ORDER BY n.written_at NULLS LAST, n.id LIMIT :limit");
  return g_string_free (sql, FALSE);
}

static GPtrArray *
run_notes (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbNoteSearch *search = arguments;
  const MtbPerson *person = mtb_viewer_get_person (viewer);
  g_autofree char *sql = build_notes (search, viewer);

  return mtb_store_select (
    store, &note_row_shape, sql,
    MTB_PARAMETERS (MTB_TEXT ("viewer", person->id), MTB_TEXT ("team", person->team_id),
                    MTB_TEXT ("call", search->call_id), MTB_TEXT ("person", search->person_id),
                    MTB_NUMBER ("limit", mtb_query_get_limit (search->limit))),
    error);
}

const MtbQuery mtb_notes_query = {
  .name = "notes",
  .arguments = &note_search_shape,
  .rows = &note_row_shape,
  .run = run_notes,
};
