/* Controlled documents: listed, issued, read (R1). */

#include "mtb-workflow-private.h"

#include "mtb-document.h"
#include "mtb-id.h"

#include <glib/gi18n.h>

gboolean
mtb_workflow_document_add (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbDocumentAdd *arguments = data;
  g_autoptr (MtbDocument) document = mtb_record_new (&mtb_document_table.shape);
  gint64 n_taken;

  if (!mtb_need_new (occasion, &mtb_document_table.shape, arguments->id, error)
      || !mtb_store_select_number (
        occasion->store, "SELECT COUNT(*) FROM document WHERE number = :number",
        MTB_PARAMETERS (MTB_TEXT ("number", arguments->number)), &n_taken, error))
    return FALSE;
  if (n_taken > 0)
    return mtb_refuse (error, MTB_ERROR_CONFLICT, "number",
                       N_ ("There is a document of this number; issue a new version of it"));
  mtb_record_assign (document, arguments);
  document->active = 1;
  return mtb_store_insert (occasion->store, document, error);
}

static gboolean
is_newer (const MtbDocumentIssue *arguments, const MtbDocumentVersion *latest)
{
  if (arguments->issue != latest->issue)
    return arguments->issue > latest->issue;
  return arguments->version > latest->version;
}

/* Nothing that was issued is ever put in another's place. */
static gboolean
check_newer (const MtbOccasion *occasion, const MtbDocumentIssue *arguments, GError **error)
{
  g_autoptr (MtbDocumentVersion) latest = NULL;
  gpointer found;

  if (!mtb_look_up (occasion, &mtb_document_version_table.shape,
                    "SELECT $columns(v) FROM document_version v WHERE v.document_id = :document"
                    " ORDER BY v.issue DESC NULLS LAST, v.version DESC NULLS LAST, v.id LIMIT 1",
                    MTB_PARAMETERS (MTB_TEXT ("document", arguments->document_id)), &found, error))
    return FALSE;
  latest = found;
  if (latest == NULL || is_newer (arguments, latest))
    return TRUE;
  return mtb_refuse (
    error, MTB_ERROR_CONFLICT, arguments->issue < latest->issue ? "issue" : "version",
    N_ ("This is not newer than the version in force; what was issued is never overwritten"));
}

gboolean
mtb_workflow_document_issue (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbDocumentIssue *arguments = data;
  g_autoptr (MtbDocumentVersion) version = mtb_record_new (&mtb_document_version_table.shape);
  g_autoptr (MtbDocument) document = NULL;

  if (!mtb_document_is_day (arguments->dated))
    return mtb_refuse (error, MTB_ERROR_INVALID, "dated",
                       N_ ("Give the date as year, month and day, such as 2019-01-01"));
  if (!mtb_need_new (occasion, &mtb_document_version_table.shape, arguments->id, error))
    return FALSE;
  document = mtb_need (occasion, &mtb_document_table.shape, arguments->document_id, "document_id",
                       N_ ("There is no such document"), error);
  if (document == NULL || !check_newer (occasion, arguments, error))
    return FALSE;
  mtb_record_assign (version, arguments);
  version->issued_at = occasion->received_at;
  return mtb_store_insert (occasion->store, version, error);
}

/* Whoever says so again, or at two desks, has read it when they first said so. */
gboolean
mtb_workflow_document_read (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbDocumentRead *arguments = data;
  g_autoptr (MtbDocumentReceipt) receipt = mtb_record_new (&mtb_document_receipt_table.shape);
  g_autoptr (MtbDocumentReceipt) before = NULL;
  g_autoptr (MtbDocumentVersion) version =
    mtb_need (occasion, &mtb_document_version_table.shape, arguments->version_id, "version_id",
              N_ ("There is no such version of a document"), error);
  gpointer found;

  if (version == NULL)
    return FALSE;
  receipt->id = mtb_id_derive ("document_receipt", version->id, occasion->person->id, NULL);
  receipt->version_id = g_strdup (version->id);
  receipt->person_id = g_strdup (occasion->person->id);
  receipt->read_at = occasion->given_at;
  if (!mtb_find (occasion, &mtb_document_receipt_table.shape, receipt->id, &found, error))
    return FALSE;
  before = found;
  return before != NULL || mtb_store_insert (occasion->store, receipt, error);
}
