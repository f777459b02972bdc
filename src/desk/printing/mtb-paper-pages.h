#pragma once

#include "mtb-paper.h"

G_BEGIN_DECLS

/**
 * MtbPaperPiece:
 * @page: the page that it stands on, from 0
 * @x: where it begins, in points from the left of what may be printed on
 * @y: likewise from above
 * @layout: the text that it is of
 * @first_line: the first of the text's lines that it has
 * @n_lines: how many
 *
 * A text, or some lines of one, at its place.
 */
typedef struct
{
  guint page;
  double x;
  double y;
  PangoLayout *layout;
  int first_line;
  int n_lines;
} MtbPaperPiece;

typedef struct _MtbPaperPages MtbPaperPages;

MtbPaperPages *
mtb_paper_pages_new (MtbPaper *paper, PangoContext *context, double width, double height);
void mtb_paper_pages_free (MtbPaperPages *self);
guint mtb_paper_pages_get_n_pages (MtbPaperPages *self);
guint mtb_paper_pages_get_n_pieces (MtbPaperPages *self);
const MtbPaperPiece *mtb_paper_pages_get_piece (MtbPaperPages *self, guint number);
double mtb_paper_pages_measure_piece (const MtbPaperPiece *piece);
void mtb_paper_pages_draw (MtbPaperPages *self, guint page, cairo_t *cr);

gboolean mtb_paper_pages_want_landscape (MtbPaper *paper, PangoContext *context);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbPaperPages, mtb_paper_pages_free)

G_END_DECLS
