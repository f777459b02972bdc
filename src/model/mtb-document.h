#pragma once

#include "mtb-table.h"

G_BEGIN_DECLS

/**
 * MtbDocument:
 * @number: what it is known by, such as QP-14
 * @title: in Arabic
 * @title_en: in English
 * @active: whether it is in use
 *
 * A controlled document (R1). What it says is in its versions; one without any has its number, and
 * waits for its text.
 */
typedef struct
{
  char *id;
  char *number;
  char *title;
  char *title_en;
  gint64 active;
} MtbDocument;

/**
 * MtbDocumentVersion:
 * @issue: the number of the issue
 * @version: the number within the issue
 * @dated: the day that stands on it, as YYYY-MM-DD
 * @prepared_by: who prepared it, as it stands on it; likewise @reviewed_by and @approved_by
 * @text: what it says, a line a paragraph; see mtb_paragraphs_read()
 * @issued_at: when the server received it
 *
 * A controlled document as it was issued once. It never changes; the one with the greatest issue and
 * version is in force.
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
  char *text;
  gint64 issued_at;
} MtbDocumentVersion;

/**
 * MtbDocumentReceipt:
 * @id: derived of version and person, so that there is one at most
 * @read_at: when, by the desk's corrected clock
 *
 * Somebody has read a version, and says so.
 */
typedef struct
{
  char *id;
  char *version_id;
  char *person_id;
  gint64 read_at;
} MtbDocumentReceipt;

#define MTB_DOCUMENT_NUMBER_MAX 40
#define MTB_DOCUMENT_TITLE_MAX 200
#define MTB_DOCUMENT_NAME_MAX 400
#define MTB_DOCUMENT_ISSUE_MAX 9999
/* About forty pages; its longest form in JSON is well within a request's body. */
#define MTB_DOCUMENT_TEXT_MAX 100000

extern const MtbTable mtb_document_table;
extern const MtbTable mtb_document_version_table;
extern const MtbTable mtb_document_receipt_table;

MTB_DEFINE_RECORD_AUTOPTR (MtbDocument)
MTB_DEFINE_RECORD_AUTOPTR (MtbDocumentVersion)
MTB_DEFINE_RECORD_AUTOPTR (MtbDocumentReceipt)

/**
 * MtbParagraphKind:
 * @MTB_PARAGRAPH_PLAIN: running text
 * @MTB_PARAGRAPH_HEADING: a number and a dash stand before it
 * @MTB_PARAGRAPH_ITEM: a point, dash or number with a full stop stands before it
 * @MTB_PARAGRAPH_INNER_ITEM: a point and then a dash stand before it
 */
typedef enum
{
  MTB_PARAGRAPH_PLAIN,
  MTB_PARAGRAPH_HEADING,
  MTB_PARAGRAPH_ITEM,
  MTB_PARAGRAPH_INNER_ITEM,
} MtbParagraphKind;

/**
 * MtbParagraph:
 * @kind: how it is set
 * @mark: (nullable): what stands before an item
 * @text: what it says, without the mark
 *
 * A paragraph of a controlled document.
 */
typedef struct
{
  MtbParagraphKind kind;
  char *mark;
  char *text;
} MtbParagraph;

GPtrArray *mtb_paragraphs_read (const char *text);
gboolean mtb_document_is_right_to_left (const char *text);
gboolean mtb_document_is_day (const char *text);

G_END_DECLS
