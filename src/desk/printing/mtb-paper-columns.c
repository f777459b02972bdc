/* How wide the columns of a table are: by what is in them. A column has what its widest cell needs,
 * if that goes for all. Where it does not, long texts are wrapped first, then all that has more than
 * a word; what is left over goes to those that want more, as much as each wants more. */

#include "mtb-paper-pages-private.h"

#define CELL_SIZE 9
#define HEADING_SIZE 8.5

/* What is wider is a long text, which rather has a second line. */
#define WIDE 130.0

void
mtb_paper_columns_get_style (const MtbPaperColumn *column,
                             gboolean is_heading,
                             MtbPaperStyle *style)
{
  style->size = is_heading ? HEADING_SIZE : CELL_SIZE;
  style->bold = is_heading;
  style->align = column->kind == MTB_PAPER_FIGURE ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

/* What the longest word needs, what goes well, what the widest cell needs; each no less than the
 * one before. */
typedef struct
{
  double least;
  double fair;
  double wanted;
} Span;

static void
widen (Span *span, MtbPaperPages *pages, const char *words, const MtbPaperStyle *style)
{
  g_autoptr (PangoLayout) layout = mtb_paper_pages_new_layout (pages, words, style, -1);
  int width;

  pango_layout_get_size (layout, &width, NULL);
  span->wanted = MAX (span->wanted, pango_units_to_double (width));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
  pango_layout_set_width (layout, 0);
  pango_layout_get_size (layout, &width, NULL);
  span->least = MAX (span->least, pango_units_to_double (width));
}

/* A hundredth of a point more, so that what just fits is not wrapped by a rounding. */
static Span
measure (MtbPaperPages *pages, guint number)
{
  const MtbPaper *paper = pages->paper;
  const MtbPaperColumn *column = &g_array_index (paper->columns, MtbPaperColumn, number);
  Span span = { 0, 0, 0 };
  MtbPaperStyle style;

  mtb_paper_columns_get_style (column, TRUE, &style);
  widen (&span, pages, column->heading, &style);
  mtb_paper_columns_get_style (column, FALSE, &style);
  for (guint i = number; i < paper->cells->len; i += paper->columns->len)
    widen (&span, pages, g_array_index (paper->cells, MtbPaperCell, i).words, &style);
  span.least += 2 * MTB_PAPER_CELL_PADDING + 0.01;
  span.wanted += 2 * MTB_PAPER_CELL_PADDING + 0.01;
  span.wanted = MAX (span.wanted, span.least);
  span.fair = MAX (span.least, MIN (span.wanted, WIDE));
  return span;
}

static double
widen_from (double from, double to, double all_from, double all_to, double width)
{
  return from + (width - all_from) * (to - from) / (all_to - all_from);
}

static double
share (const Span *span, const Span *all, double width)
{
  if (all->wanted <= width)
    return span->wanted * width / all->wanted;
  if (all->fair <= width)
    return widen_from (span->fair, span->wanted, all->fair, all->wanted, width);
  if (all->least <= width)
    return widen_from (span->least, span->fair, all->least, all->fair, width);
  return span->least * width / all->least;
}

/* Returns: (transfer full): a width a column, which together are the page's. */
double *
mtb_paper_columns_fit (MtbPaperPages *self)
{
  guint n_columns = self->paper->columns->len;
  g_autofree Span *spans = g_new (Span, n_columns);
  double *widths = g_new (double, n_columns);
  Span all = { 0, 0, 0 };

  for (guint i = 0; i < n_columns; i++)
    {
      spans[i] = measure (self, i);
      all.least += spans[i].least;
      all.fair += spans[i].fair;
      all.wanted += spans[i].wanted;
    }
  for (guint i = 0; i < n_columns; i++)
    widths[i] = share (&spans[i], &all, self->width);
  return widths;
}

/* How wide a page would have to be for all columns to stand well. */
double
mtb_paper_columns_measure (MtbPaperPages *self)
{
  double width = 0;

  for (guint i = 0; i < self->paper->columns->len; i++)
    width += measure (self, i).fair;
  return width;
}
