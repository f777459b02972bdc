/* Breaks paper into pages. What stands where is worked out first and kept as pieces, then drawn: so
 * the number of pages is known on each, and a test can ask for the places. Starts and ends are those
 * of the paper's own language: on mirrored paper a start is at the right. */

#include "mtb-paper-pages-private.h"

#define FONTS "Noto Sans, Noto Sans Arabic, DejaVu Sans, sans-serif"

/* From line to line, in sizes of the font: Arabic and Latin fonts have measures of their own. */
#define LEADING 1.5

#define RULE 0.5
#define STRONG 0.0
#define FAINT 0.75

static const MtbPaperStyle title_style = { 15, TRUE, PANGO_ALIGN_LEFT };
static const MtbPaperStyle fact_style = { 9, FALSE, PANGO_ALIGN_LEFT };
static const MtbPaperStyle heading_style = { 12, TRUE, PANGO_ALIGN_LEFT };
static const MtbPaperStyle paragraph_style = { 10.5, FALSE, PANGO_ALIGN_LEFT };

/* Where the next thing goes. */
typedef struct
{
  MtbPaperPages *pages;
  double top;
  double bottom;
  double y;
  const double *widths;
  PangoLayout **headings;
} Flow;

/* Each line keeps the direction of most of its letters and stands where its column begins: an isolate
 * in a line that runs as the paper does. */
static char *
isolate (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *isolated = g_string_new (NULL);

  for (char **line = lines; *line != NULL; line++)
    {
      int weight = mtb_paper_weigh (*line);

      if (line != lines)
        g_string_append_c (isolated, '\n');
      g_string_append (isolated, weight < 0 ? "\u2067" : weight > 0 ? "\u2066" : "\u2068");
      g_string_append (isolated, *line);
      g_string_append (isolated, "\u2069");
    }
  return g_string_free (isolated, FALSE);
}

static PangoAlignment
mirror (PangoAlignment align)
{
  return align == PANGO_ALIGN_LEFT    ? PANGO_ALIGN_RIGHT
         : align == PANGO_ALIGN_RIGHT ? PANGO_ALIGN_LEFT
                                      : align;
}

PangoLayout *
mtb_paper_pages_new_layout (MtbPaperPages *self,
                            const char *text,
                            const MtbPaperStyle *style,
                            double width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (FONTS);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autofree char *isolated = isolate (text);

  pango_attr_list_insert (
    attributes, pango_attr_line_height_new_absolute ((int) (LEADING * style->size * PANGO_SCALE)));
  pango_layout_set_attributes (layout, attributes);
  pango_font_description_set_size (font, (int) (style->size * PANGO_SCALE));
  pango_font_description_set_weight (font, style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_alignment (layout, self->mirrored ? mirror (style->align) : style->align);
  pango_layout_set_text (layout, isolated, -1);
  if (width >= 0)
    pango_layout_set_width (layout, pango_units_from_double (width));
  return layout;
}

double
mtb_paper_layout_get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return pango_units_to_double (height);
}

/* How many lines from @first on fit into @room; returns how high they are. */
double
mtb_paper_layout_fit (PangoLayout *layout, int first, double room, int *n_lines)
{
  g_autoptr (PangoLayoutIter) iter = pango_layout_get_iter (layout);
  double height = 0;
  int top = 0;
  int line = 0;

  *n_lines = 0;
  do
    {
      int above, below;

      pango_layout_iter_get_line_yrange (iter, &above, &below);
      if (line == first)
        top = above;
      if (line >= first && pango_units_to_double (below - top) > room)
        break;
      if (line >= first)
        {
          height = pango_units_to_double (below - top);
          (*n_lines)++;
        }
      line++;
    }
  while (pango_layout_iter_next_line (iter));
  return height;
}

static double
place (MtbPaperPages *self, double start, double width)
{
  return self->mirrored ? self->width - start - width : start;
}

