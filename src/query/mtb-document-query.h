#pragma once

#include "mtb-document.h"
#include "mtb-query.h"

G_BEGIN_DECLS

/**
 * MtbDocumentRow:
 * @version_id: (nullable): the version in force; %NULL as long as none was issued, and with it the rest
 * @issue: of that version, as @version and @dated
 * @read_at: when the viewer has read that version
 *
 * A controlled document with its version in force.
 */
typedef struct
{
  char *id;
  char *number;
  char *title;
  char *title_en;
  gint64 active;
  char *version_id;
  gint64 issue;
  gint64 version;
  char *dated;
  gint64 read_at;
} MtbDocumentRow;

/**
 * MtbDocumentRef:
 * @id: a document's or a version's
 */
typedef struct
{
  char *id;
} MtbDocumentRef;

/**
 * MtbDocumentVersionRow:
 * @in_force: whether none is newer
 * @read_at: when the viewer has read it
 * @n_read: how many have read it, of those whom the viewer sees
 *
 * What is known of a version, but for its text; see #MtbDocumentVersion.
 */
typedef struct
{
  char *id;
  char *document_id;
  gint64 issue;
  gint64 version;
  char *dated;
  char *prepared_by;
  char *reviewed_by;
  char *approved_by;
  gint64 issued_at;
  gint64 in_force;
  gint64 read_at;
  gint64 n_read;
} MtbDocumentVersionRow;

/**
 * MtbDocumentReaderRow:
 * @id: the person's
 * @roles: a set of #MtbRole
 * @read_at: when they have read it
 *
 * Who is to read a version, or has read it.
 */
typedef struct
{
  char *id;
  char *display_name;
  gint64 roles;
  gint64 read_at;
} MtbDocumentReaderRow;

/* #MtbEverything to #MtbDocumentRow, by number */
extern const MtbQuery mtb_documents_query;
/* #MtbDocumentRef of a document to #MtbDocumentVersionRow, the newest first */
extern const MtbQuery mtb_document_versions_query;
/* #MtbDocumentRef of a version to its #MtbDocumentVersion */
extern const MtbQuery mtb_document_text_query;
/* #MtbDocumentRef of a version to #MtbDocumentReaderRow: who has not read it, then who has; for who
 * sees everybody's receipts */
extern const MtbQuery mtb_document_readers_query;

MTB_DEFINE_RECORD_AUTOPTR (MtbDocumentRow)
MTB_DEFINE_RECORD_AUTOPTR (MtbDocumentRef)
MTB_DEFINE_RECORD_AUTOPTR (MtbDocumentVersionRow)
MTB_DEFINE_RECORD_AUTOPTR (MtbDocumentReaderRow)

G_END_DECLS
