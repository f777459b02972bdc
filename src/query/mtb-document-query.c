/* Controlled documents, their versions, and who has read them. */

#include "mtb-query-private.h"

#include "mtb-command.h"
#include "mtb-department-query.h"
#include "mtb-document-query.h"

/* That no version n of the same document is newer than v. */
#define IS_IN_FORCE \
  "NOT EXISTS (SELECT 1 FROM document_version n WHERE n.document_id = v.document_id" \
  " AND (n.issue > v.issue OR (n.issue = v.issue AND n.version > v.version)))"

static const MtbField document_row_fields[] = {
  MTB_FIELD (MtbDocumentRow, id, ID, .required = TRUE),
  MTB_FIELD (MtbDocumentRow, number, TEXT, .required = TRUE),
  MTB_FIELD (MtbDocumentRow, title, TEXT, .required = TRUE),
  MTB_FIELD (MtbDocumentRow, title_en, TEXT, .required = TRUE),
  MTB_FIELD (MtbDocumentRow, active, FLAG, .required = TRUE),
  MTB_FIELD (MtbDocumentRow, version_id, ID),
  MTB_FIELD (MtbDocumentRow, issue, INTEGER),
  MTB_FIELD (MtbDocumentRow, version, INTEGER),
  MTB_FIELD (MtbDocumentRow, dated, TEXT),
  MTB_FIELD (MtbDocumentRow, read_at, TIME),
};

static const MtbShape document_row_shape =
  MTB_SHAPE ("document_row", MtbDocumentRow, document_row_fields);

static gboolean
sees_documents (const MtbViewer *viewer)
{
  return mtb_viewer_get_sight (viewer, MTB_AREA_SETTINGS) == MTB_SIGHT_ALL;
}

static GPtrArray *
run_documents (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbEverything *everything = arguments;

  if (!sees_documents (viewer))
    return mtb_query_new_rows ();
  return mtb_store_select (
    store, &document_row_shape,
    "SELECT d.id, d.number, d.title, d.title_en, d.active, v.id AS version_id, v.issue, v.version,"
    " v.dated, r.read_at FROM document d"
    " LEFT JOIN document_version v ON v.document_id = d.id AND " IS_IN_FORCE
    " LEFT JOIN document_receipt r ON r.version_id = v.id AND r.person_id = :viewer"
    " WHERE CAST (:active AS BIGINT) IS NULL OR d.active = :active ORDER BY d.number, d.id",
    MTB_PARAMETERS (MTB_TEXT ("viewer", mtb_viewer_get_person (viewer)->id),
                    MTB_NUMBER ("active", everything->active)),
    error);
}

const MtbQuery mtb_documents_query = {
  .name = "documents",
  .arguments = &mtb_everything_shape,
  .rows = &document_row_shape,
  .run = run_documents,
};

static const MtbField document_ref_fields[] = {
  MTB_FIELD (MtbDocumentRef, id, ID, .required = TRUE),
};

static const MtbShape document_ref_shape =
  MTB_SHAPE ("document_ref", MtbDocumentRef, document_ref_fields);

static const MtbField version_row_fields[] = {
  MTB_FIELD (MtbDocumentVersionRow, id, ID, .required = TRUE),
  MTB_FIELD (MtbDocumentVersionRow, document_id, ID, .required = TRUE),
  MTB_FIELD (MtbDocumentVersionRow, issue, INTEGER, .required = TRUE),
  MTB_FIELD (MtbDocumentVersionRow, version, INTEGER, .required = TRUE),
  MTB_FIELD (MtbDocumentVersionRow, dated, TEXT, .required = TRUE),
  MTB_FIELD (MtbDocumentVersionRow, prepared_by, TEXT, .required = TRUE),
  MTB_FIELD (MtbDocumentVersionRow, reviewed_by, TEXT, .required = TRUE),
  MTB_FIELD (MtbDocumentVersionRow, approved_by, TEXT, .required = TRUE),
  MTB_FIELD (MtbDocumentVersionRow, issued_at, TIME, .required = TRUE),
  MTB_FIELD (MtbDocumentVersionRow, in_force, FLAG, .required = TRUE),
  MTB_FIELD (MtbDocumentVersionRow, read_at, TIME),
  MTB_FIELD (MtbDocumentVersionRow, n_read, INTEGER, .required = TRUE),
};