/* Adds lines that begin at @start, in a text @width wide; the piece's own place is what follows. */
void
mtb_paper_pages_add_lines (MtbPaperPages *self,
                           const MtbPaperPiece *piece,
                           double start,
                           double width)
{
  MtbPaperPiece placed = *piece;

  placed.x = place (self, start, width);
  g_object_ref (placed.layout);
  g_array_append_val (self->pieces, placed);
}

/* Adds a whole text; returns how high it is. */
double
mtb_paper_pages_add (MtbPaperPages *self,
                     guint page,
                     double start,
                     double y,
                     double width,
                     const char *text,
                     const MtbPaperStyle *style)
{
  g_autoptr (PangoLayout) layout = mtb_paper_pages_new_layout (self, text, style, width);
  MtbPaperPiece piece = { page, 0, y, layout, 0, pango_layout_get_line_count (layout) };

  mtb_paper_pages_add_lines (self, &piece, start, width);
  return mtb_paper_layout_get_height (layout);
}

void
mtb_paper_pages_add_rule (MtbPaperPages *self,
                          guint page,
                          double start,
                          double y,
                          double width,
                          double height,
                          double ink)
{
  MtbPaperRule rule = { page, place (self, start, width), y, width, height, ink };

  g_array_append_val (self->rules, rule);
}

static double
get_baseline (PangoLayout **cells, guint n_cells)
{
  int baseline = 0;

  for (guint i = 0; i < n_cells; i++)
    baseline = MAX (baseline, pango_layout_get_baseline (cells[i]));
  return pango_units_to_double (baseline);
}

/* How far down a cell begins for its first line to stand on that of the others. */
static double
lower (PangoLayout *cell, double baseline)
{
  return baseline - pango_units_to_double (pango_layout_get_baseline (cell));
}

static double
get_row_height (Flow *flow, PangoLayout **cells)
{
  guint n_cells = flow->pages->paper->columns->len;
  double baseline = get_baseline (cells, n_cells);
  double height = 0;

  for (guint i = 0; i < n_cells; i++)
    height = MAX (height, lower (cells[i], baseline) + mtb_paper_layout_get_height (cells[i]));
  return height + MTB_PAPER_CELL_PADDING;
}

static void
add_headings (Flow *flow)
{
  MtbPaperPages *self = flow->pages;
  double height = get_row_height (flow, flow->headings);
  double start = 0;

  for (guint i = 0; i < self->paper->columns->len; i++)
    {
      PangoLayout *heading = flow->headings[i];
      MtbPaperPiece piece = { self->n_pages - 1,
                              0,
                              flow->y + height - MTB_PAPER_CELL_PADDING
                                - mtb_paper_layout_get_height (heading),
                              heading,
                              0,
                              pango_layout_get_line_count (heading) };

      mtb_paper_pages_add_lines (self, &piece, start + MTB_PAPER_CELL_PADDING,
                                 flow->widths[i] - 2 * MTB_PAPER_CELL_PADDING);
      start += flow->widths[i];
    }
  flow->y += height;
  mtb_paper_pages_add_rule (self, self->n_pages - 1, 0, flow->y, self->width, 2 * RULE, STRONG);
  flow->y += 2 * RULE + MTB_PAPER_CELL_PADDING / 2;
}

static void
begin_page (Flow *flow)
{
  flow->pages->n_pages++;
  flow->y = flow->top;
  if (flow->headings != NULL)
    add_headings (flow);
}

/* Adds what of the cells' lines fits on the page, @from[i] being the next line of each; returns
 * whether that was all. */
static gboolean
add_part (Flow *flow, PangoLayout **cells, guint n_cells, int *from)
{
  MtbPaperPages *self = flow->pages;
  double room = MAX (flow->bottom - flow->y, 0);
  double baseline = get_baseline (cells, n_cells);
  double start = 0;
  double height = 0;
  gboolean all = TRUE;

  for (guint i = 0; i < n_cells; i++)
    {
      double down = from[i] == 0 ? lower (cells[i], baseline) : 0;
      MtbPaperPiece piece = { self->n_pages - 1, 0, flow->y + down, cells[i], from[i], 0 };

      height =
        MAX (height, down + mtb_paper_layout_fit (cells[i], from[i], room - down, &piece.n_lines));
      if (piece.n_lines > 0)
        mtb_paper_pages_add_lines (self, &piece, start + MTB_PAPER_CELL_PADDING,
                                   flow->widths[i] - 2 * MTB_PAPER_CELL_PADDING);
      from[i] += piece.n_lines;
      all = all && from[i] >= pango_layout_get_line_count (cells[i]);
      start += flow->widths[i];
    }
  flow->y += height;
  return all;
}

