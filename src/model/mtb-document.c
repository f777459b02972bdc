#include "mtb-document.h"

#include <string.h>

static const MtbField document_fields[] = {
  MTB_FIELD (MtbDocument, id, ID, .required = TRUE),
  MTB_FIELD (MtbDocument, number, TEXT, .required = TRUE, .max = MTB_DOCUMENT_NUMBER_MAX),
  MTB_FIELD (MtbDocument, title, TEXT, .required = TRUE, .max = MTB_DOCUMENT_TITLE_MAX),
  MTB_FIELD (MtbDocument, title_en, TEXT, .required = TRUE, .max = MTB_DOCUMENT_TITLE_MAX),
  MTB_FIELD (MtbDocument, active, FLAG, .required = TRUE),
};

const MtbTable mtb_document_table = {
  .shape = MTB_SHAPE ("document", MtbDocument, document_fields),
  .area = MTB_AREA_SETTINGS,
};

static const MtbField version_fields[] = {
  MTB_FIELD (MtbDocumentVersion, id, ID, .required = TRUE),
  MTB_FIELD (MtbDocumentVersion, document_id, ID, .required = TRUE, .references = "document"),
  MTB_FIELD (MtbDocumentVersion, issue, INTEGER, .required = TRUE, .max = MTB_DOCUMENT_ISSUE_MAX),
  MTB_FIELD (MtbDocumentVersion, version, INTEGER, .required = TRUE, .max = MTB_DOCUMENT_ISSUE_MAX),
  MTB_FIELD (MtbDocumentVersion, dated, TEXT, .required = TRUE, .max = 10),
  MTB_FIELD (MtbDocumentVersion, prepared_by, TEXT, .required = TRUE, .max = MTB_DOCUMENT_NAME_MAX),
  MTB_FIELD (MtbDocumentVersion, reviewed_by, TEXT, .required = TRUE, .max = MTB_DOCUMENT_NAME_MAX),
  MTB_FIELD (MtbDocumentVersion, approved_by, TEXT, .required = TRUE, .max = MTB_DOCUMENT_NAME_MAX),
  MTB_FIELD (MtbDocumentVersion, text, TEXT, .required = TRUE, .max = MTB_DOCUMENT_TEXT_MAX),
  MTB_FIELD (MtbDocumentVersion, issued_at, TIME, .required = TRUE),
};

const MtbTable mtb_document_version_table = {
  .shape = MTB_SHAPE ("document_version", MtbDocumentVersion, version_fields),
  .area = MTB_AREA_SETTINGS,
  .indexes = MTB_LIST ("document_id, issue, version"),
};

static const MtbField receipt_fields[] = {
  MTB_FIELD (MtbDocumentReceipt, id, ID, .required = TRUE),
  MTB_FIELD (MtbDocumentReceipt,
             version_id,
             ID,
             .required = TRUE,
             .references = "document_version"),
  MTB_FIELD (MtbDocumentReceipt, person_id, ID, .required = TRUE, .references = "person"),
  MTB_FIELD (MtbDocumentReceipt, read_at, TIME, .required = TRUE),
};

const MtbTable mtb_document_receipt_table = {
  .shape = MTB_SHAPE ("document_receipt", MtbDocumentReceipt, receipt_fields),
  .area = MTB_AREA_RECEIPTS,
  .scope = "person_id",
  .indexes = MTB_LIST ("version_id, person_id"),
};

static void
paragraph_free (gpointer data)
{
  MtbParagraph *paragraph = data;

  g_free (paragraph->mark);
  g_free (paragraph->text);
  g_free (paragraph);
}

static const char *
skip_blanks (const char *p)
{
  while (*p != '\0' && g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

/* Numbers of any script. */
static const char *
skip_digits (const char *p)
{
  while (g_unichar_isdigit (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

/* The end of a point or dash with a blank after it, or NULL. */
static const char *
skip_bullet (const char *line, const char *bullets)
{
  const char *end = g_utf8_next_char (line);

  if (*line == '\0' || g_utf8_strchr (bullets, -1, g_utf8_get_char (line)) == NULL)
    return NULL;
  return g_unichar_isspace (g_utf8_get_char (end)) ? end : NULL;
}

/* A number and a dash, and not a date. */
static gboolean
is_heading (const char *line)
{
  const char *dash = skip_blanks (skip_digits (line));

  return skip_digits (line) > line && *dash == '-'
         && !g_unichar_isdigit (g_utf8_get_char (skip_blanks (dash + 1)));
}

static MtbParagraphKind
find_kind (const char *line, const char **mark_end)
{
  const char *number_end = skip_digits (line);
  const char *bullet_end = skip_bullet (line, "•-–*");

  *mark_end = line;
  if (is_heading (line))
    return MTB_PARAGRAPH_HEADING;
  if (number_end > line && (*number_end == '.' || *number_end == ')')
      && g_unichar_isspace (g_utf8_get_char (number_end + 1)))
    {
      *mark_end = number_end + 1;
      return MTB_PARAGRAPH_ITEM;
    }
  if (bullet_end == NULL)
    return MTB_PARAGRAPH_PLAIN;
  *mark_end = bullet_end;
  return skip_bullet (skip_blanks (bullet_end), "-–") != NULL ? MTB_PARAGRAPH_INNER_ITEM
                                                              : MTB_PARAGRAPH_ITEM;
}

static MtbParagraph *
read_paragraph (const char *line)
{
  MtbParagraph *paragraph = g_new0 (MtbParagraph, 1);
  const char *mark = line;
  const char *mark_end;

  paragraph->kind = find_kind (line, &mark_end);
  if (paragraph->kind == MTB_PARAGRAPH_INNER_ITEM)
    {
      mark = skip_blanks (mark_end);
      mark_end = g_utf8_next_char (mark);
    }
  if (mark_end > mark)
    paragraph->mark = g_strndup (mark, (gsize) (mark_end - mark));
  paragraph->text = g_strdup (skip_blanks (mark_end));
  g_strchomp (paragraph->text);
  return paragraph;
}

/**
 * mtb_paragraphs_read:
 * @text: the text of a controlled document
 *
 * Returns: (transfer full) (element-type MtbParagraph): its paragraphs, one for each line that is not
 *   blank
 */
GPtrArray *
mtb_paragraphs_read (const char *text)
{
  GPtrArray *paragraphs = g_ptr_array_new_with_free_func (paragraph_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*skip_blanks (lines[i]) != '\0')
      g_ptr_array_add (paragraphs, read_paragraph (skip_blanks (lines[i])));
  return paragraphs;
}

/**
 * mtb_document_is_right_to_left:
 * @text: the text of a controlled document
 *
 * Returns: whether most of its letters are Arabic
 */
gboolean
mtb_document_is_right_to_left (const char *text)
{
  gint64 more = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      more += g_unichar_get_script (g_utf8_get_char (text)) == G_UNICODE_SCRIPT_ARABIC ? 1 : -1;
  return more > 0;
}

/**
 * mtb_document_is_day:
 * @text: a text
 *
 * Returns: whether it is a day of the calendar, as YYYY-MM-DD
 */
gboolean
mtb_document_is_day (const char *text)
{
  static const char pattern[] = "dddd-dd-dd";

  if (strlen (text) != strlen (pattern))
    return FALSE;
  for (guint i = 0; pattern[i] != '\0'; i++)
    if (pattern[i] == 'd' ? !g_ascii_isdigit (text[i]) : text[i] != pattern[i])
      return FALSE;
  return g_date_valid_dmy ((GDateDay) atoi (text + 8), atoi (text + 5), (GDateYear) atoi (text));
}
