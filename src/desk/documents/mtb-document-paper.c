/* A controlled document as an official form: who prepared, reviewed and approved it above, its number,
 * issue and version on each page. */

#include "mtb-document-paper.h"

#include "mtb-form-words.h"
#include "mtb-text.h"

static void
add_fact (MtbPaper *paper, const char *name, const char *words)
{
  g_autofree char *line = g_strdelimit (g_strdup (words), "\n", ' ');

  mtb_paper_add_fact (paper, name, line);
}

static void
set_form (MtbPaper *paper,
          const MtbDocumentRow *document,
          const MtbDocumentVersion *version,
          const char *organisation)
{
  g_autofree char *issue = mtb_text_number (version->issue);
  g_autofree char *number = mtb_text_number (version->version);
  g_autofree char *date = mtb_text_localize (g_strdup (version->dated));

  mtb_paper_set_form (paper, organisation, document->number, issue, number, date);
}

static void
add_paragraph (MtbPaper *paper, const MtbParagraph *paragraph)
{
  const char *indent = paragraph->kind == MTB_PARAGRAPH_INNER_ITEM ? "\u2003" : "";
  g_autofree char *line = NULL;

  if (paragraph->kind == MTB_PARAGRAPH_HEADING)
    {
      mtb_paper_add_heading (paper, paragraph->text);
      return;
    }
  line = g_strconcat (indent, paragraph->mark != NULL ? paragraph->mark : "",
                      paragraph->mark != NULL ? "\u2002" : "", paragraph->text, NULL);
  mtb_paper_add_paragraph (paper, line);
}

/**
 * mtb_document_paper_new:
 * @document: a controlled document
 * @version: one of its versions
 * @in_force: whether none is newer; paper that is not says so
 * @organisation: (nullable): whose document it is
 *
 * Returns: (transfer full): what goes to paper
 */
MtbPaper *
mtb_document_paper_new (const MtbDocumentRow *document,
                        const MtbDocumentVersion *version,
                        gboolean in_force,
                        const char *organisation)
{
  gboolean mirrored = mtb_document_is_right_to_left (version->text);
  MtbPaper *paper = mtb_paper_new (mirrored ? document->title : document->title_en);
  g_autoptr (GPtrArray) paragraphs = mtb_paragraphs_read (version->text);

  set_form (paper, document, version, organisation);
  add_fact (paper, mtb_form_say (MTB_FORM_PREPARED_BY, mirrored), version->prepared_by);
  add_fact (paper, mtb_form_say (MTB_FORM_REVIEWED_BY, mirrored), version->reviewed_by);
  add_fact (paper, mtb_form_say (MTB_FORM_APPROVED_BY, mirrored), version->approved_by);
  if (!in_force)
    add_fact (paper, mtb_form_say (MTB_FORM_STATE, mirrored),
              mtb_form_say (MTB_FORM_OUTDATED, mirrored));
  for (guint i = 0; i < paragraphs->len; i++)
    add_paragraph (paper, g_ptr_array_index (paragraphs, i));
  return paper;
}