/* A row that fits on a page is never cut in two. */
static void
add_row (Flow *flow, PangoLayout **cells)
{
  MtbPaperPages *self = flow->pages;
  guint n_cells = self->paper->columns->len;
  g_autofree int *from = g_new0 (int, n_cells);
  double height = get_row_height (flow, cells);

  if (flow->y + height > flow->bottom)
    begin_page (flow);
  while (!add_part (flow, cells, n_cells, from))
    begin_page (flow);
  flow->y += MTB_PAPER_CELL_PADDING / 2;
  mtb_paper_pages_add_rule (self, self->n_pages - 1, 0, flow->y, self->width, RULE, FAINT);
  flow->y += MTB_PAPER_CELL_PADDING / 2;
}

static PangoLayout *
new_cell (Flow *flow, guint column, const char *words, gboolean is_heading)
{
  MtbPaperStyle style;

  mtb_paper_columns_get_style (&g_array_index (flow->pages->paper->columns, MtbPaperColumn, column),
                               is_heading, &style);
  return mtb_paper_pages_new_layout (flow->pages, words, &style,
                                     flow->widths[column] - 2 * MTB_PAPER_CELL_PADDING);
}

static void
add_table (Flow *flow)
{
  MtbPaper *paper = flow->pages->paper;
  guint n_columns = paper->columns->len;
  g_autofree double *widths = mtb_paper_columns_fit (flow->pages);
  g_autoptr (GPtrArray) headings = g_ptr_array_new_with_free_func (g_object_unref);

  flow->widths = widths;
  for (guint i = 0; i < n_columns; i++)
    g_ptr_array_add (
      headings,
      new_cell (flow, i, g_array_index (paper->columns, MtbPaperColumn, i).heading, TRUE));
  flow->headings = (PangoLayout **) headings->pdata;
  add_headings (flow);
  for (guint row = 0; row < mtb_paper_get_n_rows (paper); row++)
    {
      g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = 0; i < n_columns; i++)
        g_ptr_array_add (
          cells,
          new_cell (flow, i, g_array_index (paper->cells, MtbPaperCell, row * n_columns + i).words,
                    FALSE));
      add_row (flow, (PangoLayout **) cells->pdata);
    }
  flow->headings = NULL;
  flow->y += MTB_PAPER_GAP;
}

/* How many of a paragraph's lines from @from on go on this page: no line of it stands alone, neither
 * at the foot of a page nor on the next. What does not fit on a whole page goes on regardless. */
static int
count_lines (Flow *flow, PangoLayout *layout, int from)
{
  int left = pango_layout_get_line_count (layout) - from;
  int n_lines;

  mtb_paper_layout_fit (layout, from, MAX (flow->bottom - flow->y, 0), &n_lines);
  if (n_lines > 0 && n_lines == left - 1)
    n_lines--;
  if (n_lines == 1 && left > 1)
    n_lines = 0;
  return flow->y == flow->top ? MAX (n_lines, 1) : n_lines;
}

static void
add_lines (Flow *flow, PangoLayout *layout)
{
  MtbPaperPages *self = flow->pages;
  int n_all = pango_layout_get_line_count (layout);
  MtbPaperPiece piece = { 0, 0, 0, layout, 0, 0 };

  for (int from = 0; from < n_all; from += piece.n_lines)
    {
      if (count_lines (flow, layout, from) == 0)
        begin_page (flow);
      piece.page = self->n_pages - 1;
      piece.y = flow->y;
      piece.first_line = from;
      piece.n_lines = count_lines (flow, layout, from);
      mtb_paper_pages_add_lines (self, &piece, 0, self->width);
      flow->y += mtb_paper_pages_measure_piece (&piece);
    }
}

