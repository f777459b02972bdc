#include "mtb-paper-private.h"

#include "mtb-csv-writer.h"
#include "mtb-text.h"

/**
 * MtbPaper:
 *
 * What goes to paper or into a file: a title, facts above, a table, paragraphs of text below it. It
 * is described first, in the words that are to be read, and not changed any more when it is printed,
 * so that a thread may write it. A controlled form has a framed head on each page.
 *
 * Paper that is written from right to left is laid out so: by its own words, whatever the language
 * of the interface.
 */

G_DEFINE_FINAL_TYPE (MtbPaper, mtb_paper, G_TYPE_OBJECT)

static void
clear_fact (gpointer data)
{
  MtbPaperFact *fact = data;

  g_free (fact->name);
  g_free (fact->words);
}

static void
clear_column (gpointer data)
{
  g_free (((MtbPaperColumn *) data)->heading);
}

static void
clear_cell (gpointer data)
{
  MtbPaperCell *cell = data;

  g_free (cell->words);
  g_free (cell->plain);
}

static void
clear_paragraph (gpointer data)
{
  g_free (((MtbPaperParagraph *) data)->text);
}

static void
free_form (MtbPaperForm *form)
{
  g_free (form->organisation);
  g_free (form->number);
  g_free (form->issue);
  g_free (form->version);
  g_free (form->date);
  g_free (form);
}

static void
mtb_paper_finalize (GObject *object)
{
  MtbPaper *self = MTB_PAPER (object);

  g_free (self->title);
  g_clear_pointer (&self->form, free_form);
  g_array_unref (self->facts);
  g_array_unref (self->columns);
  g_array_unref (self->cells);
  g_array_unref (self->paragraphs);

  G_OBJECT_CLASS (mtb_paper_parent_class)->finalize (object);
}

static void
mtb_paper_class_init (MtbPaperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mtb_paper_finalize;
}

static GArray *
new_array (gsize size, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, FALSE, (guint) size);

  g_array_set_clear_func (array, clear);
  return array;
}

static void
mtb_paper_init (MtbPaper *self)
{
  self->facts = new_array (sizeof (MtbPaperFact), clear_fact);
  self->columns = new_array (sizeof (MtbPaperColumn), clear_column);
  self->cells = new_array (sizeof (MtbPaperCell), clear_cell);
  self->paragraphs = new_array (sizeof (MtbPaperParagraph), clear_paragraph);
}

/**
 * mtb_paper_new:
 * @title: what it is
 *
 * Returns: (transfer full): paper with a title and nothing else
 */
MtbPaper *
mtb_paper_new (const char *title)
{
  MtbPaper *self = g_object_new (MTB_TYPE_PAPER, NULL);

  self->title = g_strdup (title);
  return self;
}

/**
 * mtb_paper_set_form:
 * @self: paper
 * @organisation: (nullable): whose form it is
 * @number: (nullable): the document's number
 * @issue: (nullable): its issue
 * @version: (nullable): its version
 * @date: (nullable): its date
 *
 * Makes it a controlled form: each page has a framed head with these, the title and the page's
 * number. What is %NULL is left out.
 */
void
mtb_paper_set_form (MtbPaper *self,
                    const char *organisation,
                    const char *number,
                    const char *issue,
                    const char *version,
                    const char *date)
{
  g_return_if_fail (MTB_IS_PAPER (self));

  g_clear_pointer (&self->form, free_form);
  self->form = g_new0 (MtbPaperForm, 1);
  self->form->organisation = g_strdup (organisation);
  self->form->number = g_strdup (number);
  self->form->issue = g_strdup (issue);
  self->form->version = g_strdup (version);
  self->form->date = g_strdup (date);
}

/**
 * mtb_paper_add_fact:
 * @self: paper
 * @name: what it is
 * @words: what is to be said of it
 *
 * Adds a line under the title: who, when, which filter.
 */
void
mtb_paper_add_fact (MtbPaper *self, const char *name, const char *words)
{
  MtbPaperFact fact = { g_strdup (name), g_strdup (words) };

  g_return_if_fail (MTB_IS_PAPER (self));

  g_array_append_val (self->facts, fact);
}

/**
 * mtb_paper_add_column:
 * @self: paper without cells
 * @heading: what stands over the column
 * @kind: what it holds
 *
 * Adds a column to the table.
 */
void
mtb_paper_add_column (MtbPaper *self, const char *heading, MtbPaperKind kind)
{
  MtbPaperColumn column = { g_strdup (heading), kind };

  g_return_if_fail (MTB_IS_PAPER (self));

  g_array_append_val (self->columns, column);
}

/**
 * mtb_paper_add_cell:
 * @self: paper with all its columns
 * @words: (nullable): what is shown
 * @plain: (nullable): what a program reads there; %NULL where it is the same
 *
 * Adds the next cell of the table, row by row.
 */
