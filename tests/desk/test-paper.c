/* Paper: how it is broken into pages, where the words stand on them, and what a spreadsheet gets. */

#include "mtb-paper-pages.h"

#include <glib/gstdio.h>
#include <string.h>

#define WIDTH 500.0
#define HEIGHT 700.0

#define ARABIC_CUSTOMER "الزبون"

static PangoContext *
new_context (void)
{
  g_autoptr (PangoFontMap) fonts = pango_cairo_font_map_new ();

  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (fonts), 72);
  return pango_font_map_create_context (fonts);
}

static MtbPaperPages *
lay_out (MtbPaper *paper)
{
  PangoContext *context = new_context ();
  MtbPaperPages *pages = mtb_paper_pages_new (paper, context, WIDTH, HEIGHT);

  g_object_unref (context);
  return pages;
}

static MtbPaper *
new_list (guint n_rows)
{
  MtbPaper *paper = mtb_paper_new ("Records");

  mtb_paper_add_fact (paper, "Printed by", "Rima");
  mtb_paper_add_column (paper, "Customer", MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, "Notes", MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, "Length", MTB_PAPER_FIGURE);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *name = g_strdup_printf ("customer-%u", i);
      g_autofree char *notes = g_strdup_printf (
        "notes-%u, and then they spoke of much else that takes more than a line of "
        "a column, however wide it is on this paper, so that it goes on",
        i);

      mtb_paper_add_cell (paper, name, NULL);
      mtb_paper_add_cell (paper, notes, NULL);
      mtb_paper_add_cell (paper, "3:20", "0:03:20");
    }
  return paper;
}

static gboolean
says (const MtbPaperPiece *piece, const char *words)
{
  return strstr (pango_layout_get_text (piece->layout), words) != NULL;
}

/* The next piece from @from on that says so; the number of pieces where there is none. */
static guint
find_from (MtbPaperPages *pages, guint from, const char *words)
{
  while (from < mtb_paper_pages_get_n_pieces (pages)
         && !says (mtb_paper_pages_get_piece (pages, from), words))
    from++;
  return from;
}

static const MtbPaperPiece *
find (MtbPaperPages *pages, const char *words)
{
  guint place = find_from (pages, 0, words);

  g_assert_cmpuint (place, <, mtb_paper_pages_get_n_pieces (pages));
  return mtb_paper_pages_get_piece (pages, place);
}

static guint
count (MtbPaperPages *pages, guint page, const char *words)
{
  guint n = 0;

  for (guint i = 0; i < mtb_paper_pages_get_n_pieces (pages); i++)
    {
      const MtbPaperPiece *piece = mtb_paper_pages_get_piece (pages, i);

      n += piece->page == page && says (piece, words);
    }
  return n;
}

/* Within the page, and no line wider than what its text was given. */
static void
assert_nothing_is_cut (MtbPaperPages *pages)
{
  for (guint i = 0; i < mtb_paper_pages_get_n_pieces (pages); i++)
    {
      const MtbPaperPiece *piece = mtb_paper_pages_get_piece (pages, i);
      double width = pango_units_to_double (pango_layout_get_width (piece->layout));
      PangoRectangle box;

      g_assert_cmpfloat (piece->x, >=, -0.01);
      g_assert_cmpfloat (piece->x + width, <=, WIDTH + 0.01);
      g_assert_cmpfloat (piece->y, >=, 0);
      g_assert_cmpfloat (piece->y + mtb_paper_pages_measure_piece (piece), <=, HEIGHT + 0.01);
      for (int line = 0; line < piece->n_lines; line++)
        {
          pango_layout_line_get_extents (
            pango_layout_get_line_readonly (piece->layout, piece->first_line + line), NULL, &box);
          g_assert_cmpfloat (pango_units_to_double (box.width), <=, width + 0.01);
        }
    }
}

static void
assert_whole (MtbPaperPages *pages, const char *words)
{
  const MtbPaperPiece *piece = find (pages, words);

  g_assert_cmpint (piece->first_line, ==, 0);
  g_assert_cmpint (piece->n_lines, ==, pango_layout_get_line_count (piece->layout));
}