/* A heading takes the beginning of its paragraph with it. */
static void
add_paragraph (Flow *flow, const MtbPaperParagraph *paragraph)
{
  MtbPaperPages *self = flow->pages;
  const MtbPaperStyle *style = paragraph->is_heading ? &heading_style : &paragraph_style;
  g_autoptr (PangoLayout) layout =
    mtb_paper_pages_new_layout (self, paragraph->text, style, self->width);
  double needed =
    mtb_paper_layout_get_height (layout) + MTB_PAPER_GAP / 2 + 2 * LEADING * paragraph_style.size;

  if (paragraph->is_heading && flow->y > flow->top)
    flow->y += MTB_PAPER_GAP;
  if (paragraph->is_heading && flow->y + needed > flow->bottom)
    begin_page (flow);
  add_lines (flow, layout);
  flow->y += MTB_PAPER_GAP / 2;
}

static void
add_facts (Flow *flow)
{
  MtbPaperPages *self = flow->pages;

  for (guint i = 0; i < self->paper->facts->len; i++)
    {
      const MtbPaperFact *fact = &g_array_index (self->paper->facts, MtbPaperFact, i);
      g_autofree char *line = g_strdup_printf ("%s: \u2068%s\u2069", fact->name, fact->words);

      flow->y += mtb_paper_pages_add (self, 0, 0, flow->y, self->width, line, &fact_style);
    }
  if (self->paper->facts->len > 0)
    flow->y += MTB_PAPER_GAP;
}

/* A form's title is in its head. */
static void
lay_out (MtbPaperPages *self)
{
  Flow flow = { self };

  flow.top = mtb_paper_furniture_get_head (self);
  flow.bottom = self->height - mtb_paper_furniture_get_foot (self);
  begin_page (&flow);
  if (self->paper->form == NULL)
    flow.y +=
      mtb_paper_pages_add (self, 0, 0, flow.y, self->width, self->paper->title, &title_style)
      + MTB_PAPER_GAP / 2;
  add_facts (&flow);
  if (self->paper->columns->len > 0)
    add_table (&flow);
  for (guint i = 0; i < self->paper->paragraphs->len; i++)
    add_paragraph (&flow, &g_array_index (self->paper->paragraphs, MtbPaperParagraph, i));
  mtb_paper_furniture_add (self);
}

static void
clear_piece (gpointer data)
{
  g_object_unref (((MtbPaperPiece *) data)->layout);
}