void
mtb_paper_add_cell (MtbPaper *self, const char *words, const char *plain)
{
  MtbPaperCell cell = { g_strdup (words != NULL ? words : ""), g_strdup (plain) };

  g_return_if_fail (MTB_IS_PAPER (self));

  g_array_append_val (self->cells, cell);
}

/**
 * mtb_paper_add_moment:
 * @self: paper with all its columns
 * @time_ms: a time, or %MTB_ABSENT
 *
 * Adds it as the next cell of the table.
 */
void
mtb_paper_add_moment (MtbPaper *self, gint64 time_ms)
{
  g_autofree char *words = mtb_text_moment (time_ms);
  g_autofree char *plain = time_ms != MTB_ABSENT ? mtb_text_plain_moment (time_ms) : NULL;

  mtb_paper_add_cell (self, words, plain);
}

static void
add_text (MtbPaper *self, const char *text, gboolean is_heading)
{
  MtbPaperParagraph paragraph = { g_strdup (text), is_heading };

  g_array_append_val (self->paragraphs, paragraph);
}

/**
 * mtb_paper_add_heading:
 * @self: paper
 * @text: a heading, which stays with the paragraph after it
 */
void
mtb_paper_add_heading (MtbPaper *self, const char *text)
{
  g_return_if_fail (MTB_IS_PAPER (self));

  add_text (self, text, TRUE);
}

/**
 * mtb_paper_add_paragraph:
 * @self: paper
 * @text: a paragraph
 */
void
mtb_paper_add_paragraph (MtbPaper *self, const char *text)
{
  g_return_if_fail (MTB_IS_PAPER (self));

  add_text (self, text, FALSE);
}

/**
 * mtb_paper_get_title:
 * @self: paper
 *
 * Returns: what it is
 */
const char *
mtb_paper_get_title (MtbPaper *self)
{
  g_return_val_if_fail (MTB_IS_PAPER (self), NULL);

  return self->title;
}

/**
 * mtb_paper_get_n_rows:
 * @self: paper
 *
 * Returns: how many rows its table has
 */
guint
mtb_paper_get_n_rows (MtbPaper *self)
{
  g_return_val_if_fail (MTB_IS_PAPER (self), 0);

  return self->columns->len > 0 ? self->cells->len / self->columns->len : 0;
}

/* How many letters more run to the right than to the left. */
int
mtb_paper_weigh (const char *text)
{
  int weight = 0;

  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    switch (g_unichar_get_script (g_utf8_get_char (p)))
      {
      case G_UNICODE_SCRIPT_ARABIC:
      case G_UNICODE_SCRIPT_HEBREW:
        weight--;
        break;
      case G_UNICODE_SCRIPT_COMMON:
      case G_UNICODE_SCRIPT_INHERITED:
        break;
      default:
        weight++;
      }
  return weight;
}

/* What is in the cells is data in any language; the paper's own words tell which one it is in. */
gboolean
mtb_paper_is_mirrored (MtbPaper *self)
{
  int weight = mtb_paper_weigh (self->title);

  for (guint i = 0; i < self->columns->len; i++)
    weight += mtb_paper_weigh (g_array_index (self->columns, MtbPaperColumn, i).heading);
  for (guint i = 0; i < self->paragraphs->len; i++)
    weight += mtb_paper_weigh (g_array_index (self->paragraphs, MtbPaperParagraph, i).text);
  return weight < 0;
}

static void
append_cell (GString *csv, MtbPaperKind kind, const char *text)
{
  if (kind == MTB_PAPER_FIGURE)
    mtb_csv_append_figure (csv, text);
  else if (kind == MTB_PAPER_CODE)
    mtb_csv_append_code (csv, text);
  else
    mtb_csv_append_text (csv, text);
}

/**
 * mtb_paper_build_csv:
 * @self: paper with a table
 *
 * Returns: (transfer full): its headings and rows for a spreadsheet
 */
GBytes *
mtb_paper_build_csv (MtbPaper *self)
{
  GString *csv = mtb_csv_new ();
  guint n_columns;

  g_return_val_if_fail (MTB_IS_PAPER (self), NULL);

  n_columns = self->columns->len;
  for (guint i = 0; i < n_columns; i++)
    mtb_csv_append_text (csv, g_array_index (self->columns, MtbPaperColumn, i).heading);
  mtb_csv_end_row (csv);
  for (guint i = 0; i < self->cells->len; i++)
    {
      const MtbPaperCell *cell = &g_array_index (self->cells, MtbPaperCell, i);
      g_autofree char *plain = mtb_text_plain (cell->plain != NULL ? cell->plain : cell->words);

      append_cell (csv, g_array_index (self->columns, MtbPaperColumn, i % n_columns).kind, plain);
      if ((i + 1) % n_columns == 0)
        mtb_csv_end_row (csv);
    }
  return g_string_free_to_bytes (csv);
}