static const MtbShape version_row_shape =
  MTB_SHAPE ("document_version_row", MtbDocumentVersionRow, version_row_fields);

static GPtrArray *
run_versions (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbDocumentRef *ref = arguments;
  gboolean sees_all = mtb_viewer_get_sight (viewer, MTB_AREA_RECEIPTS) == MTB_SIGHT_ALL;

  if (!sees_documents (viewer))
    return mtb_query_new_rows ();
  return mtb_store_select (
    store, &version_row_shape,
    "SELECT v.id, v.document_id, v.issue, v.version, v.dated, v.prepared_by, v.reviewed_by,"
    " v.approved_by, v.issued_at, CASE WHEN " IS_IN_FORCE " THEN 1 ELSE 0 END AS in_force,"
    " (SELECT MIN (r.read_at) FROM document_receipt r"
    "  WHERE r.version_id = v.id AND r.person_id = :viewer) AS read_at,"
    " (SELECT COUNT(*) FROM document_receipt r WHERE r.version_id = v.id"
    "  AND (CAST (:all AS BIGINT) = 1 OR r.person_id = :viewer)) AS n_read"
    " FROM document_version v WHERE v.document_id = :document"
    " ORDER BY v.issue DESC NULLS LAST, v.version DESC NULLS LAST, v.id LIMIT :limit",
    MTB_PARAMETERS (MTB_TEXT ("viewer", mtb_viewer_get_person (viewer)->id),
                    MTB_NUMBER ("all", sees_all), MTB_TEXT ("document", ref->id),
                    MTB_NUMBER ("limit", MTB_QUERY_ROWS_MAX)),
    error);
}

const MtbQuery mtb_document_versions_query = {
  .name = "document_versions",
  .arguments = &document_ref_shape,
  .rows = &version_row_shape,
  .run = run_versions,
};

static GPtrArray *
run_text (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbDocumentRef *ref = arguments;

  if (!sees_documents (viewer))
    return mtb_query_new_rows ();
  return mtb_store_select (store, &mtb_document_version_table.shape,
                           "SELECT $columns(v) FROM document_version v WHERE v.id = :id",
                           MTB_PARAMETERS (MTB_TEXT ("id", ref->id)), error);
}

const MtbQuery mtb_document_text_query = {
  .name = "document_text",
  .arguments = &document_ref_shape,
  .rows = &mtb_document_version_table.shape,
  .run = run_text,
};

static const MtbField reader_row_fields[] = {
  MTB_FIELD (MtbDocumentReaderRow, id, ID, .required = TRUE),
  MTB_FIELD (MtbDocumentReaderRow, display_name, TEXT, .required = TRUE),
  MTB_FIELD (MtbDocumentReaderRow, roles, SET, .required = TRUE, .choices = mtb_role_words),
  MTB_FIELD (MtbDocumentReaderRow, read_at, TIME),
};

static const MtbShape reader_row_shape =
  MTB_SHAPE ("document_reader_row", MtbDocumentReaderRow, reader_row_fields);

/* Who is here and is to read it, and who has read it, be they here or not. */
static GPtrArray *
run_readers (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbDocumentRef *ref = arguments;

  if (mtb_viewer_get_sight (viewer, MTB_AREA_RECEIPTS) != MTB_SIGHT_ALL)
    return mtb_query_new_rows ();
  return mtb_store_select (
    store, &reader_row_shape,
    "SELECT p.id, p.display_name, p.roles, r.read_at FROM person p"
    " LEFT JOIN document_receipt r ON r.person_id = p.id AND r.version_id = :version"
    " WHERE r.id IS NOT NULL OR (p.active = 1 AND (p.roles & CAST (:readers AS BIGINT)) <> 0)"
    " ORDER BY r.read_at NULLS FIRST, p.display_name, p.id LIMIT :limit",
    MTB_PARAMETERS (MTB_TEXT ("version", ref->id), MTB_NUMBER ("readers", mtb_document_read.roles),
                    MTB_NUMBER ("limit", MTB_QUERY_ROWS_MAX)),
    error);
}

const MtbQuery mtb_document_readers_query = {
  .name = "document_readers",
  .arguments = &document_ref_shape,
  .rows = &reader_row_shape,
  .run = run_readers,
};