static MtbPaperPages *
new_pages (MtbPaper *paper, PangoContext *context)
{
  MtbPaperPages *self = g_new0 (MtbPaperPages, 1);

  self->paper = g_object_ref (paper);
  self->context = g_object_ref (context);
  self->mirrored = mtb_paper_is_mirrored (paper);
  self->pieces = g_array_new (FALSE, FALSE, sizeof (MtbPaperPiece));
  self->rules = g_array_new (FALSE, FALSE, sizeof (MtbPaperRule));
  g_array_set_clear_func (self->pieces, clear_piece);
  pango_context_set_base_dir (context, self->mirrored ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  return self;
}

/**
 * mtb_paper_pages_new:
 * @paper: what is to be printed
 * @context: what text is laid out with, in points; its direction is set
 * @width: how wide a page is within its margins, in points
 * @height: how high
 *
 * Returns: (transfer full): the pages
 */
MtbPaperPages *
mtb_paper_pages_new (MtbPaper *paper, PangoContext *context, double width, double height)
{
  MtbPaperPages *self;

  g_return_val_if_fail (MTB_IS_PAPER (paper), NULL);

  self = new_pages (paper, context);
  self->width = width;
  self->height = height;
  lay_out (self);
  return self;
}

/**
 * mtb_paper_pages_free:
 * @self: (transfer full): pages
 */
void
mtb_paper_pages_free (MtbPaperPages *self)
{
  g_array_unref (self->pieces);
  g_array_unref (self->rules);
  g_object_unref (self->context);
  g_object_unref (self->paper);
  g_free (self);
}

/**
 * mtb_paper_pages_want_landscape:
 * @paper: what is to be printed
 * @context: what text is laid out with, in points; its direction is set
 *
 * Returns: whether its table is too wide for an upright page
 */
gboolean
mtb_paper_pages_want_landscape (MtbPaper *paper, PangoContext *context)
{
  g_autoptr (MtbPaperPages) self = NULL;

  g_return_val_if_fail (MTB_IS_PAPER (paper), FALSE);

  self = new_pages (paper, context);
  return mtb_paper_columns_measure (self) > MTB_PAPER_SHORT - 2 * MTB_PAPER_MARGIN;
}

/**
 * mtb_paper_pages_get_n_pages:
 * @self: pages
 *
 * Returns: how many there are, one at least
 */
guint
mtb_paper_pages_get_n_pages (MtbPaperPages *self)
{
  return self->n_pages;
}

/**
 * mtb_paper_pages_get_n_pieces:
 * @self: pages
 *
 * Returns: how many pieces of text stand on all of them
 */
guint
mtb_paper_pages_get_n_pieces (MtbPaperPages *self)
{
  return self->pieces->len;
}

/**
 * mtb_paper_pages_get_piece:
 * @self: pages
 * @number: which piece, from 0
 *
 * Returns: (transfer none): the piece
 */
const MtbPaperPiece *
mtb_paper_pages_get_piece (MtbPaperPages *self, guint number)
{
  return &g_array_index (self->pieces, MtbPaperPiece, number);
}

/**
 * mtb_paper_pages_measure_piece:
 * @piece: a piece
 *
 * Returns: how high it is, in points
 */
double
mtb_paper_pages_measure_piece (const MtbPaperPiece *piece)
{
  int above, below, unused;
  g_autoptr (PangoLayoutIter) iter = pango_layout_get_iter (piece->layout);

  for (int line = 0; line < piece->first_line; line++)
    pango_layout_iter_next_line (iter);
  pango_layout_iter_get_line_yrange (iter, &above, &below);
  for (int line = 1; line < piece->n_lines; line++)
    {
      pango_layout_iter_next_line (iter);
      pango_layout_iter_get_line_yrange (iter, &unused, &below);
    }
  return pango_units_to_double (below - above);
}

static void
draw_piece (const MtbPaperPiece *piece, cairo_t *cr)
{
  g_autoptr (PangoLayoutIter) iter = pango_layout_get_iter (piece->layout);
  int top = 0;
  int line = 0;

  do
    {
      PangoRectangle box;
      int above, below;

      pango_layout_iter_get_line_yrange (iter, &above, &below);
      if (line == piece->first_line)
        top = above;
      if (line >= piece->first_line)
        {
          pango_layout_iter_get_line_extents (iter, NULL, &box);
          cairo_move_to (cr, piece->x + pango_units_to_double (box.x),
                         piece->y
                           + pango_units_to_double (pango_layout_iter_get_baseline (iter) - top));
          pango_cairo_show_layout_line (cr, pango_layout_iter_get_line_readonly (iter));
        }
      line++;
    }
  while (line < piece->first_line + piece->n_lines && pango_layout_iter_next_line (iter));
}

/**
 * mtb_paper_pages_draw:
 * @self: pages
 * @page: which, from 0
 * @cr: where to, with its origin where the page's margins end
 *
 * Draws one of the pages.
 */
void
mtb_paper_pages_draw (MtbPaperPages *self, guint page, cairo_t *cr)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      const MtbPaperRule *rule = &g_array_index (self->rules, MtbPaperRule, i);

      if (rule->page != page)
        continue;
      cairo_set_source_rgb (cr, rule->ink, rule->ink, rule->ink);
      cairo_rectangle (cr, rule->x, rule->y, rule->width, rule->height);
      cairo_fill (cr);
    }
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < self->pieces->len; i++)
    if (mtb_paper_pages_get_piece (self, i)->page == page)
      draw_piece (mtb_paper_pages_get_piece (self, i), cr);
}