static void
test_pages (void)
{
  g_autoptr (MtbPaper) paper = new_list (120);
  g_autoptr (MtbPaperPages) pages = lay_out (paper);
  guint n_pages = mtb_paper_pages_get_n_pages (pages);

  g_assert_cmpuint (mtb_paper_get_n_rows (paper), ==, 120);
  g_assert_cmpuint (n_pages, >, 2);
  assert_nothing_is_cut (pages);
  for (guint page = 0; page < n_pages; page++)
    {
      g_autofree char *number = g_strdup_printf ("Page %u of %u", page + 1, n_pages);

      g_assert_cmpuint (count (pages, page, "Customer"), ==, 1);
      g_assert_cmpuint (count (pages, page, number), ==, 1);
      g_assert_cmpuint (count (pages, page, "customer-"), >, 5);
    }
  g_assert_cmpuint (count (pages, 0, "Printed by"), ==, 1);
  g_assert_cmpuint (count (pages, 1, "Printed by"), ==, 0);
}

/* Every row once, all of it on one page, after the one before it. */
static void
test_rows_are_whole (void)
{
  g_autoptr (MtbPaper) paper = new_list (120);
  g_autoptr (MtbPaperPages) pages = lay_out (paper);
  guint last_page = 0;
  double last_y = 0;

  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *name = g_strdup_printf ("customer-%u\u2069", i);
      g_autofree char *notes = g_strdup_printf ("notes-%u,", i);
      const MtbPaperPiece *piece = find (pages, name);

      assert_whole (pages, name);
      assert_whole (pages, notes);
      g_assert_cmpuint (find (pages, notes)->page, ==, piece->page);
      g_assert_cmpfloat (find (pages, notes)->y, ==, piece->y);
      g_assert_true (piece->page > last_page || piece->y > last_y);
      last_page = piece->page;
      last_y = piece->y;
    }
}

/* What is higher than a page goes on, line after line, under the headings of the next. */
static void
test_row_longer_than_page (void)
{
  g_autoptr (MtbPaper) paper = new_list (1);
  g_autoptr (MtbPaperPages) pages = NULL;
  g_autoptr (GString) long_text = g_string_new ("endless");
  guint place = 0;
  int n_lines = 0;

  for (guint i = 0; i < 6000; i++)
    g_string_append (long_text, " and on");
  mtb_paper_add_cell (paper, "customer", NULL);
  mtb_paper_add_cell (paper, long_text->str, NULL);
  mtb_paper_add_cell (paper, NULL, NULL);
  pages = lay_out (paper);
  assert_nothing_is_cut (pages);
  while ((place = find_from (pages, place, "endless")) < mtb_paper_pages_get_n_pieces (pages))
    {
      const MtbPaperPiece *piece = mtb_paper_pages_get_piece (pages, place++);

      g_assert_cmpint (piece->first_line, ==, n_lines);
      n_lines += piece->n_lines;
    }
  g_assert_cmpint (n_lines, ==, pango_layout_get_line_count (find (pages, "endless")->layout));
  g_assert_cmpuint (count (pages, mtb_paper_pages_get_n_pages (pages) - 1, "Customer"), ==, 1);
}

static double
get_line_start (const MtbPaperPiece *piece)
{
  g_autoptr (PangoLayoutIter) iter = pango_layout_get_iter (piece->layout);
  PangoRectangle box;

  pango_layout_iter_get_line_extents (iter, NULL, &box);
  return piece->x + pango_units_to_double (box.x);
}

static double
get_line_end (const MtbPaperPiece *piece)
{
  g_autoptr (PangoLayoutIter) iter = pango_layout_get_iter (piece->layout);
  PangoRectangle box;

  pango_layout_iter_get_line_extents (iter, NULL, &box);
  return piece->x + pango_units_to_double (box.x + box.width);
}

static void
test_left_to_right (void)
{
  g_autoptr (MtbPaper) paper = new_list (3);
  g_autoptr (MtbPaperPages) pages = lay_out (paper);

  g_assert_cmpfloat (find (pages, "Customer")->x, <, find (pages, "Length")->x);
  g_assert_cmpfloat_with_epsilon (get_line_start (find (pages, "customer-0")),
                                  get_line_start (find (pages, "Customer")), 0.1);
  g_assert_cmpfloat_with_epsilon (get_line_end (find (pages, "3:20")),
                                  get_line_end (find (pages, "Length")), 0.1);
  g_assert_cmpfloat_with_epsilon (get_line_start (find (pages, "Records")), 0, 0.1);
}

/* Columns go from the right; what begins there is at their right, whatever it is written in. */
static void
test_right_to_left (void)
{
  g_autoptr (MtbPaper) paper = mtb_paper_new ("تسجيلات المكالمات");
  g_autoptr (MtbPaperPages) pages = NULL;

  mtb_paper_add_column (paper, ARABIC_CUSTOMER, MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, "المدة", MTB_PAPER_FIGURE);
  mtb_paper_add_cell (paper, "Rima (Damascus)", NULL);
  mtb_paper_add_cell (paper, "٣:٢٠", "0:03:20");
  pages = lay_out (paper);
  assert_nothing_is_cut (pages);
  g_assert_cmpfloat (find (pages, ARABIC_CUSTOMER)->x, >, find (pages, "المدة")->x);
  g_assert_cmpfloat_with_epsilon (get_line_end (find (pages, "Rima")),
                                  get_line_end (find (pages, ARABIC_CUSTOMER)), 0.1);
  g_assert_cmpfloat_with_epsilon (get_line_start (find (pages, "٣:٢٠")),
                                  get_line_start (find (pages, "المدة")), 0.1);
  g_assert_cmpfloat_with_epsilon (get_line_end (find (pages, "تسجيلات")), WIDTH, 0.1);
}

static void
test_form (void)
{
  g_autoptr (MtbPaper) paper = mtb_paper_new ("Quality procedure");
  g_autoptr (MtbPaperPages) pages = NULL;

  mtb_paper_set_form (paper, "The provider", "QP-14", "2", "3", "2026-03-01");
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *heading = g_strdup_printf ("heading-%u", i);
      g_autofree char *text =
        g_strdup_printf ("paragraph-%u. Calls are written down while one talks, "
                         "in the order in which people talk, and saved.",
                         i);

      mtb_paper_add_heading (paper, heading);
      mtb_paper_add_paragraph (paper, text);
    }
  pages = lay_out (paper);
  assert_nothing_is_cut (pages);
  g_assert_cmpuint (mtb_paper_pages_get_n_pages (pages), >, 2);
  for (guint page = 0; page < mtb_paper_pages_get_n_pages (pages); page++)
    {
      g_assert_cmpuint (count (pages, page, "Quality procedure"), ==, 1);
      g_assert_cmpuint (count (pages, page, "The provider"), ==, 1);
      g_assert_cmpuint (count (pages, page, "QP-14"), ==, 1);
    }
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *heading = g_strdup_printf ("heading-%u\u2069", i);
      g_autofree char *text = g_strdup_printf ("paragraph-%u.", i);

      g_assert_cmpuint (find (pages, heading)->page, ==, find (pages, text)->page);
    }
}

/* Where nobody has said whose it is there is no place for it: the title begins where it would. */
static void
test_form_of_nobody (void)
{
  g_autoptr (MtbPaper) ours = mtb_paper_new ("Procedure");
  g_autoptr (MtbPaper) nobodys = mtb_paper_new ("Procedure");
  g_autoptr (MtbPaperPages) with = NULL;
  g_autoptr (MtbPaperPages) without = NULL;

  mtb_paper_set_form (ours, "The provider", "QP-14", "2", "3", "2026-03-01");
  mtb_paper_set_form (nobodys, NULL, "QP-14", "2", "3", "2026-03-01");
  with = lay_out (ours);
  without = lay_out (nobodys);
  assert_nothing_is_cut (without);
  g_assert_cmpfloat (find (without, "Procedure")->x, ==, find (with, "The provider")->x);
  g_assert_cmpfloat (find (without, "QP-14")->x, ==, find (with, "QP-14")->x);
}

static MtbPaper *
new_text (guint n_before)
{
  MtbPaper *paper = mtb_paper_new ("Text");
  g_autoptr (GString) text = g_string_new ("long");

  for (guint i = 0; i < 300; i++)
    g_string_append (text, " and longer");
  for (guint i = 0; i < n_before; i++)
    mtb_paper_add_paragraph (paper, "short");
  mtb_paper_add_paragraph (paper, text->str);
  mtb_paper_add_paragraph (paper,
                           "brief, and then a second line of it, which is there for what is of "
                           "two lines alone, since they are never parted");
  mtb_paper_add_paragraph (paper, text->str);
  return paper;
}

/* Wherever the page ends, no line of a paragraph stands alone, and none is lost. */
static void
test_no_line_stands_alone (void)
{
  for (guint n_before = 0; n_before < 40; n_before++)
    {
      g_autoptr (MtbPaper) paper = new_text (n_before);
      g_autoptr (MtbPaperPages) pages = lay_out (paper);
      PangoLayout *last = NULL;
      int next = 0;

      assert_nothing_is_cut (pages);
      for (guint i = 0; i < mtb_paper_pages_get_n_pieces (pages); i++)
        {
          const MtbPaperPiece *piece = mtb_paper_pages_get_piece (pages, i);
          int n_all = pango_layout_get_line_count (piece->layout);

          g_assert_cmpint (piece->n_lines, >=, MIN (n_all, 2));
          g_assert_cmpint (piece->first_line, ==, piece->layout == last ? next : 0);
          next = piece->first_line + piece->n_lines;
          last = piece->layout;
          g_assert_true (next == n_all || mtb_paper_pages_get_piece (pages, i + 1)->layout == last);
        }
    }
}

static void
test_across (void)
{
  g_autoptr (MtbPaper) narrow = new_list (2);
  g_autoptr (MtbPaper) wide = mtb_paper_new ("Report");
  PangoContext *context = new_context ();

  for (guint i = 0; i < 14; i++)
    mtb_paper_add_column (wide, "Unanswered calls", MTB_PAPER_FIGURE);
  g_assert_false (mtb_paper_pages_want_landscape (narrow, context));
  g_assert_true (mtb_paper_pages_want_landscape (wide, context));
  g_object_unref (context);
}

static void
test_pdf (void)
{
  g_autoptr (MtbPaper) paper = new_list (40);
  g_autofree char *folder = g_dir_make_tmp ("mutabaa-paper-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "list.pdf", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "nowhere", "list.pdf", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (mtb_paper_export_pdf (paper, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  g_assert_true (g_str_has_prefix (bytes, "%PDF-"));
  g_assert_false (mtb_paper_export_pdf (paper, nowhere, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Figures are raw, a telephone keeps its zero, and nothing is taken for a formula. */
static void
test_csv (void)
{
  g_autoptr (MtbPaper) paper = mtb_paper_new ("List");
  g_autoptr (GBytes) csv = NULL;
  g_autofree char *text = NULL;

  mtb_paper_add_column (paper, "Name", MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, "Telephone", MTB_PAPER_CODE);
  mtb_paper_add_column (paper, "Length", MTB_PAPER_FIGURE);
  mtb_paper_add_cell (paper, "=1+1", NULL);
  mtb_paper_add_cell (paper, "\u2066٠٩٤٤\u2069", "0944");
  mtb_paper_add_cell (paper, "٣:٢٠", "0:03:20");
  mtb_paper_add_cell (paper, "Rima, \"north\"", NULL);
  mtb_paper_add_cell (paper, "–", "");
  mtb_paper_add_cell (paper, "–", "=2");
  csv = mtb_paper_build_csv (paper);
  text = g_strndup (g_bytes_get_data (csv, NULL), g_bytes_get_size (csv));
  g_assert_cmpstr (text, ==,
                   "\xEF\xBB\xBFName,Telephone,Length\r\n"
                   "'=1+1,'0944,0:03:20\r\n"
                   "\"Rima, \"\"north\"\"\",,'=2\r\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/pages", test_pages);
  g_test_add_func ("/paper/rows-are-whole", test_rows_are_whole);
  g_test_add_func ("/paper/row-longer-than-page", test_row_longer_than_page);
  g_test_add_func ("/paper/left-to-right", test_left_to_right);
  g_test_add_func ("/paper/right-to-left", test_right_to_left);
  g_test_add_func ("/paper/form", test_form);
  g_test_add_func ("/paper/form-of-nobody", test_form_of_nobody);
  g_test_add_func ("/paper/no-line-alone", test_no_line_stands_alone);
  g_test_add_func ("/paper/across", test_across);
  g_test_add_func ("/paper/pdf", test_pdf);
  g_test_add_func ("/paper/csv", test_csv);
  return g_test_run ();
}
